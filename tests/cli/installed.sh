# An installed tree is whole: the example builds against it through pkg-config, shared and
# static, and renders; the command finds its data and its Chinese there.
source "$(dirname "$0")/lib.sh"
: "${BUILD:?the build tree}" "${CMAKE:?cmake}" "${CC:?a compiler}"

prefix=$work/moved
"$CMAKE" --install "$BUILD" --prefix "$work/prefix" >install.log || fail "cmake --install"
# What is installed may be moved to another place.
mv prefix "$prefix"
libdir=$(dirname "$(find "$prefix" -name libxieshang.so)")
export PKG_CONFIG_PATH=$libdir/pkgconfig

for kind in shared static; do
  wanted=(--cflags --libs)
  [[ $kind == shared ]] || wanted+=(--static)
  read -ra words <<<"${CFLAGS:-} $(pkg-config "${wanted[@]}" xieshang)"
  [[ $kind == shared ]] || mapfile -t words < <(printf '%s\n' "${words[@]}" | sed 's/^-lxieshang$/-l:libxieshang.a/')
  "$CC" -std=c11 "$SOURCE/samples/c/render.c" "${words[@]}" -o "render-$kind" 2>cc.log ||
    { fail "the example does not build, $kind" && head -20 cc.log; }
  LD_LIBRARY_PATH=$libdir "./render-$kind" "$prefix/share/xieshang" offer-workers "$factory" $kind.pdf ||
    fail "the example does not run, $kind"
done
cmp shared.pdf static.pdf || fail "the two libraries write different bytes"

XIESHANG=$prefix/bin/xieshang
xieshang 0 render --template offer-workers --case "$factory" -o command.pdf
cmp shared.pdf command.pdf || fail "the installed command writes other bytes"
LC_ALL=zh_CN.UTF-8 "$XIESHANG" chekc 2>err
expect_err "没有命令"
expect_file "$prefix/share/man/man1/xieshang.1"
expect_file "$prefix/share/bash-completion/completions/xieshang"
finish
