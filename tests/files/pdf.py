"""A PDF file as qpdf reads it: objects, pages, and what the content of a page draws."""
import base64
import json
import re
import subprocess

TOKEN = re.compile(rb"<<|>>|<[0-9A-Fa-f]*>|\[|\]|/[^\s/<>\[\]()]+|[^\s/<>\[\]()]+")
MAPPING = re.compile(rb"<([0-9A-F]{4})><([0-9A-F]{4})>\[((?:<[0-9A-F]+>)+)\]")


def utf16(hexadecimal):
    return bytes.fromhex(hexadecimal).decode("utf-16-be")


class Glyph:
    """One glyph as it is shown: its characters and its box, in points from the lower left."""

    def __init__(self, text, code, x, y, width, size, color, turned):
        self.text, self.code, self.x, self.y = text, code, x, y
        self.width, self.size, self.color, self.turned = width, size, color, turned


class Page:
    """What one page draws, in order: ("glyph", Glyph), ("line", …), ("rect", …), ("image", …)."""

    def __init__(self, file, value):
        self.file, self.value = file, value
        self.box = [float(n) for n in value["/MediaBox"]]
        self.drawn, self.operators = [], set()
        resources = file.resolve(value["/Resources"])
        self.fonts = {n: file.font(r) for n, r in file.resolve(resources.get("/Font", {})).items()}
        self.images = file.resolve(resources.get("/XObject", {}))
        self.read(file.stream(value["/Contents"]))

    def read(self, content):
        operands, array, matrix, place = [], None, None, None
        font, size, color, point, actual = None, 0.0, (0.0,), None, None
        for token in TOKEN.findall(content):
            if token == b"[":
                array = []
            elif token == b"]":
                operands.append(array)
                array = None
            elif token[:1] in b"<>/" or token[:1] in b"-.0123456789":
                (operands if array is None else array).append(token)
            else:
                operator = token.decode()
                self.operators.add(operator)
                numbers = [float(n) for n in operands if isinstance(n, bytes) and n[:1] not in b"/<>"]
                if operator == "Tf":
                    font, size = self.fonts[operands[0].decode()], numbers[0]
                elif operator in ("g", "rg"):
                    color = tuple(numbers)
                elif operator == "Tm":
                    place = numbers
                elif operator == "TJ":
                    self.show(operands[0], font, size, color, place, actual)
                elif operator == "cm":
                    matrix = numbers
                elif operator == "Do":
                    self.drawn.append(("image", (operands[0].decode(), matrix)))
                elif operator == "m":
                    point = numbers
                elif operator == "l":
                    self.drawn.append(("line", (*point, *numbers)))
                elif operator == "re":
                    self.drawn.append(("rect", (*numbers, color)))
                operands = []

    def show(self, array, font, size, color, place, actual):
        pen = 0.0
        for part in array:
            if part[:1] != b"<":
                pen -= float(part) / 1000
                continue
            codes = part[1:-1].decode()
            for i in range(0, len(codes), 4):
                code = int(codes[i:i + 4], 16)
                width = font["widths"].get(code, 1000) / 1000
                x = place[4] + place[0] * pen * size
                y = place[5] + place[1] * pen * size
                self.drawn.append(("glyph", Glyph(font["text"].get(code), code, x, y, width * size,
                                                  size, color, place[1] != 0)))
                pen += width

    def glyphs(self):
        return [thing for kind, thing in self.drawn if kind == "glyph"]


class File:
    def __init__(self, path):
        self.path = path
        run = subprocess.run(["qpdf", "--json=2", "--json-stream-data=inline",
                              "--decode-level=generalized", str(path)], capture_output=True, check=True)
        facts = json.loads(run.stdout)
        self.facts = facts
        self.objects = facts["qpdf"][1]
        self.trailer = self.objects["trailer"]["value"]
        self.root = self.resolve(self.trailer["/Root"])
        self.info = self.resolve(self.trailer["/Info"])
        self.known_fonts = {}
        self.pages = [Page(self, self.resolve(p["object"])) for p in facts["pages"]]

    def entry(self, value):
        return self.objects.get(f"obj:{value}") if isinstance(value, str) else None

    def resolve(self, value):
        """What a reference refers to; of a stream its dictionary."""
        entry = self.entry(value)
        if entry is None:
            return value
        return entry["stream"]["dict"] if "stream" in entry else entry["value"]

    def stream(self, value):
        return base64.b64decode(self.entry(value)["stream"]["data"])

    def streams(self):
        """All of them: dictionary and bytes."""
        for entry in self.objects.values():
            if "stream" in entry:
                yield entry["stream"]["dict"], base64.b64decode(entry["stream"]["data"])

    def font(self, reference):
        if reference not in self.known_fonts:
            font = self.resolve(reference)
            descendant = self.resolve(font["/DescendantFonts"][0])
            self.known_fonts[reference] = {
                "widths": widths(self.resolve(descendant.get("/W", []))),
                "text": characters(self.stream(font["/ToUnicode"])),
            }
        return self.known_fonts[reference]


def widths(array):
    found = {}
    for first, run in zip(array[::2], array[1::2]):
        found.update(enumerate(run, first))
    return found


def characters(cmap):
    """The texts of codes, from a ToUnicode map."""
    found = {}
    for first, last, texts in MAPPING.findall(cmap):
        texts = re.findall(r"<([0-9A-F]+)>", texts.decode())
        assert int(last, 16) - int(first, 16) + 1 == len(texts)
        found.update((int(first, 16) + i, utf16(t)) for i, t in enumerate(texts))
    return found
