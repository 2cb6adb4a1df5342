"""Types of the code: nothing for the checker to say."""

import subprocess
import sys

from shape.source import ROOT


def test_the_types_fit():
    """Half a minute at first, a second or two while its cache is warm."""
    command = [sys.executable, "-m", "mypy", "--no-error-summary", "src/microneedling"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert found.returncode == 0, found.stdout + found.stderr
