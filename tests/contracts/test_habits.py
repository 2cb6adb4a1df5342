"""What every card of a habit, condition, medicine or kind of aftercare promises."""

import dataclasses

import jax.numpy as jnp
import pytest
from contracts import promises
from tissue import cheek, model_of

from microneedling.core.catalogue import names, path_of
from microneedling.core.cite import known_keys
from microneedling.core.struct import replace
from microneedling.formulation.own import active_of
from microneedling.safety import vocabulary
from microneedling.skin.habit import CARE, EVENTS, FILM, NOTHING, RATES, SPANS, habit_of, modifiers_of, words_of
from microneedling.skin.modifiers import Modifiers
from microneedling.study.habits import by_word, library

NAMES = names("habits")
ISSUE = (  # what the laboratory promised to have an answer to
    ("habits", "smoking|former smoking|poor sleep|stress|regular exercise|high water intake|low water intake"),
    ("habits", "diet rich in vitamin C|diet rich in vitamin A|diet rich in omega-3|high sun exposure|daily sunscreen"),
    ("habits", "harsh cleansing|daily moisturiser|diet rich in sugar|diet rich in fat"),
    ("conditions", "menopause|type 1 diabetes|type 2 diabetes|diabetes"),
    ("medicines", "hormone replacement|NSAID|fish oil|beta-carotene|platelet-rich plasma"),
    ("care", "occlusive ointment|dexpanthenol ointment|sunscreen|cooling|no make-up|NSAID"),
)
EVERY = pytest.mark.parametrize("name", NAMES)


@EVERY
def test_a_card_does_one_thing_or_says_why_not(name):
    card = habit_of(path_of("habits", name))
    acts = card.texts["acts_on"]
    assert acts in (*RATES, *EVENTS, FILM, NOTHING) and card.texts["reason"]
    assert acts == NOTHING or card.known.record.factor != 1.0 or acts in (*EVENTS, FILM)


@EVERY
def test_its_evidence_is_in_the_bibliography(name):
    said = habit_of(path_of("habits", name)).texts.get("evidence", [])
    assert set([said] if isinstance(said, str) else said) <= set(known_keys())


@EVERY
def test_its_words_are_in_the_vocabulary_and_answered_once(name):
    for category, word in words_of(library()[name]):
        assert vocabulary.is_word(category, word) and by_word()[category, word] == name


@EVERY
def test_what_is_only_assumed_reaches_no_effect_or_says_why_not(name):
    """A number without a measurement keeps 1 within its spread, unless its direction is beyond doubt."""
    card = library()[name]
    fact = card.known.facts["factor"]
    if card.texts["acts_on"] in RATES and fact.grade == "assumed" and fact.source:
        low, high = sorted((fact.spread.low, fact.spread.high))
        assert low <= 1.0 <= high, name


@EVERY
def test_rest_is_steady_for_a_year(name):
    card, skin = library()[name], cheek()
    if card.texts["acts_on"] not in RATES:
        return
    factor = card.known.record.factor
    held = replace(skin, modifiers=modifiers_of([(card.texts["acts_on"], factor)]))
    model = model_of(held, "caffeine")
    start = model.start(held)
    for law in model.laws:
        promises.rest_is_steady(law, start, held)


def test_rest_is_steady_with_every_factor_far_from_one():
    skin = cheek()
    for size in (0.3, 3.0):
        far = replace(skin, modifiers=Modifiers(**{rate: jnp.asarray(size) for rate in RATES}))
        model = model_of(far, "caffeine")
        for law in model.laws:
            promises.rest_is_steady(law, model.start(far), far)


@EVERY
def test_its_film_can_be_laid_on(name):
    card = library()[name]
    if card.texts["acts_on"] == FILM:
        assert card.texts["vehicle"] in names("vehicles") and 0 < card.known.record.film < 1e-3
        active = card.texts.get("active")
        assert active is None or active_of(path_of("actives", active)).name == active


def test_care_can_begin_and_end():
    for name, card in library().items():
        if CARE in card.texts:
            assert card.texts["acts_on"] in (*SPANS, FILM, NOTHING), name


@pytest.mark.parametrize(("category", "words"), ISSUE)
def test_what_was_promised_has_a_card(category, words):
    for word in words.split("|"):
        assert (category, word) in by_word(), word


def test_cards_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        library()["smoking"].known.record.factor = 1.0
