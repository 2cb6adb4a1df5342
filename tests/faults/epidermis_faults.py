"""Faults planted in the epidermis and its read-outs."""

# ruff: noqa: E501

from faults.fault import Fault, spoilt
from oracles import test_regrowth
from plain.agreement import rates_agree
from published import test_stripping
from regrowth import Regrowth
from tissue import busy, cheek, model_of
from unit.laws import test_epidermis
from unit.scales import test_epidermal, test_hydration
from unit.skin import test_renewal

from microneedling.laws.drug import Permeation
from microneedling.laws.epidermis import EpidermalRenewal
from microneedling.scales import epidermal
from microneedling.scales.epidermal import ScThickness
from microneedling.scales.hydration import Hydration
from microneedling.skin import renewal

PLAIN, REGROWTH, STRIPPING = "plain/test_agreement.py", "oracles/test_regrowth.py", "published/test_stripping.py"
LAW, SCALES, RENEWAL = "unit/laws/test_epidermis.py", "unit/scales/test_epidermal.py", "unit/skin/test_renewal.py"


def plainly():
    skin = cheek()
    model = model_of(skin, "caffeine")
    rates_agree(model, skin, busy(model, skin))


def unhurried():
    """Made anew, so that nothing read before the fault is kept."""
    return Regrowth(birth_by_loss=0.0)


def pulse():
    one = Regrowth()
    test_stripping.births_pulse(one, one.after(test_stripping.DAYS, layers_lost=1.0))


# fmt: off
FAULTS = [
    Fault("layers come back at the pace of what is left", f"{REGROWTH}::test_layers_fill_as_waiting_times",
          spoilt(EpidermalRenewal, "rate", "= (1.0, *now.corneocytes)", "= (now.suprabasal[-1] * 0.9, *now.corneocytes)"),
          lambda: test_regrowth.layers_fill_as_waiting_times(unhurried())),
    Fault("a stage too few in the corneum", f"{REGROWTH}::test_the_corneum_grows_linearly_at_the_transit_rate",
          spoilt(EpidermalRenewal, "rate", "turning * CORNEOCYTES / site.sc_transit", "turning * 3 / site.sc_transit"),
          lambda: test_regrowth.growth_is_linear(unhurried())),
    Fault("cohesion grows back where it was lost", f"{REGROWTH}::test_cohesion_comes_with_new_layers",
          spoilt(EpidermalRenewal, "rate", "cohesion=horny * f", "cohesion=2 * horny * f"),
          lambda: test_regrowth.cohesion_comes_with_new_layers(Regrowth(birth_by_loss=0.0, loosening=0.0))),
    Fault("births answer at once", f"{STRIPPING}::test_births_rise_at_once_peak_on_day_three_and_return",
          spoilt(EpidermalRenewal, "rate", "- now.birth) / self.birth_time", "- now.birth) / (0.1 * self.birth_time)"), pulse),
    Fault("growth factors of the whole skin", f"{PLAIN}::test_rates_agree_at_busy_states",
          spoilt(EpidermalRenewal, "growth", "here * skin.papillary", "here"), plainly),
    Fault("maturity from births instead of pace", f"{PLAIN}::test_rates_agree_at_busy_states",
          spoilt(EpidermalRenewal, "rate", "1 / speed**self.immaturity", "1 / now.birth**self.immaturity"), plainly),
    Fault("all stages shed", f"{LAW}::test_twice_the_shedding_leaves_half_of_the_outermost_layers",
          spoilt(EpidermalRenewal, "rate", "lost = (*now.corneocytes[:-1], self.shedding(state, skin) * now.corneocytes[-1])",
                 "lost = tuple(self.shedding(state, skin) * c for c in now.corneocytes)"), test_epidermis.shedding_settles),
    Fault("births only push", f"{LAW}::test_twice_the_births_go_into_pace_and_thickness_and_no_layer_is_added",
          spoilt(renewal, "pace", "** epidermis.acceleration", ""), test_epidermis.births_settle),
    Fault("the drug sees another barrier than water", f"{RENEWAL}::test_drug_and_water_see_one_barrier",
          spoilt(Permeation, "_mobility", "renewal.intact(state[Epidermis])", "renewal.layers(state[Epidermis])"),
          test_renewal.drug_and_water_see_one_barrier),
    Fault("slow renewal forgotten in the times", f"{SCALES}::test_faster_renewal_shortens_all_times",
          spoilt(epidermal, "renewal_time", "skin.modifiers.renewal * ", ""), test_epidermal.faster_renewal_shortens_all_times),
    Fault("layers swell with water", f"{SCALES}::test_layers_do_not_swell_but_thickness_does",
          spoilt(ScThickness, "read", " * wet", ""), test_epidermal.layers_do_not_swell_but_thickness_does),
    Fault("dry air above bare skin", "unit/scales/test_hydration.py::test_bare_skin_is_wet_to_its_top",
          spoilt(Hydration, "read", "resisting / (resisting + self.open_share)", "(resisting + self.open_share)"),
          test_hydration.bare_skin_is_wet_to_its_top),
]
# fmt: on
