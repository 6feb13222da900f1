# The Chinese catalogue is whole: nothing untranslated or fuzzy, and formats agree. POT is the
# list of all messages of the sources.
source "$(dirname "$0")/lib.sh"
po=$SOURCE/src/po/zh_CN.po

msgfmt --check --check-accelerators=_ --statistics -o /dev/null "$po" 2>statistics ||
  { fail "msgfmt --check" && cat statistics; }
LC_ALL=C grep -q untranslated statistics && fail "untranslated: $(cat statistics)"
LC_ALL=C grep -q fuzzy statistics && fail "fuzzy: $(cat statistics)"

# Merged with the messages of the sources it stays whole.
: "${POT:?the messages of the sources}"
msgmerge --quiet --no-fuzzy-matching -o merged "$po" "$POT"
msgattrib --untranslated merged >lacking
[[ ! -s lacking ]] || { fail "messages without Chinese" && grep -A3 '^msgid' lacking | head -40; }
finish
