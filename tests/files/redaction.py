#!/usr/bin/env python3
"""What the public copy must not hold is not in it, in no form and at no place.

    redaction.py FOLDER

FOLDER was written by samples.py. The secrets are taken from the case: by the rule of `id-number`
and `phone` (docs/template.md) the ID numbers of persons, and the telephone numbers of persons,
contacts and handlers; their e-mail, which no paper shows. They are looked for in every
part of eight characters, of telephone numbers of seven, that is not part of an open number, in

- the bytes of each file and its name;
- each of its streams unpacked, and all strings of its objects;
- its text: by the maps of its fonts, by poppler, by MuPDF, and by the glyphs that are drawn, with
  everything but digits left out, so that no spacing can tear a number apart;

as ASCII, UTF-16 and hex of both. A member of a packet that is a public copy is looked at likewise.
The whole copies of the same cases, where the secrets are to be, show that the search finds them.
"""
import multiprocessing
import pathlib
import re
import subprocess
import sys
from xml.etree import ElementTree

import pdf
from samples import SAMPLES

CASE = "{urn:xieshang:case:1}"
CODES = re.compile(rb"<(?!FEFF)[0-9A-F]+>")  # of glyphs, whose text is looked at elsewhere
PUBLIC = b"<xieshang:Copy>public</xieshang:Copy>"
PART_OF_ID, PART_OF_PHONE = 8, 7  # a local number has seven digits


def secrets_of(case):
    """ID numbers, telephone numbers and e-mail that are to be hidden; telephone numbers that are
    not: those of firms and offices, whoever else has them."""
    root = ElementTree.parse(case).getroot()
    delegates = list(root.iter(f"{CASE}delegate"))
    theirs = [e for d in delegates for e in d.findall(f"{CASE}phone")]
    known = [e for kind in ("contact", "handler") for e in root.iter(f"{CASE}{kind}")]
    ids = {e.text.strip() for e in root.iter(f"{CASE}id-number")}
    phones = {e.text.strip() for e in theirs} | {e.get("phone") for e in known} - {None}
    open_phones = {e.text.strip() for e in root.iter(f"{CASE}phone") if e not in theirs}
    return ids, phones - open_phones, {e.get("email") for e in known} - {None}, open_phones


def parts_of(secrets, length):
    return {s[i:i + length] for s in secrets for i in range(max(len(s) - length, 0) + 1)}


def digits_of(numbers):
    return {re.sub(r"[^0-9Xx]", "", n) for n in numbers}


def needles_of(case):
    """What to look for as it stands, and in text of which only the digits are left."""
    ids, phones, mails, open_phones = secrets_of(case)
    as_they_stand = parts_of(phones, PART_OF_PHONE) - parts_of(open_phones, PART_OF_PHONE)
    bare = (parts_of(digits_of(phones), PART_OF_PHONE)
            - parts_of(digits_of(open_phones), PART_OF_PHONE))
    ids = parts_of(ids, PART_OF_ID)
    return ids | as_they_stand | mails, ids | bare


def encoded(needle):
    utf16 = needle.encode("utf-16-be")
    return {needle.encode(), utf16, needle.encode("utf-16-le"), needle.encode().hex().encode(),
            needle.encode().hex().upper().encode(), utf16.hex().encode(), utf16.hex().upper().encode()}


def strings_in(value):
    if isinstance(value, str):
        yield value[2:] if value[:2] == "u:" else bytes.fromhex(value[2:]).decode("latin-1") \
            if value[:2] == "b:" else value
    elif isinstance(value, list):
        for part in value:
            yield from strings_in(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield key
            yield from strings_in(part)


def places_in(path):
    """Name and bytes of everything that can be searched in a file."""
    file = pdf.File(path)
    yield "name", path.name.encode()
    yield "bytes", path.read_bytes()
    yield "streams", b"\n".join(CODES.sub(b"<>", data) for _, data in file.streams())
    without_streams = [o.get("value", o.get("stream", {}).get("dict")) for o in file.objects.values()]
    outlines = file.facts.get("outlines", []), list(file.facts.get("attachments", {}))
    yield "strings", "\n".join(strings_in([without_streams, *outlines])).encode()
    yield "maps", "".join(t for f in file.known_fonts.values() for t in f["text"].values()).encode()
    yield "glyphs", "".join(g.text or "" for p in file.pages for g in p.glyphs()).encode()
    for name, *command in (("poppler", "pdftotext", "-raw", "{}", "-"),
                           ("MuPDF", "mutool", "draw", "-q", "-F", "txt", "{}")):
        run = subprocess.run([c.format(path) for c in command], capture_output=True, check=True)
        yield name, run.stdout


def search(job):
    """The places of one file that hold a secret, each with what was found there."""
    path, needles, digits = job
    found = []
    for place, data in places_in(path):
        hits = [n for n in needles for form in encoded(n) if form in data]
        if place in ("glyphs", "poppler", "MuPDF"):
            bare = re.sub(rb"[^0-9Xx]", b"", data)
            hits += [n for n in digits if n.encode() in bare]
        if hits:
            found.append((place, sorted(set(hits))))
    return path, found


def jobs_of(folder):
    for case in sorted(SAMPLES.glob("*/case.xml")):
        needles, digits = needles_of(case)
        if not needles:
            continue
        for copy in ("public", "filing"):
            for path in sorted((folder / copy / case.parent.name).glob("*.pdf")):
                yield path, needles, digits
        for path in sorted((folder / "packets").glob(f"{case.parent.name}-*/[0-9]*.pdf")):
            if PUBLIC in path.read_bytes():
                yield path, needles, digits


def main():
    folder = pathlib.Path(sys.argv[1])
    with multiprocessing.Pool(2) as pool:
        results = list(pool.imap(search, jobs_of(folder), 8))
    public = [(path, found) for path, found in results if PUBLIC in path.read_bytes()]
    leaks = [f"{path}: {place}: {hits[:3]}" for path, found in public for place, hits in found]
    for problem in leaks[:60]:
        print(problem)
    # The search is worth something only if it finds the numbers where they are.
    seen = {place for path, found in results if PUBLIC not in path.read_bytes() for place, _ in found}
    whole = [path for path, found in results if found and PUBLIC not in path.read_bytes()]
    blind = {"glyphs", "poppler", "MuPDF"} - seen
    if blind:
        print(f"nothing is found in the whole copies by {blind}")
    print(f"{len(public)} public copies, {len(leaks)} leaks; {len(whole)} whole copies hold secrets")
    return 1 if leaks or blind or not public or not whole else 0


if __name__ == "__main__":
    sys.exit(main())
