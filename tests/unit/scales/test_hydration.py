"""Water of the stratum corneum: wetter where it is thin, drier where it is young, wet through under a cover."""

import jax.numpy as jnp
import pytest
from tissue import cheek, model_of

from microneedling.core.state import State
from microneedling.core.struct import replace
from microneedling.scales.hydration import Hydration
from microneedling.skin.components import Cover, Epidermis
from microneedling.skin.modifiers import unmodified


def read(skin=None, occlusion=0.0, **fields):
    skin = skin or cheek()
    rest = model_of(skin).start(skin)
    parts = {
        "Epidermis": replace(rest[Epidermis], **fields),
        "Cover": replace(rest[Cover], occlusion=jnp.asarray(occlusion)),
    }
    return float(Hydration().read(State(parts=rest.parts | parts), skin))


def bare_skin_is_wet_to_its_top():
    one = Hydration()
    rest = 1 - (1 - one.air) * (1 - one.open_share)
    assert read(corneocytes=(0.0,) * 4) == pytest.approx(2 / (1 + rest))
    assert read(corneocytes=(1.0, 1.0, 0.0, 0.0)) > 1.0 and read(lipids=jnp.asarray(0.5)) > 1.0


def test_bare_skin_is_wet_to_its_top():
    bare_skin_is_wet_to_its_top()


def test_a_cover_wets_it_as_much_as_having_no_corneum():
    assert read(occlusion=1.0) == pytest.approx(read(corneocytes=(0.0,) * 4))


def test_immature_cells_hold_less():
    assert read(maturity=jnp.asarray(0.8)) < 0.85


def test_a_persons_factor_multiplies():
    skin = cheek()
    dry = replace(skin, modifiers=replace(unmodified(), hydration=jnp.asarray(0.7)))
    assert read(dry) == pytest.approx(0.7 * read(skin))
