"""The typology angle and how a colour is written for a page."""

import jax.numpy as jnp
import numpy as np
import pytest

from microneedling.scales import colour


def test_typology_angle_of_a_known_colour():
    """L* 64.15 and b* 18.34: arctan(14.15/18.34) is 37.65 degrees."""
    assert np.degrees(float(colour.typology(64.15, 18.34))) == pytest.approx(37.65, abs=0.01)
    assert float(colour.typology(50.0, 12.0)) == 0.0


def test_a_colour_goes_to_the_screen_and_stays_within_it():
    assert colour.hex_of(np.array([53.59, 0.0, 0.0])) == "#808080"
    held = colour.srgb(np.array([50.0, 120.0, -120.0]))
    assert np.all((held >= 0) & (held <= 1))


def test_lanes_go_through_unmixed():
    spectra = jnp.stack([jnp.linspace(0.1, 0.6, 16), jnp.linspace(0.3, 0.4, 16)], axis=-1)
    both = np.asarray(colour.lab(colour.tristimulus(spectra)))
    for lane in range(2):
        np.testing.assert_allclose(both[:, lane], colour.lab(colour.tristimulus(spectra[:, lane])), rtol=1e-12)
