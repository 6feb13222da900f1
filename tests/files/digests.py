#!/usr/bin/env python3
"""The same case gives the same bytes.

    digests.py XIESHANG FOLDER… [--update]

Each folder was written by samples.py, in another place or by another build of the program; all
must hold the same files, byte by byte. Then they are compared with the digests kept in
tests/golden/digests.sha256. These depend on the fonts, the color profile and the libraries that
shape a file, whose digests stand at their head: on a machine with others the test says so and is
skipped (exit 77). --update takes over what the first folder holds; the commit that changes the
digests says why the files are not what they were.
"""
import hashlib
import os
import pathlib
import re
import subprocess
import sys

KEPT = pathlib.Path(__file__).resolve().parent.parent / "golden" / "digests.sha256"
PROFILE = "/usr/share/color/icc/sRGB.icc"
# Others, such as libxml2 and libpng, give the same result in every version.
LIBRARIES = re.compile(r"lib(hpdf|harfbuzz|harfbuzz-subset|deflate|icuuc|icui18n|icudata|zip)\b")
SKIPPED = 77


def digest(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def made_with(program):
    """Name and digest of each file of this machine that the bytes depend on."""
    listed = subprocess.run([program, "fonts", "--format", "json"], capture_output=True, check=True)
    found = {PROFILE} | set(re.findall(r'"file": "(/[^"]*)"', listed.stdout.decode()))
    linked = subprocess.run(["ldd", program], capture_output=True, check=True, text=True).stdout
    for name, path in re.findall(r"^\s*(\S+) => (\S+)", linked, re.MULTILINE):
        if LIBRARIES.match(name):
            found.add(os.path.realpath(path))
    return sorted((os.path.basename(path), digest(path)) for path in found)


def files_of(folder):
    """All that was written; of a packet, its archive stands for the papers in it."""
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if path.is_file() and (path.parent.parent.name not in ("packets", "flat", "attached")
                               or path.name.startswith("packet.")):
            yield path.relative_to(folder).as_posix(), digest(path)


def compare(expected, found, who):
    """Names every file that differs."""
    differing = [f"{name}: {word} {who}"
                 for word, names in (("is not there", expected.keys() - found.keys()),
                                     ("is new", found.keys() - expected.keys()),
                                     ("has other bytes", {n for n in expected.keys() & found.keys()
                                                          if expected[n] != found[n]}))
                 for name in sorted(names)]
    print("\n".join(differing[:40] + ["…"] * (len(differing) > 40)), end="\n" * bool(differing))
    return not differing


def text_of(key, files):
    lines = [f"# {name} {value}" for name, value in key] + [f"{v}  {k}" for k, v in files.items()]
    return "\n".join(lines) + "\n"


def read_kept():
    lines = KEPT.read_text(encoding="utf-8").splitlines()
    key = [tuple(line[2:].rsplit(" ", 1)) for line in lines if line.startswith("# ")]
    return key, {name: value for value, name in (l.split("  ", 1) for l in lines if l[0] != "#")}


def main():
    program, *folders = [a for a in sys.argv[1:] if a != "--update"]
    first = dict(files_of(folders[0]))
    same = bool(first)
    for folder in folders[1:]:
        same &= compare(first, dict(files_of(folder)), f"in {folder}")
    print(f"{len(first)} files, {'the same' if same else 'not the same'} in {len(folders)} folders")
    if not same:
        return 1
    key = made_with(program)
    if "--update" in sys.argv:
        KEPT.write_text(text_of(key, first), encoding="utf-8")
        return 0
    kept_key, kept = read_kept()
    if key != kept_key:
        for name, value in sorted(set(key) ^ set(kept_key)):
            print(f"{name} {value} {'here' if (name, value) in key else 'when the digests were kept'}")
        print("other fonts or libraries than those of the kept digests: not compared with them")
        return SKIPPED
    if compare(kept, first, "now"):
        return 0
    print("if that is meant: scripts/digests --update, and say in the commit why")
    return 1


if __name__ == "__main__":
    sys.exit(main())
