"""A judged claim in words: no line wider than a terminal, units people read, what it rests on, harm beside it."""

import math

import pytest

from microneedling.evaluation.claim_harms import Harm
from microneedling.evaluation.claims import Check, Claim, Published, Reading, Screen
from microneedling.evaluation.ledger import Ledger
from microneedling.evaluation.verdicts import Checked, Judged, Screened
from microneedling.faces.claim_text import harm_lines, interval_text, lines, rests_text, shown

HOUR, DAY = 3600.0, 86400.0


def reading(scale, read="at", arm="three sessions"):
    return Reading(study="course", arm=arm, scale=scale, read=read, time=180 * DAY)


def one_test(scale="line_depth", **facts):
    known = {"measure": "difference", "expectation": "decrease", "time_text": "180 d"}
    return Check(own=reading(scale), other=reading(scale, arm="untreated"), **(known | facts))


def checked(test, **facts):
    known = {"verdict": "supported", "unit": "m", "low": -1e-4, "median": -5e-5, "high": -2e-5, "noticeable": 2e-5}
    return Checked(test=test, **(known | facts))


def judged(*tests, **facts):
    claim = Claim(
        id="CL900",
        claim="It does a great deal of good to everybody who has it done " * 2,
        kind="benefit",
        topic="looks",
        quantity="depth of lines",
        tests=tuple(one.test for one in tests),
        covers="lines on their own",
        untested=("glow has no law",),
        published=(Published(text="Nobody has measured it.", source=("ablon2018",)),),
    )
    return Judged(claim=claim, verdict="partly", checked=tests, **facts)


def test_a_terminal_of_eighty_columns_holds_every_line():
    pain = Harm(arm="three sessions", scale="pain", unit="1", low=0.1, median=0.2, high=0.4)
    one = judged(checked(one_test(), share=0.4, again="supported", movers=(("LineDepth.filling", 0.9),)), harms=(pain,))
    made = lines(shown(one, Ledger(judged=(one,), stamps={"course": ("[caution] not on wounds",)}, problems={})))
    text = "\n".join(made)
    assert max(map(len, made)) <= 80 and text.startswith('CL900 "It does')
    for words in (
        "PARTLY (rests on an assumed size)",
        "1 test: 1 supported; 1 part of the saying cannot be computed",
        "expected: decrease",
        "−50.0 (−100 to −20.0) µm, noticeable from 20 µm",
        "40 % of its spread goes with assumed numbers, above all LineDepth.filling (90",
        "not computed: glow has no law",
        "at most 0.200 (0.100 to 0.400)",
        "Nobody has measured it.",
        "[caution] not on wounds",
        "microneedling claims CL900",
    ):
        assert " ".join(words.split()) in " ".join(text.split()), words


@pytest.mark.parametrize(
    ("scale", "facts", "text"),
    [
        ("darkening_risk", {"unit": "1", "low": 0.0, "median": 0.01, "high": 0.5}, "1.00 (0 to 50.0) %"),
        ("erythema", {"unit": "s", "low": HOUR, "median": 5 * HOUR, "high": 48 * HOUR}, "5.00 (1.00 to 48.0) h"),
        (
            "vellus_hair",
            {"unit": "s", "low": 9 * DAY, "median": 20 * DAY, "high": math.inf},
            "20.0 (9.00 to never back) d",
        ),
        (
            "dermis.niacinamide",
            {"unit": "mol m-2", "low": 0.0, "median": 1e-5, "high": 2e-5},
            "1.00 (0 to 2.00) nmol cm⁻²",
        ),
    ],
)
def test_numbers_have_units_people_read(scale, facts, text):
    assert interval_text(checked(one_test(scale), **facts)) == text


def test_a_ratio_has_no_unit():
    one = checked(
        one_test("darkening_risk", measure="ratio", expectation="at least"), unit="1", low=1, median=2, high=3
    )
    assert interval_text(one) == "2.00 (1.00 to 3.00)"


def test_a_verdict_that_turns_says_what_it_turns_to():
    assert rests_text(checked(one_test(), share=0.0, again="not supported")).endswith("the verdict is: not supported")
    assert rests_text(checked(one_test())) == ""  # nothing is known of what it rests on
    assert (
        rests_text(checked(one_test(), named=(("Law.switch", "assumed"),))) == "Law.switch does not vary and is assumed"
    )


def test_harm_that_is_not_there_says_why():
    gone = Harm(arm="needling", scale="oedema", reason="no such scale")
    assert harm_lines([gone]) == ["needling: swollen by up to (not computed: no such scale)"]


def test_screens_say_who_was_refused():
    screen = Screen(study="course", people=({"conditions": ["active herpes"]}, {}), expectation="refused")
    claim = Claim(id="CL901", claim="a", kind="safety", topic="t", quantity="q", screens=(screen,))
    one = Judged(claim=claim, verdict="partly", screened=(Screened(screen=screen, verdict="partly", counted=1),))
    text = "\n".join(lines(shown(one, Ledger(judged=(one,), stamps={}, problems={}))))
    assert "active herpes; the study's own person" in text and "1 of 2 refused" in text
