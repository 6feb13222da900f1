"""Compares the rules of docs/typesetting.md and docs/official.md with the code and with the tests.

    rules.py SOURCE

A rule is named by an id such as LB-07. Prints every id that one of the three lacks. Rules of a page
(PG) that templates/common/official.xml carries out with figures alone stand in no code; what comes
of them is measured (tests/oracle/official.py).
"""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
PAGES = "docs/typesetting.md", "docs/official.md"
BY_FIGURES = {"PG-04", "PG-05", "PG-06", "PG-07", "PG-08"}
text = "".join((root / page).read_text(encoding="utf-8") for page in PAGES)
listed = re.findall(r"^\| ([A-Z]{2}-\d\d) \|", text, re.M)
prefixes = "|".join(sorted({rule[:2] for rule in listed}))
an_id = re.compile(rf"\b(?:{prefixes})-\d\d\b")


def ids(pattern, only=r".*"):
    found = {}
    for path in sorted(root.glob(pattern)):
        for line in path.read_text(encoding="utf-8").splitlines():
            if re.match(only, line):
                for rule in an_id.findall(line):
                    found.setdefault(rule, path.relative_to(root))
    return found


code = ids("src/layout/*.[ch]")
shown = ids("tests/spec/linebreak.md", r"## ") | ids("tests/unit/test_*.c")

needed = [rule for rule in listed if rule not in BY_FIGURES]
problems = [f"{rule} is listed twice" for rule in listed if listed.count(rule) > 1]
problems += [f"{rule} is in no code" for rule in needed if rule not in code]
problems += [f"{rule} has no example and no unit test" for rule in needed if rule not in shown]
for where in code, shown:
    problems += [f"{path}: no page lists {rule}"
                 for rule, path in where.items() if rule not in listed]
print("\n".join(problems) or f"{len(listed)} rules")
sys.exit(bool(problems))
