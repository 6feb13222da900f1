# What the plan demands and the case lacks.
source "$(dirname "$0")/../cli/lib.sh"

# Its pictures stand beside the case.
sed '/<congress /,/<\/congress>/d; /<answer /,/<\/answer>/d; s/ picture="[^"]*"//' "$factory" >early.xml
xieshang 2 packet --plan filing --case early.xml -o packet
expect_no_file packet
[[ $(grep -c '\[paper-missing\]' err) -eq 2 ]] || fail "not both missing papers are named"
expect_err "案卷里没有职工（代表）大会的决议"
expect_err "对方还没有书面答复要约"
expect_err "《集体合同规定》第三十六条"
expect_err "templates/plans/filing.xml"

xieshang 1 packet --plan filing --case early.xml -o packet --allow-missing
[[ $(grep -c '\[paper-left-out\]' err) -eq 2 ]] || fail "not both left out papers are named"
xieshang 0 verify packet/packet.zip
pdftotext -raw packet/packet.pdf - >text
tr -d ' \n' <text >flat
for words in 缺件清单 案卷里没有职工（代表）大会的决议 对方还没有书面答复要约 《集体合同规定》第三十六条; do
  grep -q "$words" flat || fail "the packet does not say: $words"
done
python3 - <<'END' || fail "the manifest does not list what is missing"
import json, zipfile
missing = json.loads(zipfile.ZipFile('packet/packet.zip').read('manifest.json'))['missing']
assert [m['number'] for m in missing] == ['06', '09'], missing
assert all(m['reason'] and m['title'] and m['law'] for m in missing), missing
END

# What is wrong in a contract is said once, though both its text and its draft are papers.
sed 's/ picture="[^"]*"//; s/use="pay-slip"/use="pay-slipp"/' "$factory" >wrong.xml
xieshang 2 packet --plan filing --case wrong.xml -o packet
[[ $(grep -c 'pay-slipp.*\[' err) -eq 1 ]] || fail "the same mistake is said twice"

# A case of which nothing can be made yet.
sed '/<offer /,$d' "$factory" >empty.xml
echo '</case>' >>empty.xml
xieshang 2 packet --plan rectification --case empty.xml -o nothing --allow-missing
expect_err "[packet-empty]"
expect_no_file nothing
finish
