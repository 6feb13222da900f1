#!/usr/bin/env python3
"""Every paper of the golden tests as PDF, read by other programs.

    papers.py XIESHANG OUT-DIR

For each folder of tests/golden the paper is written twice, in different time zones and languages,
and has to be the same file. Its text, as poppler and MuPDF read it, has to be the text of the page
list, character by character and in the same order. Last, pdf.sh looks at all files.
"""
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
GOLDEN = ROOT / "tests" / "golden"
RUN = re.compile(r"^    (?:artifact )?text .*?“(.*)”$")
READERS = {
    "poppler": ["pdftotext", "-raw", "-enc", "UTF-8", "{}", "-"],
    "MuPDF": ["mutool", "draw", "-q", "-F", "txt", "{}"],
}
PLACES = [
    {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"},
    {"TZ": "America/New_York", "LC_ALL": "C", "LANGUAGE": "zh_CN"},
]


def without_space(text):
    return "".join(text.split()).replace("\u200b", "")


def arguments(folder):
    file = folder / "args"
    args = ["--template", folder.name, "--case", "case.xml"]
    if file.exists():
        args = file.read_text(encoding="utf-8").split()
    # An empty form, and a case without any date, is dated the day the paper is made.
    return args if "--date" in args else [*args, "--date", "2026-01-05"]


def run(command, folder, **place):
    environment = {**os.environ, **place}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)}: {done.returncode}\n{done.stderr.decode()}")
    return done.stdout.decode("utf-8")


def text_of_pages(dump):
    return without_space("".join(m[1] for m in map(RUN.match, dump.split("\n")) if m))


def difference(expected, read):
    at = next((i for i, (a, b) in enumerate(zip(expected, read)) if a != b), None)
    if at is None:
        at = min(len(expected), len(read))
    return f"at {at}: “{expected[at:at + 12]}” was written, “{read[at:at + 12]}” is read"


def check(program, folder, out):
    problems = []
    args = arguments(folder)
    dump = run([program, "dump", "--data-dir", str(ROOT), "--stage", "pages", *args], folder)
    files = []
    for i, place in enumerate(PLACES):
        file = out / f"{folder.name}{'-again' * i}.pdf"
        run([program, "render", "--data-dir", str(ROOT), *args, "-o", str(file)], folder, **place)
        files.append(file)
    if files[0].read_bytes() != files[1].read_bytes():
        problems.append("the second file differs from the first")
    files[1].unlink()
    expected = text_of_pages(dump)
    for name, command in READERS.items():
        read = without_space(run([part.format(files[0]) for part in command], folder))
        if read != expected:
            problems.append(f"{name}: {difference(expected, read)}")
    return files[0], problems


def main():
    program, out = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    out.mkdir(parents=True, exist_ok=True)
    files, failed = [], False
    for folder in sorted(GOLDEN.iterdir()):
        if not folder.is_dir() or (folder / "expect.diags").exists():
            continue
        file, problems = check(program, folder, out)
        files.append(str(file))
        for problem in problems:
            print(f"{folder.name}: {problem}")
            failed = True
    print(f"{len(files)} papers")
    looked = subprocess.run(["bash", str(HERE / "pdf.sh"), *files])
    return 1 if failed or not files or looked.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
