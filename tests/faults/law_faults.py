"""Faults planted in laws, treatments and scales."""

# ruff: noqa: E501

import functools

from contracts import promises, test_laws, test_scales, test_treatments
from contracts.promises import law_of
from faults.fault import Fault, put, spoilt
from oracles import test_channel_cell, test_decay_chain, test_finite_dose
from plain.agreement import jumps_agree, rates_agree
from published import test_closing_times, test_tape_strips
from tissue import pen
from unit.laws import test_closing, test_columns, test_solute
from unit.scales import test_closure as test_thresholds

from microneedling.core.state import State
from microneedling.laws import brick, columns, solute
from microneedling.laws.channels import ChannelClosure
from microneedling.laws.collagen import CollagenTurnover
from microneedling.laws.drug import Permeation
from microneedling.laws.elastin import ElasticTurnover
from microneedling.laws.epidermis import EpidermalRenewal
from microneedling.laws.inflammation import InflammatoryCircuit
from microneedling.laws.model import Model
from microneedling.laws.punctures import PunctureMemory
from microneedling.laws.repair import FibroblastActivation
from microneedling.laws.vessels import VesselResponse
from microneedling.laws.wound import WoundReturn
from microneedling.scales import closure
from microneedling.scales.channels import PermeableArea, VisiblePores
from microneedling.scales.matrix import CollagenNew
from microneedling.scales.tewl import Tewl
from microneedling.skin.oxygen import OxygenBalance
from microneedling.treatments.needling import Needling

LAWS, SCALE_TESTS, COLUMNS = "contracts/test_laws.py", "contracts/test_scales.py", "unit/laws/test_columns.py"
CLOSING, THRESHOLDS = "unit/laws/test_closing.py", "unit/scales/test_closure.py"
SOLUTE, PLAIN, TREATMENTS = "unit/laws/test_solute.py", "plain/test_agreement.py", "contracts/test_treatments.py"


def law(cls, mount=test_laws.LIVING):
    """(law, skin, busy state, event) of the contract's own world."""
    skin, model, state, event = test_laws.world(mount)
    return law_of(model, cls), skin, state, event


def steady(cls):
    skin, model, _, _ = test_laws.world()
    promises.rest_is_steady(law_of(model, cls), model.start(skin), skin)


def unchanged(cls):
    one, skin, state, _ = law(cls)
    promises.zero_event_is_identity(one, state, skin, actives=2)


def not_negative(cls):
    skin, model, _, _ = test_laws.world()
    promises.zero_is_never_left_downwards(law_of(model, cls), model.start(skin), skin)


def in_range(cls):
    one, skin, state, event = law(cls)
    promises.jumps_stay_in_range(one, state, event, skin)


def conserved(mount=test_laws.LIVING):
    one, skin, state, event = law(Permeation, mount)
    promises.solute_is_conserved(one, state, event, skin)


def exchanged(cls):
    one, skin, state, _ = law(cls)
    promises.columns_exchange_without_loss(one, promises.even_columns(state, one), skin)


def joined(cls):
    one, skin, state, event = law(cls)
    promises.columns_join_without_loss(one, state, event, skin)


def homogeneous(cls):
    one, skin, state, event = law(cls)
    promises.units_are_homogeneous(one, state, event, skin)


def differentiable(cls):
    one, skin, state, _ = law(cls)
    promises.gradients_are_differences(one, state, skin)


def ordered():
    skin, model, state, event = test_laws.world()
    promises.order_does_not_matter(model, state, event, skin)


def plainly():
    skin, model, state, _ = test_laws.world()
    rates_agree(model, skin, state)


def plainly_jumped():
    skin, model, state, event = test_laws.world()
    jumps_agree(model, skin, state, event)


def one_after_the_other(self, state, event, skin):
    """Each law sees what the laws before it have already done."""
    parts = dict(state.parts)
    for one in self.laws:
        parts[one.owns.__name__] = one.jump(State(parts=parts), event, skin)
    return State(parts=parts)


def strong():
    test_treatments.shares_are_shares(pen(dwell=3600.0, area=1e-4).onto(test_treatments.skin()))


