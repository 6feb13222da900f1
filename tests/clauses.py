"""Every clause of the library can stand in a contract: clauses.py XIESHANG SOURCE

Writes a case that uses each clause once, with a value for each name that it reads, and counts
the articles of the contract."""
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

T = "{urn:xieshang:template:1}"
TIMES = {"start": "08:30", "end": "17:30"}

program, source = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])


def names(block, kind):
    text = tree.tostring(block, encoding="unicode")
    return dict.fromkeys(re.findall(kind + r"\[@name=['\"]([^'\"]+)['\"]\]", text))


def clause(block):
    params = "".join(f'<param name="{name}">{TIMES.get(name, "3")}</param>' for name in names(block, "param"))
    return f'<clause item="{block.get("item")}" use="{block.get("name")}">{params}</clause>'


blocks = [block for path in sorted((source / "templates" / "clauses").glob("clauses-*.xml"))
          for block in tree.parse(path).getroot().iter(T + "block") if block.get("item")]
values = dict.fromkeys(name for block in blocks for name in names(block, "value"))
case = ('<case xmlns="urn:xieshang:case:1" id="clauses" kind="enterprise" year="2025"><title>条款</title>'
        '<employer><name>岚溪市云杉机械制造有限公司</name><headcount total="326" members="309"/></employer>'
        '<union><name>岚溪市云杉机械制造有限公司工会委员会</name></union>'
        '<contract id="k1" kind="comprehensive"><title>集体合同</title>'
        '<term from="2025-06-01" to="2027-05-31"/><copies total="5" authority="3"/>'
        + "".join(f'<value name="{name}">3</value>' for name in values)
        + "".join(map(clause, blocks)) + "</contract></case>")

with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder, "case.xml")
    path.write_text(case, encoding="utf-8")
    run = subprocess.run([program, "dump", "--stage", "document", "--template", "contract-comprehensive",
                          "--case", path], capture_output=True, text=True)

# 总则 has four articles, 合同期限 one, 附则 four: no annexes here.
wanted = len(blocks) + 9
found = len(re.findall(r"^ *paragraph 条: \{黑\}“第", run.stdout, flags=re.M))
print(f"{len(blocks)} clauses, {found} articles")
if run.returncode or run.stderr or found != wanted:
    print(run.stderr, f"exit code {run.returncode}; wanted {wanted} articles")
    sys.exit(1)
