#!/usr/bin/env python3
"""Do the tests beside this one find what they are to find?

    faults.py FOLDER

FOLDER was written by samples.py. Good files are spoilt in one way each, and the test that watches
over it has to say so; of the files as they are it must say nothing.
"""
import pathlib
import subprocess
import sys
import tempfile

import archival
import pdf
import redaction
import text

# What is watched over, and how it is spoilt: bytes of the unpacked file and what takes their place.
IN_OBJECTS = {
    "the language": (b"/Lang (zh-CN)", b"/Lang (en-US)"),
    "a script that runs": (b"/Lang (zh-CN)", b"/Lang (zh-CN) /OpenAction << /S /JavaScript >>"),
    "the part claimed": (b"<pdfaid:part>2<", b"<pdfaid:part>1<"),
    "the level claimed": (b"<pdfaid:conformance>B<", b"<pdfaid:conformance>A<"),
    "the digest of the template": (b"<xieshang:TemplateDigest>", b"<xieshang:TemplateDigest>0"),
    "a property that is not explained": (b"<pdfaProperty:name>Copy<", b"<pdfaProperty:name>Kind<"),
    "the date of the metadata": (b"<xmp:CreateDate>2", b"<xmp:CreateDate>1"),
    "the group of a page": (b"/S /Transparency", b"/S /Something"),
    "the kind of an output intent": (b"/S /GTS_PDFA1", b"/S /GTS_PDFX"),
    "the encoding of a font": (b"/Encoding /Identity-H", b"/Encoding /Identity-V"),
    "the set of glyphs": (b"/CIDSet ", b"/CIDSot "),
}
IN_TEXT = {
    "text that is not painted": (b"BT\n", b"BT\n3 Tr\n"),
    "text in white": (b"BT\n", b"BT\n1 g\n"),
    "text that is too small": (b" 12 Tf", b" 1 Tf"),
    "text off the page": (b"1 0 0 1 79", b"1 0 0 1 999"),
    "text beneath a shade": (b"\nET", b"\nET\n0 0 600 900 re f\n"),
    "a curve": (b"\nET", b"\nET\n0 0 m 1 1 2 2 3 3 c S\n"),
    "strokes of a character": (b"\nET", b"\nET\n100 100 m 105 108 l S\n"),
    "a clip": (b"BT\n", b"0 0 1 1 re W n\nBT\n"),
}


def unpacked(path, out):
    subprocess.run(["qpdf", "--qdf", "--object-streams=disable", str(path), str(out)], check=True)
    return out.read_bytes()


def spoil(data, old, new, out):
    if old not in data:
        raise SystemExit(f"{old} is not in the file that was to be spoilt")
    fixed = subprocess.run(["fix-qdf"], input=data.replace(old, new), capture_output=True, check=True)
    out.write_bytes(fixed.stdout)


def hidden_text(path):
    return [fault for page in pdf.File(path).pages
            for fault in (*text.hidden(page), *text.strange(page))]


def main():
    folder, missed = pathlib.Path(sys.argv[1]), []
    good = folder / "papers" / "contract-wage.pdf"
    if archival.check(good) or hidden_text(good):
        missed.append("the good file is found at fault")
    with tempfile.TemporaryDirectory() as work:
        spoilt = pathlib.Path(work) / "spoilt.pdf"
        data = unpacked(good, spoilt)
        before = set(archival.check(spoilt))
        for name, (old, new) in IN_OBJECTS.items():
            spoil(data, old, new, spoilt)
            if not set(archival.check(spoilt)) - before:
                missed.append(name)
        for name, (old, new) in IN_TEXT.items():
            spoil(data, old, new, spoilt)
            if not hidden_text(spoilt):
                missed.append(name)
        data = unpacked(folder / "public" / "factory" / "delegates-list.pdf", spoilt)
        missed += missed_secrets(data, spoilt)
    for name in missed:
        print(f"nobody notices: {name}")
    print(f"{len(IN_OBJECTS) + len(IN_TEXT) + 3} faults, {len(missed)} unnoticed")
    return 1 if missed else 0


def missed_secrets(data, spoilt):
    needles, digits = redaction.needles_of(text.ROOT / "samples/factory/case.xml")
    secret = sorted(n for n in needles if n.isdigit())[0]
    forms = {
        "a secret in a comment": f"% {secret}\n".encode(),
        "a secret in a string": b"",
        "a secret in hex": f"% {secret.encode('utf-16-be').hex().upper()}\n".encode(),
    }
    for name, comment in forms.items():
        changed = data.replace(b"/Lang (zh-CN)", f"/Lang ({secret})".encode()) if not comment \
            else data.replace(b"%QDF-1.0\n", b"%QDF-1.0\n" + comment, 1)
        spoil(changed, b"/Lang", b"/Lang", spoilt)
        if not redaction.search((spoilt, needles, digits))[1]:
            yield name


if __name__ == "__main__":
    sys.exit(main())
