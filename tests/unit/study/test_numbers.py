"""Draws of numbers: reproducible, independent of each other's presence, and only sets that heal."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from microneedling.formulation.own import active_of
from microneedling.laws.admission import admitted
from microneedling.laws.collagen import CollagenTurnover
from microneedling.study.draws import read_draws
from microneedling.study.numbers import CIRCUIT, SHIPPED, Cards, cards_of, draw, known_numbers
from microneedling.study.schema import Study

EXAMPLE = Path(__file__).parents[3] / "examples" / "acne_scars.toml"


@pytest.fixture(scope="module")
def cards():
    return cards_of(Study.load(EXAMPLE).plain())


@pytest.fixture(scope="module")
def known(cards):
    return known_numbers(cards)


def test_first_person_is_the_central_one(known):
    drawn = draw(known, members=5, seed=3)
    for name, k in known.items():
        for field in k.facts:
            assert np.asarray(getattr(drawn[name], field))[0] == pytest.approx(getattr(k.record, field), rel=1e-12)


def test_same_seed_same_people_other_seed_other_people(known):
    a, b, c = (draw(known, members=6, seed=s)["Insertion"].recoil for s in (1, 1, 2))
    np.testing.assert_array_equal(a, b)
    assert not np.allclose(a[1:], c[1:])


def test_a_number_more_changes_no_other_draw(known):
    few = {name: k for name, k in known.items() if not name.startswith("actives/")}
    all_of, some_of = draw(known, members=4, seed=1), draw(few, members=4, seed=1)
    for name in few:
        for field in few[name].facts:
            np.testing.assert_array_equal(getattr(all_of[name], field), getattr(some_of[name], field))


def test_every_person_heals(known):
    drawn = draw(known, members=200, seed=5)
    assert np.all(admitted({name: drawn[name] for name in CIRCUIT}))


def test_draws_keep_to_the_spread(known):
    drawn = draw(known, members=400, seed=2)["Insertion"].scatter[1:]
    facts = known["Insertion"].facts["scatter"].spread
    inside = np.mean((drawn >= facts.low) & (drawn <= facts.high))
    assert 0.85 < inside < 0.95  # the spread is 5 to 95 %; 400 draws give it within about 1.5 standard errors of 1.5 %


def test_exact_numbers_do_not_vary(known):
    drawn = draw(known, members=10, seed=2)["InflammatoryCircuit"]
    assert np.ptp(drawn.s_N) == 0.0


def test_results_call_an_own_active_by_its_card_s_name(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('title = "Mine"\nmolar_mass = "300 g/mol"\nlog_kow = "1"\n', encoding="utf-8")
    cards = Cards(site=None, devices={}, vehicles={}, actives={str(path): active_of(path)}, effects={})
    assert cards.label(str(path)) == "mine"


def rows_of(records, draws):
    """Which row of the joint draws each person's numbers come from, -1 where none fits."""
    columns = [np.asarray(getattr(records[name.split(".")[0]], name.split(".")[1]))[1:] for name in draws.names]
    people = np.array(columns).T
    same = np.all(np.isclose(people[:, None], draws.numbers[None], rtol=1e-12, atol=0), axis=2)
    return np.where(same.any(axis=1), same.argmax(axis=1), -1)


def test_fitted_numbers_of_a_person_come_from_one_row(known):
    draws = read_draws(SHIPPED.with_suffix(".csv"))
    rows = rows_of(draw(known, members=40, seed=7), draws)
    assert np.all(rows >= 0) and len(set(rows.tolist())) > 20
    more = rows_of(draw(known, members=60, seed=7), draws)
    np.testing.assert_array_equal(more[:40], rows)  # more people change nobody


def test_a_number_that_a_parameter_set_replaces_is_drawn_by_itself(cards, tmp_path):
    own = tmp_path / "own.toml"
    text = '"CollagenStain.gain" = { value = "1", spread = "0.9 .. 1.1", grade = "assumed", note = "for a test" }'
    own.write_text(f'title = "own"\n[replace]\n{text}\n', encoding="utf-8")
    plain, changed = (draw(known_numbers(cards, one), members=30, seed=1) for one in (None, own))
    assert np.all(np.abs(changed["CollagenStain"].gain - 1) < 0.2)
    np.testing.assert_array_equal(plain["Reticulin"].gain, changed["Reticulin"].gain)


def test_before_any_fit_numbers_stand_at_their_laws(cards):
    before, after = known_numbers(cards, fitted=False), known_numbers(cards)
    assert before["CollagenTurnover"].record == CollagenTurnover()
    assert after["CollagenTurnover"].record != CollagenTurnover()
    assert after["CollagenTurnover"].facts["r0"].joint.endswith(".csv")
