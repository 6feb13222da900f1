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

# ---- metrics in which nothing can be read ----
# style ATTRIBUTES: a style of its own, on line 2, for two lines of text
text=协商代表应当依照法律规定，就劳动报酬、工作时间、休息休假等事项进行平等协商，订立集体合同。
style() { template "<p style=\"怪\">$text</p>" "<style name=\"怪\" base=\"正文\" $1/>"; }
for size in 0 0pt -5pt; do style "size=\"$size\"" && bad_template 2: length-bad; done
for size in 0.5pt 2900pt; do style "size=\"$size\"" && bad_template 2: style-invalid; done
style 'size="3001pt"' && bad_template 2: length-bad
for leading in 0 -20pt; do style "leading=\"$leading\"" && bad_template 2: length-bad; done
style 'leading="2pt"' && bad_template 2: style-invalid
style 'size="60pt"' && bad_template 2: style-invalid # over the leading of its base
style 'leading="2900pt"' && bad_template 4: style-invalid
for tracking in -2em -32pt -3000pt; do style "tracking=\"$tracking\"" && bad_template 2: style-invalid; done
style 'tracking="100em"' && bad_template 4: line-narrow
for indents in 'left="500pt"' 'left="20em" right="20em"' 'right="435pt"' 'first="3000pt"' 'size="500pt" leading="500pt"'; do
  style "$indents" && bad_template 4: line-narrow
done
for indents in 'left="-500pt"' 'right="-500pt"' 'first="-500pt"'; do style "$indents" && bad_template 4: off-page; done
style 'after="-1pt"' && bad_template 2: length-bad
template '<p style="正文">字</p><p style="正文" before="-50pt">字</p>' && bad_template 4: length-bad
template '<p>字</p><p style="紧">字</p>' '<style name="紧" base="正文" before="-50pt"/>' && bad_template 4: style-invalid
template '<p style="正文">字<r size="0">字</r></p>' && bad_template 4: length-bad
template '<p style="正文">字<r size="0.001em"><r size="0.001em">字</r></r></p>' && bad_template 4: style-invalid
template '<p style="正文">字<r tracking="-2em">字字</r></p>' && bad_template 4: style-invalid
template '<p style="正文" left="10em" right="20em">字</p>' && bad_template 4: line-narrow
for block in '<rule width="-3pt"/>' '<space height="-3pt"/>' '<box border="-3pt"><p>字</p></box>' \
  '<p>字<blank width="-3em"/></p>' '<p>字<fit width="-3em">工会</fit></p>' \
  '<table columns="1*" padding="-3pt"><row><cell>字</cell></row></table>' \
  '<table columns="1*" line="-3pt"><row><cell>字</cell></row></table>' \
  '<table columns="1*"><row height="-3pt"><cell>字</cell></row></table>'; do
  template "$block" && bad_template 4: length-bad
done

# ---- a measure narrower than one character ----
template '<section page="窄"><p style="正文">字</p></section>' \
  '<page name="窄" base="letter" left="100mm" right="99mm"/><style name="正文" base="正文" size="42pt" leading="50pt"/>' &&
  bad_template 4: line-narrow
template '<section page="无"><p style="正文">字</p></section>' '<page name="无" base="letter" left="105mm" right="105mm"/>' &&
  bad_template 2: length-bad
template '<table columns="3pt 1*" padding="0"><row><cell>字</cell><cell>字</cell></row></table>' && bad_template 4: line-narrow
template '<table columns="12pt 1*" padding="6pt"><row><cell>字</cell><cell>字</cell></row></table>' && bad_template 4: line-narrow
template '<table columns="1* 1*" padding="3000pt"><row><cell>字</cell><cell>字</cell></row></table>' && bad_template 4: line-narrow
template '<box border="1pt" padding="300pt"><p>字</p></box>' && bad_template 4: line-narrow
template '<p style="正文">字<blank width="2900pt"/></p>' && bad_template 4: off-page
template '<p style="正文">字<fit width="2900pt">工会</fit></p>' && bad_template 4: off-page

# ---- tables beyond all measure ----
many() { printf "$1%.0s" $(seq 10000); }
template "<table columns=\"$(many '1* ')\"><row><cell colspan=\"10000\">字</cell></row></table>" && bad_template 4: limit
template "<table><row>$(many '<cell>字</cell>')</row></table>" && bad_template 4: limit
template '<table><row><cell colspan="129">字</cell></row></table>' && bad_template 4: table-grid
for span in 2147483647 2147483648 4294967296 18446744073709551616 -1 0; do
  for way in colspan rowspan; do
    template "<table columns=\"1* 1*\"><row><cell $way=\"$span\">字</cell><cell>字</cell></row></table>" &&
      bad_template 4: table-grid
  done
