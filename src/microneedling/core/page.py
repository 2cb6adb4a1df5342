"""HTML pages from templates beside the code that fills them."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any


@functools.cache
def template(path: Path) -> Any:
    """The template in a file: everything escaped, a name nobody gave is an error, its own folder to import from.

    Checked by: tests/faces/test_report.py, tests/unit/evaluation/test_validate.py
    """
    import jinja2

    beside = jinja2.FileSystemLoader(path.parent)
    made = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined, loader=beside
    )
    return made.get_template(path.name)
