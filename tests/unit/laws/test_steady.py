"""The closed form of steady flux against the depth-resolved law, solved for its steady state."""

import dataclasses

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from tissue import card, cheek, flat, lanes, model_of

from microneedling.core.state import State
from microneedling.core.struct import replace
from microneedling.formulation.active import Active
from microneedling.laws.correlation import LayerCorrelations
from microneedling.laws.solute import transport_of
from microneedling.laws.steady import log_permeability, permeability
from microneedling.numerics.flux import integral

THICKNESS = 5e-4  # split skin [m]
LAMELLAR = 1e-3  # [1] the leak's small part differs by POLAR of itself
POLAR = 0.02  # [1] in cells the leak runs on to the middle of the first cell below it, and joins the tissue there
NAMES = {
    "caffeine": POLAR,
    "lidocaine": POLAR,
    "ghk_cu": POLAR,
    "calcein": POLAR,
    "testosterone": LAMELLAR,
    "retinol": LAMELLAR,
    "bsa": POLAR,
}


def mounted(name, *, thickness=THICKNESS, ph=6.0):
    skin = cheek(alive=0.0, thickness=thickness, receptor_volume=1e9)
    return skin, transport_of(card("actives", name, Active), skin=skin, ph=ph, correlations=LayerCorrelations())


def settled(name, **mount):
    """Permeability of the drug law itself: film held, all three paths in balance, flux into the receptor."""
    skin, transport = mounted(name, **mount)
    model = model_of(skin, "caffeine")
    law = replace(next(one for one in model.laws if type(one).__name__ == "Permeation"), actives=(transport,))
    rest = model.start(skin)
    held = float(rest.parts["Cover"].film + rest.parts["Cover"].residue + law.film_floor)  # 1 mol m-3

    def rate(v):
        tissue, channel, polar = jnp.split(v, 3)
        solute = replace(rest.parts["Drug"].solutes[0], on_skin=jnp.asarray(held))
        solute = replace(solute, tissue=tissue, channel=channel, polar=polar)
        there = dataclasses.replace(rest.parts["Drug"], solutes=(solute,))
        moved = law.rate(State(parts=rest.parts | {"Drug": there}), skin).solutes[0]
        return jnp.concatenate([moved.tissue, moved.channel, moved.polar]), moved.receptor

    none = jnp.zeros(3 * len(skin.step))
    matrix, source = np.asarray(jax.jacfwd(lambda v: rate(v)[0])(none)), np.asarray(rate(none)[0])
    level = np.linalg.solve(matrix, -source)
    assert np.abs(matrix @ level + source).max() < 1e-9 * np.abs(source).max()
    return float(rate(jnp.asarray(level))[1])


def closed_form_agrees(name, tolerance=POLAR, **mount):
    skin, transport = mounted(name, **mount)
    assert float(permeability(transport, skin)) == pytest.approx(settled(name, **mount), rel=tolerance)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_what_the_depth_resolved_law_settles_to(name):
    closed_form_agrees(name, NAMES[name])


@pytest.mark.parametrize("thickness", [2e-5, 1e-4, 1.5e-3])
def test_it_follows_the_thickness_kept(thickness):
    closed_form_agrees("testosterone", LAMELLAR, thickness=thickness)


def test_charge_in_the_film_slows_the_lamellar_path_only():
    skin, charged = mounted("lidocaine", ph=4.0)
    _, neutral = mounted("lidocaine", ph=11.0)
    closed_form_agrees("lidocaine", ph=4.0)
    leak = 1 / float(integral(skin.corneum / (charged.in_water * charged.leak), skin.step))
    assert leak < float(permeability(charged, skin)) < 0.1 * float(permeability(neutral, skin))


def test_logarithm_in_the_unit_asked_for():
    skin, transport = mounted("caffeine")
    hour = 0.01 / 3600
    assert 10 ** float(log_permeability(transport, skin, unit=hour)) * hour == pytest.approx(
        float(permeability(transport, skin)), rel=1e-12
    )


def test_people_in_lanes_do_not_mix():
    pairs = [mounted(name) for name in ("caffeine", "lidocaine")]
    skins, transports = zip(*pairs)
    both = permeability(lanes(*transports), lanes(*skins))
    alone = [float(permeability(transport, skin)) for skin, transport in pairs]
    np.testing.assert_allclose(both, alone, rtol=1e-12)
    assert flat(skins[0]).size
