#!/usr/bin/env python3
"""What the engine reads from a PDF is what MuPDF and poppler read from it.

    survey.py SURVEY FILE.pdf…

Every character, its place and its size, every stroke, and every picture as `mutool trace` tells
them; and each word of `pdftotext -bbox` begins where one of our characters begins.
"""
import re
import subprocess
import sys
import xml.etree.ElementTree as tree

NEAR = 0.02  # pt: three decimals in the file, and those of MuPDF's output
WORD_NEAR = 0.1


def numbers(text):
    return [float(n) for n in text.split()]


def ours(survey, pdf):
    pages = []
    out = subprocess.run([survey, pdf], check=True, capture_output=True, text=True).stdout
    for line in out.splitlines():
        kind, *rest = line.split()
        if kind == "page":
            pages.append({"size": tuple(map(float, rest[1:])), "char": [], "rule": [], "picture": [],
                          "turned": 0})
        elif kind == "char":
            x, y, size = map(float, rest[:3])
            pages[-1]["char"].append((int(rest[3], 16), x, y, size))
            pages[-1]["turned"] += int(rest[4])
        else:
            pages[-1][kind].append(tuple(map(float, rest)))
    return pages


def place(matrix, x, y):
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def theirs(pdf):
    done = subprocess.run(["mutool", "trace", pdf, "1-N"], check=True, capture_output=True)
    # A mark for a character outside of XML would not parse.
    text = re.sub(rb"&#x?0;", b"", done.stdout)
    pages = []
    for page in tree.fromstring(text).iter("page"):
        left, top, right, bottom = numbers(page.get("mediabox"))
        found = {"size": (right - left, bottom - top), "char": [], "rule": [], "picture": []}
        for node in page.iter():
            if node.tag == "fill_text":
                matrix = numbers(node.get("transform"))
                for span in node.iter("span"):
                    a, b, _, _ = numbers(span.get("trm"))
                    for g in span.iter("g"):
                        x, y = place(matrix, float(g.get("x")), float(g.get("y")))
                        found["char"].append((g.get("unicode"), x, y, (a * a + b * b) ** 0.5))
            elif node.tag == "stroke_path":
                matrix = numbers(node.get("transform"))
                ends = [place(matrix, float(n.get("x")), float(n.get("y"))) for n in node]
                (x1, y1), (x2, y2) = ends
                found["rule"].append((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2),
                                      float(node.get("linewidth"))))
            elif node.tag == "fill_image":
                a, b, c, d, e, f = numbers(node.get("transform"))
                found["picture"].append((min(e, e + a + c), min(f, f + b + d),
                                         max(e, e + a + c), max(f, f + b + d)))
        pages.append(found)
    return pages


def is_near(a, b):
    return len(a) == len(b) and all(abs(x - y) <= NEAR for x, y in zip(a, b))


def at_place(characters):
    places = {}
    for c, x, y, size in characters:
        places.setdefault((round(x * 10), round(y * 10)), []).append((c, x, y, size))
    return places


def beside(places, x, y):
    for i in (-1, 0, 1):
        for j in (-1, 0, 1):
            yield from places.get((round(x * 10) + i, round(y * 10) + j), [])


def compare_characters(mine, other):
    """Of a cluster MuPDF shows all characters at one place, we show the first at each glyph."""
    found, seen = at_place(other), at_place(mine)
    for c, x, y, size in mine:
        near = [o for o in beside(found, x, y) if is_near(o[1:], (x, y, size))]
        if not near:
            yield f"{chr(c)} at {x} {y}, size {size}: MuPDF has nothing there"
        elif c != 0x200B and not any(chr(c) in o[0] for o in near):
            yield f"{chr(c)} at {x} {y}: MuPDF has {near}"
    for c, x, y, size in other:
        if not any(is_near(o[1:], (x, y, size)) for o in beside(seen, x, y)):
            yield f"nothing at {x} {y}, where MuPDF has {c}"


def compare(pdf, mine, other):
    problems = []
    if len(mine) != len(other):
        return [f"{len(mine)} pages, and {len(other)} by MuPDF"]
    for number, (a, b) in enumerate(zip(mine, other), 1):
        if not is_near(a["size"], b["size"]):
            problems.append(f"page {number}: {a['size']}, by MuPDF {b['size']}")
        problems += [f"page {number}: {p}" for p in compare_characters(a["char"], b["char"])]
        # Thin rectangles are rules of ours and fills of MuPDF's.
        for y in b["rule"]:
            if not any(is_near(x, y) for x in a["rule"]):
                problems.append(f"page {number}: no rule {y}")
        if len(a["picture"]) != len(b["picture"]) or not all(map(is_near, a["picture"], b["picture"])):
            problems.append(f"page {number}: {a['picture']}, by MuPDF {b['picture']}")
    return problems


def words(pdf):
    out = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True).stdout
    text = re.sub(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", out.decode("utf-8", "replace"))
    pages = re.split(r"<page ", text)[1:]
    return [[float(m) for m in re.findall(r'<word xMin="([-0-9.]+)"', page)] for page in pages]


def compare_words(mine, boxes):
    problems = []
    for number, (page, starts) in enumerate(zip(mine, boxes), 1):
        places = sorted(c[1] for c in page["char"])
        lost = [x for x in starts if not any(abs(x - p) <= WORD_NEAR for p in places)]
        # The box of turned text begins elsewhere.
        if len(lost) > page["turned"]:
            problems.append(f"page {number}: poppler begins words at {lost[:5]}, we none")
    return problems


def main():
    survey, *files = sys.argv[1:]
    failed = False
    characters = 0
    for pdf in files:
        mine = ours(survey, pdf)
        characters += sum(len(page["char"]) for page in mine)
        problems = compare(pdf, mine, theirs(pdf)) + compare_words(mine, words(pdf))
        for problem in problems[:20]:
            print(f"{pdf}: {problem}")
        failed = failed or bool(problems)
    print(f"{characters} characters of {len(files)} files stand where others see them")
    sys.exit(failed or not characters)


main()
