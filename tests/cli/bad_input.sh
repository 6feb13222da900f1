# Bad input: a clear error with its place, exit code 2, nothing written, within seconds.
source "$(dirname "$0")/lib.sh"
ulimit -t 60

# template BODY [HEAD]: writes t.xml; the body begins on line 4.
template() {
  cat >t.xml <<END
<template xmlns="urn:xieshang:template:1" id="t" version="1" name="试" page="letter">
  <include library="official"/>${2:-}
  <body>
$1
  </body>
</template>
END
}
# bad_template PLACE SLUG: t.xml over the factory's case
bad_template() {
  rm -f out.pdf
  xieshang 2 render --template ./t.xml --case "$factory" -o out.pdf
  expect_err "./t.xml:$1"
  expect_err "[$2]"
  expect_no_file out.pdf
}
# bad_case PLACE SLUG: case.xml with `check` and with `render`
bad_case() {
  rm -f out.pdf
  xieshang 2 check case.xml
  expect_err "case.xml:$1"
  expect_err "[$2]"
  xieshang 2 render --template offer-workers --case case.xml -o out.pdf
  expect_err "[$2]"
  expect_no_file out.pdf
}
# edit SED-SCRIPT: case.xml is the factory's case with one change
edit() {
  sed "$1" "$factory" >case.xml
  ! cmp -s case.xml "$factory" || fail "nothing changed by $1"
}
line_of() { grep -n "$1" case.xml | head -1 | cut -d: -f1; }

# ---- clauses no library has: the case itself is in order ----
edit '0,/<clause item="remuneration[^>]*use="[^"]*"/s//<clause item="remuneration" use="wage-levell" variant="growth"/' &&
  xieshang 1 check case.xml && expect_err "case.xml:$(line_of wage-levell):" &&
  expect_err "wage-level.growth" && expect_err "[clause-unknown]"

# ---- XML ----
edit 's|</title>|</titel>|' && bad_case "$(line_of '</titel>'):" xml-syntax
edit '1a <!DOCTYPE case [<!ENTITY a "b">]>' && bad_case 2: xml-doctype
edit '1a <!DOCTYPE case SYSTEM "file:///etc/passwd">' && bad_case 2: xml-doctype
edit 's|<title>[^<]*|<title>\&lol;|' && bad_case "$(line_of lol):" xml-entity
edit 's|<title>[^<]*|<title>a\x01b|' && bad_case "$(line_of $'a\x01b'):" text-control
edit 's|<title>[^<]*|<title>a\xC3\x28b|' && bad_case "" xml-encoding
edit 's|<title>|<titel>|; s|</title>|</titel>|' && bad_case "$(line_of '<titel>'):" element-unknown
edit 's|<case |<case kindd="x" |' && bad_case "$(line_of kindd):" attribute-unknown
python3 - <<'END' >case.xml
print('<case xmlns="urn:xieshang:case:1" id="x" kind="enterprise" year="2024">' + '<a>' * 10000 + '</a>' * 10000 + '</case>')
END
bad_case 1: limit
truncate -s 200M case.xml
rm -f out.pdf
xieshang 2 check case.xml
expect_err "case.xml"
expect_err "[limit]"

# ---- the case ----
python3 - "$factory" <<'END'
import sys
text = open(sys.argv[1], encoding='utf-8').read()
open('case.xml', 'w', encoding='utf-8').write(text.replace('云杉机械制造有限公司</name>', 'a' * 1000000 + '</name>'))
END
rm -f out.pdf
xieshang 2 render --template offer-workers --case case.xml -o out.pdf
expect_err "[limit]"
expect_no_file out.pdf
edit 's|<credit-code>[^<]*|<credit-code>91519900MA0A0B0C14|' && bad_case "$(line_of 0C14):" credit-code
edit 's|elected="2025-02-21"|elected="2025-02-30"|' && bad_case "$(line_of 02-30):" date-invalid
edit 's|519999197806120011|519999197806120012|' && bad_case "$(line_of 0612001[2]):" id-number

