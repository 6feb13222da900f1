# What is due: as text in two languages, on a terminal, as JSON, as PDF, as a calendar that another
# program reads; and the papers that are proposed.
source "$(dirname "$0")/lib.sh"
refusal=$SOURCE/samples/refusal/case.xml
# The firm of the sample has not answered yet, nor has any letter been sent.
sed '/<answer id="a1"/,/<\/answer>/d; /<rectification /,/<\/rectification>/d' "$refusal" >silent.xml

# Overdue, this week, this month, not verified, possible.
xieshang 0 due --case silent.xml --as-of 2025-03-15
for line in 'As of 2025-03-15' Overdue 'This week' 'This month' 'Not verified' 'Possible now' \
  '2025-03-14  1 days overdue' '《山东省企业工资集体协商条例》第二十一条' \
  'from 2025-03-15 on “工会劳动法律监督提示函” may be sent: 期满未应约'; do
  expect_out "$line"
done
expect_silent err
# The columns stand below one another, Chinese taking two.
python3 - <<'PY' || fail "the columns are not aligned"
import sys, unicodedata
cells = lambda s: sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in s)
rows = [l for l in open("out", encoding="utf-8") if l.startswith("  2025") or l.startswith("  待核实")]
starts = {cells(l[:l.rindex("  ")]) for l in map(str.rstrip, rows)}
sys.exit(len(rows) < 4 or len(starts) != 1)
PY
# Another day changes the answer, and nothing else.
cp silent.xml before.xml
xieshang 0 due --case silent.xml --as-of 2025-03-14
expect_out '2025-03-14  today'
grep -q 'may be sent' out && fail "a letter is proposed on the last day"
cmp -s silent.xml before.xml || fail "a query changed the case"
# What was done later had not been done then.
xieshang 0 due --case "$refusal" --as-of 2025-03-12
expect_out '2025-03-14  in 2 days'
xieshang 0 due --case "$refusal" --as-of 2025-03-14 --all
expect_out 'done on 2025-03-13'

# In Chinese the words stand in the order of Chinese.
LANGUAGE=zh_CN xieshang 0 due --case silent.xml --as-of 2025-03-15
expect_out '《山东省企业工资集体协商条例》第二十一条；自收到要约（2025-03-04）起10日'
expect_out '自 2025-03-15 起可以发出《工会劳动法律监督提示函》：期满未应约'

# Colours only on a terminal that wants them.
on_terminal() {
  env TERM=xterm "$@" script -qec "'$XIESHANG' due --case silent.xml --as-of 2025-03-15" /dev/null \
    </dev/null >terminal
}
if command -v script >/dev/null; then
  on_terminal NO_COLOR=
  grep -q $'\033\\[1;31m' terminal || fail "no colour on a terminal"
  on_terminal NO_COLOR=1
  grep -q $'\033' terminal && fail "colour against NO_COLOR"
fi
grep -q $'\033' out && fail "colour in a file"

# JSON.
xieshang 0 due --case silent.xml --as-of 2025-03-15 --format json --explain
expect_json 'j["result"]["as-of"]' 2025-03-15
expect_json 'j["result"]["week-end"]' 2025-03-16
answer='[d for d in j["result"]["deadlines"] if d["limit"] == "answer"][0]'
expect_json "$answer['due']" 2025-03-14
expect_json "$answer['state']" overdue
expect_json "$answer['days-left']" -1
expect_json "$answer['lines'][-1]['date']" 2025-03-14
expect_json 'j["result"]["proposals"][0]["template"]' remind
expect_json 'sorted(d["limit"] for d in j["result"]["deadlines"] if not d["verified"])' "['list']"

# As papers: the list of work, the counts.
xieshang 0 due --case silent.xml --as-of 2025-03-15 -o work.pdf
xieshang 0 due --case silent.xml --as-of 2025-03-15 --explain -o counts.pdf
pdftotext -layout work.pdf work.txt
grep -q 待办清单 work.txt || fail "the list of work has no title"
grep -q 逾期 work.txt || fail "the list of work says nothing of what is overdue"
pdftotext -layout counts.pdf counts.txt
grep -q '2025-03-14' counts.txt || fail "the counts lack the last day"
# Names with rare characters stand on the page.
sed 's/海棠市青峦家居制造有限公司拒绝/𠮷㛃公司拒绝/' silent.xml >rare.xml
xieshang 0 due --case rare.xml --as-of 2025-03-15 -o rare.pdf
pdftotext rare.pdf - | grep -q '𠮷㛃公司' || fail "rare characters are lost"

# The calendar, read by another program.
SOURCE_DATE_EPOCH=1742040000 xieshang 0 due --case silent.xml --as-of 2025-03-15 --ics case.ics
if /usr/bin/python3 -c 'import icalendar' 2>/dev/null; then
  /usr/bin/python3 "$SOURCE/tests/cli/feed.py" case.ics 2025-03-15 >feed.txt || fail "the feed: $(cat feed.txt)"
