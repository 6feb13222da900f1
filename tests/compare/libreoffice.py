#!/usr/bin/env python3
"""Turns the dump of a document into a file of LibreOffice, to set the same words with it.

    xieshang dump --stage document … >paper.txt
    libreoffice.py paper.txt paper.fodt
    soffice --headless --convert-to pdf paper.fodt

Pages, faces, sizes, leadings, indents, columns and rules are the same; how lines are set is left to
LibreOffice with what it does for Chinese by itself. Seals, fills, blanks, heads and feet are left out, and all pages have the
margins of the last section. No part of the tests: the
pictures of docs/typography.md were made with it.
"""
import re
import sys
from xml.sax.saxutils import escape

FACES = {
    "宋": ("Noto Serif CJK SC", "Liberation Serif"),
    "小标宋": ("Noto Serif CJK SC", "Noto Serif CJK SC"),
    "仿宋": ("FandolFang", "Liberation Serif"),
    "楷": ("LXGW WenKai", "Liberation Serif"),
    "黑": ("Noto Sans CJK SC", "Noto Sans CJK SC"),
}
ALIGN = {"justify": "justify", "left": "start", "right": "end", "center": "center"}
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{rest}:1.0"'
    for name, rest in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "fo": "xsl-fo-compatible",
    }.items()
)


def text_style(role, size):
    east, west = FACES[role]
    bold = ' fo:font-weight="bold" style:font-weight-asian="bold"' if role == "小标宋" else ""
    return (
        f'<style:text-properties style:font-name="{west}" style:font-name-asian="{east}"'
        f' fo:font-family="\'{west}\'" style:font-family-asian="\'{east}\'"'
        f' fo:font-size="{size}pt" style:font-size-asian="{size}pt" fo:language="zh"'
        f' fo:country="CN" style:language-asian="zh" style:country-asian="CN"{bold}/>'
    )


