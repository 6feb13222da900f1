# Cases in a store: taken in, moved on, shown, exported; what is refused leaves no trace.
source "$(dirname "$0")/lib.sh"
export SOURCE_DATE_EPOCH=1751270400 # 2025-06-30
case_id=yunshan-2025-wage
store() { xieshang "$@" --store s.db; }
digest() { sha256sum <"$1"; }

# People.
store 4 user list
expect_err "[store-missing]"
store 2 user add 韩批
expect_err "[role-missing]"
expect_err "approver"
store 2 user add 林起 drafter
expect_err "[user-last]"
store 0 user add 韩批 approver
store 0 user add 林起 drafter --as 韩批
store 0 user add 魏印 seal-keeper archivist --as 韩批
store 2 user add 苏复 reviewr --as 韩批
expect_err "did you mean “reviewer”"
store 2 user add 苏复 reviewer --as 林起
expect_err "[right-lacking]"
store 0 user list --format json
expect_json 'j["result"]["users"][-1]["roles"]' "seal-keeper archivist"

# A case.
store 3 case new "$factory"
store 2 case new "$factory" --as 林某
expect_err "[user-unknown]"
store 2 case new "$SOURCE/tests/hostile/unknown-element.xml" --as 林起
store 0 case new "$factory" --as 林起 --date 2025-03-01
store 2 case new "$factory" --as 林起
expect_err "[case-taken]"
store 0 case list 机械
expect_out "$case_id"
store 0 case list 机械 --format json
expect_json 'j["result"]["cases"][0]["id"]' "$case_id"
store 0 case list 船厂
expect_silent out

# What is shown follows the day that is asked for, and nothing is written.
before=$(digest s.db)
store 0 case show "$case_id" --as-of 2025-03-10
expect_out "2025-03-24"
store 0 case show "$case_id" --as-of 2026-03-10 --format json
expect_json 'j["result"]["record"]["track"][0]["state"]' begun
expect_json 'j["result"]["record"]["as-of"]' 2026-03-10
store 0 case due "$case_id" --as-of 2025-03-10
expect_out "2025-03-24"
store 0 case log "$case_id"
expect_out "林起"
store 2 case show "$case_id-x"
expect_err "[case-unknown]"
[[ $(digest s.db) == "$before" ]] || fail "a query changed the store"

# Steps.
store 2 case do offr --case "$case_id" --as 林起
expect_err "did you mean “offer”"
store 2 case do offer --case "$case_id" --as 魏印
expect_err "[right-lacking]"
store 3 case do offer --case "$case_id" --as 林起 --date 2025-02-30
expect_err "2025-02-30"
printf 'scan' >receipt.pdf
store 0 case do offer --case "$case_id" --as 林起 --evidence receipt.pdf --reason 职工要求 --format json
expect_json 'j["result"]["date"], j["result"]["revision"]' "2025-03-03 1"
store 0 case log "$case_id"
expect_out "receipt.pdf"
expect_out "职工要求"

# New facts; nobody's edit is lost.
printf '<title xmlns="urn:xieshang:case:1">云杉机械</title>' >title.xml
store 3 case revise "$case_id" --with title.xml --base x --as 林起
store 0 case revise "$case_id" --with title.xml --base 1 --as 林起
store 2 case revise "$case_id" --with title.xml --base 1 --as 韩批
expect_err "[right-lacking]"
store 0 user add 韩批 approver drafter --as 韩批
printf '<title xmlns="urn:xieshang:case:1">云杉</title>' >other.xml
store 2 case revise "$case_id" --with other.xml --base 1 --as 韩批
expect_err "[revision-conflict]"
expect_err "林起"

# Taken back, and out again as it went in.
store 2 case undo-last-unsigned "$case_id" --as 林起
expect_err "[reason-missing]"
store 0 case undo-last-unsigned "$case_id" --as 林起 --reason 录错
store 0 case export "$case_id" -o out.xml
cmp -s out.xml "$factory" || fail "the file is not what was taken in"

# To another store.
store 0 case export "$case_id" -o one.zip
xieshang 0 user add 秦批 approver --store t.db
xieshang 0 user add 程档 archivist --as 秦批 --store t.db
xieshang 2 case import one.zip --as 秦批 --store t.db
expect_err "[right-lacking]"
xieshang 0 case import one.zip --as 程档 --store t.db
xieshang 0 case export "$case_id" -o two.zip --store t.db
cmp -s one.zip two.zip || fail "the archive changed on its way"
store 0 store check
xieshang 0 store check --store t.db
xieshang 2 case import "$factory" --as 程档 --store t.db
expect_err "[zip-broken]"

# The store of the user.
XDG_DATA_HOME=$PWD/home xieshang 0 user add 韩批 approver
expect_file home/xieshang/xieshang.db
finish
