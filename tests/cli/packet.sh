# A whole packet from the command line: files, archive, manifest, verification, missing papers.
source "$(dirname "$0")/lib.sh"

xieshang 0 packet --plan filing --case "$factory" -o filed --attach-case
expect_out filed/packet.pdf
expect_out filed/packet.zip
qpdf --check filed/packet.pdf >log 2>&1 || { fail "qpdf" && cat log; }
pdfdetach -list filed/packet.pdf | grep -q case.xml || fail "the case is not attached"
for file in filed/[0-9]*.pdf; do
  [[ $(head -c 5 "$file") == %PDF- ]] || fail "$file is no PDF"
done

# The archive holds the same files, and other programs can read it.
unzip -qt filed/packet.zip >log 2>&1 || { fail "unzip" && cat log; }
bsdtar -tf filed/packet.zip | LC_ALL=C sort >names
python3 -c "import zipfile; print('\n'.join(sorted(zipfile.ZipFile('filed/packet.zip').namelist())))" | LC_ALL=C sort >names.python
cmp names names.python || fail "two programs read other names"
grep -qx manifest.json names || fail "no manifest.json"
for file in filed/[0-9]*.pdf; do
  grep -qxF "$(basename "$file")" names || fail "$file is not in the archive"
done
mkdir unpacked
bsdtar -xf filed/packet.zip -C unpacked
(cd unpacked && sha256sum --quiet -c SHA256SUMS) || fail "SHA256SUMS"

# Twice the same, in any time zone.
TZ=Pacific/Apia xieshang 0 packet --plan filing --case "$factory" -o again --attach-case
diff -r filed again || fail "the same input gave other bytes"
xieshang 0 packet --plan filing --case "$factory" -o again --date 2025-12-31
cmp -s filed/packet.pdf again/packet.pdf && fail "another date gave the same bytes"

xieshang 0 verify filed/packet.zip
xieshang 0 verify filed/packet.zip --format json
expect_json "j['result']['intact']" True
python3 - <<'END'
import zipfile
with zipfile.ZipFile('filed/packet.zip') as old, zipfile.ZipFile('changed.zip', 'w') as new:
    for i, item in enumerate(old.infolist()):
        data = old.read(item)
        if item.filename.startswith('01_'):
            data = data[:-1] + b'x'
        if not item.filename.startswith('02_'):
            new.writestr(item, data)
    new.writestr('extra.txt', 'extra')
END
xieshang 2 verify changed.zip
expect_err "[entry-changed]"
expect_err "[entry-missing]"
expect_err "[entry-unlisted]"
expect_err "“01_"
expect_err "“02_"
expect_err "extra.txt"
xieshang 2 verify "$factory"
xieshang 4 verify nowhere.zip

# A case that is not so far yet.
cp "$SOURCE"/samples/factory/*.png .
sed '/<congress /,/<\/congress>/d' "$factory" >early.xml
xieshang 2 packet --plan filing --case early.xml -o early
expect_err "[paper-missing]"
[[ ! -e early ]] || fail "a packet was written although papers are missing"
xieshang 1 packet --plan filing --case early.xml -o early --allow-missing
expect_err "[paper-left-out]"
expect_file early/packet.zip
finish
