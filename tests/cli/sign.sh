# Papers of a case are frozen, signed in their order, and void when the text changes.
source "$(dirname "$0")/lib.sh"
export SOURCE_DATE_EPOCH=1751270400 # 2025-06-30
case_id=yunshan-2025-wage
store() { xieshang "$@" --store s.db; }
sign() { local code=$1 slot=$2; shift 2
  store "$code" sign add --case "$case_id" --slot "$slot" --means wet-ink --file scan.pdf \
    --as 魏印 --date 2025-04-21 "$@"; }

store 0 user add 韩批 approver
store 0 user add 林起 drafter --as 韩批
store 0 user add 魏印 seal-keeper --as 韩批
store 0 case new "$factory" --as 林起
printf '%%PDF-1.4 scan of the page\n' >scan.pdf

# Frozen: the bytes come out as they went in.
store 0 sign list --case "$case_id"
expect_out "nothing was frozen"
store 2 sign freeze contract-wage --case "$case_id" --item k9 --as 林起
expect_err "[paper-item]"
store 3 sign freeze contract-wage --as 林起
store 0 sign freeze contract-wage --case "$case_id" --as 林起 -o contract.pdf
store 0 sign show d1 --case "$case_id" -o again.pdf
cmp contract.pdf again.pdf || fail "the document is not what was frozen"
store 2 sign show d9 --case "$case_id"
expect_err "[document-unknown]"

# Signed in order, by those who may.
sign 2 workers-seal
expect_err "[slot-order]"
sign 2 workers-chief --person 何青
expect_err "[slot-person]"
sign 2 chief
expect_err "[slot-open]"
store 3 sign add --case "$case_id" --slot workers-chief --as 魏印
store 2 sign add --case "$case_id" --slot workers-chief --means fax --as 魏印
expect_err "[means-unknown]"
store 2 sign add --case "$case_id" --slot workers-chief --means wet-ink --as 魏印
expect_err "[means-file]"
store 2 sign add --case "$case_id" --slot workers-chief --means wet-ink --file scan.pdf --as 林起
expect_err "[right-lacking]"
sign 0 workers-chief --person 叶知远
sign 0 employer-chief
sign 2 employer-chief --document d1
expect_err "[slot-signed]"
sign 0 workers-seal
sign 0 employer-seal
store 0 sign list --case "$case_id" --format json
expect_json 'j["result"]["documents"][0]["complete"]' yes
expect_json 'j["result"]["documents"][0]["slot"][1]["person"]' 叶知远
store 0 sign list --case "$case_id" --as-of 2025-04-20
expect_out "nothing was frozen"
store 0 sign list --case "$case_id" -o record.pdf
pdftotext record.pdf - | grep -q 签署齐全 || fail "the record does not say that all have signed"

# The packet of a signed case has the record, and the head of the log; without a store neither.
store 0 packet --plan filing --case "$case_id" -o signed
expect_zip() { unzip -p "$1" manifest.json | python3 -c "import json,sys; j=json.load(sys.stdin); assert $2, j"; }
ls signed | grep -q 签署记录 || fail "the packet lacks the record of signatures"
expect_zip signed/packet.zip "len(j['log']['head']) == 64 and j['log']['events'] == 6"
pdftotext signed/packet.pdf - | tr -d ' \n' | grep -q "$(unzip -p signed/packet.zip manifest.json | sed -n 's/.*"head": "\(.*\)".*/\1/p')" ||
  fail "the head of the log does not stand on paper"
xieshang 0 packet --plan filing --case "$factory" -o plain
ls plain | grep -q 签署记录 && fail "a case without a store has no signatures"
expect_zip plain/packet.zip "'log' not in j"
store 0 log export "$case_id" -o log.jsonl

# … and is held against it, later and elsewhere.
xieshang 0 verify signed/packet.zip
store 0 verify signed/packet.zip
expect_out "entry 6"
xieshang 0 verify signed/packet.zip --file log.jsonl --format json
expect_json 'j["result"]["found"]' 6
xieshang 2 verify plain/packet.zip --file log.jsonl
expect_err "[packet-log]"
sed 's/叶知远/叶知近/' log.jsonl >forged.jsonl
xieshang 2 verify signed/packet.zip --file forged.jsonl
head -4 log.jsonl >short.jsonl
xieshang 2 verify signed/packet.zip --file short.jsonl

# Void, visibly: one signature, then all of it when the text changes.
store 2 sign void d1 --case "$case_id" --slot workers-seal --as 魏印
expect_err "[reason-missing]"
store 0 sign void d1 --case "$case_id" --slot workers-seal --reason 盖错了章 --as 魏印
store 0 sign list --case "$case_id"
expect_out "盖错了章"
sign 0 workers-seal
cp "$(dirname "$factory")"/*.png .
sed 's/<term from="2025-/<term from="2024-/' "$factory" >changed.xml
store 0 case revise "$case_id" --with changed.xml --base 1 --as 林起
store 0 sign show d1 --case "$case_id"
expect_out "案卷第2版改变了文本"
sign 2 workers-chief --document d1
expect_err "[document-void]"
store 0 sign freeze contract-wage --case "$case_id" --as 林起
sign 0 workers-chief
store 0 log verify "$case_id"
store 0 verify signed/packet.zip
