# The statistics forms are one page each: filled, with a remark, and empty. So is the ledger.
source "$(dirname "$0")/lib.sh"
statistics=$SOURCE/samples/statistics/case.xml
sed '/form="sichuan-2024-1"/,/<\/statistics>/s|  </statistics>|    <remark>本季数据截至填报之日，区域、行业合同覆盖的单位按信用代码去重。</remark>\n  </statistics>|' \
  "$statistics" >remark.xml
grep -c '<remark>' remark.xml | grep -qx 2 || fail "no remark was added"

one_page() {
  [[ $(pdfinfo "$1" | sed -n 's/^Pages: *//p') == 1 ]] || fail "$1 is not one page"
}
for form in stats-sichuan-2024 stats-leshan-2017; do
  xieshang 0 render --template $form --case "$statistics" -o $form.pdf
  xieshang 0 render --template $form --case remark.xml -o $form-remark.pdf
  xieshang 0 render --template $form --blank -o $form-blank.pdf
  for pdf in $form.pdf $form-remark.pdf $form-blank.pdf; do one_page $pdf; done
  pdfinfo $form.pdf | grep -qE 'Page size: +84[12][.0-9]* x 595' || fail "$form is not landscape A4"
done

# The ledger: 28 columns on one landscape A3 page.
xieshang 0 render --template stats-ledger --case "$SOURCE/samples/region/case.xml" -o ledger.pdf
one_page ledger.pdf
pdfinfo ledger.pdf | grep -qE 'Page size: +1190[.0-9]* x 841' || fail "the ledger is not landscape A3"
xieshang 0 dump --stage document --template stats-ledger --case "$SOURCE/samples/region/case.xml"
[[ $(sed -n '/^ *table /{s/, continued.*//;s/ share [0-9]*/ x/g;s/.*columns//p;q}' out | wc -w) == 28 ]] ||
  fail "the ledger does not have 28 columns"

# On A4 it is parted by columns: both pages name the unit and its number.
cat >ledger-a4.xml <<'EOF'
<template xmlns="urn:xieshang:template:1" id="ledger-a4" version="1" name="台账" base="stats-ledger"
          page="stats-ledger"><page name="stats-ledger" size="A4" landscape="yes"/></template>
EOF
xieshang 0 render --template ledger-a4.xml --case "$SOURCE/samples/region/case.xml" -o a4.pdf
[[ $(pdfinfo a4.pdf | sed -n 's/^Pages: *//p') == 2 ]] || fail "the ledger on A4 is not two pages"
for page in 1 2; do
  pdftotext -f $page -l $page a4.pdf a4.txt
  grep -q 91519999MA0P0U16XU a4.txt || fail "page $page of the ledger lacks its keys"
done
grep -q 续表 a4.txt || fail "the second page does not say that it goes on"
finish
