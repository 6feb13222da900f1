#!/usr/bin/env python3
"""Contact sheets: the pages of a paper as one small picture, kept and compared.

    sheets.py make SHEET.png PAGE.pgm…
    sheets.py compare SHEET.png DIFFERENCES-PREFIX PAGE.pgm…

A sheet has four grey levels, eight pages in a row, no filters; its comment says how large each page
is. It is read and written here without any library, and opens in every viewer.

Two pages are the same when no more than SINGLES pixels differ, each by one grey level, and no two
of them touch. Another rounding of the same outlines keeps within that; a lost comma of 9 pt, or a
line that moved by a quarter of a millimetre, does not (tolerance.sh). For each page that differs a
picture is written: as it was, as it is, and where they differ.
"""
import struct
import sys
import zlib

SINGLES = 60
COLUMNS, LEVELS, PIXELS_IN_BYTE = 8, 4, 4
SIGNATURE = b"\x89PNG\r\n\x1a\n"
TO_LEVEL = bytes((v * (LEVELS - 1) + 127) // 255 for v in range(256))
UNPACK = [bytes(b >> shift & 3 for shift in (6, 4, 2, 0)) for b in range(256)]


class Page:
    """A page as rows of packed levels; its width is a multiple of four pixels."""

    def __init__(self, width, rows):
        self.width, self.rows = width, rows

    def pixels(self):
        return b"".join(UNPACK[b] for row in self.rows for b in row)


def pack(levels):
    """Levels, one a byte, four of them in a byte."""
    quarter = [int.from_bytes(levels[i::PIXELS_IN_BYTE], "big") for i in range(PIXELS_IN_BYTE)]
    packed = quarter[0] << 6 | quarter[1] << 4 | quarter[2] << 2 | quarter[3]
    return packed.to_bytes(len(levels) // PIXELS_IN_BYTE, "big")


def read_pgm(path):
    with open(path, "rb") as file:
        data = file.read()
    magic, width, height, depth = data.split(None, 4)[:4]
    if magic != b"P5" or depth != b"255":
        sys.exit(f"{path}: not a grey picture of eight bits")
    width, height = int(width), int(height)
    grey = data[len(data) - width * height:].translate(TO_LEVEL)
    white = bytes([LEVELS - 1]) * (-width % PIXELS_IN_BYTE)
    rows = [pack(grey[y * width:(y + 1) * width] + white) for y in range(height)]
    return Page(width + len(white), rows)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def write_png(path, width, rows, comment):
    head = struct.pack(">IIBBBBB", width, len(rows), 2, 0, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    with open(path, "wb") as file:
        file.write(SIGNATURE + chunk(b"IHDR", head) + chunk(b"tEXt", b"Comment\0" + comment.encode())
                   + chunk(b"IDAT", body) + chunk(b"IEND", b""))


def write_sheet(path, pages, columns=COLUMNS):
    columns = min(columns, len(pages))
    width = max(page.width for page in pages) + PIXELS_IN_BYTE
    height = max(len(page.rows) for page in pages) + PIXELS_IN_BYTE
    grey = b"\xaa" * (width // PIXELS_IN_BYTE)
    rows = []
    for first in range(0, len(pages), columns):
        line = pages[first:first + columns]
        for y in range(height):
            row = b"".join(p.rows[y] + grey[len(p.rows[y]):] if y < len(p.rows) else grey
                           for p in line)
            rows.append(row + grey * (columns - len(line)))
    sizes = " ".join(f"{page.width}x{len(page.rows)}" for page in pages)
    write_png(path, width * columns, rows, f"{width}x{height} {columns} {sizes}")


def read_sheet(path):
    with open(path, "rb") as file:
        data = file.read()
    chunks, at = {}, len(SIGNATURE)
    while at < len(data):
        length, = struct.unpack_from(">I", data, at)
        kind = data[at + 4:at + 8]
        chunks[kind] = chunks.get(kind, b"") + data[at + 8:at + 8 + length]
        at += length + 12
    words = chunks[b"tEXt"].split(b"\0")[1].decode().split()
    (width, height), columns = map(int, words[0].split("x")), int(words[1])
    stride = width * columns // PIXELS_IN_BYTE + 1
    raw = zlib.decompress(chunks[b"IDAT"])
    pages = []
    for i, size in enumerate(words[2:]):
        w, h = map(int, size.split("x"))
        left = i % columns * width // PIXELS_IN_BYTE + 1
        top = i // columns * height
        starts = [(top + y) * stride + left for y in range(h)]
        pages.append(Page(w, [raw[s:s + w // PIXELS_IN_BYTE] for s in starts]))
    return pages


def touch(places, width):
    """Whether two of the places are neighbours."""
    known = set(places)
    return any(i + step in known for i in places for step in (1, width - 1, width, width + 1))


def difference(was, now):
    """What differs, in words, and a picture of where; None when the pages are the same."""
    if was.rows == now.rows:
        return None
    if was.width != now.width or len(was.rows) != len(now.rows):
        return f"{was.width} × {len(was.rows)} pixels became {now.width} × {len(now.rows)}", now
    apart = bytes(abs(a - b) for a, b in zip(was.pixels(), now.pixels()))
    width = now.width
    places = [i for i, d in enumerate(apart) if d]
    far = sum(apart[i] > 1 for i in places)
    if not far and len(places) <= SINGLES and not touch(places, width):
        return None
    shown = bytes(LEVELS - 1 - d for d in apart)
    rows = [pack(shown[y * width:(y + 1) * width]) for y in range(len(now.rows))]
    return f"{len(places)} pixels differ, {far} of them by more than one grey level", Page(width, rows)


def compare(sheet, prefix, pages):
    before = read_sheet(sheet)
    same = len(before) == len(pages)
    if not same:
        print(f"{sheet}: {len(before)} pages became {len(pages)}")
    for i, (was, now) in enumerate(zip(before, pages), 1):
        found = difference(was, now)
        if not found:
            continue
        same = False
        words, where = found
        write_sheet(f"{prefix}-{i}.png", [was, now, where])
        print(f"{sheet}: page {i}: {words}; see {prefix}-{i}.png")
    return same


def main():
    task, sheet, *rest = sys.argv[1:]
    if task == "make":
        write_sheet(sheet, [read_pgm(path) for path in rest])
    elif not compare(sheet, rest[0], [read_pgm(path) for path in rest[1:]]):
        sys.exit(1)


if __name__ == "__main__":
    main()
