#!/usr/bin/env python3
"""Writes every sample as files: what the tests beside this one look at.

    samples.py XIESHANG OUT [--place A|B]

    OUT/papers/GOLDEN.pdf            the paper of each folder of tests/golden
    OUT/filing/SAMPLE/TEMPLATE.pdf   every paper that can be made of a sample, the whole copy
    OUT/public/SAMPLE/TEMPLATE.pdf   the same papers, the copy that may be shown to anybody
    OUT/packets/SAMPLE-PLAN/         every packet of a sample
    OUT/flat/SAMPLE-PLAN/            the packets of samples with pictures, without transparency
    OUT/attached/SAMPLE-PLAN/        one packet that holds its case file

The two places differ in time zone, language and working folder, which must not be seen in a file.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
GOLDEN = ROOT / "tests" / "golden"
SAMPLES = ROOT / "samples"
DATE = "2026-01-05"
PLACES = {
    "A": {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "LANGUAGE": ""},
    "B": {"TZ": "America/St_Johns", "LC_ALL": "C", "LANG": "zh_CN.UTF-8", "LANGUAGE": "zh_CN"},
}
# A case of which a plan or a template can make nothing says one of these, and that is no fault.
NOT_OF_THIS_CASE = ("[about-missing]", "[packet-empty]", "[value-missing]", "[variable-unknown]")


class Failed(Exception):
    pass


def arguments(folder):
    """Those of a golden paper, always with a date."""
    file = folder / "args"
    args = ["--template", folder.name, "--case", "case.xml"]
    if file.exists():
        args = file.read_text(encoding="utf-8").split()
    return args if "--date" in args else [*args, "--date", DATE]


class Writer:
    def __init__(self, program, out, place):
        self.program, self.out = os.path.abspath(program), pathlib.Path(out).resolve()
        self.environment = {**os.environ, **PLACES[place]}
        self.source = ROOT
        if place == "B":  # another path to the same cases
            self.source = self.out / "elsewhere" / "deep"
            for name in ("samples", "tests/golden"):
                shutil.copytree(ROOT / name, self.source / name)

    def run(self, folder, *args):
        """True when the file was written, False when the case has nothing for it."""
        command = [self.program, *args, "--data-dir", str(ROOT)]
        done = subprocess.run(command, cwd=folder, env=self.environment, capture_output=True)
        said = done.stderr.decode("utf-8")
        if done.returncode in (0, 1):
            return True
        if done.returncode == 2 and any(slug in said for slug in NOT_OF_THIS_CASE):
            return False
        raise Failed(f"{' '.join(command)}: exit {done.returncode}\n{said}")

    def templates(self):
        listed = subprocess.run(
            [self.program, "templates", "--format", "json", "--data-dir", str(ROOT)],
            capture_output=True, check=True)
        result = json.loads(listed.stdout)["result"]
        return ([(t["id"], t["about"]) for t in result["templates"]],
                [p["id"] for p in result["plans"]])

    def paper(self, folder):
        target = self.out / f"papers/{folder.name}.pdf"
        return self.run(folder, "render", *arguments(folder), "-o", str(target))

    def copies(self, sample, template):
        return all(self.run(sample, "render", "--template", template, "--case", "case.xml", "--copy",
                            copy, "--date", DATE, "-o",
                            str(self.out / copy / sample.name / f"{template}.pdf"))
                   for copy in ("filing", "public"))

    def packet(self, kind, sample, plan, *more):
        target = self.out / kind / f"{sample.name}-{plan}"
        return self.run(sample, "packet", "--plan", plan, "--case", "case.xml", "--date", DATE,
                        "--allow-missing", *more, "-o", str(target))

    def jobs(self):
        templates, plans = self.templates()
        golden = self.source / "tests" / "golden"
        for folder in sorted(f for f in golden.iterdir() if f.is_dir()):
            if (folder / "expect.pages").exists():
                yield self.paper, folder
        samples = sorted(f.parent for f in (self.source / "samples").glob("*/case.xml"))
        for sample in samples:
            for copy in ("filing", "public"):
                (self.out / copy / sample.name).mkdir(parents=True)
            case = (sample / "case.xml").read_text(encoding="utf-8")
            for template, about in templates:
                if not about or f"<{re.match('[^/[]*', about)[0]}" in case:
                    yield self.copies, sample, template
            for plan in plans:
                yield self.packet, "packets", sample, plan
                if any(sample.glob("*.png")):
                    yield self.packet, "flat", sample, plan, "--flatten"
        yield self.packet, "attached", self.source / "samples" / "factory", "filing", "--attach-case"

    def write(self):
        for name in ("papers", "packets", "flat", "attached"):
            (self.out / name).mkdir(parents=True)
        with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
            running = [pool.submit(job, *args) for job, *args in self.jobs()]
            return sum(r.result() for r in running)


def main():
    program, out = sys.argv[1:3]
    place = sys.argv[4] if sys.argv[3:4] == ["--place"] else "A"
    shutil.rmtree(out, ignore_errors=True)
    try:
        count = Writer(program, out, place).write()
    except Failed as failure:
        print(failure)
        return 1
    shutil.rmtree(pathlib.Path(out) / "elsewhere", ignore_errors=True)
    print(f"{count} papers and packets")
    return 0 if count else 1


if __name__ == "__main__":
    sys.exit(main())
