"""Faults planted in the rule for claims, in what is read for it, and in what is kept of its studies."""

# ruff: noqa: E501

import json
import tempfile
from pathlib import Path

from faults.fault import Fault, spoilt
from unit.evaluation import (
    test_claim_counts,
    test_claim_harms,
    test_ledger,
    test_readings,
    test_resting,
    test_verdicts,
)
from unit.study import test_anew

from microneedling.evaluation import (
    claim_counts,
    claim_harms,
    ledger,
    measures,
    readings,
    resting,
    verdicts,
)
from microneedling.study import numbers

VERDICTS, LEDGER = "unit/evaluation/test_verdicts.py", "unit/evaluation/test_ledger.py"
YES, PART, NO, AGAINST, NONE = test_verdicts.VERDICTS


def direction(*known):
    return lambda: test_verdicts.test_directions(*known)


def difference():
    one, known = test_verdicts.check("increase"), test_verdicts.found([2.0, 2.1, 2.2, 2.3, 2.4])
    test_verdicts.test_a_test_follows_from_its_numbers(one, known, YES, 2.2)


def kept(check):
    """A test of the ledger in a folder of its own; a file that cannot be read fails it like any wrong answer."""

    def run():
        with tempfile.TemporaryDirectory() as folder:
            try:
                check(test_ledger.made_place(Path(folder)))
            except (json.JSONDecodeError, KeyError) as error:
                raise AssertionError("what was kept cannot be read") from error

    return run


def drawn_anew():
    test_anew.test_only_numbers_of_the_grade_that_are_drawn_alone_move(test_anew.drawn_twice())


def share():
    test_resting.test_the_share_drawn_anew_is_found(0.5)


# fmt: off
FAULTS = [
    Fault("a claim of more is judged as one of less", f"{VERDICTS}::test_directions",
        spoilt(verdicts, "direction_verdict", 'points if expectation == "increase"', 'points if expectation == "decrease"'),
        direction("increase", (0.5, 2.0, 3.0), YES)),
    Fault("a verdict that looks at the median alone", f"{VERDICTS}::test_directions",
        spoilt(verdicts, "direction_verdict", "median >= noticeable and low > 0", "median >= noticeable"),
        direction("increase", (-0.1, 2.0, 3.0), NO)),
    Fault("a change nobody would notice counts", f"{VERDICTS}::test_directions",
        spoilt(verdicts, "direction_verdict", "median >= noticeable and low > 0", "low > 0"),
        direction("increase", (0.5, 0.9, 3.0), NO)),
    Fault("the two arms of a test are swapped", f"{VERDICTS}::test_a_test_follows_from_its_numbers",
        spoilt(measures, "measured", "values=own - other", "values=other - own"), difference),
    Fault("a part without a law does not count", f"{VERDICTS}::test_a_part_that_cannot_be_computed_keeps_a_claim_from_being_supported",
        spoilt(verdicts, "judged", "* len(claim.untested)", "* 0"),
        lambda: test_verdicts.test_a_part_that_cannot_be_computed_keeps_a_claim_from_being_supported(2.0, PART)),
    Fault("what is taken for granted is not asked for", f"{VERDICTS}::test_a_claim_follows_from_its_tests",
        spoilt(verdicts, "verdict_of", "unmet = any(", "unmet = False and any("),
        lambda: test_verdicts.test_a_claim_follows_from_its_tests([YES], [NO], NO)),
    Fault("those who could not be simulated are dropped, and all others move up", "unit/evaluation/test_readings.py::test_who_could_not_be_simulated_keeps_the_place",
        spoilt(readings, "_values", "there = np.isfinite(series.values).all(axis=1)",
            "series = dataclasses.replace(series, values=series.values[np.isfinite(series.values).all(axis=1)]); "
            "there = np.isfinite(series.values).all(axis=1)"),
        test_readings.test_who_could_not_be_simulated_keeps_the_place),
    Fault("a kept study is served though it was changed", f"{LEDGER}::test_what_changed_is_run_again",
        spoilt(ledger, "_kept", 'content.get("digest") != digest', "not content"),
        kept(test_ledger.test_what_changed_is_run_again)),
    Fault("a kept study that was cut short ends the call", f"{LEDGER}::test_a_kept_study_that_was_cut_short_is_run_again",
        spoilt(ledger, "_read", "json.JSONDecodeError, ", ""),
        kept(test_ledger.test_a_kept_study_that_was_cut_short_is_run_again)),
    Fault("the second run of a study is the first", f"{LEDGER}::test_both_runs_of_a_study_are_read_back_as_they_were",
        spoilt(ledger, "_kept", "means.again(path)", "means.run(path)"),
        kept(test_ledger.test_both_runs_of_a_study_are_read_back_as_they_were)),
    Fault("a share twice as large", "unit/evaluation/test_resting.py::test_the_share_drawn_anew_is_found",
        spoilt(resting, "share_redrawn", "(2 * spread)", "spread"), share),
    Fault("drawn anew, and the same as before", "unit/study/test_anew.py::test_only_numbers_of_the_grade_that_are_drawn_alone_move",
        spoilt(numbers, "spread_out", "again + ROUNDS if", "again if"), drawn_anew),
    Fault("drawn anew, whatever the grade", "unit/study/test_anew.py::test_only_numbers_of_the_grade_that_are_drawn_alone_move",
        spoilt(numbers, "spread_out", "if anew and facts.grade == anew else", "if anew else"), drawn_anew),
    Fault("a rate of harm is held against its lower end", "unit/evaluation/test_claim_counts.py::test_the_whole_interval_decides",
        spoilt(claim_counts, "rate_verdict", "high <= bound", "low <= bound"),
        lambda: test_claim_counts.test_the_whole_interval_decides(0.0, 0.06, NO)),
    Fault("harm is left out beside a benefit", "unit/evaluation/test_claim_harms.py::test_every_needled_arm_that_is_tested_has_its_harms_once",
        spoilt(claim_harms, "harm_readings", "if claim.kind in APART", 'if claim.kind in (*APART, "benefit")'),
        test_claim_harms.test_every_needled_arm_that_is_tested_has_its_harms_once),
]
# fmt: on
