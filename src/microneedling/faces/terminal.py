"""What is printed: text and tables to standard output, progress to standard error, and bars on terminals only."""

from __future__ import annotations

import contextlib
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence

Progress = Callable[[int, int, str], None]
NARROW, READABLE = 60, 100  # columns: text narrower or wider than this is hard to read
WIDE = 400  # columns of a table that goes to a file: no line is broken


def tell(text: str) -> None:
    """A line on standard error: what is going on, not what was asked for."""
    print(text, file=sys.stderr, flush=True)


def paragraph(text: str, wide: int, indent: int = 0) -> str:
    """A text broken into lines of so many columns; lines after the first begin `indent` further in than the first."""
    lead = text[: len(text) - len(text.lstrip(" "))]
    return textwrap.fill(text.lstrip(" "), wide, initial_indent=lead, subsequent_indent=f"{lead}{' ' * indent}")


def fitted(text: str) -> str:
    """A line as a terminal shows it well: broken between words, no wider than reads well; as it is for a file."""
    if not sys.stdout.isatty() or not text:
        return text
    return paragraph(text, columns(), indent=2)


def columns() -> int:
    """Columns to write text in: the terminal's, within what reads well.

    Checked by: tests/faces/test_terminal.py
    """
    return max(NARROW, min(READABLE, shutil.get_terminal_size((READABLE, 24)).columns))


def table(head: Sequence[str], rows: Sequence[Sequence[str]], wide: int | None = None) -> None:
    """Rows under their headings, fitted to the terminal, or to so many columns."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    made = Table(*head, box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for row in rows:
        made.add_row(*row)
    width = wide or (None if sys.stdout.isatty() else WIDE)
    Console(markup=False, highlight=False, emoji=False, width=width).print(made)


@contextlib.contextmanager
def bar(title: str) -> Iterator[Progress]:
    """A progress bar as a function of (done, total, what); silent where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield lambda done, total, what: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(title, total=None)

        def move(done: int, total: int, what: str) -> None:
            shown.update(task, completed=done, total=total, description=f"{title}: {what}" if what else title)

        yield move
