#!/usr/bin/env python3
"""Shows files to PDFBox Preflight, which knows PDF/A-1b to the letter.

    preflight.py FILE-OR-FOLDER…

A file that claims PDF/A-1b must be valid. No validator for later parts is in Debian; a file that
claims 2b or 3b may be found at fault only with what 1b forbids and its own part allows, and each
of these faults must be there, since otherwise the file could have claimed 1b. A file that claims
nothing is a fault in itself, and so is any part but 1 below a folder `flat`. All files are looked
at by one run of Java.
"""
import collections
import hashlib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

JARS = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging",
        "javax.activation", "jaxb-api")
VALIDATOR = "org.apache.pdfbox.preflight.Validator_A1b"
CLAIM = re.compile(rb"<pdfaid:part>(\d)</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>")
VERDICT = re.compile(r"^The file (\d+)\.pdf is (a valid|not a valid)")
ANOTHER_PART = "7.11.2 : Error on MetaData, part must be 1"
TRANSPARENT = (
    "2.2.1 : Invalid graphics transparency, Group has a transparency S entry",
    "2.2.2 : Invalid graphics transparency, Soft Mask must be null or None",
)
ATTACHED = (
    "1.4.7 : Trailer Syntax error, EmbeddedFile entry is present in the Names dictionary",
    "1.2.9 : Body Syntax error, EmbeddedFile entry is present in a FileSpecification dictionary",
)
# The part a file claims: what Preflight must say, what it may say.
FAULTS = {
    1: ((), ()),
    2: ((ANOTHER_PART, *TRANSPARENT), ()),
    3: ((ANOTHER_PART, *ATTACHED), TRANSPARENT),
}


def find_files(paths):
    """Every file once, however often its bytes are there."""
    seen = {}
    for path in map(pathlib.Path, paths):
        for file in sorted(path.rglob("*.pdf")) if path.is_dir() else [path]:
            seen.setdefault(hashlib.sha256(file.read_bytes()).digest(), file)
    return list(seen.values())


def ask(files):
    """What Preflight says of each file, in their order."""
    with tempfile.TemporaryDirectory() as folder:
        for number, file in enumerate(files):
            os.symlink(file.resolve(), f"{folder}/{number}.pdf")
        command = ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                   ":".join(f"/usr/share/java/{jar}.jar" for jar in JARS), VALIDATOR,
                   "group", folder]
        said = subprocess.run(command, capture_output=True, text=True).stdout
    faults, current = {}, None
    for line in said.split("\n"):
        verdict = VERDICT.match(line)
        if verdict:
            current = faults.setdefault(int(verdict[1]), [])
        elif line and current is not None:
            current.append(line)
    return [faults.get(number, ["Preflight says nothing"]) for number in range(len(files))]


def judge(file, faults):
    """The part the file claims, and what is wrong with that."""
    claim = CLAIM.search(file.read_bytes())
    if not claim or int(claim[1]) not in FAULTS:
        return 0, ["claims no part of PDF/A"]
    part = int(claim[1])
    must, may = FAULTS[part]
    wrong = [f for f in faults if not f.startswith(must + may)]
    wrong += [f"could do without: {m}" for m in must if not any(f.startswith(m) for f in faults)]
    if part != 1 and "flat" in file.parts:
        wrong.append(f"claims part {part}, although it is flattened")
    return part, wrong


def main():
    files, failed = find_files(sys.argv[1:]), False
    parts = collections.Counter()
    for file, faults in zip(files, ask(files)):
        part, wrong = judge(file, faults)
        parts[part] += 1
        for fault in wrong:
            print(f"{file}: {fault[:160]}")
            failed = True
    print(", ".join(f"PDF/A-{part}b: {count}" for part, count in sorted(parts.items())) or "no file")
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main())
