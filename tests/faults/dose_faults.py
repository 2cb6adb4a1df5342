"""Faults planted in doses below the surface, their channels, and what is left of a course."""

# ruff: noqa: E501

from contracts import test_laws
from faults.fault import Fault, spoilt
from faults.law_faults import conserved, plainly, plainly_jumped
from oracles import test_slab_lag
from plain.agreement import rates_agree
from unit.simulate import test_moving
from unit.study import test_delivery
from unit.treatments import test_deposit

from microneedling.laws.channels import ChannelClosure
from microneedling.laws.drug import Permeation
from microneedling.laws.epidermis import EpidermalRenewal
from microneedling.study import delivery
from microneedling.treatments.deposit import Deposit, Removal

LAWS, PLAIN, DEPOSIT = "contracts/test_laws.py", "plain/test_agreement.py", "unit/treatments/test_deposit.py"
SLAB = "oracles/test_slab_lag.py"


def both_forms():
    for form in ("coated", "injected"):
        test_deposit.test_the_dose_is_all_there(form)


def excised_plainly():
    """Both models on skin with a receptor."""
    skin, model, state, _ = test_laws.world(test_laws.EXCISED)
    rates_agree(model, skin, state)


# fmt: off
FAULTS = [
    Fault("what dissolves vanishes", f"{LAWS}::test_solutes_are_conserved",
          spoilt(Permeation, "_solute_rate", "- crossing + dissolved", "- crossing"), conserved),
    Fault("what is metabolised is counted nowhere", f"{LAWS}::test_solutes_are_conserved",
          spoilt(Permeation, "_solute_rate", "- taken - drained - broken", "- taken - drained - broken - 1e-5 * s.tissue"), conserved),
    Fault("a film above its solubility", f"{PLAIN}::test_rates_agree_at_busy_states",
          spoilt(Permeation, "_film", "jnp.minimum(", "jnp.maximum("), plainly),
    Fault("a bolus is not booked as applied", f"{LAWS}::test_solutes_are_conserved",
          spoilt(Permeation, "_dosed", "fresh + integral(injected, skin.step) + outside", "fresh + outside"), conserved),
    Fault("needles taken out leave no trace in the books", f"{LAWS}::test_solutes_are_conserved",
          spoilt(Permeation, "_dosed", "event.wiped + taken + outside", "event.wiped + outside"), conserved),
    Fault("sampling takes what was sampled before once more", f"{PLAIN}::test_jumps_agree_at_busy_states",
          spoilt(Permeation, "_dosed", "(s.receptor - s.sampled) * event.sampled", "s.receptor * event.sampled"), plainly_jumped),
    Fault("the receptor remembers its samples", f"{PLAIN}::test_rates_agree_at_busy_states",
          spoilt(Permeation, "_solute_rate", "(s.receptor - s.sampled) / skin", "s.receptor / skin"),
          excised_plainly),
    Fault("held channels close", f"{DEPOSIT}::test_held_channels_neither_recoil_nor_reseal_until_the_array_is_off",
          spoilt(ChannelClosure, "rate", "1 - now.held", "1 + 0 * now.held"),
          test_deposit.test_held_channels_neither_recoil_nor_reseal_until_the_array_is_off),
    Fault("the part of the needle above the skin delivers too", f"{DEPOSIT}::test_what_sticks_out_of_the_skin_stays_on_the_needles",
          spoilt(Deposit, "_profile", "jnp.minimum(tip, self.loaded)", "jnp.asarray(self.loaded)"),
          test_deposit.test_what_sticks_out_of_the_skin_stays_on_the_needles),
    Fault("a coat as thick as the needle", f"{DEPOSIT}::test_what_sticks_out_of_the_skin_stays_on_the_needles",
          spoilt(Deposit, "_carried", "SOLID[self.form] + 1", "4"),
          test_deposit.test_what_sticks_out_of_the_skin_stays_on_the_needles),
    Fault("a dose per cell, not per volume", f"{DEPOSIT}::test_the_dose_is_all_there",
          spoilt(Deposit, "_profile", "shifted / skin.step /", "shifted /"), both_forms),
    Fault("the array is off and its needles still hold", f"{DEPOSIT}::test_the_undissolved_leaves_with_the_array",
          spoilt(Removal, "onto", "held=-jnp.asarray(self.worn)", "held=0.0 * jnp.asarray(self.worn)"),
          test_deposit.test_the_undissolved_leaves_with_the_array),
    Fault("half a cell forgotten below the film", f"{SLAB}::test_flux_and_lag_of_layered_slabs_are_exact_to_a_ten_thousandth",
          spoilt(Permeation, "_solute_rate", "by_tissue = 2 * top", "by_tissue = 1 * top"),
          test_slab_lag.flux_and_lag_are_exact),
    Fault("clearance sees the concentration in water", f"{SLAB}::test_a_bolus_in_a_clearing_slab_converges_at_second_order",
          spoilt(Permeation, "_solute_rate", "p.lymph * s.tissue,", "0.5 * p.lymph * s.tissue,"),
          test_slab_lag.bolus_converges_at_second_order),
    Fault("excised skin renews its horny layer", "unit/simulate/test_moving.py::test_what_is_not_marched_has_no_rate",
          spoilt(EpidermalRenewal, "rate", "skin.alive", "1.0"), test_moving.nothing_left_out_has_a_rate),
    Fault("rates over the wrong interval", "unit/study/test_delivery.py::test_rates_sum_to_the_amount_that_passed",
          spoilt(delivery, "mean_rates", "np.diff(times)[:, None]", "np.diff(times).mean()"),
          test_delivery.test_rates_sum_to_the_amount_that_passed),
]
# fmt: on
