#!/usr/bin/env python3
"""An SVG and the PDF of the same page look the same to two other programs.

    svg.py PAGE.pdf PAGE.svg

The SVG must be valid XML without a font in it, with its title and its words as text; librsvg draws
it where no font can be found. Both pictures are compared in blocks of about 4 mm: no mean grey may
differ by more than NEAR of 255, which a letter that is missing or a line elsewhere passes far.
"""
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

NEAR, BLOCK, DPI = 20, 36, 216
SVG = "{http://www.w3.org/2000/svg}"


def run(*command, **more):
    done = subprocess.run(command, capture_output=True, **more)
    if done.returncode or done.stderr:
        sys.exit(f"{' '.join(command)}: {done.stderr.decode() or done.returncode}")
    return done.stdout


def picture(pdf):
    data = run("pdftoppm", "-r", str(DPI), "-gray", "-singlefile", pdf)
    magic, width, height, depth = data.split(None, 4)[:4]
    assert magic == b"P5" and depth == b"255"
    width, height = int(width), int(height)
    grey = data[len(data) - width * height:]
    return width, height, grey


def blocks(image):
    width, height, grey = image
    for y in range(0, height - BLOCK + 1, BLOCK):
        for x in range(0, width - BLOCK + 1, BLOCK):
            yield x, y, sum(sum(grey[r * width + x:r * width + x + BLOCK])
                            for r in range(y, y + BLOCK)) // BLOCK ** 2


def words(svg):
    root = tree.parse(svg).getroot()
    if root.find(SVG + "title") is None:
        sys.exit(f"{svg}: it has no title")
    if "font-family" in open(svg, encoding="utf-8").read():
        sys.exit(f"{svg}: it asks for a font")
    return "".join("".join(root.itertext()).split())


def main():
    pdf, svg = sys.argv[1:]
    said = words(svg)
    for word in run("pdftotext", "-raw", pdf, "-").decode().split():
        if word not in said:
            sys.exit(f"{svg}: the word {word} cannot be found in it")
    with tempfile.TemporaryDirectory() as folder:
        with open(folder + "/fonts.conf", "w", encoding="utf-8") as conf:
            conf.write("<fontconfig/>")
        environment = dict(os.environ, FONTCONFIG_FILE=folder + "/fonts.conf")
        drawn = subprocess.run(["rsvg-convert", "-f", "pdf", "-o", folder + "/svg.pdf", svg],
                               env=environment, capture_output=True)
        if drawn.returncode:
            sys.exit(drawn.stderr.decode())
        ours, theirs = picture(pdf), picture(folder + "/svg.pdf")
    if abs(ours[0] - theirs[0]) > 1 or abs(ours[1] - theirs[1]) > 1:
        sys.exit(f"{svg}: {theirs[:2]} pixels, the PDF has {ours[:2]}")
    differ = [(x, y, a, b) for (x, y, a), (_, _, b) in zip(blocks(ours), blocks(theirs))
              if abs(a - b) > NEAR]
    if len({a for _, _, a in blocks(ours)}) < 8:
        sys.exit(f"{pdf}: there is hardly anything on it")
    for x, y, a, b in differ[:10]:
        print(f"{svg}: at {x},{y} grey {b}, in the PDF {a}")
    sys.exit(bool(differ))


main()