done
template "$(printf '<box>%.0s' $(seq 100))<p>字</p>$(printf '</box>%.0s' $(seq 100))" && bad_template 4: limit

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

# ---- fonts of the site ----
# site FACE: data/fonts/fonts.xml begins the chain of 仿宋 with this face, on line 24
list=data/fonts/fonts.xml
site() { sed "s|<role name=\"仿宋\" latin=\"西文\">|&<face family=\"Site\" $1/>|" "$SOURCE/fonts/fonts.xml" >"$list"; }
line=$(grep -n 'role name="仿宋"' "$SOURCE/fonts/fonts.xml" | cut -d: -f1)
fandol=/usr/local/share/fonts/xieshang/FandolFang-Regular.otf
wenkai=/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf
bad_font() {
  rm -f out.pdf
  xieshang 2 render --data-dir data --template offer-workers --case "$factory" -o out.pdf
  expect_err "$list:$line:"
  expect_err "[font-broken]"
  expect_no_file out.pdf
  xieshang 2 fonts --data-dir data
  expect_err "$list:$line:"
  expect_out "Noto Serif CJK SC"
}
for font in "$fandol" "$wenkai"; do
  for bytes in 0 5 1000 1000000; do
    head -c "$bytes" "$font" >data/fonts/site.font
    site 'file="site.font"' && bad_font
  done
done
site 'file="NotoSerifCJK-Regular.ttc" index="60"' && bad_font
site 'file="FandolFang-Regular.otf" index="1"' && bad_font
mkdir data/fonts/folder.ttf
site 'file="folder.ttf"' && bad_font
site 'file="nowhere.ttf"' # passed over: a list may name what only some sites have
xieshang 0 render --data-dir data --template offer-workers --case "$factory" -o out.pdf
expect_file out.pdf
rm out.pdf
head -c 1000 "$fandol" >data/fonts/site.font
site 'file="site.font"'
xieshang 2 packet --data-dir data --plan offer --case "$factory" -o out
expect_err "[font-broken]"
[[ ! -d out ]] || fail "a folder was written"

# ---- pictures ----
template '<p style="正文"><picture src="missing.png" width="20mm"/></p>' && bad_template 4: file-read
printf '\x89PNG\r\n\x1a\nbroken' >broken.png
template '<p style="正文"><picture src="broken.png" width="20mm"/></p>' && bad_template 4: picture-broken
python3 - <<'END'
import struct, zlib
def chunk(kind, data): return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
def png(name, width, height, depth, colour, interlaced, pixels, more=b''):
    head = struct.pack('>IIBBBBB', width, height, depth, colour, 0, 0, interlaced)
    open(name, 'wb').write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + more
                           + chunk(b'IDAT', zlib.compress(pixels, 9)) + chunk(b'IEND', b''))
png('enormous.png', 65000, 65000, 8, 2, 0, bytes(1 << 26)) # a bomb of 65 kB
png('many.png', 8000, 8000, 16, 6, 1, bytes(1 << 20))
png('empty.png', 0, 5, 8, 2, 0, b'')
png('few.png', 100, 100, 8, 2, 0, bytes(1000))
png('odd.png', 4, 4, 3, 0, 0, bytes(100))
png('deep.png', 4, 4, 16, 6, 1, bytes(4 * 4 * 8 + 7))
comments = b''.join(chunk(b'zTXt', b'k%d\0\0' % i + zlib.compress(bytes(7900000), 9)) for i in range(100))
png('comments.png', 4, 4, 8, 2, 0, bytes(4 * 13), comments)
whole = open('deep.png', 'rb').read()
open('cut.png', 'wb').write(whole[:-20])
open('damaged.png', 'wb').write(whole[:-14] + b'\xff' + whole[-13:])
END
for picture in enormous many empty; do
  template "<p style=\"正文\"><picture src=\"$picture.png\" width=\"20mm\"/></p>" && bad_template 4: picture-size
done
for picture in cut damaged few odd; do
  template "<p style=\"正文\"><picture src=\"$picture.png\" width=\"20mm\"/></p>" && bad_template 4: picture-broken
done
for picture in deep comments; do # sound, and set within the time
  template "<p style=\"正文\"><picture src=\"$picture.png\" width=\"20mm\"/></p>"
  xieshang 0 render --template ./t.xml --case "$factory" -o out.pdf
  expect_file out.pdf
done
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