permeating = functools.partial(spoilt, Permeation, "_solute_rate")

# fmt: off
FAULTS = [
    Fault("a loss per hour, not per second", f"{LAWS}::test_units_are_homogeneous",
          permeating("- drained - broken", "- drained - broken - s.tissue / 3600.0"), lambda: homogeneous(Permeation)),
    Fault("a flow of time in days", f"{LAWS}::test_units_are_homogeneous",
          spoilt(VesselResponse, "rate", "/ self.tau_b", "/ (self.tau_b + 86400.0)"), lambda: homogeneous(VesselResponse)),
    Fault("pain that fades sixty times too slowly", f"{PLAIN}::test_rates_agree_at_busy_states",
          spoilt(PunctureMemory, "rate", "-self.fading * now.pain", "-self.fading * now.pain / 60"), plainly),
    Fault("exchange without (1 - w)", f"{LAWS}::test_columns_exchange_without_loss",
          spoilt(columns, "traffic", "-(1 - w) * exchange", "-exchange"), lambda: exchanged(FibroblastActivation)),
    Fault("exchange without (1 - w), by itself", f"{COLUMNS}::test_exchange_and_return_lose_nothing",
          spoilt(columns, "traffic", "-(1 - w) * exchange", "-exchange"),
          lambda: test_columns.traffic_loses_nothing(0.3, 2.0, 0.5, 3.0, 0.1)),
    Fault("healed columns return without 1/(1 - w)", f"{LAWS}::test_columns_exchange_without_loss",
          spoilt(columns, "traffic", "* excess / (1 - w)", "* excess"), lambda: exchanged(CollagenTurnover)),
    Fault("punctures add up instead of overlapping", f"{COLUMNS}::test_splitting_an_event_changes_nothing",
          spoilt(columns, "joined", "fraction + halo - fraction * halo", "fraction + halo"),
          lambda: test_columns.splitting_does_not_matter(0.2, 0.3, 0.4, 2.0, 0.5)),
    Fault("already wounded tissue is wounded as rest again", f"{LAWS}::test_punctures_join_the_wounded_columns_without_loss",
          spoilt(columns, "joined", "halo * (1 - fraction) * rest", "halo * rest"), lambda: joined(ElasticTurnover)),
    Fault("more wounded than there is", f"{LAWS}::test_jumps_stay_in_range",
          spoilt(WoundReturn, "jump", "event.halo * skin.alive * (1 - w)", "event.halo * skin.alive * 3"),
          lambda: in_range(WoundReturn)),
    Fault("exchange with channels forgotten in tissue", f"{LAWS}::test_solutes_are_conserved",
          permeating("gained = crossing + joining", "gained = joining"), conserved),
    Fault("exchange with channels forgotten on both sides", f"{PLAIN}::test_rates_agree_at_busy_states",
          permeating("(y - u / p.in_tissue)", "(y - u / p.in_tissue) * 0.0"), plainly),
    Fault("blood gives instead of taking", f"{LAWS}::test_solutes_are_conserved",
          permeating("joining - taken", "joining + taken"), conserved),
    Fault("what leaves to the receptor stays in the skin", f"{LAWS}::test_solutes_are_conserved",
          permeating("- into_bottom(out, h)", ""), lambda: conserved(test_laws.EXCISED)),
    Fault("partition dropped", "oracles/test_finite_dose.py::test_a_finite_dose_converges_at_second_order",
          permeating("s.tissue / p.capacity", "s.tissue"), test_finite_dose.finite_dose_converges_at_second_order),
    Fault("half a cell forgotten at the surface", "oracles/test_finite_dose.py::test_a_finite_dose_converges_at_second_order",
          permeating("by_tissue = 2 * top", "by_tissue = 1 * top"),
          test_finite_dose.finite_dose_converges_at_second_order),
    Fault("wiping not booked", f"{LAWS}::test_solutes_are_conserved",
          spoilt(Permeation, "_dosed", "s.wiped + s.on_skin * event.wiped + taken", "s.wiped + taken"), conserved),
    Fault("the cell formula without its three quarters", "oracles/test_channel_cell.py::test_exchange_is_that_of_a_sparse_cell",
          spoilt(Permeation, "exchange", " - 0.75", ""), test_channel_cell.exchange_is_that_of_a_sparse_cell),
    Fault("every event sets the radius", f"{LAWS}::test_the_zero_event_is_the_identity",
          spoilt(ChannelClosure, "jump", "radius=now.radius + part * (event.radius - now.radius)", "radius=event.radius"),
          lambda: unchanged(ChannelClosure)),
    Fault("recoil counted twice", f"{PLAIN}::test_jumps_agree_at_busy_states",
          spoilt(ChannelClosure, "jump", "jnp.maximum(event.pierced - event.relaxed, 0.0)", "event.pierced"), plainly_jumped),
    Fault("cells die where there are none", f"{LAWS}::test_a_field_at_zero_is_never_driven_below",
          spoilt(InflammatoryCircuit, "kinetics", "- self.d_N * c.neutrophils", "- self.d_N * 0.05"),
          lambda: not_negative(InflammatoryCircuit)),
    Fault("mature collagen made without regard to new collagen", f"{LAWS}::test_rest_is_steady_for_a_year",
          spoilt(CollagenTurnover, "steady_source", " - self.k_m * self.at_rest()[1]", ""), lambda: steady(CollagenTurnover)),
    Fault("protease cuts at rest", f"{LAWS}::test_rest_is_steady_for_a_year",
          spoilt(ElasticTurnover, "kinetics", "(e.protease - 1) * e.fibre", "e.protease * e.fibre"),
          lambda: steady(ElasticTurnover)),
    Fault("signal of all people felt by each", f"{LAWS}::test_people_in_lanes_do_not_mix",
          spoilt(EpidermalRenewal, "signal", "integral(here * skin.epidermis, skin.step)",
                 "jnp.sum(here * skin.epidermis * skin.step)"),
          lambda: test_laws.test_people_in_lanes_do_not_mix(EpidermalRenewal)),
    Fault("a derivative is cut", f"{LAWS}::test_gradients_are_finite_and_equal_to_differences",
          spoilt(ChannelClosure, "rate", "recoiling=-self.recoil * free * now.recoiling",
                 "recoiling=-self.recoil * free * jax.lax.stop_gradient(now.recoiling)"),
          lambda: differentiable(ChannelClosure)),
    Fault("laws act one after the other", f"{LAWS}::test_the_order_of_laws_does_not_matter",
          put(Model, "jump", one_after_the_other), ordered),
    Fault("one stage where there are three", "oracles/test_decay_chain.py::test_the_chain_converges_at_fourth_order",
          spoilt(EpidermalRenewal, "rate", "SUPRABASAL / site.viable_transit", "1 / site.viable_transit"),
          test_decay_chain.chain_converges_at_fourth_order),
    Fault("oxygen of the other column", f"{PLAIN}::test_rates_agree_at_busy_states",
          spoilt(OxygenBalance, "oxygen", "cells.m1 + cells.m2 + fibroblasts", "cells.m1 + fibroblasts"), plainly),
    Fault("a zwitterion counts as charged", f"{SOLUTE}::test_a_zwitterion_counts_as_uncharged_when_both_sites_are_charged",
          spoilt(solute, "unionised", "1 - (a + b) + 2 * a * b", "a * b"),
          test_solute.test_a_zwitterion_counts_as_uncharged_when_both_sites_are_charged),
    Fault("binding from the partition itself", f"{SOLUTE}::test_half_times_of_an_independent_run",
          spoilt(solute, "binding", "jnp.exp(jnp.log10(free * kow))", "free * kow"),
          lambda: test_solute.test_half_times_of_an_independent_run("testosterone")),
    Fault("lipophiles are not shifted", f"{SOLUTE}::test_lipophiles_are_shifted_down",
          spoilt(solute, "permeability_shift", "k.lipophile_shift *", "0 *"),
          lambda: test_solute.test_lipophiles_are_shifted_down(8.0, -1.0)),
    Fault("dry skin hops as fast as wet", f"{SOLUTE}::test_partly_hydrated_skin_lets_less_through",
          spoilt(brick, "brick", "slow * (k.lamella", "(k.lamella"),
          test_solute.test_partly_hydrated_skin_lets_less_through),
    Fault("excised skin bleeds", f"{SOLUTE}::test_excised_skin_has_no_vessels",
          spoilt(solute, "transport_of", "blooded = skin.dermis * skin.alive", "blooded = skin.dermis"),
          test_solute.test_excised_skin_has_no_vessels),
    Fault("punctures never overlap", f"{TREATMENTS}::test_shares_lie_between_zero_and_one",
          spoilt(Needling, "onto", "pierced=1 - jnp.exp(-n * here * math.pi * wide**2)",
                 "pierced=n * here * math.pi * wide**2"), strong),
    Fault("a halo in bare metres", f"{TREATMENTS}::test_units_are_homogeneous",
          spoilt(Needling, "onto", "+ how.reach", "+ 1.2e-4"), lambda: test_treatments.units_are_homogeneous(pen())),
    Fault("air as a bare number", f"{SCALE_TESTS}::test_units_are_homogeneous",
          spoilt(Tewl, "read", "air = self.vapour / self.full", "air = 672.0"),
          lambda: test_scales.units_are_homogeneous(Tewl())),
    Fault("a pool not held against its rest", f"{SCALE_TESTS}::test_healthy_skin_scores_healthy",
          spoilt(CollagenNew, "read", " / rest", ""), lambda: test_scales.healthy_is_healthy(CollagenNew())),
    Fault("closed channels keep what stood in them", f"{CLOSING}::test_solute_passes_to_the_tissue_at_the_same_depth",
          permeating("+ self.area_floor", "+ 1e-4"), test_closing.solute_passes_to_the_same_depth),
    Fault("what stands in a closing channel is lost with it", f"{CLOSING}::test_solute_passes_to_the_tissue_at_the_same_depth",
          permeating("- crossing + dissolved", "- crossing - 1e-5 * s.channel + dissolved"),
          test_closing.solute_passes_to_the_same_depth),
    Fault("cover ignored", f"{PLAIN}::test_rates_agree_at_busy_states",
          spoilt(ChannelClosure, "covered", "* occlusion", "* 0.0"), plainly),
    Fault("the cover of the source forgotten", f"{PLAIN}::test_rates_agree_at_busy_states",
          spoilt(ChannelClosure, "resealing", " / self.covered(jnp.clip(skin.site.closing_cover, 0.0, 1.0))", ""), plainly),
    Fault("time between readings read off a straight line", f"{THRESHOLDS}::test_closing_times_are_half_lives_however_sparse_the_readings",
          spoilt(closure, "_over", "np.log(np.maximum(ratio, FAINT))", "ratio - 1"), test_thresholds.closing_times_are_half_lives),
    Fault("pores seen by diameter instead of radius", f"{THRESHOLDS}::test_half_of_the_pores_are_seen_at_the_threshold",
          spoilt(VisiblePores, "read", "self.seen / wide", "self.seen / (2 * wide)"),
          test_thresholds.half_of_the_pores_are_seen_at_the_threshold),
    Fault("impedance keeps a floor without channels", f"{SCALE_TESTS}::test_healthy_skin_scores_healthy",
          spoilt(PermeableArea, "read", " - self.least", ""), lambda: test_scales.healthy_is_healthy(PermeableArea())),
    Fault("a pore radius in bare metres", f"{SCALE_TESTS}::test_units_are_homogeneous",
          spoilt(VisiblePores, "read", "self.seen / wide", "7e-6 / wide"),
          lambda: test_scales.units_are_homogeneous(VisiblePores())),
    Fault("water loss linear in what is stripped", "published/test_tape_strips.py::test_one_over_water_loss_falls_linearly_with_what_is_removed",
          spoilt(Tewl, "read", "(whole * intact)", "(whole * intact**2)"), test_tape_strips.inverse_falls_linearly),
    Fault("rats close as slowly as people", "published/test_closing_times.py::test_dye_and_water_loss_follow_from_one_half_life_in_rats",
          spoilt(ChannelClosure, "resealing", "math.log(2.0)", "0.2 * math.log(2.0)"), test_closing_times.dye_times_follow_from_one_half_life),
]
# fmt: on