# ---- templates ----
template '<p style="正文"><v of="employer/nmae"/></p>' && bad_template 4: path-unknown
template '<p style="正文"><v of="employer/contact/@email"/></p>' && bad_template 4: value-missing
template '<p style="正文"><v of="delegates/delegate/name"/></p>' && bad_template 4: value-many
template '<p style="正文"><v of="date-zhh(@year)"/></p>' && bad_template 4: function-unknown
template '<p style="正文"><v of="employer/"/></p>' && bad_template 4: expression-syntax
template '<p style="正文"><v of="$nothing"/></p>' && bad_template 4: variable-unknown
template '<p style="没有">字</p>' && bad_template 4: name-unknown
template '<p style="正文">见<ref to="nowhere"/></p>' && bad_template 4: ref-unknown
template '<pp style="正文">字</pp>' && bad_template 4: element-unknown
template '<p stylee="正文">字</p>' && bad_template 4: attribute-unknown
template '<p style="正文">字</p>' '<include library="nowhere"/>' && bad_template 2: template-unknown
template '<insert block="a"/>' '<block name="a"><insert block="b"/></block><block name="b"><insert block="a"/></block>' &&
  bad_template 2: template-circle
template '<table columns="1* 1*"><row><cell colspan="3">字</cell></row></table>' && bad_template 4: table-grid
template '<table columns="1* 1*"><row><cell rowspan="2">字</cell><cell>字</cell></row><row><cell>字</cell><cell>字</cell></row></table>' &&
  bad_template 4: table-grid
template "<p style=\"正文\">$(head -c 1000000 /dev/zero | tr '\0' a)</p>" && bad_template 4: limit
template '<p style="正文">字&#xE001;&#x10FFFD;</p>' && bad_template 4: glyph-missing

# Libraries and bases that include one another, in a data folder of their own.
mkdir data
cp -r "$SOURCE/templates" "$SOURCE/fonts" data/
for name in a b; do
  other=$([[ $name == a ]] && echo b || echo a)
  printf '<library xmlns="urn:xieshang:template:1" id="lib-%s" version="1"><include library="lib-%s"/></library>' \
    $name "$other" >"data/templates/lib-$name.xml"
  printf '<template xmlns="urn:xieshang:template:1" id="base-%s" version="1" name="试" base="base-%s"/>' \
    $name "$other" >"data/templates/base-$name.xml"
done
template '<p style="正文">字</p>' '<include library="lib-a"/>'
xieshang 2 render --data-dir data --template ./t.xml --case "$factory" -o out.pdf
expect_err "templates/lib-"
expect_err "[template-circle]"
xieshang 2 render --data-dir data --template base-a --case "$factory" -o out.pdf
expect_err "[template-circle]"
expect_no_file out.pdf

# ---- pictures ----
template '<p style="正文"><picture src="missing.png" width="20mm"/></p>' && bad_template 4: file-read
printf '\x89PNG\r\n\x1a\nbroken' >broken.png
template '<p style="正文"><picture src="broken.png" width="20mm"/></p>' && bad_template 4: picture-broken
python3 - <<'END'
import struct, zlib
def chunk(kind, data): return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
open('enormous.png', 'wb').write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 100000, 100000, 8, 2, 0, 0, 0))
                                 + chunk(b'IDAT', zlib.compress(b'')) + chunk(b'IEND', b''))
END
template '<p style="正文"><picture src="enormous.png" width="20mm"/></p>' && bad_template 4: picture-size
template '<p style="正文"><picture src="../../../etc/passwd" width="20mm"/></p>' && bad_template 4: picture-path

# ---- names on the command line ----
xieshang 2 render --template offer-wokers --case "$factory" -o out.pdf
expect_err "offer-wokers"
xieshang 2 packet --plan filling --case "$factory" -o out
expect_err "filling"
xieshang 2 templates --show nothing
expect_err "[paper-unknown]"
xieshang 2 eval "date-zh('2024-02-30')"
xieshang 2 eval "date-zhh('2024-02-03')"
expect_no_file out.pdf
[[ ! -d out ]] || fail "a folder was written"

# ---- several files, every problem ----
edit 's|<credit-code>[^<]*|<credit-code>91519900MA0A0B0C14|; s|elected="2025-02-21"|elected="2025-02-30"|'
cp case.xml second.xml
xieshang 2 check case.xml second.xml "$factory"
for file in case.xml second.xml; do
  expect_err "$file:$(line_of 0C14):"
  expect_err "$file:$(line_of 02-30):"
done
finish
