"""From drawn numbers to what a run needs."""

from __future__ import annotations

from pathlib import Path

import jax
import numpy as np
import pytest

from microneedling.core import catalogue
from microneedling.study.build import bucket, parts_maker, parts_of
from microneedling.study.numbers import cards_of, draw, known_numbers
from microneedling.study.quantity import Quantity
from microneedling.study.schema import Study

EXAMPLE = Path(__file__).parents[3] / "examples" / "acne_scars.toml"


@pytest.fixture(scope="module")
def cards():
    return cards_of(Study.load(EXAMPLE).plain())


@pytest.fixture(scope="module")
def built(cards):
    study = Study.load(EXAMPLE).plain()
    return study, parts_of(study, cards, draw(known_numbers(cards), members=3, seed=1))


def test_a_maker_serves_any_number_of_draws(built, cards):
    study, parts = built
    maker = parts_maker(study, cards)
    drawn = [draw(known_numbers(cards), members=3, seed=seed) for seed in (1, 2)]
    found = [maker(numbers) for numbers in drawn]
    for mine, alone in zip(found, (parts, parts_of(study, cards, drawn[1]))):
        one, two = ((p.model, p.skin, p.scales, p.plans) for p in (mine, alone))
        assert jax.tree.structure(one) == jax.tree.structure(two)
        assert all(map(np.array_equal, jax.tree.leaves(one), jax.tree.leaves(two)))
        assert mine.still == alone.still and np.array_equal(mine.times, alone.times)


def test_people_come_last_and_arms_share_a_length(built):
    study, parts = built
    assert len(parts.plans) == len(study.arms)
    assert {plan.times.shape for plan in parts.plans} == {parts.plans[0].times.shape}
    assert parts.skin.step.shape == (32, 4)


def test_what_is_to_be_treated_reaches_the_skin(built):
    study, parts = built
    written = study.person.baseline["rolling_scar_volume"]
    np.testing.assert_array_equal(parts.skin.baseline.rolling_scar_volume, np.full(4, written))
    np.testing.assert_array_equal(parts.skin.baseline.hair_density, np.zeros(4))


def test_sham_pierces_nothing_and_needling_does(built):
    study, parts = built
    names = [arm.name for arm in study.arms]
    pierced = [float(np.max(np.asarray(plan.events.pierced))) for plan in parts.plans]
    assert pierced[names.index("sham")] == 0.0 and pierced[names.index("needling")] > 1e-4


def test_dose_is_concentration_times_film(built):
    _, parts = built
    dose = float(np.max(np.asarray(parts.plans[0].events.dosed[0])[:, 0]))
    assert dose > 0
    applied = np.asarray(parts.plans[0].events.dosed[0])[:, 0]
    assert np.count_nonzero(applied) == 4  # once at each of the four visits


def test_bucket_rounds_up():
    assert [bucket(n, 8) for n in (1, 8, 9)] == [8, 8, 16]


def test_what_is_still_on_at_the_end_stays_on(monkeypatch):
    monkeypatch.setattr(catalogue, "FOLDER", EXAMPLE.parents[1] / "src" / "microneedling" / "cards")
    early = Study.load(EXAMPLE).model_copy(update={"horizon": Quantity(100 * 86400.0, "100 d"), "arm": []})
    late = early.model_copy(update={"horizon": Quantity(90.5 * 86400.0, "90.5 d")})  # half a day after the last visit
    found = []
    for study in (early.plain(), late.plain()):
        cards = cards_of(study)
        found.append(parts_of(study, cards, draw(known_numbers(cards), members=0, seed=1)).labels[0])
    words = [[word for _, word in events] for events in found]
    assert words[0].count("wiped") == 4 and words[1].count("wiped") == 3 and words[1].count("topical") == 4
