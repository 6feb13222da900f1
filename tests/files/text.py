#!/usr/bin/env python3
"""The text under every page is what is seen on it, and what the paper was to say.

    text.py XIESHANG FOLDER

FOLDER was written by samples.py. Of every file:

- What poppler and MuPDF read is what the content of the pages shows, glyph by glyph through the
  maps of its fonts, in the order in which it is drawn: the order of reading.
- No text is hidden: none is drawn in another mode than filled, clipped, smaller than 4 points,
  nearly white, off the page, or beneath something opaque that is drawn later. All that a page may
  do besides showing text is to draw straight lines, shades and pictures.
- No character comes out as a ligature or in a private area.
- Nothing else is seen that could be text: pictures are those of the cases, lines that are neither
  level nor upright are longer than the strokes of a character.

Of every single paper moreover the characters of the document, before any line was broken, stand in
it in full and in order; and of every golden paper, where a glyph has an outline there is ink on the
rendered page.
"""
import collections
import multiprocessing
import pathlib
import re
import subprocess
import sys
import tempfile

import pdf
from preflight import find_files
from samples import DATE, GOLDEN, ROOT, SAMPLES, arguments

DRAWING = {"m", "l", "S", "re", "f", "G", "RG", "g", "rg", "w", "d", "q", "cm", "Do", "Q",
           "BT", "ET", "Tf", "Tm", "TJ", "BMC", "BDC", "EMC"}
