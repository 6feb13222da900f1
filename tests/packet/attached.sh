# Files that the case attaches: in the archive as they are, or refused with a place.
source "$(dirname "$0")/../cli/lib.sh"

mkdir case case/scans
printf 'a scan' >case/scans/licence.jpg
printf 'another' >case/id.PNG
base=$(sed 's/ picture="[^"]*"//; /<attachment /d; /<\/case>/d' "$factory")
attach() { printf '%s\n%s\n</case>\n' "$base" "$1" >case/case.xml; }

attach '<attachment id="a" title="营业执照" step="filing" file="scans/licence.jpg" pages="1"/>
<attachment id="b" title="身份证复印件" step="filing" file="id.PNG"/>
<attachment id="c" title="章程" step="filing" pages="12"/>'
xieshang 0 packet --plan filing --case case/case.xml -o packet
[[ $(cat packet/10_营业执照.jpg) == "a scan" ]] || fail "the attached file is not what it was"
[[ $(cat packet/10_身份证复印件.PNG) == another ]] || fail "the second attached file is not what it was"
ls packet | grep -q 章程 && fail "a paper attachment became a file"
xieshang 0 verify packet/packet.zip
pdftotext -raw packet/packet.pdf - | tr -d ' \n' >flat
for words in 营业执照共1页，附于本页之后 章程共12页，附于本页之后; do
  grep -q "$words" flat || fail "the packet does not say: $words"
done

for file in ../case.xml /etc/passwd 'a\b.jpg' C:x.jpg nowhere.jpg . scans; do
  rm -rf packet
  attach "<attachment id=\"a\" title=\"营业执照\" step=\"filing\" file=\"$file\"/>"
  xieshang 2 packet --plan filing --case case/case.xml -o packet
  expect_err "[attachment-unusable]"
  expect_err "case/case.xml:$(wc -l <case/case.xml | awk '{print $1 - 1}'):"
  expect_no_file packet
done
finish
