# What the end-to-end tests share. XIESHANG is the program, SOURCE the root of the tree. Each test
# works in an empty folder of its own and fails when any expectation fails.
set -uo pipefail

: "${XIESHANG:?the program}" "${SOURCE:?the root of the tree}"
export LC_ALL=C.UTF-8 LANGUAGE="" NO_COLOR=""
unset XIESHANG_DATA

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0
factory=$SOURCE/samples/factory/case.xml
# Every command of the table.
mapfile -t commands < <(sed -nE 's/^X\([a-z_]+, "([^"]*)".*/\1/p' "$SOURCE/src/cli/commands.def")

fail() {
  printf 'FAIL: %s\n' "$*"
  failures=$((failures + 1))
}

# xieshang EXIT-CODE ARGUMENT…: runs the program; its output lies in ./out and ./err then.
xieshang() {
  local wanted=$1 code=0
  shift
  "$XIESHANG" "$@" >out 2>err </dev/null || code=$?
  [[ $code -eq $wanted ]] && return
  fail "exit code $code, not $wanted: xieshang $*"
  head -5 out err
}

expect_out() { grep -qF -e "$1" out || { fail "stdout lacks: $1" && head -5 out; }; }
expect_err() { grep -qF -e "$1" err || { fail "stderr lacks: $1" && head -5 err; }; }
expect_silent() { [[ ! -s $1 ]] || { fail "$1 is not empty" && head -5 "$1"; }; }
expect_file() { [[ -s $1 ]] || fail "no file $1"; }
expect_no_file() { [[ ! -e $1 ]] || fail "there is a file $1"; }
# A value of the JSON on stdout: expect_json 'python expression over j' VALUE
expect_json() {
  local found
  found=$(python3 -c "import json,sys; j=json.load(open('out')); print($1)") ||
    { fail "no JSON with $1" && head -5 out && return; }
  [[ $found == "$2" ]] || fail "$1 is $found, not $2"
}

finish() {
  ((failures == 0)) || exit 1
}
