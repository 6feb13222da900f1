# The folder of a packet: replaced as a whole, or left as it was.
source "$(dirname "$0")/../cli/lib.sh"
shopt -s nullglob

contents() { (cd "$1" && find . -type f | LC_ALL=C sort | xargs -d '\n' sha256sum); }

# A second packet takes the place of the first; what is not of a packet stays.
xieshang 0 packet --plan filing --case "$factory" -o packet
echo mine >packet/readme.txt
echo mine >packet/case.xml
echo mine >packet/99_mine.pdf
first=$(ls packet)
xieshang 0 packet --plan offer --case "$factory" -o packet
grep -q 03_ <<<"$first" || fail "the first packet is not what this test expects"
[[ -z $(echo packet/0[789]_*) ]] || fail "papers of the old packet are left: $(ls packet)"
for file in readme.txt case.xml 99_mine.pdf; do
  [[ $(cat packet/$file) == mine ]] || fail "$file was touched"
done
xieshang 0 verify packet/packet.zip

# An old archive that is broken, or that lies, removes nothing.
echo broken >packet/packet.zip
xieshang 0 packet --plan offer --case "$factory" -o packet
[[ $(cat packet/readme.txt) == mine ]] || fail "a broken archive made a file go away"
python3 - <<'END'
import zipfile
with zipfile.ZipFile('packet/packet.zip', 'w') as z:
    z.writestr('manifest.json', '{"format":"urn:xieshang:manifest:1","files":[%s]}' % ','.join(
        '{"name":"%s","size":1,"sha256":"%s"}' % (n, '0' * 64) for n in ('readme.txt', '../outside', 'case.xml')))
END
echo mine >outside
xieshang 0 packet --plan offer --case "$factory" -o packet
[[ -e packet/readme.txt && -e packet/case.xml && -e outside ]] || fail "a lying archive made a file go away"

# Killed at any time, the folder is the old one or the new one, whole.
rm -rf packet
xieshang 0 packet --plan offer --case "$factory" -o packet --date 2025-01-01
old=$(contents packet)
xieshang 0 packet --plan offer --case "$factory" -o other --date 2025-12-31
new=$(contents other)
for delay in 0.01 0.02 0.04 0.06 0.08 0.1 0.15 0.2 0.25 0.3 0.4 0.5 0.6 0.8 1.0 1.5; do
  "$XIESHANG" packet --plan offer --case "$factory" -o packet --date 2025-12-31 >/dev/null 2>&1 &
  program=$!
  sleep $delay
  kill -KILL $program 2>/dev/null
  wait $program 2>/dev/null
  now=$(contents packet)
  [[ $now == "$old" || $now == "$new" ]] || fail "killed after $delay s, the folder is neither old nor new"
  [[ $now == "$old" ]] || break
done
xieshang 0 packet --plan offer --case "$factory" -o packet --date 2025-12-31
[[ $(contents packet) == "$new" ]] || fail "after being killed, a run does not finish"

# What cannot be replaced as a whole is left alone, and the message says what to do.
xieshang 4 packet --plan offer --case "$factory" -o .
expect_err "name one of its own"
mkdir -p shared/inner
xieshang 4 packet --plan offer --case "$factory" -o shared
expect_err "name an empty or a new one"
[[ $(ls -A shared) == inner ]] || fail "something was written beside a folder"

# A disk without room for it: the old packet stays. A small disk can be mounted in a name space.
cat >small.sh <<'END'
mkdir -p disk && mount -t tmpfs -o size=600k none disk || exit 77
mkdir disk/packet && echo old >disk/packet/packet.zip && head -c 200k /dev/zero >disk/packet/filler || exit 77
"$@" -o disk/packet 2>err
code=$?
[ "$(cat disk/packet/packet.zip)" = old ] && [ "$(ls disk/packet | wc -l)" = 2 ] || exit 1
[ "$(ls -A disk | wc -l)" = 1 ] || exit 1
exit $code
END
unshare -rm sh small.sh "$XIESHANG" packet --plan filing --case "$factory" >log 2>&1
case $? in
4) expect_err "No space left on device" ;;
77) echo "no small disk could be mounted: not tested here" ;;
*) grep -q unshare log || fail "a full disk: $(cat log err)" ;;
esac
finish
