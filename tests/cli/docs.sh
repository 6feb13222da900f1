# The guides are true: they name what the schemas name, explain every diagnostic, their links
# lead somewhere, and their worked examples run.
source "$(dirname "$0")/lib.sh"
checker=$SOURCE/tests/cli/docs.py

mkdir bin
ln -s "$XIESHANG" bin/xieshang
export PATH=$work/bin:$PATH XIESHANG_DATA=$SOURCE
ln -s "$SOURCE/samples" samples
for what in names slugs links examples; do
  python3 "$checker" "$what" "$SOURCE" >found || { fail "$what" && head -40 found; }
done
finish
