"""Faults planted in the read-outs that are kept apart: antibodies, mass, protease, closure, message."""

from faults.fault import Fault, spoilt
from unit.scales import test_assays
from unit.simulate import test_readouts

from microneedling.scales.assays import AntibodyOne, AntibodyThree, CollagenMass, EpidermalClosure, Protease
from microneedling.simulate.readouts import CollagenMessage, WoundSynthesis

SCALES, READOUTS = "unit/scales/test_assays.py", "unit/simulate/test_readouts.py"

FAULTS = [
    Fault(
        "an antibody to collagen I that sees all of what is mature",
        f"{SCALES}::test_antibody_one_sees_little_of_what_is_mature",
        spoilt(AntibodyOne, "read", "new + self.shown * mature", "new + mature"),
        test_assays.antibody_one_sees_little_of_what_is_mature,
    ),
    Fault(
        "an antibody to collagen III that sees collagen I",
        f"{SCALES}::test_antibody_three_sees_only_iii",
        spoilt(AntibodyThree, "read", '"iii", where', '"iii", "new", where'),
        test_assays.antibody_three_sees_only_iii,
    ),
    Fault(
        "mass that leaves out the mature",
        f"{SCALES}::test_mass_has_no_gain",
        spoilt(CollagenMass, "read", '"new", "mature"', '"new"'),
        test_assays.mass_has_no_gain,
    ),
    Fault(
        "protease of the wound alone",
        f"{SCALES}::test_protease_is_an_area_mean",
        spoilt(
            Protease,
            "read",
            'area_mean(state, state[Elastin].columns, "protease")',
            "state[Elastin].columns.wounded.protease",
        ),
        test_assays.protease_is_an_area_mean,
    ),
    Fault(
        "the gap read as its closure",
        f"{SCALES}::test_closure_is_what_the_gap_leaves",
        spoilt(EpidermalClosure, "read", "1 - state", "state"),
        test_assays.closure_is_what_the_gap_leaves,
    ),
    Fault(
        "synthesis of the rest of the skin for that of the wound",
        f"{READOUTS}::test_the_wound_is_told_from_the_mean",
        spoilt(WoundSynthesis, "read", '"wounded"', '"rest"'),
        test_readouts.the_wound_is_told_from_the_mean,
    ),
    Fault(
        "the message of all collagen",
        f"{READOUTS}::test_the_message_of_iii_rises_more_than_all_synthesis",
        spoilt(CollagenMessage, "read", "law.f * made + law.f_q * basal", "law.f_q * (made + basal)"),
        test_readouts.the_message_of_iii_rises_more_than_all_synthesis,
    ),
]
