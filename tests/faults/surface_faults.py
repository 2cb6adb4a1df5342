"""Faults planted in relief, pores, hair and their read-outs."""

# ruff: noqa: E501

from faults.fault import Fault, spoilt
from oracles import test_surface
from unit.scales import test_hair, test_relief

from microneedling.laws.follicles import FollicleCycle
from microneedling.laws.pores import PlugTurnover
from microneedling.laws.relief import SurfaceFollowing
from microneedling.scales import scar
from microneedling.scales.hair import HairCount, HairEffect
from microneedling.scales.relief import LineDepth, PoreArea
from microneedling.scales.scar import AcneScarVolume, ScarFilling

ORACLE, RELIEF, HAIR = "oracles/test_surface.py", "unit/scales/test_relief.py", "unit/scales/test_hair.py"

# fmt: off
FAULTS = [
    Fault("plugs that come back without end", f"{ORACLE}::test_a_plug_comes_back_as_it_should",
          spoilt(PlugTurnover, "rate", "(1 - shedding * state[Pores].plug)", "(1 - 0 * shedding * state[Pores].plug)"),
          test_surface.plug_comes_back),
    Fault("what is taken out of plugs stays in", f"{ORACLE}::test_a_plug_comes_back_as_it_should",
          spoilt(PlugTurnover, "jump", "(1 - event.plug_lost)", "(1 - 0 * event.plug_lost)"), test_surface.plug_comes_back),
    Fault("the surface follows its matrix at once", f"{ORACLE}::test_the_surface_follows_its_matrix",
          spoilt(SurfaceFollowing, "rate", "skin.alive / self.lag", "10 * skin.alive / self.lag"), test_surface.surface_follows),
    Fault("all of the reticular dermis counted as deep", f"{ORACLE}::test_the_surface_follows_its_matrix",
          spoilt(SurfaceFollowing, "rate", "skin.reticular - upper", "skin.reticular"), test_surface.surface_follows),
    Fault("follicles that never turn back", f"{ORACLE}::test_follicles_settle_to_their_shares",
          spoilt(FollicleCycle, "rate", "- (1 - rest) * now.terminal", "- 0 * (1 - rest) * now.terminal"),
          lambda: test_surface.shares_settle(0.01)),
    Fault("rest that no signal shortens", f"{ORACLE}::test_follicles_settle_to_their_shares",
          spoilt(FollicleCycle, "rate", "signal * (1 - now.growing)", "(1 - now.growing)"),
          lambda: test_surface.shares_settle(0.2)),
    Fault("follicles that turn twice as fast", f"{ORACLE}::test_follicles_turn_terminal_on_their_way_there",
          spoilt(FollicleCycle, "rate", "skin.alive * turned", "2 * skin.alive * turned"), test_surface.terminal_course),
    Fault("terminal hair on every site", f"{ORACLE}::test_nothing_turns_terminal_where_only_vellus_hair_grows",
          spoilt(FollicleCycle, "start", "self.terminal_share * covered, 0.0)", "self.terminal_share * covered, 0.5)"),
          test_surface.only_where_terminal_hair_grows),
    Fault("matrix gained below the dermis", f"{RELIEF}::test_what_fills_is_the_matrix_above_the_depth_over_that_depth",
          spoilt(scar, "lifted", "jnp.clip(down_to - top, 0.0, thick)", "thick"), test_relief.lifted_is_the_mean),
    Fault("every scar filled alike", f"{RELIEF}::test_rolling_scars_fill_best_and_ice_pick_scars_least",
          spoilt(ScarFilling, "left", 'getattr(self, f"{kind}_reach"), getattr(self, f"{kind}_free")', "self.rolling_reach, 1.0"),
          test_relief.types_differ),
    Fault("types counted alike whatever their volume", f"{RELIEF}::test_the_total_is_the_sum_of_the_types",
          spoilt(AcneScarVolume, "read", "volume / jnp.where(whole > 0, whole, 1.0)", "1.0 / len(TYPES)"), test_relief.total_is_the_sum),
    Fault("thicker skin buries a line by all it gained", f"{RELIEF}::test_thicker_skin_closes_a_line_as_geometry_says",
          spoilt(LineDepth, "read", "jnp.sqrt(1 + steep**2) - 1", "jnp.sqrt(1 + steep**2)"), test_relief.thicker_skin_closes_a_v),
    Fault("firm skin opens pores", f"{RELIEF}::test_pores_shrink_when_emptied_and_when_their_surroundings_are_firmer",
          spoilt(PoreArea, "read", "firm**-self.by_firmness", "firm**self.by_firmness"), test_relief.pores_answer),
    Fault("a resting follicle counted as bald", f"{HAIR}::test_a_resting_follicle_holds_its_hair_for_a_while",
          spoilt(HairCount, "ratio", "now.growing + self.club * (1 - now.growing)", "now.growing"), test_hair.count_is_what_stands),
    Fault("an effect in hairs, not in deviations", f"{HAIR}::test_the_effect_is_in_standard_deviations",
          spoilt(HairEffect, "read", "/ self.deviation", "* 1e-6"), test_hair.effect_is_in_deviations),
]
# fmt: on
