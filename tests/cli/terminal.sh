# Colour on a terminal only, and not against NO_COLOR; what stands in a file cannot reach the
# terminal as control characters.
source "$(dirname "$0")/lib.sh"
if ! script -qec true /dev/null </dev/null >/dev/null 2>&1; then
  echo "skipped: this machine gives no pseudo-terminal"
  exit 77
fi
escape=$'\033'
printf '<case xmlns="urn:xieshang:case:1" id="x" kind="enterprise" year="2024"><titel/></case>' >bad.xml

# on_terminal COMMAND…: its output as a terminal would get it
on_terminal() {
  TERM=xterm script -qec "$*" /dev/null </dev/null >out
}
on_terminal "'$XIESHANG' check bad.xml"
grep -q "$escape\[1;31merror:" out || { fail "no colour on a terminal" && cat -v out; }
NO_COLOR=1 on_terminal "'$XIESHANG' check bad.xml"
grep -q "$escape" out && fail "colour against NO_COLOR"
TERM=dumb script -qec "'$XIESHANG' check bad.xml" /dev/null </dev/null >out
grep -q "$escape" out && fail "colour on a dumb terminal"
xieshang 2 check bad.xml
grep -q "$escape" err && fail "colour in a file"

printf '<case xmlns="urn:xieshang:case:1" id="x" kind="enterprise" year="2024"><a t="\xc2\x9b31m\xe2\x80\xae"/></case>' >bad.xml
xieshang 2 check bad.xml
grep -qP '[\x{80}-\x{9f}\x{202a}-\x{202e}]' err && fail "control characters of a file on the terminal"
on_terminal "'$XIESHANG' render --template offer-workers --case '$factory' -o -"
grep -q "does not belong on a terminal" out || fail "a PDF was written to a terminal"
finish
