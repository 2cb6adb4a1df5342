"""Faults planted in pigment: its law and its readings."""

# ruff: noqa: E501

from faults.fault import Fault, spoilt
from faults.law_faults import plainly, plainly_jumped, steady
from oracles import test_pigment_chain
from unit.scales import test_pigment

from microneedling.laws.pigment import MelaninTurnover
from microneedling.scales import pigment
from microneedling.scales.pigment import DarkeningRisk

LAWS, PLAIN = "contracts/test_laws.py", "plain/test_agreement.py"
CHAIN, READ = "oracles/test_pigment_chain.py", "unit/scales/test_pigment.py"


# fmt: off
FAULTS = [
    Fault("a habit tans without end", f"{LAWS}::test_rest_is_steady_for_a_year",
          spoilt(MelaninTurnover, "asked", "- habit)", "- 0.9 * habit)"), lambda: steady(MelaninTurnover)),
    Fault("melanin is lost on its way", f"{CHAIN}::test_a_pulse_leaves_after_the_transit_time",
          spoilt(MelaninTurnover, "carried", "(now.suprabasal - now.corneum)", "(now.suprabasal - 1.3 * now.corneum + 0.3)"),
          test_pigment_chain.pulse_leaves_after_the_transit_time),
    Fault("a sunscreen is forgotten at an exposure", f"{CHAIN}::test_a_sunscreen_scales_the_dose",
          spoilt(MelaninTurnover, "jump", "event.lit * (1 - now.shield)", "event.lit"),
          test_pigment_chain.sunscreen_scales_the_dose),
    Fault("a sunscreen leaves the habit as it was", f"{CHAIN}::test_a_sunscreen_scales_the_dose",
          spoilt(MelaninTurnover, "rate", "mine.ultraviolet * (1 - now.shield)", "mine.ultraviolet"),
          test_pigment_chain.sunscreen_scales_the_dose),
    Fault("needling calms lesions twice", f"{PLAIN}::test_rates_agree_at_busy_states",
          spoilt(MelaninTurnover, "rate", "self.calming *", "2 * self.calming *"), plainly),
    Fault("melanocytes keep step with hurried cells", f"{PLAIN}::test_rates_agree_at_busy_states",
          spoilt(MelaninTurnover, "carried", "(made * handed", "(leaving * handed"), plainly),
    Fault("a pierced basal layer keeps its melanin", f"{PLAIN}::test_jumps_agree_at_busy_states",
          spoilt(MelaninTurnover, "jump", "_hurt(now.own, hit)", "now.own"), plainly_jumped),
    Fault("corneocytes leave their melanin behind", f"{READ}::test_melanin_goes_with_the_corneocytes_that_carry_it",
          spoilt(pigment, "carried", "at_top * renewal.layers(state[Epidermis])", "at_top"),
          test_pigment.melanin_goes_with_its_cells),
    Fault("deep melanin shows in full", f"{READ}::test_deep_melanin_shows_by_its_share_and_is_no_contrast",
          spoilt(pigment, "_risen", "skin.complexion.dermal_seen * now.dermal", "now.dermal"),
          test_pigment.deep_melanin_shows_by_its_share),
    Fault("everybody sees the threshold", f"{READ}::test_half_of_the_clinicians_see_the_threshold",
          spoilt(DarkeningRisk, "read", "x / (1 + x)", "jnp.minimum(x, 1.0)"), test_pigment.half_see_the_threshold),
]
# fmt: on
