#!/usr/bin/env python3
"""Does a PDF give back its text?

    text.py FILE.pdf EXPECTED.txt

Takes the text out of the file with poppler and with MuPDF and compares both with what was to be
written, white space aside: readers put in spaces and line ends as they see fit.
"""
import subprocess
import sys

READERS = {
    "poppler": ["pdftotext", "-raw", "-enc", "UTF-8", "{}", "-"],
    "MuPDF": ["mutool", "draw", "-q", "-F", "txt", "{}"],
}


def without_space(text):
    return "".join(text.split()).replace("\u200b", "")


def show(text, at):
    return "".join(f"{c} U+{ord(c):04X} " for c in text[at : at + 8])


def main():
    path, expected_path = sys.argv[1:]
    with open(expected_path, encoding="utf-8") as file:
        expected = without_space(file.read())
    failed = not expected
    for name, command in READERS.items():
        command = [part.format(path) for part in command]
        run = subprocess.run(command, capture_output=True, check=True)
        text = without_space(run.stdout.decode("utf-8"))
        if text == expected:
            continue
        failed = True
        at = next(
            (i for i, (a, b) in enumerate(zip(text, expected)) if a != b),
            min(len(text), len(expected)),
        )
        print(f"{path}: {name} reads {len(text)} characters, {len(expected)} were written")
        print(f"  at {at}: expected {show(expected, at)}")
        print(f"  at {at}:     read {show(text, at)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
