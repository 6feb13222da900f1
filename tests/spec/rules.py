"""Compares the rules of docs/typesetting.md with the code and with the tests.

    rules.py SOURCE

A rule is named by an id such as LB-07. Prints every id that one of the three lacks.
"""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
page = (root / "docs/typesetting.md").read_text(encoding="utf-8")
listed = re.findall(r"^\| ([A-Z]{2}-\d\d) \|", page, re.M)
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

problems = [f"docs/typesetting.md lists {rule} twice" for rule in listed if listed.count(rule) > 1]
problems += [f"{rule} is in no code" for rule in listed if rule not in code]
problems += [f"{rule} has no example and no unit test" for rule in listed if rule not in shown]
for where in code, shown:
    problems += [f"{path}: docs/typesetting.md does not list {rule}"
                 for rule, path in where.items() if rule not in listed]
print("\n".join(problems) or f"{len(listed)} rules")
sys.exit(bool(problems))
