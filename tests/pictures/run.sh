#!/usr/bin/env bash
# Every page of every sample, and every empty form, as pictures, compared with those that were
# looked at and approved:
#
#   run.sh XIESHANG OUT-FOLDER [--update] [NAME…]
#
# papers.txt says what is rendered; expect/NAME.png are the contact sheets; sheets.py says how two
# pages are compared. What differs is shown in OUT-FOLDER. --update takes over what was rendered:
# look at every page before you commit it.
#
# Pictures depend on the fonts and on the program that draws them. With other ones than those of
# tests/golden/fonts.sha256 and poppler.txt this says so and is skipped.
set -euo pipefail

program=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
shift 2
update=no
if [[ ${1:-} == --update ]]; then
  update=yes
  shift
fi
cd "$(dirname "$0")"
root=$(realpath ../..)
export LC_ALL=C.UTF-8 LANGUAGE=""
export program out root update
names=("$@")

fonts=$("$program" fonts --data-dir "$root" --format json |
  sed -n -e 's/.*"file": ".*\/\([^/]*\)".*/\1/;T digest;h;b' \
    -e ':digest' -e 's/.*"sha256": "\([0-9a-f]*\)".*/\1/;T;G;s/\n/  /p' | LC_ALL=C sort -u -k2)
poppler=$(pdftoppm -v 2>&1 | head -1 || true)
if [[ $update == yes ]]; then
  printf '%s\n' "$poppler" >poppler.txt
elif ! diff -u ../golden/fonts.sha256 <(printf '%s\n' "$fonts"); then
  echo "skipped: the fonts are not those the pictures were made with"
  exit 77
elif [[ $poppler != "$(<poppler.txt)" ]]; then
  echo "skipped: the pictures were made with $(<poppler.txt), this is $poppler"
  exit 77
fi

# write NAME KIND ARGUMENT…: PDF files under OUT-FOLDER/NAME
write() {
  local folder=$out/$1 kind=$2 template code=0
  shift 2
  rm -rf "$folder"
  mkdir -p "$folder"
  case $kind in
  packet)
    "$program" packet --data-dir "$root" --plan "$1" --case "$root/samples/$2/case.xml" \
      -o "$folder/packet" >"$folder/log" 2>&1 || code=$?
    cp "$folder/packet/packet.pdf" "$folder/1.pdf"
    ;;
  paper)
    "$program" render --data-dir "$root" --template "$1" --case "$root/samples/$2/case.xml" \
      -o "$folder/1.pdf" >"$folder/log" 2>&1 || code=$?
    ;;
  blank)
    for template; do
      "$program" render --data-dir "$root" --template "$template" --blank --date 2026-01-05 \
        -o "$folder/$template.pdf" >"$folder/log" 2>&1 || code=$?
    done
    ;;
  esac
  ((code <= 1)) || { cat "$folder/log" && return 1; }
}

# look NAME KIND ARGUMENT…: renders and compares
look() {
  local name=$1 file pages
  write "$@" || { echo "$name: cannot be written" && return 1; }
  for file in "$out/$name"/*.pdf; do
    pdftoppm -r 50 -gray "$file" "${file%.pdf}"
  done
  mapfile -t pages < <(find "$out/$name" -maxdepth 1 -name '*.pgm' | LC_ALL=C sort)
  if [[ $update == yes ]]; then
    python3 sheets.py make "expect/$name.png" "${pages[@]}"
  elif [[ ! -f expect/$name.png ]]; then
    echo "$name: no picture was approved" && return 1
  else
    python3 sheets.py compare "expect/$name.png" "$out/$name-differs" "${pages[@]}" || return 1
  fi
  rm -rf "${out:?}/$name"
}
export -f write look

# The list, with the empty forms by folder of their templates.
list() {
  grep -v '^#' papers.txt
  local folder id
  for folder in "$root"/templates/*/; do
    local ids=()
    while read -r id; do ids+=("$id"); done < <(grep -lE '^<template|<template ' "$folder"*.xml 2>/dev/null |
      xargs -r -n 1 basename -s .xml | LC_ALL=C sort)
    ((${#ids[@]})) && echo "blank-$(basename "$folder") blank ${ids[*]}"
  done
  return 0
}

failed=0
for sample in "$root"/samples/*/case.xml; do
  name=$(basename "$(dirname "$sample")")
  grep -qE " $name\$" papers.txt || { echo "papers.txt lacks the sample $name" && failed=1; }
done
mkdir -p expect
list | while read -r name rest; do
  if ((${#names[@]})) && [[ " ${names[*]} " != *" $name "* ]]; then continue; fi
  printf '%s %s\0' "$name" "$rest"
done | xargs -0 -P 2 -n 1 bash -c 'look $1' _ || failed=1
if ((failed)); then
  echo "pictures: not as approved"
else
  echo "pictures: as approved"
fi
exit "$failed"
