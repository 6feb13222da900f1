# What cannot be written is exit code 4, and what stood there before still stands.
source "$(dirname "$0")/lib.sh"
render=(render --template offer-workers --case "$factory")

xieshang 0 "${render[@]}" -o a.pdf
expect_silent out
expect_silent err
expect_file a.pdf
[[ $(head -c 5 a.pdf) == %PDF- ]] || fail "a.pdf is no PDF"
xieshang 0 "${render[@]}" -o b.pdf
cmp -s a.pdf b.pdf || fail "the same input gave other bytes"
"$XIESHANG" "${render[@]}" -o - >c.pdf || fail "-o -"
cmp -s a.pdf c.pdf || fail "standard output has other bytes"

xieshang 4 "${render[@]}" -o nowhere/a.pdf
expect_err "nowhere/a.pdf"
mkdir folder
xieshang 4 "${render[@]}" -o folder
expect_err "[file-write]"
for command in "templates" "fonts" "eval --list" "dump --stage pages --template offer-workers --case $factory"; do
  # shellcheck disable=SC2086
  "$XIESHANG" $command >/dev/full 2>err
  [[ $? -eq 4 ]] || fail "$command: a failed write of stdout is not exit code 4"
done
"$XIESHANG" "${render[@]}" -o - >/dev/full 2>err
[[ $? -eq 4 ]] || fail "render -o -: a failed write of stdout is not exit code 4"

# A disk that takes no more: writing past a few kB fails.
echo old >kept.pdf
(
  trap '' XFSZ
  ulimit -f 4
  "$XIESHANG" "${render[@]}" -o kept.pdf >/dev/null 2>&1
)
[[ $? -eq 4 ]] || fail "a write that fails is not exit code 4"
[[ $(cat kept.pdf) == old ]] || fail "the old file is not what it was"
[[ -z $(find . -name '*kept.pdf*' ! -name kept.pdf) ]] || fail "something is left beside the file"

mkdir packet
echo old >packet/packet.zip
(
  trap '' XFSZ
  ulimit -f 4
  "$XIESHANG" packet --plan offer --case "$factory" -o packet >/dev/null 2>&1
)
[[ $? -eq 4 ]] || fail "a packet that cannot be written is not exit code 4"
[[ $(cat packet/packet.zip) == old && $(ls packet) == packet.zip ]] || fail "the old packet is not what it was"

# A folder on a file system that is read-only, where one can be mounted.
cat >read-only.sh <<'END'
mkdir -p disk && mount -t tmpfs none disk || exit 77
echo old >disk/a.pdf
mount -o remount,ro disk || exit 77
"$@" -o disk/a.pdf 2>err
code=$?
[ "$(cat disk/a.pdf)" = old ] || exit 1
exit $code
END
unshare -rm sh read-only.sh "$XIESHANG" "${render[@]}" >out 2>&1
case $? in
4) expect_err "Read-only file system" ;;
77 | 1) grep -q "unshare\|mount" out || fail "a read-only folder: $(cat out err)" ;;
*) fail "a read-only folder is not exit code 4" ;;
esac
finish
