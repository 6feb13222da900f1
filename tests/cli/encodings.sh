# A case may come in any of the encodings; the papers are the same.
source "$(dirname "$0")/lib.sh"
cp "$SOURCE"/samples/factory/*.png .
render=(render --template delegates-list)

xieshang 0 "${render[@]}" --case "$factory" -o utf-8.pdf
for encoding in GB18030 GBK UTF-16 UTF-16LE; do
  sed "1s/UTF-8/$encoding/" "$factory" >declared.xml
  iconv -f UTF-8 -t "${encoding/UTF-16LE/UTF-16}" declared.xml >"$encoding.xml" || fail "iconv $encoding"
  [[ $encoding != UTF-16LE ]] || { printf '\xff\xfe' && iconv -f UTF-8 -t UTF-16LE declared.xml; } >"$encoding.xml"
  xieshang 0 check "$encoding.xml"
  xieshang 0 "${render[@]}" --case "$encoding.xml" -o "$encoding.pdf"
  cmp -s utf-8.pdf "$encoding.pdf" || fail "$encoding gave other bytes"
done

# Places count characters, whatever the bytes were.
sed '1s/UTF-8/GB18030/; s|elected="2025-02-21"|elected="2025-02-30"|' "$factory" | iconv -f UTF-8 -t GB18030 >wrong.xml
xieshang 2 check wrong.xml
expect_err "wrong.xml:$(grep -an '2025-02-30' wrong.xml | cut -d: -f1):38: error"
finish
