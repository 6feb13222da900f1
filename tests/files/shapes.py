#!/usr/bin/python3
"""What is drawn for a character is the glyph that its font has for it.

    shapes.py XIESHANG FOLDER

The text under a page is what the maps of its fonts say; text.py shows that readers agree with them.
Here every glyph of every golden paper that stands for one character is taken out of the font in the
file and compared, outline by outline, with the glyph of that character in the font of the system,
as fontTools reads both. So nobody reads one character and sees another. A font may have other forms
of a character for its place (Chinese marks, upright or narrow ones); these are known by the tables
of the font that lead from one to the other.

fontTools is Debian's, and belongs to Debian's Python.
"""
import io
import json
import pathlib
import subprocess
import sys

from fontTools import cffLib
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTCollection, TTFont

import pdf


def outline(glyphs, name):
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    return pen.value


def outlines_in_file(program):
    """The outline of each code of an embedded font."""
    if program[:4] == b"\0\1\0\0":
        font = TTFont(io.BytesIO(program), lazy=True)
        names, glyphs = font.getGlyphOrder(), font.getGlyphSet()
        return lambda code: outline(glyphs, names[code])
    fonts = cffLib.CFFFontSet()
    fonts.decompile(io.BytesIO(program), None)
    top = fonts[0]
    return lambda code: outline(top.CharStrings, top.charset[code])


class Source:
    """A font of the system."""

    def __init__(self, font):
        self.glyphs, self.cmap = font.getGlyphSet(), font.getBestCmap()
        self.forms = {}
        for lookup in font["GSUB"].table.LookupList.Lookup if "GSUB" in font else ():
            for table in lookup.SubTable:
                table = getattr(table, "ExtSubTable", table)
                for name, other in getattr(table, "mapping", {}).items():
                    self.forms.setdefault(name, set()).update([other] if isinstance(other, str) else other)
                for name, others in getattr(table, "alternates", {}).items():
                    self.forms.setdefault(name, set()).update(others)

    def outlines(self, character):
        """Of its glyph, and of the other forms of that."""
        name = self.cmap.get(ord(character))
        for form in [name, *sorted(self.forms.get(name, ()))] if name else ():
            yield outline(self.glyphs, form)


def sources(program):
    run = subprocess.run([program, "fonts", "--format", "json"], capture_output=True, check=True)
    faces = json.loads(run.stdout)["result"]["faces"]
    found = {}
    for path in sorted({f["file"] for f in faces if f["found"]}):
        fonts = TTCollection(path, lazy=True).fonts if path.endswith(".ttc") else [TTFont(path, lazy=True)]
        for font in fonts:
            found[font["name"].getDebugName(6)] = font
    return found


def fonts_of(folder):
    """Name, program and texts of each font of each paper."""
    for path in sorted(folder.glob("*.pdf")):
        file = pdf.File(path)
        for reference, font in file.known_fonts.items():
            cid = file.resolve(file.resolve(reference)["/DescendantFonts"][0])
            descriptor = file.resolve(cid["/FontDescriptor"])
            program = descriptor.get("/FontFile3") or descriptor["/FontFile2"]
            yield path, cid["/BaseFont"][8:], file.stream(program), font["text"]


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2]) / "papers"
    system, opened, compared, others, problems = sources(program), {}, 0, set(), []
    for path, name, data, texts in fonts_of(folder):
        if name not in opened:
            opened[name] = Source(system[name])
        embedded = outlines_in_file(data)
        for code, character in texts.items():
            if len(character) != 1 or character == "\u200b":
                continue
            drawn, compared = embedded(code), compared + 1
            wanted = list(opened[name].outlines(character))
            if drawn not in wanted:
                problems.append(f"{path}: {name} draws something else for “{character}”")
            elif drawn != wanted[0]:
                others.add(character)
    for problem in problems[:60]:
        print(problem)
    print(f"{compared} glyphs of {len(opened)} fonts, {len(problems)} problems; in another form: "
          f"{''.join(sorted(others)) or 'none'}")
    return 1 if problems or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
