# The man page has no warnings, names every command and option, and the right version.
source "$(dirname "$0")/lib.sh"
page=$SOURCE/docs/man/xieshang.1

if command -v groff >/dev/null; then
  groff -man -ww -Tutf8 "$page" >text 2>warnings || fail "groff cannot read the page"
  [[ ! -s warnings ]] || { fail "groff warns" && cat warnings; }
fi
plain=$(sed 's/\\-/-/g' "$page")
for command in "${commands[@]}"; do
  grep -qE "^\.B $command\$" <<<"$plain" || fail "the page does not explain $command"
done
while read -r option; do
  grep -qE "^\.B.*--$option([ \"]|\$)" <<<"$plain" || fail "the page does not explain --$option"
done < <(sed -nE 's/^X\([A-Z_]+, *"([a-z-]+)".*/\1/p' "$SOURCE/src/cli/options.def")
version=$(sed -n 's/^project(xieshang VERSION \([0-9.]*\).*/\1/p' "$SOURCE/CMakeLists.txt")
grep -q "^\.TH .*\"xieshang $version\"" "$page" || fail "the page is not of version $version"
finish
