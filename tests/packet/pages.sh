# The packet's own pages, as text: cover, contents, what is missing, dividers, closing note.
# `pages.sh --update` takes over what is printed.
source "$(dirname "$0")/../cli/lib.sh"
here=$SOURCE/tests/packet

xieshang 1 packet --plan "$here/small.xml" --case "$factory" -o packet --date 2025-05-12 --allow-missing
python3 - <<'END' >printed || fail "no page of the packet can be read"
import json, subprocess, zipfile
text = subprocess.run(['pdftotext', '-layout', 'packet/packet.pdf', '-'], check=True, capture_output=True, text=True).stdout
files = json.loads(zipfile.ZipFile('packet/packet.zip').read('manifest.json'))['files']
papers = {f['first-page'] + i for f in files if 'first-page' in f for i in range(f['pages'])}
for number, page in enumerate(text.split('\f')[:-1], 1):
    if number in papers:
        continue
    print(f'== page {number}')
    for line in page.split('\n'):
        if line.strip():
            print(' '.join(line.split()))
END
if [[ ${1:-} == --update ]]; then
  cp printed "$here/pages.txt"
else
  diff -u "$here/pages.txt" printed || fail "the pages are not as expected"
fi
finish
