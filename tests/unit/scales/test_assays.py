"""Antibodies, mass, protease and closure: each reads its own part of the tissue, and none stands for another."""

import jax.numpy as jnp
import pytest
from tissue import cheek, model_of

from microneedling.core.state import State
from microneedling.core.struct import replace
from microneedling.scales.assays import AntibodyOne, AntibodyThree, CollagenMass, EpidermalClosure, Protease
from microneedling.scales.matrix import CollagenStain, Reticulin
from microneedling.skin.components import Collagen, Columns, Elastin, Epidermis, Wound

SKIN = cheek()
REST = model_of(SKIN).start(SKIN)
DEEP = 1 - SKIN.papillary  # everything below (and above) the papillary dermis


def with_parts(**parts):
    return State(parts=REST.parts | parts)


def collagen(*, where=1.0, **factors):
    """Rest with some pools multiplied in both columns, at the given depths."""
    fibres = REST[Collagen].columns.rest
    moved = {n: getattr(fibres, n) * (1 + (f - 1) * where * SKIN.dermis) for n, f in factors.items()}
    changed = replace(fibres, **moved)
    return with_parts(Collagen=replace(REST[Collagen], columns=Columns(wounded=changed, rest=changed)))


def read(scale, state):
    return float(scale.read(state, SKIN))


def antibody_one_sees_little_of_what_is_mature():
    one = AntibodyOne()
    new = float(REST[Collagen].new_at_rest)
    assert read(one, collagen(new=2.0)) == pytest.approx(1 + new / (new + one.shown))
    assert read(one, collagen(mature=1.1)) == pytest.approx(1 + 0.1 * one.shown / (new + one.shown))
    assert read(one, collagen(iii=5.0)) == pytest.approx(1.0)


def test_antibody_one_sees_little_of_what_is_mature():
    antibody_one_sees_little_of_what_is_mature()


def test_if_mature_fibrils_showed_all_it_would_be_mass():
    state = collagen(new=3.0, mature=0.97)
    new = float(REST[Collagen].new_at_rest)
    assert read(AntibodyOne(shown=1.0), state) == pytest.approx((3 * new + 0.97) / (new + 1))


def antibody_three_sees_only_iii():
    assert read(AntibodyThree(), collagen(iii=3.0)) == pytest.approx(1 + 2 * AntibodyThree().gain)
    assert read(AntibodyThree(), collagen(new=3.0, mature=0.9)) == pytest.approx(1.0)


def test_antibody_three_sees_only_iii():
    antibody_three_sees_only_iii()


def test_antibodies_read_the_papillary_dermis_and_mass_the_whole():
    state = collagen(where=DEEP, new=2.0, iii=2.0)
    assert read(AntibodyOne(), state) == pytest.approx(1.0) and read(AntibodyThree(), state) == pytest.approx(1.0)
    assert read(CollagenMass(), state) > 1.0


def mass_has_no_gain():
    assert read(CollagenMass(), collagen(iii=1.07, new=1.07, mature=1.07)) == pytest.approx(1.07)


def test_mass_has_no_gain():
    mass_has_no_gain()


def test_a_stain_moves_far_where_mass_hardly_does():
    """The reason to keep them apart: twice the new pool is about one per cent of the collagen there is."""
    state = collagen(iii=2.0, new=2.0)
    assert read(CollagenStain(), state) > 1.3 and read(Reticulin(), state) > 1.3
    assert 1.0 < read(CollagenMass(), state) < 1.03


def protease_is_an_area_mean():
    elastic = REST[Elastin].columns.rest
    hurt = replace(elastic, protease=elastic.protease + 4.0)
    some = replace(REST[Wound], fraction=0.25 * jnp.ones_like(SKIN.step))
    state = with_parts(Elastin=Elastin(columns=Columns(wounded=hurt, rest=elastic)), Wound=some)
    assert read(Protease(), state) == pytest.approx(2.0)


def test_protease_is_an_area_mean():
    protease_is_an_area_mean()


def closure_is_what_the_gap_leaves():
    assert read(EpidermalClosure(), with_parts(Epidermis=replace(REST[Epidermis], gap=jnp.asarray(0.3)))) == (
        pytest.approx(0.7)
    )


def test_closure_is_what_the_gap_leaves():
    closure_is_what_the_gap_leaves()
