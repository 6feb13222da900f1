# The numbers in the contents are those of the pages, for every plan and sample.
source "$(dirname "$0")/../cli/lib.sh"

# check NAME: packet/ against its own manifest
check() {
  python3 - "$1" <<'END' || fail "$1: page numbers"
import json, re, subprocess, sys, zipfile

def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout

manifest = json.loads(zipfile.ZipFile('packet/packet.zip').read('manifest.json'))
papers = [f for f in manifest['files'] if f['name'] not in ('packet.pdf', 'case.xml') and 'pages' in f]
texts = run('pdftotext', '-layout', 'packet/packet.pdf', '-').split('\f')[:-1]
assert len(texts) == manifest['pages'], (len(texts), manifest['pages'])
flat = [re.sub(r'\s', '', t) for t in texts]
for number, text in enumerate(flat, 1):
    if number > 1:
        assert f'卷内第{number}页' in text, (number, text[:200])
contents = ''.join(t for t in flat if '卷内目录' in t or '（续表）' in t)
last = 0
for paper in papers:
    first = paper['first-page']
    assert first > last, paper
    last = first + paper['pages'] - 1
    assert str(first) in contents, paper
    # The pages of the paper in the packet are those of its own file.
    if not paper['name'].endswith('.pdf'):
        continue
    own = [re.sub(r'\s', '', t) for t in run('pdftotext', '-layout', 'packet/' + paper['name'], '-').split('\f')[:-1]]
    assert len(own) == paper['pages'], paper
    for offset, text in enumerate(own):
        bound = flat[first - 1 + offset].replace(f'卷内第{first + offset}页', '')
        assert bound == text, (paper['name'], offset, text[:80], bound[:80])
END
}

for sample in "$SOURCE"/samples/*/case.xml; do
  for plan in offer review filing rectification notice; do
    rm -rf packet
    "$XIESHANG" packet --plan $plan --case "$sample" -o packet --allow-missing >out 2>err
    case $? in
    0 | 1)
      qpdf --check packet/packet.pdf >log 2>&1 || { fail "$sample $plan: qpdf" && tail -3 log; }
      check "$(basename "$(dirname "$sample")") $plan"
      xieshang 0 verify packet/packet.zip
      ;;
    2) grep -q "packet-empty" err || { fail "$sample $plan" && head -20 err; } ;;
    *) fail "$sample $plan" && head -20 err ;;
    esac
  done
done
finish
