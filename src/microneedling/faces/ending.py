"""How a command ends: its exit code, and one clear sentence when it did not go well."""

from __future__ import annotations

import errno
import traceback
from pathlib import PurePath

FINE, BAD_INPUT, FAILED, REFUSED, STOPPED = 0, 2, 3, 4, 130

# errors whose own sentences tell a user what to mend; by name, so that nothing heavy is imported to know them
INPUT_ERRORS = frozenset(
    {
        "BadInput",
        "StudyError",
        "CardError",
        "ObservedError",
        "RuleError",
        "UnitError",
        "WordError",
        "SourceError",
        "ClaimError",
        "RowsError",
        "RecordError",
    }
)


class BadInput(ValueError):
    """What was asked for on the command line cannot be done; the sentence says what can."""


def ending(error: BaseException) -> tuple[int, str]:
    """Exit code and sentence for an error that ended a command.

    Checked by: tests/faces/test_ending.py
    """
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if kinds & INPUT_ERRORS:
        return BAD_INPUT, str(error)
    if "Refused" in kinds:
        return REFUSED, f'{error}; --override "reason" runs it all the same and keeps the reason with the result'
    if "Failed" in kinds or "NoHealingSet" in kinds:
        return FAILED, f"the run failed: {error}"
    if isinstance(error, OSError):
        return FAILED, f"the run failed: {_system(error)}; nothing was left half-written"
    if isinstance(error, MemoryError):
        return FAILED, "the run failed: not enough memory; fewer members or arms need less"
    return FAILED, f"the run failed: {type(error).__name__}: {_one_line(str(error))} ({_place(error)})"


def _system(error: OSError) -> str:
    """What the system said, and of which file."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full"
    return f"{error.filename}: {error.strerror}" if error.filename else _one_line(str(error))


def _place(error: BaseException) -> str:
    """Where in the code an unforeseen error arose: what a report of it needs to say."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "microneedling" in frame.filename] or frames
    return f"at {PurePath(own[-1].filename).name}, line {own[-1].lineno}" if own else "no place known"


def _one_line(text: str) -> str:
    return " ".join(text.split())[:500]


def reason_of(override: str | None, *, where: str) -> str:
    """The reason to run in spite of a refusal; nothing where none was asked to be overridden.

    Args:
        override: as given on the command line
        where: what becomes of the reason, in words

    Errors: BadInput for a reason without a word.
    Checked by: tests/faces/test_ending.py
    """
    if override is not None and not override.strip():
        raise BadInput(f"--override: found nothing, allowed a reason in words, which is {where}")
    return override or ""