else
  echo "python3-icalendar is not installed; the feed was not read"
fi

# The papers that are proposed, and their elements.
xieshang 0 due --case silent.xml --as-of 2025-03-15 --papers drafts
expect_file drafts/remind-o1.pdf
expect_file drafts/remind-o1.xml
pdftotext drafts/remind-o1.pdf - | tr -d '\n ' | grep -q '至2025年3月14日期满，没有书面答复' ||
  fail "the letter lacks its facts"
# Put into the case the element is sound, and nothing more is proposed.
{ sed '/<attachment id="receipt"/,$d' silent.xml; sed 1d drafts/remind-o1.xml; echo '</case>'; } >sent.xml
xieshang 0 check sent.xml
xieshang 0 due --case sent.xml --as-of 2025-03-15
grep -q 'may be sent' out && fail "the letter is proposed again"

# Over a store: all cases, one, those of a person, a union, a campaign.
store=(--store cases.db)
xieshang 0 user add 林若溪 drafter approver "${store[@]}"
xieshang 0 case new silent.xml --as 林若溪 "${store[@]}"
xieshang 0 case new "$factory" --as 林若溪 "${store[@]}"
sha256sum cases.db >before.sum
xieshang 0 due "${store[@]}" --as-of 2025-03-15
expect_out '2025-03-14  1 days overdue'
expect_out '[qingluan-2025-refusal]'
expect_out '[yunshan-2025-wage]'
expect_out 'from 2025-03-15 on “工会劳动法律监督提示函” may be sent: 期满未应约'
xieshang 0 due "${store[@]}" --as-of 2025-03-05
grep -q 'may be sent' out && fail "a letter is proposed before its day"
xieshang 0 due "${store[@]}" --as-of 2025-03-15 --format json --union 海棠市总工会
expect_json 'sorted({d["case"] for d in j["result"]["deadlines"]})' "['qingluan-2025-refusal']"
xieshang 0 due "${store[@]}" --as-of 2025-03-15 --format json --person 薛长河
expect_json 'sorted({d["case"] for d in j["result"]["deadlines"]})' "['qingluan-2025-refusal']"
xieshang 0 due "${store[@]}" --as-of 2025-03-15 --format json --campaign 2025-1/enterprise
expect_json 'len({d["case"] for d in j["result"]["deadlines"]})' 2
xieshang 0 due "${store[@]}" --as-of 2025-03-15 --format json --campaign 2024
expect_json 'len(j["result"]["deadlines"])' 0
xieshang 0 due "${store[@]}" --as-of 2025-06-20 --format json
expect_json 'j["result"]["left-out"] > 0' True
# The rows of the store and the case itself say the same.
pending='sorted((d["limit"], d["item"] or "", d["due"], d["state"], d["law"] or "") for d in j["result"]["deadlines"])'
xieshang 0 due "${store[@]}" --as-of 2025-03-15 --union 海棠市总工会 --all --format json
python3 -c "import json; j=json.load(open('out')); print($pending)" >rows.txt
xieshang 0 due "${store[@]}" --as-of 2025-03-15 --format json qingluan-2025-refusal
python3 -c "import json; j=json.load(open('out')); print($pending)" >case.txt
cmp -s rows.txt case.txt || fail "rows and case disagree: $(diff rows.txt case.txt)"
xieshang 0 case due qingluan-2025-refusal "${store[@]}" --as-of 2025-03-15 --explain
expect_out '2025-03-04  星期二'
xieshang 0 due "${store[@]}" --union 海棠市总工会 --as-of 2025-03-15 --ics union.ics -o union.pdf
grep -q 'X-WR-CALNAME:海棠市总工会' union.ics || fail "the feed does not say whose it is"
pdftotext union.pdf - | grep -q 待办清单 || fail "no list of work over a store"
sha256sum -c --quiet before.sum || fail "a query changed the store"
xieshang 2 due "${store[@]}" no-such-case
expect_err case-unknown

# Of very many people are shown the first; --all and JSON have them all.
cp cases.db many.db
sqlite3 many.db "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
  INSERT INTO deadlines SELECT case_id, 1000 + i, limit_id, track, key, item, 0, 20250101, 0,
    20250102, 0, 0, 0, 1, 0, 0 FROM n, (SELECT * FROM deadlines LIMIT 1)"
LANGUAGE=en xieshang 0 due --store many.db --as-of 2025-02-01
expect_out "and 100 more (with --all)"
LANGUAGE=en xieshang 0 due --store many.db --as-of 2025-02-01 --all
grep -q "with --all" out && fail "--all leaves nothing out"
xieshang 0 due --store many.db --as-of 2025-02-01 --format json
expect_json 'len([d for d in j["result"]["deadlines"] if d["due"] == "2025-01-02"])' 300

# Wrong usage.
xieshang 3 due "${store[@]}" --person 甲 --union 乙
xieshang 3 due "${store[@]}" --explain
xieshang 3 due --case silent.xml --as-of 2025-02-30
expect_err '2025-02-30'
finish
