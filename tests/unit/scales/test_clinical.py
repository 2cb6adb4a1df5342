"""From tissue to what a clinic scores: what is read, what is added, what stays within the scale."""

import dataclasses

import numpy as np
import pytest

from microneedling.core.param import provenance
from microneedling.scales import clinical_series
from microneedling.scales.clinical import RECORDS, SCALES, ClinicalMap, Ecca, GoodmanBaron, Lemperle, Masi
from microneedling.scales.grading import least_shown
from microneedling.scales.standard import cards

DAY = 86400.0
TIMES = np.array([-1.0, 0.0, 30.0, 90.0]) * DAY
LEFT = np.array([[1.0, 1.0, 0.9, 0.8]])  # one person's scars over their start
MAP = dataclasses.replace(ClinicalMap(), scar=10.0, pigment=3.0, open_shift=1.0, study=1.0, asked=0.5)
EVERY = pytest.mark.parametrize("cls", SCALES, ids=lambda cls: cls.CARD.name)


def change(card, series, *, is_open=False, numbers=MAP, filling=1.0):
    return clinical_series.standardised(
        card, clinical_series.moved(card, series, filling), numbers, TIMES, is_open=is_open
    )


def test_the_assumed_filling_of_a_scar_cancels():
    gained = np.array([[0.0, 0.0, 0.02, 0.05]])
    soft, hard = (np.exp(-k * gained) for k in (2.0, 12.0))
    card = GoodmanBaron.CARD
    np.testing.assert_allclose(clinical_series.moved(card, soft, np.array([2.0])), gained, atol=1e-15)
    np.testing.assert_allclose(clinical_series.moved(card, hard, np.array([12.0])), gained, atol=1e-15)


@EVERY
def test_tissue_that_stays_moves_no_score_in_a_controlled_study(cls):
    still = np.full((1, 4), 3.0)
    changes = {name: change(cls.CARD, still) for name in cls.CARD.tissue}
    value = clinical_series.points(cls(), changes, dict.fromkeys(cls.CARD.tissue, True))
    assert np.ptp(value) == 0.0


@EVERY
def test_an_open_series_adds_its_shift_after_the_first_treatment_only(cls):
    still = np.full((1, 4), 3.0)
    opened = change(cls.CARD, still, is_open=True)
    np.testing.assert_array_equal(opened[0], [0.0, 0.0, MAP.open_shift, MAP.open_shift])


@EVERY
def test_better_tissue_scores_better_and_worse_tissue_worse(cls):
    rising = np.array([[1.0, 1.0, 1.05, 1.1]])
    good, bad = (rising, 1 / rising) if cls.CARD.reads == "rise" else (1 / rising, rising)
    assert change(cls.CARD, good)[0, -1] > 0 > change(cls.CARD, bad)[0, -1]


@EVERY
def test_a_score_stays_within_its_scale(cls):
    for size in (50.0, -50.0):
        changes = dict.fromkeys(cls.CARD.tissue, np.full((1, 4), size))
        value = clinical_series.points(cls(), changes, dict.fromkeys(cls.CARD.tissue, True))
        assert np.all(value >= cls.CARD.low) and np.all(value <= cls.CARD.high)


def test_points_are_deviations_times_their_size():
    changes = {"acne_scar_volume": np.array([[0.0, 1.0]])}
    value = clinical_series.points(GoodmanBaron(), changes, {"acne_scar_volume": True})
    np.testing.assert_allclose(value, [[3.0, 2.5]])


def test_the_lesion_counts_in_proportion_to_its_contrast():
    moves = clinical_series.moved(Masi.CARD, np.array([[40.0, 40.0, 30.0, 20.0]]))
    np.testing.assert_allclose(moves, [[0.0, 0.0, 0.25, 0.5]])


def test_ecca_sums_only_the_types_a_person_has():
    names = Ecca.CARD.tissue
    changes = dict.fromkeys(names, np.zeros((1, 4)))
    only = clinical_series.points(Ecca(), changes, dict(zip(names, (True, False, False))))
    both = clinical_series.points(Ecca(), changes, dict(zip(names, (True, True, False))))
    assert only[0, 0] == 2 * 25 and both[0, 0] == 2 * (25 + 20)


def test_nothing_there_never_moves():
    assert np.all(clinical_series.moved(Lemperle.CARD, np.zeros((2, 4))) == 0)


def test_every_series_has_a_card_and_knows_its_scale():
    found = {card.name for card in clinical_series.cards()}
    assert found <= {card.name for card in cards()}
    for cls in SCALES:
        name = cls.CARD.name
        changes = {tissue: change(cls.CARD, LEFT) for tissue in cls.CARD.tissue}
        made = clinical_series.scores(cls(), changes, dict.fromkeys(cls.CARD.tissue, True), MAP.asked)
        for kind in made:
            for design in clinical_series.DESIGNS:
                assert f"{name}{kind}{design}" in found
                assert clinical_series.base(f"{name}{kind}{design}") == name
    assert clinical_series.base("tewl") == "tewl"


@EVERY
def test_the_least_change_that_shows_is_a_part_of_the_scale(cls):
    record = cls()
    assert 0 < least_shown(record.observer, record.noticeable) < (cls.CARD.high - cls.CARD.low) / 2


def test_no_number_of_the_map_rests_on_nothing():
    for cls in RECORDS:
        for name, facts in provenance(cls()).items():
            assert facts.source or facts.note, (cls.__name__, name)
