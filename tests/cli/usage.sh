# Wrong usage is exit code 3 and says what is wrong; help and version are exit code 0.
source "$(dirname "$0")/lib.sh"

xieshang 3
expect_err "a command is missing"
expect_silent out
xieshang 3 chekc
expect_err "the nearest is “check”"
xieshang 3 render --tempalte offer-workers
expect_err "the nearest is “--template”"
xieshang 3 render --template offer-workers
expect_err "“--case” is missing"
xieshang 3 render --template offer-workers --case "$factory"
expect_err "“--output” is missing"
xieshang 3 render --template
expect_err "“--template” needs a value"
xieshang 3 render --template a --template b
expect_err "“--template” is given twice"
xieshang 3 render --blank=yes
expect_err "takes no value"
xieshang 3 render --plan filing
expect_err "does not belong here"
xieshang 3 render --template offer-workers --case "$factory" -o a.pdf --copy secret
expect_err "“--copy” cannot be “secret”"
for date in 2024-02-30 2024-2-3 20240203 tomorrow; do
  xieshang 3 render --template offer-workers --case "$factory" -o a.pdf --date "$date"
  expect_err "is not a date"
done
for item in 0 -1 x 99999999999999999999; do
  xieshang 3 render --template offer-workers --case "$factory" -o a.pdf --item "$item"
done
xieshang 3 dump --stage words --template offer-workers --case "$factory"
xieshang 3 packet --plan filing --case "$factory"
xieshang 3 check
xieshang 3 verify
xieshang 3 verify a.zip b.zip
xieshang 3 eval
xieshang 3 templates --format xml
xieshang 3 render --template offer-workers --case "$factory" -o - --format json
expect_no_file a.pdf

xieshang 0 --version
expect_out "xieshang $(sed -n 's/^project(xieshang VERSION \([0-9.]*\).*/\1/p' "$SOURCE/CMakeLists.txt")"
xieshang 0 --help
for command in "${commands[@]}"; do
  grep -q "^  $command " out || fail "--help does not name $command"
done
for command in "${commands[@]}"; do
  # shellcheck disable=SC2086
  xieshang 0 $command --help
  expect_out "Usage: xieshang $command"
  expect_silent err
done

"$XIESHANG" --help >/dev/full 2>err
[[ $? -eq 4 ]] || fail "a failed write of the help is not exit code 4"
finish
