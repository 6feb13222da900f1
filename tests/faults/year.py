"""Makes the cases of a year, lives it under `kill -9`, and says how it went.

    year.py YEAR DATA_DIR SAMPLE_DIR [CASES KILLS]
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

program, data, sample = sys.argv[1:4]
cases, kills = (sys.argv[4:] + ["200", "1000"])[:2]
source = (pathlib.Path(sample) / "case.xml").read_text(encoding="utf-8")
with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    for picture in pathlib.Path(sample).glob("*.png"):
        shutil.copy(picture, folder)
    for n in range(int(cases)):
        text = source.replace('id="yunshan-2025-wage"', f'id="year-{n:03}"', 1)
        (folder / f"year-{n:03}.xml").write_text(
            text.replace("云杉机械", f"云杉第{n}机械"), encoding="utf-8")
    sys.exit(subprocess.run([program, data, folder, folder, cases, kills, "20250304"]).returncode)
