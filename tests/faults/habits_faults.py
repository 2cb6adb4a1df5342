"""Faults planted in what habits, medicines and aftercare do."""

# ruff: noqa: E501

import functools

from faults.fault import Fault, spoilt
from unit.laws import test_modifiers
from unit.skin import test_habit

from microneedling.laws.channels import ChannelClosure
from microneedling.laws.collagen import CollagenTurnover
from microneedling.laws.elastin import ElasticTurnover
from microneedling.laws.inflammation import InflammatoryCircuit
from microneedling.laws.medicine import MedicineSpans
from microneedling.skin import habit

MODIFIERS, HABIT = "unit/laws/test_modifiers.py", "unit/skin/test_habit.py"
OWN = f"{MODIFIERS}::test_a_factor_is_felt_by_its_own_rate_only"


def own(name):
    return functools.partial(test_modifiers.test_a_factor_is_felt_by_its_own_rate_only, name)


FAULTS = [
    Fault("synthesis feels the factor of protease", OWN, spoilt(CollagenTurnover, "synthesis", "modifiers.synthesis", "modifiers.protease"), own("synthesis")),
    Fault("protease feels the factor of the signal", OWN, spoilt(ElasticTurnover, "kinetics", "modifiers.protease", "modifiers.signal"), own("protease")),
    Fault("the signal feels the factor of closing", OWN, spoilt(InflammatoryCircuit, "rate", "modifiers.signal", "modifiers.closing"), own("closing")),
    Fault("resealing feels no habit", f"{MODIFIERS}::test_half_the_closing_halves_the_resealing", spoilt(ChannelClosure, "resealing", "skin.modifiers.closing * ", ""), test_modifiers.test_half_the_closing_halves_the_resealing),
    Fault("a habit changes collagen at rest", f"{MODIFIERS}::test_synthesis_changes_the_answer_to_injury_and_not_rest", spoilt(CollagenTurnover, "synthesis", "* phi, self.r_q * phi", "* phi, answer * self.r_q * phi"), test_modifiers.test_synthesis_changes_the_answer_to_injury_and_not_rest),
    Fault("a medicine that was ended goes on", f"{MODIFIERS}::test_a_medicine_begun_and_ended_leaves_nothing_and_acts_in_between", spoilt(MedicineSpans, "jump", "+ event.calmed", "+ jnp.abs(event.calmed)"), test_modifiers.test_a_medicine_begun_and_ended_leaves_nothing_and_acts_in_between),
    Fault("of two habits on one rate the last counts", f"{HABIT}::test_factors_on_one_rate_multiply_and_the_others_stay", spoilt(habit, "modifiers_of", "found[rate] * jnp", "jnp"), test_habit.test_factors_on_one_rate_multiply_and_the_others_stay),
]  # fmt: skip
