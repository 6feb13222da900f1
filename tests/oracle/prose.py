#!/usr/bin/env python3
"""Does a set text keep the rules of Chinese lines?

    prose.py PROSE FONTS.xml TEXT ROLE SIZE MEASURE OUT.pdf

PROSE sets the text (tests/oracle/prose.c). TEXT is a file with a paragraph on each line, or a
folder: then the words of all XML files below its folders samples/ and templates/ are the text.
SIZE and MEASURE are in points.

Nothing here comes from the layout code. The lines are taken from `pdftotext -bbox`, laid beside
the text that was to be set, and held against the rules as CLREQ and GB/T 15834 state them:

    start    a mark stands where a line must not begin
    end      a mark stands where a line must not end
    parted   a line ends within a dash, an ellipsis, a number and its sign, an ordinal, a date,
             and would not open by more than an em everywhere if it did not
    left     a line does not begin at the left edge
    outside  a character reaches out of the measure
    short    a line that is not the last of its paragraph ends more than 0.1 pt off the right edge
             (one Western word alone on its line has no place that could open)
    alone    the last line of a paragraph is one character and its mark
    ink      something is drawn in the margins (a sample of the pages, drawn by pdftoppm)

A closing mark at a line end shows half an em of its box beyond the edge: that half is empty, which
`ink` proves. The environment may name another file in XS_PROSE. Ends with 77, to be skipped,
where the file is absent.
"""
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

SKIPPED = 77
LEFT = 28 / 25.4 * 72  # margin of every page that PROSE makes
NEAR = 0.1  # pt
SHOWN = 5  # examples of each fault
INK_PAGES = 12
INK_DPI = 288

CLOSING = "”’）》〉」』】〕〗］｝"
OPENING = "“‘（《〈「『【〔〖［｛"
PAUSES = "、，；：。．！？"
NOT_AT_START = set(PAUSES + CLOSING + "·‧・–～－／%％‰℃°々" + ")]},.;:!?")
NOT_AT_END = set(OPENING + "$¥￥№" + "([{")
TRIMMED = set(PAUSES + CLOSING)
RULER = ["甲 “", "甲 ”", "甲 ‘", "甲 ’"]
HAN_DIGITS = "〇零一二三四五六七八九十百千万"
COUNTED = "年月日时分秒号条章节款项元"
PARTED = re.compile(
    rf"——|⸺|……|[¥￥$№]\d[\d,.]*|\d[\d,.]*[%％‰℃]|\d[\d,.]*\d|第[{HAN_DIGITS}]+[条章节款项]"
    rf"|第\d+[{COUNTED}]|\d[{COUNTED}]|〔\d+〕\d+号|[\w.+-]+@[\w.-]+\w|\d{{3,4}}-\d{{7,8}}"
)
ONE_WORD = re.compile("[!-~]+")
HAN = re.compile("[\u4e00-\u9fff]")
WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>'
)
ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}


class Line:
    def __init__(self, page, middle):
        self.page = page
        self.middle = middle  # between its upper and lower edge
        self.words = []

    def close(self):
        self.words.sort(key=middle_of_first)
        self.left = self.words[0][0]
        self.right = self.words[-1][1]
        self.text = "".join(text for left, right, text in self.words)


def middle_of_first(word):
    """Boxes of squeezed marks lie over one another; the middles of characters do not."""
    left, right, text = word
    return left + (right - left) / len(text) / 2


def plain(text):
    return re.sub(r"&\w+;", lambda found: ENTITIES[found.group()], text)


def read_lines(path, size):
    """The lines of a PDF, from top to bottom. Words of one line share its middle."""
    command = ["pdftotext", "-bbox", path, "-"]
    boxes = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
    lines = []
    for page, part in enumerate(boxes.split("<page ")[1:], start=1):
        words = []
        for found in WORD.finditer(part):
            left, top, right, bottom = map(float, found.group(1, 2, 3, 4))
            words.append(((top + bottom) / 2, left, right, plain(found.group(5))))
        words.sort()
        line = None
        for middle, left, right, text in words:
            if not line or middle - line.middle > size * 0.6:
                line = Line(page, middle)
                lines.append(line)
            line.words.append((left, right, text))
    for line in lines:
        line.close()
    return lines


def words_of_samples(root):
    """What our samples and templates say, element by element; an expression is never set."""
    texts = []
    for folder in "samples", "templates":
        for place, folders, files in os.walk(os.path.join(root, folder)):
            folders.sort()
            for name in sorted(files):
                if name.endswith(".xml"):
                    tree = ElementTree.parse(os.path.join(place, name))
                    texts += (text for element in tree.iter() for text in (element.text,) if text)
    lines = (" ".join(text.split()) for text in texts)
    return sorted({line for line in lines if len(HAN.findall(line)) >= 10 and "{" not in line})


def read_text(path):
    if os.path.isdir(path):
        return words_of_samples(path)
    with open(path, encoding="utf-8") as file:
        return [line for line in file.read().split("\n") if line]


class Report:
    def __init__(self):
        self.counts = {}

    def fault(self, kind, line, what=""):
        count = self.counts.get(kind, 0)
        self.counts[kind] = count + 1
        if count < SHOWN:
            print(f"  {kind}: page {line.page}: {line.text} {what}")


def give_lines(paragraph, lines, at):
    """The lines of a paragraph, and where in it each of them begins."""
    places = [i for i, c in enumerate(paragraph) if not c.isspace()]
    bare = "".join(paragraph[i] for i in places)
    taken = 0
    mine = []
    while taken < len(bare):
        line = lines[at] if at < len(lines) else None
        if not line or not bare.startswith(line.text, taken):
            sys.exit(f"expected {bare[taken : taken + 60]}, read {line and line.text}")
        mine.append((places[taken], line))
        taken += len(line.text)
        at += 1
    return mine, at


