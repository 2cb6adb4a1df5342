"""Exfoliation of a study: read, checked, written out, and turned into the treatment of its family."""

import pytest
from unit.study.conftest import PACKAGE

from microneedling.study.exfoliating import AMOUNTS, exfoliating
from microneedling.study.read import StudyError
from microneedling.study.schema import Study
from microneedling.treatments.blade import Planing
from microneedling.treatments.exfoliant import FAMILIES, Exfoliant
from microneedling.treatments.grit import Abrasion
from microneedling.treatments.scrub import Scrubbing
from microneedling.treatments.tape import Stripping

DAY = 86400.0
CARDS = {"tape": "adhesive_tape", "scrub": "scrub_cream", "blade": "razor", "grit": "microdermabrasion_crystals"}
KINDS = {"tape": Stripping, "scrub": Scrubbing, "blade": Planing, "grit": Abrasion}


@pytest.fixture(autouse=True)
def exfoliants(cards):
    """Cards of the package's exfoliants in the small catalogue."""
    for name in CARDS.values():
        text = (PACKAGE / "exfoliants" / f"{name}.toml").read_text(encoding="utf-8")
        (cards / "exfoliants" / f"{name}.toml").write_text(text, encoding="utf-8")


def with_rows(study, *rows):
    """The study with these exfoliations in place of all else."""
    return {**study, "protocol": {"name": "p", "exfoliation": list(rows)}}


def uses(study, *rows):
    return Study.of(with_rows(study, *rows)).plain().arms[0].exfoliations


def test_rows_repeat_and_come_in_time_order(study):
    found = uses(
        study,
        {"method": "adhesive_tape", "strips": 10, "time": "3 d"},
        {"method": "scrub_cream", "rubs": 1, "time": "-1 d", "count": 3, "interval": "2 d", "area": "10 cm2"},
    )
    assert [one.time / DAY for one in found] == [-1, 1, 3, 3]
    assert [one.amount for one in found] == [1, 1, 10, 1]
    assert found[0].area == pytest.approx(1e-3) and found[2].area == pytest.approx(60e-4)


def test_grit_keeps_its_settings(study):
    row = {"method": "microdermabrasion_crystals", "passes": 2, "contact": "10 s", "suction": "30 kPa", "flow": "0.5"}
    (one,) = uses(study, row)
    assert (one.contact, one.suction, one.flow) == (10.0, pytest.approx(3e4), 0.5)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_becomes_its_own_treatment(study, family):
    (one,) = uses(study, {"method": CARDS[family], AMOUNTS[family]: 4})
    made = exfoliating(one, family, Exfoliant(layers=1.0, abrasion=1e-6, contact=3.0), actives=2)
    assert type(made) is KINDS[family] and getattr(made, AMOUNTS[family]) == 4 and made.actives == 2
    if family == "grit":
        assert (made.contact, made.suction, made.flow) == (3.0, Exfoliant().suction, 1.0)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_amount_of_another_family_is_refused(study, family):
    other = next(key for one, key in AMOUNTS.items() if one != family)
    with pytest.raises(StudyError) as error:
        uses(study, {"method": CARDS[family], AMOUNTS[family]: 4, other: 2})
    assert f"protocol.exfoliation[0].{other}: found 2, allowed no {other}, since" in str(error.value)


def test_comparators_keep_exfoliation_only_where_their_name_says(study):
    study["protocol"]["exfoliation"] = [{"method": "adhesive_tape", "strips": 10}]
    kinds = ("sham", "untreated", "needling only", "topical only")
    study["arm"] = [{"name": kind, "kind": kind} for kind in kinds]
    arms = Study.of(study).plain().arms
    assert [len(arm.exfoliations) for arm in arms] == [1, 1, 0, 0, 0]
