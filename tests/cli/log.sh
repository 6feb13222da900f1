# The log of a store: checked, exported, checked again by another program; tampered with, and told.
# Copies of the store, and whether it is sound.
source "$(dirname "$0")/lib.sh"
export SOURCE_DATE_EPOCH=1751270400 # 2025-06-30
case_id=yunshan-2025-wage
store() { xieshang "$@" --store s.db; }
# Plain SQL on a store: past the program.
sql() { python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.executescript(sys.argv[2])
db.close()' "$1" "$2"; }

store 0 user add 韩批 approver
store 0 user add 林起 drafter --as 韩批
store 0 case new "$factory" --as 林起 --date 2025-03-01
store 0 case do offer --case "$case_id" --as 林起
cp -r "$SOURCE/samples/factory" moved
sed -i '0,/松涛路18号/s//松涛路20号/' moved/case.xml
store 0 case revise "$case_id" --with moved/case.xml --base 1 --as 林起
store 2 case revise "$case_id" --with "$factory" --base 1 --as 林起
expect_err "[revision-conflict]"

# As it was written.
store 0 log verify
expect_out "1 cases"
store 0 log verify "$case_id"
expect_out "all as they were written"
store 0 log verify "$case_id" --format json
expect_json 'j["result"]["intact"]' True
head=$(python3 -c 'import json; print(json.load(open("out"))["result"]["head"])')
store 0 log verify "$case_id" --head "$head"
store 2 log verify "$case_id" --head "${head//[0-9a-f]/0}"
expect_err "[log-head]"
store 3 log verify "$case_id" --head xyz
store 3 log verify --head "$head"
store 2 log verify nobody
expect_err "[case-unknown]"

# Lines for other programs, which agree on the hashes.
store 0 log export "$case_id" -o log.jsonl
store 0 log export "$case_id"
cmp -s out log.jsonl || fail "standard output and the file differ"
store 3 log export "$case_id" --format json
store 0 log export "$case_id" -o log.pdf --format json
expect_json 'j["result"]["bytes"] > 1000' True
expect_file log.pdf
python3 - "$head" <<'PYTHON' || fail "another program does not agree"
import hashlib, json, sys
prev = ""
for number, line in enumerate(open("log.jsonl", encoding="utf-8"), 1):
    entry = json.loads(line)
    event = entry["event"]
    body = json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(body.encode()).hexdigest() == entry["hash"], line
    assert event["seq"] == number and event.get("prev", "") == prev, line
    prev = entry["hash"]
assert prev == sys.argv[1]
PYTHON
xieshang 0 log verify --file log.jsonl --head "$head"
expect_out "all as they were written"
xieshang 3 log verify "$case_id" --file log.jsonl
sed '2d' log.jsonl >gone.jsonl
xieshang 2 log verify --file gone.jsonl --head "$head"
expect_err "event 2 was removed"
sed '2s/林起/林启/' log.jsonl >changed.jsonl
xieshang 2 log verify --file changed.jsonl
expect_err "event 2 was changed"
head -n 1 log.jsonl >cut.jsonl
xieshang 2 log verify --file cut.jsonl --head "$head"
expect_err "[log-head]"
xieshang 2 log verify --file "$factory"
xieshang 4 log verify --file no-such.jsonl

# A copy, which stands alone and is a store.
store 0 store backup copy.db
expect_out "1 cases"
[[ ! -e copy.db-wal ]] || fail "the copy has a log beside it"
store 2 store backup copy.db
expect_err "[backup-taken]"
xieshang 0 store check --store copy.db
expect_out "sound"
xieshang 0 store check --store copy.db --format json
expect_json 'j["result"]["sound"]' True
xieshang 0 store migrate --store copy.db
expect_out "as it should be"
xieshang 4 store check --store no-such.db
expect_err "[store-missing]"
expect_no_file no-such.db
sql other.db "CREATE TABLE notes(text)"
xieshang 2 store check --store other.db
expect_err "[store-foreign]"

# What is kept beside the cases can be worked out anew; the logs stay as they are.
cp copy.db rows.db
xieshang 0 due --store rows.db --as-of 2025-03-10 && cp out due-before
sql rows.db "DELETE FROM deadlines"
xieshang 0 due --store rows.db --as-of 2025-03-10
cmp -s out due-before && fail "without its rows nothing should be due"
xieshang 0 store refresh --store rows.db
expect_out "1 cases"
xieshang 0 due --store rows.db --as-of 2025-03-10
cmp out due-before || fail "the rows are not as they were"
xieshang 0 store check --store rows.db

# What is done past the program is told.
store 0 store check
sql s.db "DROP TRIGGER events_no_update; UPDATE events SET body = replace(body, '林起', '林启')
  WHERE seq = 2 AND case_id = 1"
store 2 log verify
expect_err "event 2 was changed"
store 2 log verify "$case_id"
expect_err "[event-changed]"
store 2 store check
expect_err "trigger events_no_update is missing"
head -c 20000 copy.db >short.db
xieshang 2 store check --store short.db
expect_err "[store-damaged]"
sql copy.db "PRAGMA user_version = 999"
xieshang 2 log verify --store copy.db
expect_err "[store-newer]"
finish
