#!/usr/bin/env bash
# Shows PDF files to qpdf, poppler and MuPDF. None of them may find fault or say a word of warning.
#   pdf.sh FILE.pdf…
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# Runs a command that has to succeed and to be silent on stderr. Debian builds MuPDF without
# colour management, and it says so once in each run.
silent() {
  local status=0
  "$@" >"$work/out" 2>"$work/err" || status=$?
  grep -vxF 'warning: ICC support is not available' "$work/err" >"$work/said" || true
  if ((status)) || [[ -s $work/said ]]; then
    echo "$* ($status):"
    cat "$work/said"
    failed=1
  fi
}

(($#)) || {
  echo "no file to check"
  exit 1
}
for file in "$@"; do
  silent qpdf --check "$file"
  silent pdfinfo -meta "$file"
  silent pdfinfo "$file"
  silent pdffonts "$file"
  if tail -n +3 "$work/out" | awk '{ if ($(NF - 4) != "yes" || $(NF - 3) != "yes" || $(NF - 2) != "yes") exit 1 }'; then :; else
    echo "$file: a font is not embedded, not cut down, or has no ToUnicode"
    failed=1
  fi
  silent pdftotext "$file" "$work/text"
  silent pdftoppm -r 30 -png "$file" "$work/page"
  silent mutool info "$file"
  silent mutool draw -q -F txt -o "$work/text" "$file"
  silent mutool draw -q -r 30 -o "$work/page%d.png" "$file"
done
exit "$failed"