SMALLEST_PT = 4
LIGHTEST = 0.92  # the word 草案 behind a page; its gray is 0.894
INK = 250  # of 255; of a pixel that is partly covered by a thin stroke
RESOLUTION = 100
LONGEST_STROKE_PT = 14  # slanting, of a character at 16 points
READERS = {
    "poppler": ["pdftotext", "-raw", "-enc", "UTF-8", "{}", "-"],
    "MuPDF": ["mutool", "draw", "-q", "-F", "txt", "{}"],
}
# Tables that are split by groups of columns are read group by group, and carry words to each page.
OUT_OF_ORDER = {"tables"}
# Ligatures of the Latin faces, private areas, what stands for a character that is lost.
STRANGE = re.compile("[\ufb00-\ufb4f\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
NOT_TEXT = re.compile(r"(picture|seal) “[^”]*”| outline \d+ “.*")  # in the dump of a document
INKLESS = {"\u200b", "\u3000", " ", "\u00a0"}


def without_space(text):
    return "".join(text.split()).replace("\u200b", "")


def difference(expected, read):
    pairs = enumerate(zip(expected, read))
    at = next((i for i, (a, b) in pairs if a != b), min(len(expected), len(read)))
    return f"at {at}: “{expected[at:at + 12]}” is drawn, “{read[at:at + 12]}” is read"


def shown(file):
    return without_space("".join(g.text or "\ufffd" for p in file.pages for g in p.glyphs()))


# ---- hidden text ---------------------------------------------------------------------------------


def covered(glyph, box):
    """Is the middle of the glyph within x0, y0, x1, y1?"""
    x, y = glyph.x + glyph.width / 2, glyph.y + glyph.size * 0.35
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def opaque_box(page, kind, thing):
    """The box of something drawn that nothing shines through."""
    if kind == "rect":
        x, y, width, height, _ = thing
        return x, y, x + width, y + height
    if kind == "image":
        name, matrix = thing
        image = page.file.resolve(page.images[name])
        if "/SMask" not in image:
            return matrix[4], matrix[5], matrix[4] + matrix[0], matrix[5] + matrix[3]
    return None


def hidden(page):
    """What is wrong with how the text of a page is drawn."""
    x0, y0, x1, y1 = page.box
    unknown = page.operators - DRAWING
    if unknown:
        yield f"operators {unknown}"
    so_far = []
    for kind, thing in page.drawn:
        box = opaque_box(page, kind, thing)
        if box:
            for glyph in so_far:
                if covered(glyph, box):
                    yield f"“{glyph.text}” lies beneath a {kind}"
        if kind != "glyph" or not (thing.text or "").strip():
            continue
        so_far.append(thing)
        if not thing.text:
            yield f"a glyph without text at {thing.x:.0f}, {thing.y:.0f}"
        elif thing.size < SMALLEST_PT:
            yield f"“{thing.text}” of {thing.size} points"
        elif min(thing.color) > LIGHTEST:
            yield f"“{thing.text}” in the color {thing.color}"
        elif not (x0 <= thing.x and thing.x + (0 if thing.turned else thing.width) <= x1 + 1
                  and y0 <= thing.y <= y1 - thing.size / 2):
            yield f"“{thing.text}” at {thing.x:.0f}, {thing.y:.0f} is off the page"
        elif STRANGE.search(thing.text):
            yield f"“{thing.text}” (U+{ord(thing.text[0]):04X}) is read"


def check_file(path):
    file = pdf.File(path)
    problems = [f"{path}: page {n}: {p}" for n, page in enumerate(file.pages, 1)
                for p in (*hidden(page), *strange(page))]
    expected = shown(file)
    for name, command in READERS.items():
        run = subprocess.run([part.format(path) for part in command], capture_output=True, check=True)
        read = without_space(run.stdout.decode("utf-8"))
        if read != expected:
            problems.append(f"{path}: {name}: {difference(expected, read)}")
    return len(expected), problems


# ---- what is not text ----------------------------------------------------------------------------


def picture_sizes():
    """Width and height of every picture that a sample may show."""
    for path in [*SAMPLES.rglob("*.png"), *GOLDEN.rglob("*.png")]:
        head = path.read_bytes()[16:24]
        yield int.from_bytes(head[:4], "big"), int.from_bytes(head[4:], "big")


PICTURES = set(picture_sizes())


def strange(page):
    for kind, thing in page.drawn:
        if kind == "image":
            image = page.file.resolve(page.images[thing[0]])
            if (image["/Width"], image["/Height"]) not in PICTURES:
                yield f"a picture of {image['/Width']} × {image['/Height']} that no case has"
        elif kind == "line":
            width, height = abs(thing[2] - thing[0]), abs(thing[3] - thing[1])
            if min(width, height) > 0.01 and max(width, height) < LONGEST_STROKE_PT:
                yield f"a slanting line of {width:.1f} × {height:.1f} points"


# ---- the document --------------------------------------------------------------------------------


def words_of(line):
    """The texts in a line of a dump; texts may hold quotation marks themselves."""
    depth, found = 0, []
    for c in line:
        if c == "”":
            depth -= 1
        if depth > 0:
            found.append(c)
        if c == "“":
            depth += 1
    return "".join(found)


def text_of_document(dump):
    """All text of a document but that of its page heads, page feet and watermark."""
    found, margin = [], None
    for line in dump.split("\n"):
        indent, word = len(line) - len(line.lstrip()), line.split(maxsplit=1)[:1]
        if margin is not None and indent > margin:
            continue
        margin = None
        if word in (["page-foot"], ["page-head"], ["watermark"]):
            margin = indent
        elif word == ["paragraph"]:
            found.append(words_of(NOT_TEXT.sub("", line)))
    return without_space("".join(found))


def check_document(program, folder, path, args):
    run = subprocess.run([program, "dump", "--data-dir", str(ROOT), "--stage", "document", *args],
                         cwd=folder, capture_output=True)
    expected = [c for c in text_of_document(run.stdout.decode("utf-8")) if c not in "“”"]
    if path.stem in OUT_OF_ORDER:
        lost = collections.Counter(expected) - collections.Counter(shown(pdf.File(path)))
        return [f"{path}: {lost} of the document is not there"] if lost else []
    rest = iter(shown(pdf.File(path)))
    for at, c in enumerate(expected):
        if c not in rest:  # moves on behind it
            return [f"{path}: “{''.join(expected[at:at + 12])}” of the document is not there, in order"]
    return [] if expected else [f"{path}: the document has no text"]


# ---- ink -----------------------------------------------------------------------------------------


def read_pgm(path):
    data = path.read_bytes()
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
    return int(head[1]), int(head[2]), data[head.end():]


def has_ink(pixels, width, height, glyph, page_height):
    scale = RESOLUTION / 72
    left = max(int(glyph.x * scale) - 1, 0)
    right = min(int((glyph.x + max(glyph.width, glyph.size / 4)) * scale) + 2, width)
    top = max(int((page_height - glyph.y - glyph.size) * scale), 0)
    bottom = min(int((page_height - glyph.y + glyph.size * 0.3) * scale) + 1, height)
    return any(min(pixels[y * width + left:y * width + right], default=255) < INK
               for y in range(top, bottom))


def check_ink(path):
    file, problems = pdf.File(path), []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-gray", "-r", str(RESOLUTION), str(path), f"{folder}/p"],
                       check=True, capture_output=True)
        for page, image in zip(file.pages, sorted(pathlib.Path(folder).iterdir())):
            width, height, pixels = read_pgm(image)
            problems += [f"{path}: no ink where “{g.text}” is read, at {g.x:.0f}, {g.y:.0f}"
                         for g in page.glyphs()
                         if g.text not in INKLESS and not g.turned
                         and not has_ink(pixels, width, height, g, page.box[3])]
    return problems


# ---- all together --------------------------------------------------------------------------------


def check_golden(job):
    program, path = job
    folder = GOLDEN / path.stem
    return check_document(program, folder, path, arguments(folder)) + check_ink(path)


def check_sample(job):
    program, path = job
    args = ["--template", path.stem, "--case", "case.xml", "--date", DATE]
    return check_document(program, SAMPLES / path.parent.name, path, args)


def main():
    program, folder = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
    files = find_files([folder])
    golden, papers = sorted((folder / "papers").glob("*.pdf")), sorted((folder / "filing").rglob("*.pdf"))
    problems = []
    with multiprocessing.Pool(2) as pool:
        results = list(pool.imap(check_file, files, 8))
        for check, paths in ((check_golden, golden), (check_sample, papers)):
            for found in pool.imap(check, [(program, path) for path in paths], 4):
                problems += found
    problems += [p for _, found in results for p in found]
    for problem in problems[:60]:
        print(problem)
    print(f"{len(files)} files, {sum(count for count, _ in results)} characters, "
          f"{len(golden) + len(papers)} documents, {len(problems)} problems")
    return 1 if problems or not files or not golden or not papers else 0


if __name__ == "__main__":
    sys.exit(main())
