# check --format-9704: finished papers under the ruler.
source "$(dirname "$0")/lib.sh"
refusal=$SOURCE/samples/refusal/case.xml

xieshang 0 render --template demand --case "$refusal" -o demand.pdf
xieshang 0 render --template contract-wage --case "$factory" -o contract.pdf

# Every measurement is told with its rule and its clause.
code=0
"$XIESHANG" check --format-9704 --all demand.pdf >out 2>err || code=$?
((code <= 2)) || fail "exit code $code"
expect_silent err
expect_out "demand.pdf: page 1: right: colour of the mark: “red”"
expect_out "[rule-width, GB/T 9704-2012 7.2.7]"
expect_out "demand.pdf: official document; measurements: "

# A contract is no official paper, and says so.
xieshang 2 check --format-9704 contract.pdf
expect_err "[format-none]"
xieshang 2 check --format-9704 contract.pdf --format json
expect_json "j['diagnostics'][0]['slug']" format-none
LANGUAGE=zh_CN xieshang 2 check --format-9704 contract.pdf
expect_err "不是公文"

# Numbers for machines.
"$XIESHANG" check --format-9704 --all demand.pdf --format json >out 2>err
expect_json "j['result']['files'][0]['form']" document
expect_json "len(j['result']['files'][0]['findings']) == j['result']['files'][0]['measured']" True
expect_json "[f['measured'] for f in j['result']['files'][0]['findings'] if f['rule'] == 'rule-width']" "[156.0]"
expect_json "[f['name-zh'] for f in j['result']['files'][0]['findings'] if f['rule'] == 'mark-color']" "['发文机关标志颜色']"

# What is out of place is an error; what is only recommended, a warning.
sed 's/value="156" tolerance="1"/value="150" tolerance="1"/' "$SOURCE/templates/formats/gb-t-9704.xml" >narrow.xml
mkdir -p data/templates/formats
ln -s "$SOURCE/templates/schema" data/templates/schema
ln -s "$SOURCE/fonts" data/fonts
mv narrow.xml data/templates/formats/gb-t-9704.xml
xieshang 2 check --data-dir data --format-9704 demand.pdf
expect_out "length of the red rule: 156 mm, wanted 150 ± 1 mm, off by +6 mm [rule-width, GB/T 9704-2012 7.2.7]"
LANGUAGE=zh_CN xieshang 2 check --data-dir data --format-9704 demand.pdf
expect_out "红色分隔线与版心等宽：156 mm，应为 150 ± 1 mm，相差 +6 mm"

# Files that cannot be measured.
head -c 3000 demand.pdf >cut.pdf
xieshang 2 check --format-9704 cut.pdf
expect_err "[pdf-broken]"
qpdf --encrypt "" owner 256 -- demand.pdf locked.pdf
xieshang 2 check --format-9704 locked.pdf
expect_err "[pdf-encrypted]"
qpdf --object-streams=generate demand.pdf packed.pdf
xieshang 2 check --format-9704 packed.pdf
expect_err "[pdf-foreign]"
printf 'no PDF at all' >text.pdf
xieshang 2 check --format-9704 text.pdf
expect_err "[pdf-broken]"
xieshang 4 check --format-9704 missing.pdf
expect_err "[file-read]"
xieshang 2 check demand.pdf
expect_err "--format-9704"
xieshang 3 check --all "$refusal"
expect_err "--format-9704"

# A format is data that is checked like other data.
xieshang 0 check "$SOURCE/templates/formats/gb-t-9704.xml"
sed 's/measure="mark-top"/measure="mark-tip"/' "$SOURCE/templates/formats/gb-t-9704.xml" >wrong.xml
xieshang 2 check wrong.xml
expect_err "[format-invalid]"
expect_err "mark-tip"
finish
