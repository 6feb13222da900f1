# xieshang days: single counts, how they are asked for and answered.
source "$(dirname "$0")/lib.sh"

# answer ARGUMENT… DATE: the first line of what is said.
answer() {
  local wanted=${*: -1}
  xieshang 0 days "${@:1:$#-1}"
  [[ $(head -1 out | cut -d' ' -f1) == "$wanted" ]] || { fail "not $wanted: $*" && head -1 out; }
  expect_silent err
}

answer 2025-03-04 20 日 2025-03-24
answer 2025-03-04 20日 2025-03-24
answer 2025-03-04 20 day 2025-03-24
answer 2025-03-04 20days 2025-03-24
answer 2025-09-11 20 日 2025-10-09
answer 2025-09-11 20 日 --roll not 2025-10-01
answer 2025-01-22 10 工作日 2025-02-11
answer 2025-01-22 10 workday 2025-02-11
answer 2025-03-15 3 月 2025-06-16
answer 2025-03-15 3个月 2025-06-16
answer 2025-01-31 1 month 2025-02-28
answer 2025-10-09 5 日 --backward 2025-10-04
answer 2025-10-09 5 日 --backward --roll on 2025-09-30
answer 2025-03-04 20 日 --suspend 2025-03-10..2025-03-12 2025-03-27
answer --suspend 2025-03-10..2025-03-12 --suspend=2025-03-12..2025-03-13 2025-03-04 20 日 2025-03-28

# Day by day: a reason and an article in each line, aligned under wide characters.
xieshang 0 days 2025-09-11 20 日 --explain
expect_out "2025-09-11  星期四  工作日"
expect_out "《中华人民共和国民法典》第二百零三条"
python3 - out <<'END' || fail "the columns are not straight"
import sys, unicodedata
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()[2:]
cells = lambda text: sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
assert len(lines) == 30, len(lines)
assert len({cells(line[:line.index("《")]) for line in lines}) == 1
END
xieshang 0 days 2025-03-21 1 日 --explain
expect_out 待核实 # a weekend is no holiday by the letter of the law

# Answers that are not final.
xieshang 1 days 2026-12-20 20 日
expect_out "2027-01-11"
expect_err "[count-provisional]"
xieshang 1 days 2025-03-04 20 日 --suspend 2025-03-10.. --format json
expect_json "j['result']['due'], j['result']['stopped'], j['result']['counted']" "None True 5"
expect_json "j['diagnostics'][0]['slug']" count-stopped

# For programs.
xieshang 0 days 2025-09-11 20 日 --explain --format json
expect_silent err
expect_json "j['result']['due'], j['result']['last'], j['result']['provisional']" "2025-10-09 2025-10-01 False"
expect_json "len(j['result']['lines']), j['result']['lines'][1]['number']" "30 1"
expect_json "j['result']['lines'][-1]['law']" 《中华人民共和国民法典》第二百零三条
xieshang 0 days 2025-09-11 20 日 --format json
expect_json "'lines' in j['result']" False

# As a paper; the same bytes twice.
xieshang 0 days 2025-09-11 20 日 --date 2025-09-12 -o a.pdf
xieshang 0 days 2025-09-11 20 日 --date 2025-09-12 -o b.pdf
cmp -s a.pdf b.pdf || fail "two papers of one count differ"
if command -v pdftotext >/dev/null; then
  pdftotext -layout a.pdf text
  grep -q 期限计算表 text || fail "the paper has no name"
  [[ $(grep -c 2025-1 text) -ge 10 ]] || fail "the paper lacks days"
fi
"$XIESHANG" days 2025-09-11 20 日 --date 2025-09-12 -o - >c.pdf || fail "no paper on stdout"
cmp -s a.pdf c.pdf || fail "the paper on stdout is another one"

# What cannot be answered.
xieshang 3 days 2025-3-4 20 日
expect_err "YYYY-MM-DD"
xieshang 3 days 2025-02-29 20 日
xieshang 3 days 2025-03-04 二十 日
xieshang 3 days 2025-03-04 20
xieshang 3 days 2025-03-04 20日 日
xieshang 3 days 2025-03-04 20 日 --suspend 2025-03-10
expect_err "FROM..TO"
xieshang 3 days 2025-03-04 20 日 --roll maybe
xieshang 3 days 2025-03-04
xieshang 2 days 2025-03-04 20 年
expect_err "[count-unit]"
xieshang 2 days 2025-03-04 99999999 日
expect_err "[count-range]"
xieshang 2 days 2025-03-04 20 日 --suspend 2025-03-12..2025-03-10
expect_err "[count-pause]"
expect_silent out

# A year of one's own.
cat >mine.xml <<'END'
<calendar xmlns="urn:xieshang:calendar:1" id="mine" version="1" name="x" base="china">
  <year n="2027"><notice source="国办发明电〔2026〕0号"/><day date="2027-01-11" kind="off" name="元旦"/></year>
</calendar>
END
xieshang 0 check mine.xml
xieshang 0 days 2026-12-20 20 日 --site mine.xml
expect_out "2027-01-12"
xieshang 0 render --template offer-workers --case "$factory" --site mine.xml -o a.pdf
mkdir -p config/xieshang/site
cp mine.xml config/xieshang/site/
export XDG_CONFIG_HOME=$PWD/config
xieshang 0 days 2026-12-20 20 日
expect_out "2027-01-12"
xieshang 1 days 2026-12-20 20 日 --site none
sed -i 's/base="china"/base="chian"/' mine.xml
xieshang 2 check mine.xml
expect_err "[calendar-base]"
unset XDG_CONFIG_HOME

# A year more, or a wrong one, in a copy of the data.
cp -rL "$(dirname "$XIESHANG")/../share/xieshang" data 2>/dev/null || mkdir -p data
calendar=data/templates/calendar/china.xml
if [[ -f $calendar ]]; then
  sed -i 's|</calendar>|<year n="2027"><notice source="国办发明电〔2026〕0号"/><day date="2027-01-11" kind="off" name="元旦"/></year></calendar>|' "$calendar"
  xieshang 0 check "$calendar" --data-dir data
  xieshang 0 days 2026-12-20 20 日 --data-dir data
  expect_out "2027-01-12"
  sed -i 's|<notice source="国办发明电〔2026〕0号"/>||' "$calendar"
  xieshang 2 check "$calendar" --data-dir data
  expect_err "[calendar-source]"
  xieshang 2 days 2026-12-20 20 日 --data-dir data
  expect_silent out
fi
finish