class Writer:
    def __init__(self):
        self.styles = []
        self.body = []
        self.names = {}  # a style may be told anew, with other values
        self.style_count = 0
        self.table_count = 0
        self.page = None

    def style(self, line):
        name, rest = line[len("style ") :].split(": ", 1)
        words = rest.split()
        size, told = words[1], dict(zip(words[2:], words[3:]))
        align = next((ALIGN[w] for w in words[4:5] if w in ALIGN), "justify")
        self.style_count += 1
        self.names[name] = f"P{self.style_count}"
        self.size = size
        self.styles.append(
            f'<style:style style:name="{self.names[name]}" style:family="paragraph">'
            f'<style:paragraph-properties fo:text-align="{align}"'
            f' fo:line-height="{told["leading"]}pt" fo:text-indent="{told.get("first", 0)}pt"'
            f' fo:margin-left="{told.get("left", 0)}pt" fo:margin-right="{told.get("right", 0)}pt"'
            f' fo:margin-top="{told.get("before", 0)}pt"'
            f' fo:margin-bottom="{told.get("after", 0)}pt"'
            ' style:text-autospace="ideograph-alpha" style:line-break="strict"'
            ' style:punctuation-wrap="hanging"/>'
            f"{text_style(words[0], size)}</style:style>"
        )
        for role in FACES:
            self.styles.append(
                f'<style:style style:name="{self.names[name]}{ord(role[0])}"'
                f' style:family="text">{text_style(role, size)}</style:style>'
            )

    def paragraph(self, line):
        name, rest = (line[len("paragraph ") :] + " ").split(": ", 1)
        rest = rest.rstrip().split(" outline ")[0]
        out = []
        for marks, text in re.findall(r"((?:\{[^}]*\})*)“((?:[^”]|”(?! |$))*)”", rest):
            role = next((r for r in re.findall(r"\{([^} ]+)", marks) if r in FACES), None)
            text = escape(text)
            if role:
                text = f'<text:span text:style-name="{self.names[name]}{ord(role[0])}">{text}</text:span>'
            out.append(text)
        self.body.append(f'<text:p text:style-name="{self.names[name]}">{"".join(out)}</text:p>')

    def section(self, line):
        width, height, top, right, bottom, left = map(float, re.findall(r"[\d.]+", line)[:6])
        self.measure = (width - left - right) / 25.4 * 72
        self.page = (
            f'fo:page-width="{width}mm" fo:page-height="{height}mm" fo:margin-top="{top}mm"'
            f' fo:margin-right="{right}mm" fo:margin-bottom="{bottom}mm" fo:margin-left="{left}mm"'
        )

    def table(self, line):
        columns = re.search(r"columns ([^,]*)", line).group(1).split()
        shares = [float(w) for i, w in enumerate(columns) if w != "share" and columns[i - 1] == "share"]
        fixed = [
            None if i and columns[i - 1] == "share" else float(w)
            for i, w in enumerate(columns)
            if re.fullmatch(r"[\d.]+", w)
        ]
        left = self.measure - sum(w for w in fixed if w)
        widths, at = [], 0
        for width in fixed:
            if width is None:
                width = left * shares[at] / sum(shares)
                at += 1
            widths.append(width)
        self.table_count += 1
        self.body.append("<table:table>")
        for i, width in enumerate(widths):
            name = f"T{self.table_count}c{i}"
            self.styles.append(
                f'<style:style style:name="{name}" style:family="table-column">'
                f'<style:table-column-properties style:column-width="{width:.2f}pt"/></style:style>'
            )
            self.body.append(f'<table:table-column table:style-name="{name}"/>')

    def cell(self, line):
        span = re.search(r"columns (\d+)", line)
        self.body.append(
            '<table:table-cell table:style-name="cell"'
            + (f' table:number-columns-spanned="{span.group(1)}"' if span else "")
            + ">"
        )
        return "</table:table-cell>" + "<table:covered-table-cell/>" * (
            int(span.group(1)) - 1 if span else 0
        )

    def document(self):
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES}'
            ' office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">'
            f"<office:automatic-styles>{''.join(self.styles)}"
            '<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties'
            ' fo:border="0.5pt solid #000000" fo:padding="2.3pt" style:vertical-align="middle"/>'
            "</style:style>"
            f'<style:page-layout style:name="page"><style:page-layout-properties {self.page}/>'
            "</style:page-layout></office:automatic-styles>"
            '<office:master-styles><style:master-page style:name="Standard"'
            ' style:page-layout-name="page"/></office:master-styles>'
            f"<office:body><office:text>{''.join(self.body)}</office:text></office:body>"
            "</office:document>"
        )


def convert(lines):
    writer = Writer()
    open_ends = []  # (indent, what closes it)
    skipped_from = None
    for raw in lines:
        line = raw.strip()
        indent = len(raw) - len(raw.lstrip())
        if skipped_from is not None and indent <= skipped_from:
            skipped_from = None
        while open_ends and indent <= open_ends[-1][0]:
            writer.body.append(open_ends.pop()[1])
        word = line.split(" ", 1)[0]
        if word in ("page-foot", "page-head", "watermark"):
            skipped_from = indent
        elif word == "section":
            writer.section(line)
        elif word == "style":
            writer.style(line)
        elif skipped_from is not None:
            continue
        elif word == "paragraph":
            writer.paragraph(line)
        elif word == "table":
            writer.table(line)
            open_ends.append((indent, "</table:table>"))
        elif word == "row":
            writer.body.append("<table:table-row>")
            open_ends.append((indent, "</table:table-row>"))
        elif word == "cell":
            open_ends.append((indent, writer.cell(line)))
    while open_ends:
        writer.body.append(open_ends.pop()[1])
    return writer.document()


def main():
    source, target = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        document = convert(file.read().splitlines())
    with open(target, "w", encoding="utf-8") as file:
        file.write(document)


if __name__ == "__main__":
    main()
