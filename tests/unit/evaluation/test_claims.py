"""Claims: the file, the rule from numbers to verdict, and claims with several checks."""

import tomllib

import pytest
from evaluation_cases import run

from microneedling.evaluation.claims import (
    RULE,
    STUDY,
    Check,
    Claim,
    ClaimError,
    as_rows,
    judge,
    judge_study,
    read_claims,
    verdict_of,
)


def claim(*checks, **facts):
    made = tuple(
        Check(scale=scale, arm=arm, against=against, time=time * 3600.0, time_text=f"{time} h", expectation=expectation)
        for scale, arm, against, time, expectation in checks
    )
    return Claim(id="X", claim="x", kind="benefit", quantity="q", tests=made, **facts)


@pytest.mark.parametrize(
    ("expectation", "points", "verdict"),
    [
        ("increase", (0.5, 2.0, 3.0), "supported"),
        ("increase", (0.5, 0.9, 3.0), "not supported"),  # median below noticeable
        ("increase", (-0.1, 2.0, 3.0), "not supported"),  # interval holds zero
        ("increase", (-3.0, -2.0, -0.5), "contradicted"),
        ("increase", (-3.0, -0.5, -0.1), "not supported"),
        ("decrease", (-3.0, -2.0, -0.5), "supported"),
        ("decrease", (0.5, 2.0, 3.0), "contradicted"),
        ("none", (-0.5, 0.0, 0.9), "supported"),
        ("none", (-0.5, 0.5, 1.1), "not supported"),
        ("none", (0.5, 2.0, 3.0), "contradicted"),
        ("none", (-0.5, 2.0, 3.0), "not supported"),
    ],
)
def test_rule(expectation, points, verdict):
    assert verdict_of(expectation, points, 1.0) == verdict


@pytest.mark.parametrize(
    ("checks", "verdict"),
    [
        ([("tewl", "needling", "sham", 1, "increase")], "supported"),
        ([("tewl", "needling", "baseline", 1, "increase")], "supported"),
        ([("tewl", "needling", "sham", 1, "none")], "contradicted"),
        ([("tewl", "needling", "sham", 4, "increase")], "not supported"),
        ([("tewl", "needling", "sham", 1, "increase"), ("tewl", "needling", "sham", 4, "none")], "supported"),
        ([("tewl", "needling", "sham", 1, "increase"), ("tewl", "needling", "sham", 1, "decrease")], "contradicted"),
        (
            [("tewl", "needling", "sham", 1, "increase"), ("glow", "needling", "sham", 1, "increase")],
            "cannot be computed",
        ),
        ([("tewl", "needling", "sham", 99, "increase")], "cannot be computed"),
    ],
)
def test_judge(checks, verdict):
    (judged,) = judge([claim(*checks)], run(STUDY))
    assert judged.verdict == verdict
    assert len(judged.checked) == len(checks)


def test_a_verdict_carries_its_numbers_and_its_reason():
    (judged,) = judge([claim(("tewl", "needling", "sham", 1, "increase"))], run(STUDY))
    (checked,) = judged.checked
    assert checked.median * 3.6e6 == pytest.approx(5.0) and checked.noticeable * 3.6e6 == pytest.approx(1.0)
    assert checked.unit == "kg m-2 s-1"
    (row,) = as_rows([judged])
    assert (row["id"], row["verdict"], row["checks"][0]["test"]["scale"]) == ("X", "supported", "tewl")
    (judged,) = judge([claim(("glow", "needling", "sham", 1, "increase"))], run(STUDY))
    assert 'no scale "glow"' in judged.checked[0].reason


def test_the_file_holds_all_claims_and_its_arms_are_those_of_its_study():
    claims = read_claims()
    assert [one.id for one in claims] == [f"CL{number:03}" for number in range(1, 70)]
    study = tomllib.loads(STUDY.read_text(encoding="utf-8"))
    arms = {study["protocol"]["name"], *(arm["name"] for arm in study["arm"])}
    checks = [check for one in claims for check in one.tests]
    assert {check.arm for check in checks} <= arms
    assert {check.against for check in checks} <= arms | {"baseline"}
    assert all(check.time <= 430 * 86400 for check in checks)
    assert len({one.id for one in claims if one.tests}) >= 20


def test_claims_without_a_test_are_not_yet():
    judged = judge_study(lambda path: run(path) if path == STUDY else pytest.fail("other study"))
    assert len(judged) == 69
    assert all((one.verdict == "not yet") == bool(one.claim.not_yet) for one in judged)


GOOD = '[[claim]]\nid = "A"\nclaim = "a"\nkind = "b"\nquantity = "c"\n'
TEST = '{ scale = "tewl", arm = "a", against = "b", time = "1 d", expectation = "increase" }'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no claims"),
        (GOOD, "A: found tests and not_yet, or neither"),
        (GOOD + f'not_yet = "x"\ntest = [{TEST}]', "found tests and not_yet"),
        (GOOD + 'not_jet = "x"', "A.not_jet: unknown key; nearest: not_yet"),
        (GOOD.replace('kind = "b"\n', "") + 'not_yet = "x"', "A.kind: missing"),
        (2 * (GOOD + 'not_yet = "x"\n'), "stand twice: A"),
        (GOOD + "test = [" + TEST.replace("increase", "rise") + "]", 'A.test.expectation: found "rise"'),
        (GOOD + "test = [" + TEST.replace("1 d", "soon") + "]", "A.test.time"),
        (GOOD + "test = [" + TEST.replace("scale", "scales") + "]", "A.test.scale: missing"),
        (GOOD + "test = [" + TEST.replace(" }", ', more = "1" }') + "]", "A.test.more: unknown key"),
    ],
)
def test_a_bad_claim_is_refused(tmp_path, text, message):
    path = tmp_path / "claims.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ClaimError) as caught:
        read_claims(path)
    assert message in str(caught.value)


def test_the_rule_names_every_verdict():
    for word in ("supported", "not supported", "contradicted", "cannot be computed"):
        assert word in RULE
