"""Flow, redness and water of skin against published times and sizes (calibration sources only)."""

import jax.numpy as jnp
import numpy as np
from oracles.test_vessel_response import HOUR, MINUTE, REST, SKIN, run, with_part

from microneedling.laws.vessels import VesselResponse
from microneedling.scales.scale import over
from microneedling.scales.vascular import Oedema
from microneedling.skin.components import Vessels

LAW, STEP = VesselResponse(), 10.0


def around_a_needle(hours, **numbers):
    """Skin where the flare is complete, as around a needle or cannula: time [s] and vessels."""
    count = int(hours * HOUR / STEP)
    made = run(VesselResponse(**numbers), with_part(REST, Vessels, mediator=1.0), step=STEP, count=count)
    return STEP * np.arange(count + 1), made


def papillary(field):
    cell = int(np.argmax(np.asarray(SKIN.papillary)))
    return field[:, cell]


def test_flow_around_an_intradermal_needle():
    flow_around_a_needle()


def flow_around_a_needle():
    # saline_flow2003: nine-fold flow, largest at 4 min; lasts more than 30 min
    time, made = around_a_needle(3)
    flow = 1 + papillary(made.perfusion)
    assert 3 * MINUTE <= time[np.argmax(flow)] <= 12 * MINUTE
    assert 7.0 <= np.max(flow) <= 9.5  # 0.27 ± 0.02 over 0.03 ± 0.003 perfusion units
    assert np.interp(30 * MINUTE, time, flow) > 3.0


def test_the_reaction_to_a_needle_is_over_within_two_hours():
    reaction_ends()


def reaction_ends():
    # groth1998: back in the range of rest after 90 to 120 min
    time, made = around_a_needle(3)
    rise = papillary(made.perfusion)
    after = time[np.argmax(rise) :]
    ended = after[np.argmax(rise[np.argmax(rise) :] < 0.1 * np.max(rise))]
    assert 90 * MINUTE <= ended <= 120 * MINUTE


def test_skin_swells_around_a_cannula():
    skin_swells()


def skin_swells():
    # groth_rat1998: 38 % thicker, not yet back at 120 min; rats, so half to twice that is asked for
    _, made = around_a_needle(2)
    swelling = Oedema().swelling * np.array([float(over(jnp.asarray(w), SKIN.papillary, SKIN)) for w in made.water])
    assert 0.19 <= np.max(swelling) <= 0.76
    assert swelling[-1] > 0.05


def test_a_weal_forms_within_the_hour_and_goes_over_hours():
    # cook_shuster1980: weals thickest at 20 min, half gone 87 min later; a field without edges is allowed to be slower
    time, made = around_a_needle(12)
    water = papillary(made.water)
    top = int(np.argmax(water))
    half = time[top:][np.argmax(water[top:] < 0.5 * water[top])] - time[top]
    assert 15 * MINUTE <= time[top] <= 75 * MINUTE
    assert 60 * MINUTE <= half <= 180 * MINUTE
