"""Firmness: one over what suction lifts, by collagen and by water."""

import dataclasses

import pytest
from tissue import cheek, model_of

from microneedling.core.state import State
from microneedling.core.struct import replace
from microneedling.scales.firmness import Firmness
from microneedling.scales.hydration import Hydration
from microneedling.skin.components import Collagen, Epidermis

SKIN = cheek()
REST = model_of(SKIN).start(SKIN)


def other(**parts):
    return State(parts=REST.parts | parts)


def with_collagen(factor):
    columns = REST[Collagen].columns
    grown = {side: getattr(columns, side) for side in ("wounded", "rest")}
    for side, one in grown.items():
        grown[side] = replace(one, **{name: factor * getattr(one, name) for name in ("iii", "new", "mature")})
    return other(Collagen=replace(REST[Collagen], columns=replace(columns, **grown)))


def test_firmness_is_a_power_of_all_collagen():
    scale = dataclasses.replace(Firmness(), network=1.7)
    assert float(scale.read(with_collagen(1.1), SKIN)) == pytest.approx(1.1**1.7, rel=1e-9)


def test_wet_corneum_gives_way_more():
    dry = other(Epidermis=replace(REST[Epidermis], maturity=0.8 * REST[Epidermis].maturity))
    scale = dataclasses.replace(Firmness(), softening=0.5)
    wet = float(Hydration().read(dry, SKIN) / Hydration().read(REST, SKIN))
    assert wet < 0.85 and float(scale.read(dry, SKIN)) == pytest.approx(wet**-0.5, rel=1e-9)
