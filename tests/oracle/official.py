#!/usr/bin/env python3
"""Our official papers keep to GB/T 9704-2012.

    official.py XIESHANG OUT-DIR

Every paper of the golden tests and of the samples is written and measured. Those that have the form
of an official paper must be among the ones below, and have no deviation; the ones below must have
that form.
"""
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
GOLDEN = ROOT / "tests" / "golden"
OFFICIAL = {
    "demand", "demand-shandong", "meeting-minutes", "minutes-open", "notice", "notice-inspection",
    "notice-letter", "notice-three", "opinion", "publish-notice", "rectification", "refer", "remind",
    "review-objection", "review-opinion", "sample-refusal",
}


def arguments(folder):
    file = folder / "args"
    args = ["--template", folder.name, "--case", "case.xml"]
    if file.exists():
        args = file.read_text(encoding="utf-8").split()
    return args if "--date" in args else [*args, "--date", "2026-01-05"]


def papers():
    """Name, folder, arguments."""
    for folder in sorted(f for f in GOLDEN.iterdir() if f.is_dir()):
        yield folder.name, folder, arguments(folder)
    for folder in sorted((ROOT / "samples").glob("joint-notice-*")):
        OFFICIAL.add(folder.name)
        yield folder.name, folder, ["--template", "notice", "--case", "case.xml"]


def main():
    xieshang, out = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    out.mkdir(exist_ok=True)
    failed = False
    measured = found = 0
    for name, folder, args in papers():
        pdf = out / f"{name}.pdf"
        pdf.unlink(missing_ok=True)
        subprocess.run([xieshang, "render", *args, "-o", pdf], cwd=folder, capture_output=True)
        if not pdf.exists():
            continue  # a case that is refused
        done = subprocess.run([xieshang, "check", "--format-9704", "--format", "json", pdf],
                              capture_output=True)
        answer = json.loads(done.stdout)
        result = answer["result"]["files"][0]
        slugs = [d["slug"] for d in answer["diagnostics"]]
        if slugs != (["format-none"] if name not in OFFICIAL else []):
            print(f"{name}: {slugs or 'is an official paper'}")
            failed = True
        for f in result.get("findings", []):
            print(f"{name}: page {f['page']}: {f['rule']}: {f['measured']}, wanted {f['wanted']}")
            failed = True
        found += "form" in result
        measured += result.get("measured", 0)
    if found != len(OFFICIAL):
        print(f"{found} official papers, not {len(OFFICIAL)}")
        failed = True
    print(f"{measured} measurements on {found} papers")
    sys.exit(failed)


main()
