"""From tissue to what a clinic scores: what is read, what is added, what stays within the scale."""

import dataclasses

import numpy as np
import pytest

from microneedling.core.card import CardError, read_card
from microneedling.core.catalogue import path_of
from microneedling.scales import clinical_series
from microneedling.scales.clinical import (
    GAIN,
    IMPROVEMENT,
    SCALES,
    SLOPES,
    ClinicalMap,
    ClinicScale,
    clinical_of,
)
from microneedling.scales.clinical_series import TOLD
from microneedling.scales.grading import Rated, least_shown
from microneedling.scales.standard import SCALES as TISSUE
from microneedling.scales.standard import cards

DAY = 86400.0
TIMES = np.array([-1.0, 0.0, 30.0, 90.0]) * DAY
LEFT = np.array([[1.0, 1.0, 0.9, 0.8]])  # one person's scars over their start
MAP = dataclasses.replace(ClinicalMap(), scar=10.0, pigment=3.0, open_shift=1.0, study=1.0, asked=0.5, excellent=2.0)
NAMED = {card.name: card for card in SCALES}
EVERY = pytest.mark.parametrize("card", SCALES, ids=list(NAMED))
RATED = pytest.mark.parametrize("card", [c for c in SCALES if c.kind != GAIN], ids=lambda card: card.name)


def change(card, series, *, is_open=False, numbers=MAP, filling=1.0):
    return clinical_series.standardised(
        card, clinical_series.moved(card, series, filling), numbers, TIMES, is_open=is_open
    )


def scored(card, series, *, numbers=MAP, is_open=False):
    changes = {name: change(card, series, numbers=numbers, is_open=is_open) for name in card.tissue}
    present = dict.fromkeys(card.tissue, True)
    return clinical_series.scores(card, card.numbers, changes, present=present, numbers=numbers)


def test_the_assumed_filling_of_a_scar_cancels():
    gained = np.array([[0.0, 0.0, 0.02, 0.05]])
    soft, hard = (np.exp(-k * gained) for k in (2.0, 12.0))
    card = NAMED["goodman_baron"]
    np.testing.assert_allclose(clinical_series.moved(card, soft, np.array([2.0])), gained, atol=1e-15)
    np.testing.assert_allclose(clinical_series.moved(card, hard, np.array([12.0])), gained, atol=1e-15)


@EVERY
def test_tissue_that_stays_moves_no_score_in_a_controlled_study(card):
    assert np.ptp(scored(card, np.full((1, 4), 3.0))[""]) == 0.0


@RATED
def test_an_open_series_adds_its_shift_after_the_first_treatment_only(card):
    still = np.full((1, 4), 3.0)
    opened = change(card, still, is_open=True)
    np.testing.assert_array_equal(opened[0], [0.0, 0.0, MAP.open_shift, MAP.open_shift])


def test_what_is_counted_is_counted_alike_in_every_study():
    card = NAMED["hair_gain"]
    rising = np.array([[0.0, 0.0, 0.5, 1.0]])
    np.testing.assert_array_equal(change(card, rising), change(card, rising, is_open=True))
    assert clinical_series.designs(card) == ("",)


@EVERY
def test_better_tissue_scores_better_and_worse_tissue_worse(card):
    rising = np.array([[1.0, 1.0, 1.05, 1.1]])
    good, bad = (rising, 1 / rising) if card.reads in ("rise", "effect") else (1 / rising, rising)
    assert change(card, good)[0, -1] > 0 > change(card, bad)[0, -1]
    up = 1 if card.kind in (IMPROVEMENT, GAIN) else -1
    better, worse = (up * (scored(card, series)[""][0, -1] - scored(card, series)[""][0, 0]) for series in (good, bad))
    assert better > 0 > worse


@EVERY
def test_a_score_stays_within_its_scale(card):
    for size in (50.0, -50.0):
        changes, present = dict.fromkeys(card.tissue, np.full((1, 4), size)), dict.fromkeys(card.tissue, True)
        made = clinical_series.scores(card, card.numbers, changes, present=present, numbers=MAP)
        assert np.all(made[""] >= card.numbers.low) and np.all(made[""] <= card.numbers.high)
        assert all(np.all((made[end] >= 0) & (made[end] <= 1)) for end in made if end)


def test_points_are_deviations_times_their_size():
    changes, card = {"acne_scar_volume": np.array([[0.0, 1.0]])}, NAMED["goodman_baron"]
    value = clinical_series.points(card, card.numbers, changes, {"acne_scar_volume": True})
    np.testing.assert_allclose(value, [[3.0, 2.5]])


def test_hairs_gained_are_deviations_times_their_size():
    value = scored(NAMED["hair_gain"], np.array([[0.0, 0.0, 0.5, 1.0]]), numbers=dataclasses.replace(MAP, hair=2.0))
    np.testing.assert_allclose(value[""], 25.4 * np.array([[0.0, 0.0, 1.0, 2.0]]))


