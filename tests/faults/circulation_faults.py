"""Faults planted in vessels, oxygen, lymph and their read-outs."""

# ruff: noqa: E501

from faults.fault import Fault, spoilt
from oracles import test_vessel_response as vessels
from published import test_circulation as published
from unit.skin import test_oxygen

from microneedling.laws.vessels import VesselResponse
from microneedling.skin.oxygen import OxygenBalance

ORACLE, PUBLISHED, OXYGEN = (
    "oracles/test_vessel_response.py",
    "published/test_circulation.py",
    "unit/skin/test_oxygen.py",
)

# fmt: off
FAULTS = [
    Fault("the flare dilates the lower dermis as much as the upper", f"{ORACLE}::test_the_flare_rises_in_minutes_and_fades_in_hours",
          spoilt(VesselResponse, "causes", "self.flare_below * skin.reticular", "skin.reticular"), vessels.flare_follows),
    Fault("what needles free lasts for days", f"{PUBLISHED}::test_the_reaction_to_a_needle_is_over_within_two_hours",
          spoilt(VesselResponse, "rate", "-now.mediator / self.flare_time", "-now.mediator / self.flare_time / 24"), published.reaction_ends),
    Fault("vessels follow in hours", f"{PUBLISHED}::test_flow_around_an_intradermal_needle",
          spoilt(VesselResponse, "rate", "(wanted - now.perfusion) / self.tau_b", "(wanted - now.perfusion) / self.tau_b / 60"), published.flow_around_a_needle),
    Fault("a leaky vessel filters no more", f"{PUBLISHED}::test_skin_swells_around_a_cannula",
          spoilt(VesselResponse, "filtration", " * permeable - 1", " - 1"), published.skin_swells),
    Fault("lymph without capacity", f"{ORACLE}::test_water_settles_where_lymph_and_pressure_take_what_is_filtered",
          spoilt(VesselResponse, "lymph", "pushed / (1 + pushed / (self.lymph_most - 1))", "pushed"), lambda: vessels.water_settles(3.0)),
    Fault("cold that ends with the cold", f"{ORACLE}::test_cold_closes_vessels_in_minutes_and_lets_go_over_hours",
          spoilt(VesselResponse, "rate", "- self.rewarming * (1 - cold) * now.constriction", "- self.chilling * (1 - cold) * now.constriction"), vessels.cold_acts),
    Fault("a person's flow is not felt", f"{ORACLE}::test_a_persons_modifiers_scale_flow_and_lymph",
          spoilt(VesselResponse, "rate", "skin.modifiers.flow * ", ""), vessels.modifiers_are_felt),
    Fault("blood gives up more the faster it flows", f"{OXYGEN}::test_at_rest_everything_is_as_at_rest",
          spoilt(OxygenBalance, "saturation", "(1 + self.use - self.mean(state, skin))", "(1 + self.use + self.mean(state, skin))"), test_oxygen.rest_is_rest),
]
# fmt: on
