# What other programs find in the archive, byte by byte.
source "$(dirname "$0")/../cli/lib.sh"

xieshang 0 packet --plan filing --case "$factory" -o packet --date 2025-05-12
unzip -tq packet/packet.zip >log 2>&1 || { fail "unzip" && cat log; }
bsdtar -tf packet/packet.zip >names.bsdtar || fail "bsdtar"
LC_ALL=C.UTF-8 zipinfo -1 packet/packet.zip >names.unzip 2>/dev/null ||
  LC_ALL=C.UTF-8 unzip -Z1 packet/packet.zip >names.unzip || fail "unzip -Z1"

python3 - "$SOURCE/samples/factory/case.xml" <<'END' || fail "zipfile"
import hashlib, json, struct, sys, unicodedata, zipfile
from xml.etree import ElementTree

raw = open('packet/packet.zip', 'rb').read()
archive = zipfile.ZipFile('packet/packet.zip')
items = archive.infolist()
names = [i.filename for i in items]
assert names == open('names.bsdtar', encoding='utf-8').read().split('\n')[:-1], names
assert names == open('names.unzip', encoding='utf-8').read().split('\n')[:-1], names

for item in items:
    encoded = item.filename.encode()
    assert len(encoded) <= 255
    assert unicodedata.is_normalized('NFC', item.filename)
    assert bool(item.flag_bits & 0x800) == any(b > 127 for b in encoded), (item.filename, item.flag_bits)
    assert item.date_time == (2025, 5, 12, 0, 0, 0), item.date_time
    assert item.extra == b'' and item.comment == b''
    assert item.compress_type == zipfile.ZIP_STORED
    assert item.external_attr >> 16 == 0o100644, oct(item.external_attr >> 16)
    # The head of the entry says the same as the table.
    head = struct.unpack('<4sHHHHHIIIHH', raw[item.header_offset:item.header_offset + 30])
    assert head[2] == item.flag_bits and head[10] == 0 and head[9] == len(encoded)
    assert raw[item.header_offset + 30:item.header_offset + 30 + len(encoded)] == encoded

manifest = json.loads(archive.read('manifest.json'))
listed = {f['name']: f for f in manifest['files']}
assert set(names) - set(listed) == {'manifest.json', 'SHA256SUMS'}, set(names) ^ set(listed)
for name, entry in listed.items():
    data = archive.read(name)
    assert entry['size'] == len(data)
    assert entry['sha256'] == hashlib.sha256(data).hexdigest()
    if name[:2].isdigit() and name.endswith('.pdf'):
        assert len(entry['template']['sha256']) == 64, entry
        assert entry['pages'] >= 1 and entry['first-page'] > 1
        assert data == open('packet/' + name, 'rb').read()
assert archive.read('case.xml') == open(sys.argv[1], 'rb').read()
assert archive.read('packet.pdf') == open('packet/packet.pdf', 'rb').read()
assert manifest['date'] == '2025-05-12'
rules = manifest['rules']
assert (rules['id'], rules['version'], len(rules['sha256'])) == ('national', '2', 64), rules
assert manifest['engine']['version'] and manifest['missing'] == []
assert len(manifest['fonts']) >= 2
assert all(len(f['sha256']) == 64 and '/' not in f['file'] for f in manifest['fonts'])
END

xieshang 0 verify packet/packet.zip
# Packed anew by another program, with other times and order, it is still the same packet.
python3 - <<'END'
import zipfile
with zipfile.ZipFile('packet/packet.zip') as old, zipfile.ZipFile('anew.zip', 'w', zipfile.ZIP_DEFLATED) as new:
    for name in reversed(old.namelist()):
        new.writestr(name, old.read(name))
END
xieshang 0 verify anew.zip
finish