def test_what_is_rated_half_better_is_what_people_ask_for():
    card, changes = NAMED["scar_improvement"], {"acne_scar_volume": np.array([[MAP.asked, MAP.excellent]])}
    made = clinical_series.scores(card, card.numbers, changes, present={"acne_scar_volume": True}, numbers=MAP)
    assert made["_half"][0, 0] == pytest.approx(0.5) and made["_most"][0, 1] == pytest.approx(0.5)
    assert made["_half"][0, 0] > made["_most"][0, 0]
    assert Rated(half=MAP.asked, most=MAP.excellent).change(0.75) == pytest.approx(MAP.excellent)


def test_of_people_left_alone_one_in_twenty_is_rated_better_than_chance():
    made = scored(NAMED["scar_improvement"], np.full((1, 4), 3.0))
    np.testing.assert_allclose(made["_shown"], 0.05)
    grown = scored(NAMED["scar_improvement"], np.array([[1.0, 1.0, 0.9, 0.7]]))
    assert grown["_shown"][0, -1] > 0.5


def test_the_lesion_counts_in_proportion_to_its_contrast():
    moves = clinical_series.moved(NAMED["masi"], np.array([[40.0, 40.0, 30.0, 20.0]]))
    np.testing.assert_allclose(moves, [[0.0, 0.0, 0.25, 0.5]])


def test_ecca_sums_only_the_types_a_person_has():
    card = NAMED["ecca"]
    changes = dict.fromkeys(card.tissue, np.zeros((1, 4)))
    only = clinical_series.points(card, card.numbers, changes, dict(zip(card.tissue, (True, False, False))))
    both = clinical_series.points(card, card.numbers, changes, dict(zip(card.tissue, (True, True, False))))
    assert only[0, 0] == 2 * 25 and both[0, 0] == 2 * (25 + 20)


def test_of_several_types_people_scatter_by_the_root_of_squares():
    card = NAMED["ecca"]
    changes = dict.fromkeys(card.tissue, np.zeros((1, 4)))
    present = dict(zip(card.tissue, (True, True, False)))
    made = clinical_series.scores(card, card.numbers, changes, present=present, numbers=MAP)
    least = float(least_shown(card.numbers.observer, card.numbers.noticeable))
    scatter = card.numbers.people * np.hypot(25, 20)
    chance = np.mean(np.abs(np.random.default_rng(1).standard_normal(200_000) * scatter) > least)
    assert made["_shown"][0, 0] == pytest.approx(chance, abs=0.005)  # of 200 000 draws


def test_nothing_there_never_moves():
    assert np.all(clinical_series.moved(NAMED["lemperle"], np.zeros((2, 4))) == 0)


def test_every_series_has_a_card_and_knows_its_scale():
    found = {card.name: card for card in clinical_series.cards()}
    assert set(found) <= {card.name for card in cards()}
    for card in SCALES:
        made = scored(card, LEFT)
        assert set(made) == set(TOLD[card.kind])
        for kind in made:
            for design in clinical_series.designs(card):
                assert f"{card.name}{kind}{design}" in found
                assert clinical_series.base(f"{card.name}{kind}{design}") == card.name
    assert clinical_series.base("tewl") == "tewl"


@EVERY
def test_the_least_change_that_shows_is_a_part_of_the_scale(card):
    record = card.numbers
    assert 0 < least_shown(record.observer, record.noticeable) < (record.high - record.low) / 2


@EVERY
def test_a_scale_follows_tissue_there_is_by_a_slope_of_its_own(card):
    assert set(card.tissue) <= {cls.CARD.name for cls in TISSUE}
    assert card.slope in SLOPES and card.numbers.low <= card.numbers.start <= card.numbers.high


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('slope = "scar"', 'slope = "scars"', "ecca.toml: slope: found 'scars'; nearest: scar"),
        ('kind = "score"', 'kind = "points"', "ecca.toml: kind: found 'points'; allowed: "),
        ('about = ["rolling_scar_volume"', 'about = ["rolling"', "ecca.toml: about: found 'rolling'; nearest: rolling"),
        ('value = "540"', 'value = "-1"', "ecca.toml: low: found 0, allowed less than high"),
        ("\nboxcar = ", "\n# boxcar = ", "ecca.toml: boxcar: missing; a score of several tissues has a weight above 0"),
        ("\nobserver = ", "\nobservers = ", "ecca.toml: observers: unknown key; nearest: observer"),
        ("\nobserver = ", "\n# observer = ", "ecca.toml: missing: observer"),
    ],
)
def test_a_bad_card_is_refused(old, new, words, tmp_path):
    text = path_of("clinic", "ecca").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "ecca.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CardError) as told:
        clinical_of(read_card(path, ClinicScale))
    assert words in str(told.value)
