"""The ledger: each study is run once and kept, a stopped call goes on, a study that fails stops nothing."""

import dataclasses
import json
import math

import numpy as np
import pytest
from unit.evaluation.evaluation_cases import HOUR, run

from microneedling.evaluation.claims import Check, Claim, Reading, Screen
from microneedling.evaluation.ledger import Means, as_rows, ledger


def reading(study, arm, time=1 * HOUR, read="at"):
    return Reading(study=study, arm=arm, scale="tewl", read=read, time=time)


def claim(name, study, other="", **facts):
    own, against = reading(study, "needling"), reading(other or study, "sham")
    test = Check(own=own, other=against, measure="difference", expectation="increase", rests_on=("Law.size",))
    return Claim(id=name, claim=name, kind="k", topic="t", quantity="q", tests=(test,), **facts)


@pytest.fixture
def place(tmp_path):
    return made_place(tmp_path)


def made_place(tmp_path):
    """A folder of studies, and means that count what they are asked."""
    studies = tmp_path / "studies"
    studies.mkdir()
    for name in ("one", "two", "broken"):
        (studies / f"{name}.toml").write_text(name)
    ran = []

    def counting(path):
        ran.append(path.stem)
        if path.stem == "broken":
            raise RuntimeError("no such skin")
        return run(path)

    means = Means(
        run=counting,
        again=run,
        moves=lambda path: {"Law.size": np.arange(5.0)},
        needled=lambda path: ["needling"],
        counted=lambda path, screen: len(screen.people),
        grades=lambda path, names: dict.fromkeys(names, "assumed"),
        stamps=lambda path: [f"[caution] {path.stem}"],
    )
    known = {"studies": studies, "out": tmp_path / "out", "version": "1"}
    return means, known, ran


def test_studies_are_run_once_and_then_kept(place):
    means, known, ran = place
    claims = (claim("A", "one"), claim("B", "one"), claim("C", "one", "two"))
    steps = []
    first = ledger(claims, means, **known, progress=lambda *step: steps.append(step))
    assert ran == ["one", "two"] and steps == [(0, 2, "one"), (1, 2, "two"), (2, 2, "")]
    assert [one.verdict for one in first.judged] == ["supported"] * 3
    assert first.judged[0].assumed and first.stamps == {"one": ("[caution] one",), "two": ("[caution] two",)}
    again = ledger(claims, means, **known)
    assert ran == ["one", "two"] and repr(again.judged) == repr(first.judged)  # nan is not nan


def test_asking_for_fewer_claims_runs_nothing_again(place):
    means, known, ran = place
    every = (claim("A", "one"), claim("B", "two"))
    ledger(every, means, **known)
    ledger(every[:1], means, **known, every=every)
    assert ran == ["one", "two"]


def test_what_changed_is_run_again(place):
    means, known, ran = place
    claims = (claim("A", "one"), claim("B", "two"))
    ledger(claims, means, **known)
    (known["studies"] / "two.toml").write_text("changed")
    ledger(claims, means, **known)
    assert ran == ["one", "two", "two"]
    ledger(claims, means, **(known | {"version": "2"}))
    assert ran == ["one", "two", "two", "one", "two"]


def test_a_kept_study_that_was_cut_short_is_run_again(place):
    means, known, ran = place
    first = ledger([claim("A", "one")], means, **known)
    kept = known["out"] / "one.json"
    kept.write_text(kept.read_text()[:-40])
    assert repr(ledger([claim("A", "one")], means, **known).judged) == repr(first.judged)
    assert ran == ["one", "one"]


def test_a_study_that_fails_is_told_and_stops_nothing(place):
    means, known, _ = place
    whole = ledger((claim("A", "broken"), claim("B", "one")), means, **known)
    assert [one.verdict for one in whole.judged] == ["cannot be computed", "supported"]
    assert whole.problems == {"broken": "RuntimeError: no such skin"}
    assert "no such skin" in whole.judged[0].checked[0].reason
    assert not (known["out"] / "broken.json").exists()


def test_what_is_infinite_survives_being_kept(place):
    means, known, _ = place
    own = reading("one", "needling", math.inf, "lasting")
    endless = dataclasses.replace(own, scale="tewl")
    test = Check(own=endless, other=None, measure="value", expectation="at most", bounds=("1 h",))
    one = Claim(id="A", claim="a", kind="k", topic="t", quantity="q", tests=(test,))

    def still(path):
        return [dataclasses.replace(each, noticeable=0.0) for each in run(path)]

    first = ledger([one], dataclasses.replace(means, run=still, again=still), **known)
    again = ledger([one], dataclasses.replace(means, run=still, again=still), **known)
    assert repr(first.judged) == repr(again.judged) and math.isinf(first.judged[0].checked[0].high)


def test_screening_needs_no_run(place):
    means, known, ran = place
    screen = Screen(study="one", people=({}, {}), expectation="refused")
    one = Claim(id="A", claim="a", kind="k", topic="t", quantity="q", screens=(screen,))
    whole = ledger([one], means, **known)
    assert whole.judged[0].verdict == "supported" and not ran and "one" in whole.stamps


def test_rows_hold_numbers_and_verdict(place):
    means, known, _ = place
    (row,) = as_rows(ledger([claim("A", "one")], means, **known).judged)
    assert row["because"] == "1 test: 1 supported" and row["checked"][0]["unit"] == "kg m-2 s-1"
    assert row["checked"][0]["named"] == (("Law.size", "assumed"),)
    assert (row["claim"]["id"], row["verdict"], row["assumed"]) == ("A", "supported", True)
    assert row["checked"][0]["median"] * 3.6e6 == pytest.approx(5.0)


def test_harm_is_read_where_needles_pierce_and_kept_with_the_rest(place):
    means, known, ran = place
    one = dataclasses.replace(claim("A", "one"), kind="benefit")
    first = ledger([one], means, **known).judged[0].harms
    assert [each.arm for each in first] == ["needling"] * len(first) and "no scale" in first[0].reason
    ledger([one], means, **known)
    assert ran == ["one"]


def test_both_runs_of_a_study_are_read_back_as_they_were(place):
    means, known, _ = place

    def shifted(path):
        return [dataclasses.replace(each, values=each.values * 1.5) for each in run(path)]

    both = dataclasses.replace(means, again=shifted)
    first, again = (ledger([claim("A", "one")], both, **known).judged for _ in range(2))
    assert repr(first) == repr(again)
    kept = json.loads((known["out"] / "one.json").read_text())
    place_of = [one["scale"] for one in kept["asked"]].index("tewl")
    assert kept["again"][place_of]["values"] != kept["first"][place_of]["values"]
    assert kept["moves"] == {"Law.size": [0, 1, 2, 3, 4]}
