#!/usr/bin/env bash
# Golden tests: one folder each, what the program prints compared with what was approved.
#
#   run.sh XIESHANG [--update] [FOLDER…]
#
# A folder holds
#   case.xml          the case; may be another folder's, see args
#   args              arguments of `dump`; without it: --template FOLDER --case case.xml
#   expect.document   the filled document
#   expect.pages      its page list
#   expect.blank      the document of --blank; compared where it stands
#   expect.diags      the messages; without it there must be none. Alone it stands for a mistake
#                     that ends the run
# --update writes what was printed in place of what was expected; read the difference before
# committing it. Page lists depend on the fonts: fonts.sha256 names the files they were made with,
# so that a changed font says so before a page does.
set -euo pipefail

program=$(realpath "$1")
shift
update=no
if [[ ${1:-} == --update ]]; then
  update=yes
  shift
fi
cd "$(dirname "$0")"
root=$(realpath ../..)
export LC_ALL=C.UTF-8 LANGUAGE="" COLUMNS=100

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# check FOLDER FILE PRINTED: compares one product, or takes it over.
check() {
  if [[ $update == yes ]]; then
    cp "$3" "$1/$2"
  elif ! diff -u --label "$1/$2" --label "$1 now" "$1/$2" "$3"; then
    failed=1
  fi
}

# dump FOLDER STAGE ARGUMENTS…: prints to printed.STAGE and printed.diags; sets status.
dump() {
  local folder=$1 stage=$2
  shift 2
  status=0
  (cd "$folder" && "$program" dump --data-dir "$root" --stage "$stage" "$@") \
    >"$work/printed" 2>"$work/diags.raw" || status=$?
  sed "s|$root/||g" "$work/diags.raw" >"$work/diags"
}

# quiet FOLDER WHAT: the last dump went well and said nothing.
quiet() {
  [[ $status == 0 && ! -s $work/diags ]] && return
  printf '%s: %s: exit %s\n' "$1" "$2" "$status"
  cat "$work/diags"
  failed=1
}

run_folder() {
  local folder=$1 args stage
  args=(--template "$folder" --case case.xml)
  [[ -f $folder/args ]] && read -ra args <"$folder/args"

  for stage in document pages; do
    dump "$folder" "$stage" "${args[@]}"
    if [[ -f $folder/expect.diags ]]; then
      check "$folder" expect.diags "$work/diags"
    else
      quiet "$folder" "$stage"
    fi
    ((status < 2)) || return 0
    check "$folder" "expect.$stage" "$work/printed"
  done
  if [[ -f $folder/expect.blank ]]; then
    dump "$folder" document --template "${args[1]}" --blank
    quiet "$folder" blank
    check "$folder" expect.blank "$work/printed"
  fi
}

"$program" fonts --data-dir "$root" --format json |
  sed -n -e 's/.*"file": ".*\/\([^/]*\)".*/\1/;T digest;h;b' \
    -e ':digest' -e 's/.*"sha256": "\([0-9a-f]*\)".*/\1/;T;G;s/\n/  /p' |
  LC_ALL=C sort -u -k2 >"$work/fonts"
if [[ $update == yes ]]; then
  cp "$work/fonts" fonts.sha256
elif ! diff -u --label "fonts.sha256" --label "fonts now" fonts.sha256 "$work/fonts"; then
  echo "the fonts are not those the page lists were made with"
  failed=1
fi

if (($#)); then
  folders=("$@")
else
  folders=(*/)
fi
count=0
for folder in "${folders[@]}"; do
  run_folder "${folder%/}"
  count=$((count + 1))
done
printf '%d folders, %s\n' "$count" "$([[ $failed == 0 ]] && echo "as expected" || echo "not as expected")"
exit "$failed"
