"""Every error that can end a command gets its exit code and one sentence."""

import errno

import pytest

from microneedling.core.card import CardError
from microneedling.core.units import UnitError
from microneedling.evaluation.claim_files import ClaimError
from microneedling.evaluation.credibility_records import RecordError
from microneedling.evaluation.observed import ObservedError
from microneedling.evaluation.permeability_rows import RowsError
from microneedling.faces.ending import BAD_INPUT, FAILED, INPUT_ERRORS, REFUSED, BadInput, ending, reason_of
from microneedling.safety.condition import RuleError
from microneedling.safety.finding import Finding
from microneedling.safety.source import SourceError
from microneedling.safety.vocabulary import WordError
from microneedling.study.courses import Failed
from microneedling.study.numbers import NoHealingSet
from microneedling.study.read import Problem, StudyError
from microneedling.study.run import Refused

SENTENCE = "what was found and what is allowed"
INPUT = [
    StudyError("a.toml", [Problem("k", "x", "y")]),
    ObservedError((SENTENCE,)),
    *(
        kind(SENTENCE)
        for kind in (
            BadInput,
            CardError,
            RuleError,
            UnitError,
            WordError,
            SourceError,
            ClaimError,
            RowsError,
            RecordError,
        )
    ),
]
FINDING = Finding(
    id="a",
    level="absolute",
    arm="b",
    time=None,
    reason="open wound",
    source="s",
    kind="label",
    year=2020,
    clears="",
    other_side="",
)


@pytest.mark.parametrize("error", INPUT, ids=lambda error: type(error).__name__)
def test_bad_input_speaks_for_itself(error):
    assert ending(error) == (BAD_INPUT, str(error))


def test_every_input_error_is_known():
    assert {type(error).__name__ for error in INPUT} == INPUT_ERRORS


def test_refused_names_the_reason_and_the_way_round():
    code, sentence = ending(Refused((FINDING,)))
    assert code == REFUSED
    assert "open wound" in sentence and "--override" in sentence


@pytest.mark.parametrize("error", [Failed("no member"), NoHealingSet("no member")])
def test_a_failed_run_says_why(error):
    assert ending(error) == (FAILED, "the run failed: no member")


def test_full_disk():
    code, sentence = ending(OSError(errno.ENOSPC, "No space left on device"))
    assert (code, sentence) == (FAILED, "the run failed: the disk is full; nothing was left half-written")


def test_other_trouble_with_files_names_the_file():
    code, sentence = ending(PermissionError(errno.EACCES, "Permission denied", "out"))
    assert code == FAILED
    assert "out: Permission denied" in sentence


def test_memory():
    assert ending(MemoryError())[0] == FAILED


def test_the_unforeseen_says_what_and_where():
    try:
        raise ZeroDivisionError("by\nzero")
    except ZeroDivisionError as error:
        code, sentence = ending(error)
    assert code == FAILED
    assert sentence.startswith("the run failed: ZeroDivisionError: by zero (at test_ending.py, line ")


def test_a_reason_is_words_or_none_was_asked_for():
    assert reason_of(None, where="kept") == "" and reason_of("a trial", where="kept") == "a trial"
    for empty in ("", "  "):
        with pytest.raises(BadInput, match="--override: found nothing, allowed a reason in words, which is kept"):
            reason_of(empty, where="kept")
