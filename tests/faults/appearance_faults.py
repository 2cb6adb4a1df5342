"""Faults planted in colour, relief and the drawings."""

# ruff: noqa: E501

import sys
from pathlib import Path

from faults.fault import Fault, put, spoilt
from oracles import test_light_transport
from unit.scales import test_appearance, test_optics, test_roughness

from microneedling.report import drawn_section, patches, slices
from microneedling.report.answer import answer_of
from microneedling.scales import optics, roughness
from microneedling.scales.appearance import Colouring

sys.path.append(str(Path(__file__).parents[1] / "faces"))  # tests of pages are read from their own folder
import synthetic_tissue
import test_drawn_section
import test_patches

OPTICS, LIGHT = "unit/scales/test_optics.py", "oracles/test_light_transport.py"
SECTION, PATCHES = "faces/test_drawn_section.py", "faces/test_patches.py"


def drawn(check):
    """A test of the drawn section on a drawing made after the fault."""

    def again():
        tree = synthetic_tissue.tree()
        found = slices.slices_of(tree, answer_of(tree))
        check(found, drawn_section.drawn_section(found))

    return again


# fmt: off
FAULTS = [
    Fault("the way back through a layer forgotten", f"{LIGHT}::test_layers_alike_are_one_layer",
          spoilt(optics, "stacked", "through**2", "through"), test_light_transport.layers_alike),
    Fault("nothing is thrown back inside", f"{LIGHT}::test_skin_has_the_colour_photons_give_it",
          put(optics, "thrown_back", lambda index: 0.0 * index),
          lambda: test_light_transport.skin_has_the_colour(0.01)),
    Fault("half the scattering", f"{LIGHT}::test_endless_tissue_throws_back_what_photons_do",
          spoilt(optics, "two_fluxes", "0.75", "0.375"),
          lambda: test_light_transport.endless_tissue(10.0, 90.0, 1.4)),
    Fault("blood spread out evenly", f"{OPTICS}::test_blood_in_vessels_absorbs_less_than_spread_out",
          spoilt(optics, "in_vessels", "spread_out * -jnp.expm1(-across) / across", "spread_out"),
          test_optics.in_vessels),
    Fault("oxygenated and reduced haemoglobin mixed up", f"{OPTICS}::test_oxygen_makes_blood_redder",
          spoilt(optics, "in_vessels", "saturation * oxygenated + (1 - saturation) * reduced",
                 "saturation * reduced + (1 - saturation) * oxygenated"), test_optics.more_oxygen),
    Fault("blood in the epidermis' place", f"{OPTICS}::test_more_blood_is_redder_and_a_little_darker",
          spoilt(optics, "_inside", "content.papillary_blood * blood", "0.03 * blood"), test_optics.more_blood),
    Fault("flow does not fill vessels", "unit/scales/test_appearance.py::test_flow_reddens_and_darkens",
          spoilt(Colouring, "content", "self.oxygen.volume(state)", "1.0 + 0.0 * self.oxygen.volume(state)"),
          test_appearance.flow_reddens),
    Fault("variance without the square of the mean", "unit/scales/test_roughness.py::test_variance_of_hollows_is_that_of_counted_heights",
          spoilt(roughness, "_hollow", "- (share * depth / 2) ** 2", ""), test_roughness.hollows_counted),
    Fault("marks do not follow amounts", f"{SECTION}::test_marks_follow_amounts",
          spoilt(drawn_section, "_places", "float(weights.sum())", "room"), drawn(test_drawn_section.marks_follow_amounts)),
    Fault("the horny layer drawn too thick", f"{SECTION}::test_layers_are_to_scale",
          spoilt(drawn_section, "_layers", 'one.layers["corneum"] * SCALE', '2 * one.layers["corneum"] * SCALE'),
          drawn(test_drawn_section.layers_are_to_scale)),
    Fault("lit from the right", f"{PATCHES}::test_relief_is_lit_from_the_left",
          spoilt(patches, "shaded", "1 + across", "1 - across"), test_patches.lit_from_the_left),
]
# fmt: on
