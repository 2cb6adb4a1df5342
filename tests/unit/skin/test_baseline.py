"""What is to be treated reaches the skin."""

import dataclasses

import pytest
from tissue import card

from microneedling.core.param import provenance
from microneedling.skin.baseline import Baseline, baseline_of
from microneedling.skin.person import BASELINE
from microneedling.skin.site import Site
from microneedling.skin.skin import YEAR, skin_of


def test_it_has_every_name_a_person_may_write_with_its_unit():
    known = provenance(Baseline)
    assert set(known) == set(BASELINE)
    assert all(known[name].unit == BASELINE[name][0] for name in BASELINE)


def test_what_is_not_written_is_zero_and_what_is_written_is_kept():
    found = baseline_of({"pore_area": 0.04, "line_depth": 2e-4})
    assert float(found.pore_area) == 0.04 and float(found.line_depth) == 2e-4
    others = set(BASELINE) - {"pore_area", "line_depth"}
    assert all(float(getattr(found, name)) == 0.0 for name in others)


def test_a_name_nobody_knows_is_refused():
    with pytest.raises(TypeError):
        baseline_of({"freckles": 1.0})


def test_the_skin_of_nobody_in_particular_has_nothing_to_treat():
    nothing = skin_of(card("sites", "cheek", Site), age=35 * YEAR).baseline
    assert all(float(getattr(nothing, f.name)) == 0.0 for f in dataclasses.fields(nothing))
