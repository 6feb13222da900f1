#!/usr/bin/env bash
# The tolerance of the pictures: noise passes; a comma that is lost, a line that moved by a quarter
# of a millimetre, a rule that is gone, a page too many do not.
#
#   tolerance.sh XIESHANG
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")"
here=$PWD root=$(realpath ../..)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
failed=0

# page NAME SIZE MARK SHIFT LINE: two paragraphs and a table
page() {
  cat >t.xml <<END
<template xmlns="urn:xieshang:template:1" id="t" version="1" name="试" page="letter">
  <include library="official"/>
  <style name="字" base="正文" size="$2"/>
  <body>
    <p style="字">协商代表应当依照法律规定进行平等协商$3订立集体合同。</p>
    <space height="$4"/>
    <p style="字">企业和职工双方</p>
    <table columns="1* 1*" line="$5"><row><cell>甲</cell><cell>乙</cell></row></table>
  </body>
</template>
END
  "$program" render --data-dir "$root" --template ./t.xml --blank --date 2026-01-05 -o t.pdf
  pdftoppm -r 50 -gray t.pdf "$1"
}

# expect same|other WHAT SHEET PAGE…
expect() {
  local wanted=$1 what=$2 found=same
  shift 2
  "$here/sheets.py" compare "$1" differs "${@:2}" >log || found=other
  [[ $found == "$wanted" ]] && return
  echo "$what: $found"
  cat log
  failed=1
}

for size in 9pt 10.5pt 16pt; do
  page right "$size" ， 0pt 0.5pt
  "$here/sheets.py" make right.png right-1.pgm
  expect same "$size: itself" right.png right-1.pgm
  page lost "$size" 　 0pt 0.5pt
  expect other "$size: a lost comma" right.png lost-1.pgm
  page moved "$size" ， 0.71pt 0.5pt
  expect other "$size: a moved line" right.png moved-1.pgm
  page plain "$size" ， 0pt 0pt
  expect other "$size: lost rules" right.png plain-1.pgm
  expect other "$size: a page too many" right.png right-1.pgm right-1.pgm
  [[ -s differs-1.png ]] || { echo "no picture of the difference" && failed=1; }
done

# Another rounding: some pixels are a little lighter or darker.
python3 - <<'END'
import random
random.seed(1)
data = bytearray(open("right-1.pgm", "rb").read())
ink = [i for i in range(20, len(data)) if 8 < data[i] < 247]
for i in random.sample(ink, 300):
    data[i] += random.choice((-6, 6))
open("noise-1.pgm", "wb").write(data)
END
expect same noise right.png noise-1.pgm

for file in right*.png differs*.png; do
  python3 - "$file" <<'END' # whole files, as others read them
import sys, zlib
data, at = open(sys.argv[1], "rb").read(), 8
while at < len(data):
    length = int.from_bytes(data[at:at + 4], "big")
    assert zlib.crc32(data[at + 4:at + 8 + length]) == int.from_bytes(data[at + 8 + length:at + 12 + length], "big")
    at += 12 + length
END
done
exit "$failed"
