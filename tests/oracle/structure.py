#!/usr/bin/env python3
"""Bookmarks, page labels, attachments and properties of the hand-built file, as qpdf sees them.

    structure.py FILE.pdf
"""
import json
import subprocess
import sys

EXPECTED = {
    "outlines": [
        ("一、各种字体", 1, [("（一）一形多字", 1, [])]),
        ("二、斜排", 2, []),
    ],
    "pagelabels": [(0, {"/S": "/D", "/St": 3}), (1, {"/P": "u:附", "/St": 1})],
    "attachments": ["案卷.xml"],
    "info": {
        "/Title": "u:试页",
        "/Author": "u:川河机械厂工会",
        "/Subject": "u:要约 <与> & 𠮷",
        "/CreationDate": "u:D:20240305000000+08'00'",
        "/ModDate": "u:D:20240305000000+08'00'",
    },
    "catalog": {"/Lang": "u:zh-CN", "/PageMode": "/UseOutlines"},
}


def outline(nodes):
    return [(n["title"], n["destpageposfrom1"], outline(n["kids"])) for n in nodes]


def resolve(objects, value):
    while isinstance(value, str) and value.endswith(" R"):
        value = objects[f"obj:{value}"]["value"]
    return value


def structure(path):
    run = subprocess.run(["qpdf", "--json=2", path], capture_output=True, check=True)
    facts = json.loads(run.stdout)
    objects = facts["qpdf"][1]
    trailer = objects["trailer"]["value"]
    info, catalog = resolve(objects, trailer["/Info"]), resolve(objects, trailer["/Root"])
    return {
        "outlines": outline(facts["outlines"]),
        "pagelabels": [(p["index"], p["label"]) for p in facts["pagelabels"]],
        "attachments": sorted(facts["attachments"]),
        "info": {key: info.get(key) for key in EXPECTED["info"]},
        "catalog": {key: catalog.get(key) for key in EXPECTED["catalog"]},
    }


def main():
    found, failed = structure(sys.argv[1]), False
    for key, expected in EXPECTED.items():
        if found[key] == expected:
            continue
        failed = True
        print(f"{key}: expected {expected}\n{' ' * len(key)}     found {found[key]}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
