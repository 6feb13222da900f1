# The demo of the office: two samples walk through it, twice, to the same bytes.
source "$(dirname "$0")/lib.sh"
unset LC_ALL

for n in one two; do
  bash "$SOURCE/scripts/walk" "$XIESHANG" "$n" >"$n.txt" || { fail "the walk stops" && cat "$n.txt"; }
  rm -f "$n"/*/office.db*
done
diff one.txt two.txt >/dev/null || fail "what is told differs"
diff -r one two >/dev/null || fail "what is written differs"
# The language of the messages follows whether a catalogue is installed; these are of the walk itself.
[[ $(grep -c "文书：" one.txt) -eq 17 ]] || fail "not every paper was made"
for paper in one/*/*.pdf; do
  head -c 5 "$paper" | grep -q "%PDF-" || fail "$paper is no PDF"
done
expect_file one/factory/10-公布.pdf
expect_file one/refusal/07-公告.pdf
finish
