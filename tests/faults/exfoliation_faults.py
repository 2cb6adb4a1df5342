"""Faults planted in exfoliation: what tape, grit and acids take, what hair does, what is left out, what is told."""

# ruff: noqa: E501

from faults.fault import Fault, spoilt
from unit.laws import test_loosening, test_vellus
from unit.report import test_exfoliation_page
from unit.simulate import test_stirred
from unit.study import test_exfoliated
from unit.treatments import test_exfoliants

from microneedling.laws.effects import ActiveEffects
from microneedling.laws.epidermis import EpidermalRenewal
from microneedling.laws.vellus import VellusRegrowth
from microneedling.report import exfoliation_figures
from microneedling.simulate import stirred
from microneedling.study import exfoliated
from microneedling.treatments import exfoliant
from microneedling.treatments.grit import Abrasion

EXFOLIANTS, LOOSENING = "unit/treatments/test_exfoliants.py", "unit/laws/test_loosening.py"


def drawn():
    test_exfoliation_page.gone_layers_are_dashed(test_exfoliated.made("tape", "needle pen", "untreated"))


# fmt: off
FAULTS = [
    Fault("strips that take as much from the deep", f"{EXFOLIANTS}::test_strips_take_less_the_deeper",
          spoilt(exfoliant, "layers_taken", "1 - jnp.exp(-jnp.asarray(uses) * layers / skin.site.sc_layers)", "jnp.asarray(uses) * layers / skin.site.sc_layers"), test_exfoliants.strips_take_less_the_deeper),
    Fault("ten strips again take what ten took of whole skin", f"{EXFOLIANTS}::test_ten_strips_in_two_goes_leave_what_ten_at_once_leave",
          spoilt(EpidermalRenewal, "jump", "share * renewal.layers(now)", "share"), test_exfoliants.again_takes_of_what_is_left),
    Fault("wear that forgets the passes", f"{EXFOLIANTS}::test_wear_is_speed_times_time",
          spoilt(Abrasion, "depth", "* self.passes ", ""), test_exfoliants.wear_is_speed_times_time),
    Fault("every acid acts in its charged form", f"{LOOSENING}::test_the_charged_form_counts_only_where_the_card_says_so",
          spoilt(ActiveEffects, "loosening", "one.cohesion_charged * s.polar", "s.polar"), test_loosening.charged_counts_only_where_stated),
    Fault("acid below the corneum loosens it", f"{LOOSENING}::test_half_the_rate_at_the_half_concentration_in_the_corneum",
          spoilt(ActiveEffects, "loosening", "inside * skin.corneum", "inside"), test_loosening.half_at_the_half_concentration),
    Fault("resting hairs grow as well", "unit/laws/test_vellus.py::test_a_cut_hair_first_grows_as_the_growing_ones_do",
          spoilt(VellusRegrowth, "rate", "* self.growing ", ""), test_vellus.first_growth_is_the_hairs_own),
    Fault("tape leaves the epidermis out of the march", "unit/simulate/test_stirred.py::test_tape_moves_the_epidermis_and_no_wound",
          spoilt(stirred, "_changed", "a != b", "a != a"), test_stirred.tape_moves_the_epidermis_and_no_wound),
    Fault("recovered when half is left", "unit/study/test_exfoliated.py::test_recovery_is_when_a_tenth_is_left_for_good",
          spoilt(exfoliated, "_recovery", "change > LEFT * peak", "change > 0.5 * peak"), test_exfoliated.a_tenth_is_left_at_recovery),
    Fault("layers that are gone drawn whole", "unit/report/test_exfoliation_page.py::test_layers_that_are_gone_are_dashed",
          spoilt(exfoliation_figures, "_bricks", '"gone" if', '"corneum" if'), drawn),
]
