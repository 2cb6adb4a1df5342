"""A call of `claims` killed in the middle goes on where it was: nothing is run twice, nothing is half-written."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

CLAIM = "CL058"  # two small studies
FIRST, SECOND = "habits_none", "water_much"
PATIENCE = 600.0  # until the first study is done, on a machine with other work [s]


def command(folder):
    return [
        sys.executable,
        "-c",
        "from microneedling.faces.cli import main; main()",
        "claims",
        CLAIM,
        "--out",
        str(folder),
    ]


@pytest.mark.slow
def test_a_killed_call_goes_on_where_it_was(tmp_path):
    kept = tmp_path / "studies"
    running = subprocess.Popen(command(tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + PATIENCE
    while not (kept / f"{FIRST}.json").exists() and time.monotonic() < until and running.poll() is None:
        time.sleep(0.02)
    os.kill(running.pid, signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL, "it ended by itself before it could be killed"
    assert not (kept / f"{SECOND}.json").exists() and not (tmp_path / "claims.json").exists()
    before = (kept / f"{FIRST}.json").stat()
    json.loads((kept / f"{FIRST}.json").read_text(encoding="utf-8"))  # whole, not half-written

    again = subprocess.run(command(tmp_path), capture_output=True, text=True, check=True)
    after = (kept / f"{FIRST}.json").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert (kept / f"{SECOND}.json").exists() and f'{CLAIM} "' in again.stdout
    whole = json.loads((tmp_path / "claims.json").read_text(encoding="utf-8"))
    assert sum(whole["counts"].values()) == 1
    assert not [path for path in Path(tmp_path).rglob("*") if path.suffix not in ("", ".json")], "left over"
