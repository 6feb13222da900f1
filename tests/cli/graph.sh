# The workflow as a picture: SVG and PDF, the same bytes every time, and said in words what is wrong.
source "$(dirname "$0")/lib.sh"
graph=(workflow graph)

for kind in svg pdf; do
  xieshang 0 "${graph[@]}" -o "a.$kind"
  expect_silent err
  xieshang 0 "${graph[@]}" -o "b.$kind"
  cmp -s "a.$kind" "b.$kind" || fail "the same workflow gave another $kind"
done
xmllint --noout --nonet a.svg || fail "the SVG is no XML"
grep -q "<title>集体协商工作流程图</title>" a.svg || fail "the SVG has no title"
if grep -q "font-family" a.svg; then fail "the SVG asks for a font"; fi
"$XIESHANG" "${graph[@]}" -o - >c.svg || fail "-o -"
cmp -s a.svg c.svg || fail "standard output has other bytes"
python3 "$SOURCE/tests/oracle/svg.py" a.pdf a.svg || fail "the SVG does not look like the PDF"
python3 "$SOURCE/tests/files/preflight.py" a.pdf >/dev/null || fail "a.pdf is no PDF/A-1b"

xieshang 0 "${graph[@]}" --track talks -o talks.svg
(($(stat -c %s talks.svg) < $(stat -c %s a.svg))) || fail "one track is as large as all"
xieshang 0 "${graph[@]}" --case "$factory" --as-of 2025-12-01 -o marked.svg --format json
expect_json 'j["result"]["file"]' marked.svg
grep -q "目前在此" marked.svg || fail "no state is marked"

# A case of the store stands where its log says, whatever its facts would lead to.
store=(--store cases.db)
xieshang 0 user add 林若溪 approver drafter "${store[@]}"
xieshang 0 case new "$factory" --as 林若溪 "${store[@]}"
xieshang 0 "${graph[@]}" --case yunshan-2025-wage "${store[@]}" --track talks -o begun.svg
xieshang 0 "${graph[@]}" --case "$factory" --as-of 2025-01-01 --track talks -o before.svg
cmp -s begun.svg before.svg || fail "a new case does not stand at the beginning"
xieshang 2 "${graph[@]}" --case no-such-case "${store[@]}" -o e.svg
expect_no_file e.svg

xieshang 2 "${graph[@]}" --track nowhere -o d.svg
expect_err "[workflow-track]"
expect_err "talks"
expect_no_file d.svg
xieshang 3 "${graph[@]}" -o d.png
expect_err "d.png"
xieshang 3 "${graph[@]}"
xieshang 3 "${graph[@]}" -o d.svg --as-of 2025-02-30
xieshang 4 "${graph[@]}" -o nowhere/d.svg
finish
