"""The guides agree with the tree: names of the schemas, slugs, links, and the worked examples.

docs.py names|slugs|links|examples SOURCE
Examples are the fenced blocks after a line <!-- example FILE --> (written to FILE) or
<!-- example --> (run by bash, `xieshang` being the program of the environment)."""
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as tree

RNG = "{http://relaxng.org/ns/structure/1.0}"
problems = []


def prose(guide):
    """A guide without its fenced blocks."""
    return re.sub(r"```.*?```", "", guide.read_text(encoding="utf-8"), flags=re.S)


def names(source):
    pages = {"roles": "office"}
    for vocabulary in ("case", "template", "plan", "rules", "format", "deadlines", "calendar", "workflow", "roles"):
        page = source / "docs" / f"{pages.get(vocabulary, vocabulary)}.md"
        told = set(re.findall(r"`([^`]+)`", prose(page)))
        schema = tree.parse(source / "templates" / "schema" / f"{vocabulary}.rng")
        for kind in ("element", "attribute"):
            for node in schema.iter(RNG + kind):
                name = node.get("name")
                if name and name not in told:
                    problems.append(f"docs/{page.name} does not tell of {kind} {name}")


def slugs(source):
    told = (source / "docs" / "zh" / "errors.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([a-z0-9-]+)`", told, re.M))
    table = (source / "src" / "base" / "diag.def").read_text(encoding="utf-8")
    known = set(re.findall(r'^X\(\w+,\s*\w+,\s*"([a-z0-9-]+)"', table, re.M))
    problems.extend(f"docs/zh/errors.md does not explain {slug}" for slug in sorted(known - listed))
    problems.extend(f"docs/zh/errors.md explains {slug}, which is gone" for slug in sorted(listed - known))


def guides(source):
    return [source / "README.md", *sorted((source / "docs").rglob("*.md"))]


def links(source):
    for guide in guides(source):
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", prose(guide)):
            if "://" not in target and not (guide.parent / target).exists():
                problems.append(f"{guide.relative_to(source)} points at {target}, which is not there")


def examples(source):
    pattern = re.compile(r"<!-- example(?: (\S+))? -->\n```\w*\n(.*?)```", re.S)
    for guide in guides(source):
        for number, (file, text) in enumerate(pattern.findall(guide.read_text(encoding="utf-8"))):
            if file:
                pathlib.Path(file).parent.mkdir(parents=True, exist_ok=True)
                pathlib.Path(file).write_text(text, encoding="utf-8")
                continue
            ran = subprocess.run(["bash", "-euc", text], capture_output=True, text=True)
            if ran.returncode:
                problems.append(f"{guide.relative_to(source)}: example {number + 1} fails:\n{text}{ran.stdout}{ran.stderr}")


def main():
    {"names": names, "slugs": slugs, "links": links, "examples": examples}[sys.argv[1]](pathlib.Path(sys.argv[2]))
    print("\n".join(problems))
    sys.exit(1 if problems else 0)


main()
