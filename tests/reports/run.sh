#!/usr/bin/env bash
# The reports over one record, or one of their own, page by page as text, against what was
# approved.
#   run.sh REPORT-PROGRAM DATA-DIR [--update]
set -euo pipefail
report=$1 data=$2 update=${3:-}
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
for template in log-annex count-annex sign-record work-list; do
  record=$here/$template.xml
  [[ -f $record ]] || record=$here/record.xml
  "$report" "$data" "$template" "$record" "$root/samples/factory/case.xml" - >"$work/pages"
  if [[ $update == --update ]]; then
    cp "$work/pages" "$here/$template.pages"
  elif ! diff -u "$here/$template.pages" "$work/pages"; then
    failed=1
  fi
done
exit "$failed"