def width_in_ems(text):
    return sum(0.5 if ord(c) < 0x80 else 1 for c in text)


def was_let_go(paragraph, mine, start, ems):
    """A word may part where the line would else open by more than an em between all characters."""
    begin = max(place for place, line in mine if place <= start)
    before = "".join(paragraph[begin:start].split())
    trimmed = 0.5 if before and before[-1] in TRIMMED else 0
    return ems - width_in_ems(before) + trimmed > len(before) - 1


def check_words(report, paragraph, mine, ems):
    starts = {place: line for place, line in mine[1:]}
    for found in PARTED.finditer(paragraph):
        for place in range(found.start() + 1, found.end()):
            if place not in starts or len(found.group()) >= ems:
                continue
            if not was_let_go(paragraph, mine, found.start(), ems):
                report.fault("parted", starts[place], f"within {found.group()}")


def boxes_of_quotes(lines):
    """Some faces draw quotes in boxes narrower than an em: the ruler shows how narrow."""
    boxes = {}
    for line, ruler in zip(lines, RULER):
        left, right, text = line.words[-1]
        if text != ruler[-1]:
            sys.exit(f"the ruler {ruler} reads {line.text}")
        boxes[text] = right - left
    return boxes


def spare_of(text, boxes, size):
    """How far, at least and at most, the boxes at the end of a line reach beyond the half em of a
    closing mark. Less than nothing where the box of the mark is narrower than that; and then
    the box of a mark before it, cut to a half as well, may be the one that ends last."""
    if text[-1] not in TRIMMED:
        return 0, 0
    spare = boxes.get(text[-1], size) - size / 2
    return spare, 0 if text[-2:-1] in TRIMMED and spare < 0 else spare


def check_edges(report, paragraph, mine, boxes, size, measure):
    edge = LEFT + measure
    for number, (place, line) in enumerate(mine):
        last = number == len(mine) - 1
        left = LEFT if number else LEFT + 2 * size
        first, final = line.text[0], line.text[-1]
        least, most = spare_of(line.text, boxes, size)
        if number and first in NOT_AT_START:
            report.fault("start", line)
        if not last and final in NOT_AT_END:
            report.fault("end", line)
        if first in OPENING:
            left += size - max(boxes.get(first, size), size / 2) - (size / 2 if number else 0)
        blank = place > 0 and paragraph[place - 1] == "\u3000" or paragraph[0] == "\u3000"
        if abs(line.left - left) > NEAR and not blank:
            report.fault("left", line, f"{line.left - left:+.2f} pt")
        if line.right - most > edge + NEAR:
            report.fault("outside", line, f"{line.right - most - edge:.2f} pt")
        if any(right > edge + size / 2 + NEAR for left, right, text in line.words):
            report.fault("outside", line)
        opens = not ONE_WORD.fullmatch(line.text)
        if not last and opens and line.right - least < edge - NEAR:
            report.fault("short", line, f"{edge - line.right + least:.2f} pt")
        if last and number and len(line.text.rstrip(PAUSES + CLOSING)) < 2:
            report.fault("alone", line)


def check_ink(report, path, pages, measure):
    """Draws strips of some pages: right of the measure, and left of it."""
    scale = INK_DPI / 72
    right = int((LEFT + measure + NEAR) * scale) + 1
    left = int((LEFT - NEAR) * scale)
    for page in range(1, pages + 1, max(1, pages // INK_PAGES)):
        for x, width in (0, left), (right, left):
            strip = ["-gray", "-r", str(INK_DPI), "-x", str(x), "-W", str(width)]
            strip += ["-y", "0", "-H", str(int(297 / 25.4 * INK_DPI))]
            command = ["pdftoppm", "-f", str(page), "-l", str(page)] + strip + [path]
            drawn = subprocess.run(command, capture_output=True, check=True).stdout
            pixels = drawn.split(b"\n", 3)[3]
            if min(pixels) < 128:
                line = Line(page, 0)
                line.text = "left margin" if x == 0 else "right margin"
                report.fault("ink", line)


def main():
    prose, fonts, source, role, size, measure, path = sys.argv[1:]
    size, measure = float(size), float(measure)
    if not os.path.isdir(source):
        source = os.environ.get("XS_PROSE", source)
    if not os.path.exists(source):
        print(f"SKIPPED: {source} is not there; only the words of our samples are checked")
        return SKIPPED
    paragraphs = RULER + read_text(source)
    with open(path + ".txt", "w", encoding="utf-8") as file:
        file.write("\n".join(paragraphs) + "\n")
    milli = [str(round(size * 1000)), str(round(measure * 1000))]
    subprocess.run([prose, fonts, path + ".txt", role] + milli + [path], check=True)

    report = Report()
    lines = read_lines(path, size)
    boxes = boxes_of_quotes(lines)
    at = 0
    for paragraph in paragraphs:
        mine, at = give_lines(paragraph, lines, at)
        check_edges(report, paragraph, mine, boxes, size, measure)
        check_words(report, paragraph, mine, measure / size)
    if at < len(lines):
        sys.exit(f"left over: {lines[at].text}")
    check_ink(report, path, lines[-1].page, measure)
    faults = ", ".join(f"{count} {kind}" for kind, count in report.counts.items()) or "0 faults"
    print(f"{len(paragraphs)} paragraphs, {len(lines)} lines of {measure:g} pt: {faults}")
    return 1 if report.counts else 0


if __name__ == "__main__":
    sys.exit(main())
