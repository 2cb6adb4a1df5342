"""One digest of all that a number can depend on: code, laws, rules, cards and their draws."""

from __future__ import annotations

import hashlib
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
READ = (".py", ".toml", ".csv")
APART = ("claims", "faces", "report")  # folders that show numbers or ask for them; none comes from there


def code_version(package: Path = PACKAGE) -> str:
    """Changes with any line of code, rule, card or parameter that a number can depend on, and with nothing else.

    What is kept on disk from a run is kept under this version, so that a change makes it anew.

    Args:
        package: folder of the sources

    Returns: 16 hexadecimal digits.
    Checked by: tests/unit/core/test_digest.py
    """
    made = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        name = path.relative_to(package)
        if path.suffix in READ and name.parts[0] not in APART:
            content = path.read_bytes()
            made.update(f"{name.as_posix()} {len(content)}\n".encode() + content)
    return made.hexdigest()[:16]
