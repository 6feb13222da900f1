# The three copies of a paper, its date and its blank form.
source "$(dirname "$0")/lib.sh"
words() { pdftotext -layout "$1" - | tr -d ' \n\f'; }

for copy in filing public draft; do
  xieshang 0 render --template delegates-list --case "$factory" --copy $copy -o $copy.pdf
done
number=$(sed -n 's/.*<id-number>\([^<]*\).*/\1/p' "$factory" | head -1)
[[ $(words filing.pdf) == *"$number"* ]] || fail "the filing copy lacks the ID number"
[[ $(words public.pdf) != *"$number"* ]] || fail "the public copy shows the ID number"
qpdf --qdf --object-streams=disable public.pdf - | strings | grep -q "$number" &&
  fail "the public copy holds the ID number"
cmp -s filing.pdf draft.pdf && fail "the draft has no watermark"

# The draft of a contract is the final text, word for word.
for copy in filing draft; do
  xieshang 0 dump --stage document --template contract-wage --case "$factory" --copy $copy
  sed -nE 's/^ *paragraph (章|条|款|项): //p' out >text.$copy
done
[[ $(wc -l <text.filing) -gt 50 ]] || fail "the contract has few articles"
cmp text.filing text.draft || fail "the draft differs from the final text"

xieshang 0 eval "date-zh(\$date)" --case "$factory" --date 2026-01-02
expect_out 2026年1月2日
xieshang 0 eval "\$copy" --copy public
expect_out public

xieshang 0 render --template offer-workers --blank -o blank.pdf
[[ $(words blank.pdf) == *要约* && $(words blank.pdf) != *云杉* ]] || fail "the blank form"
xieshang 2 render --template offer-workers --case "$factory" --item 99 -o none.pdf
expect_no_file none.pdf
finish
