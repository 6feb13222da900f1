# Messages follow the locale, and Chinese comes out also where no Chinese locale is generated.
source "$(dirname "$0")/lib.sh"

speak() {
  env -u LC_ALL -u LC_MESSAGES -u LANG -u LANGUAGE "$@" "$XIESHANG" chekc >out 2>err
  [[ $? -eq 3 ]] || fail "exit code under $*"
}
speak LANG=zh_CN.UTF-8 && expect_err "没有命令“chekc”"
speak LC_ALL=zh_CN.UTF-8 && expect_err "没有命令“chekc”"
speak LC_MESSAGES=zh_TW.UTF-8 && expect_err "没有命令“chekc”"
speak LANG=C.UTF-8 LANGUAGE=zh_CN && expect_err "没有命令“chekc”"
speak LANG=zh_CN.UTF-8 LC_ALL=C.UTF-8 && expect_err "unknown command"
speak LC_ALL=C && expect_err "unknown command"
speak LANG=de_DE.UTF-8 && expect_err "unknown command"

# The help of every command is translated as a whole.
for command in "" "${commands[@]}"; do
  # shellcheck disable=SC2086
  LC_ALL=zh_CN.UTF-8 "$XIESHANG" $command --help >out 2>err || fail "$command --help"
  expect_out "选项："
  grep -nE '(the|a|of) [a-z]+ [a-z]+' out && fail "English in the Chinese help of “$command”"
done
finish
