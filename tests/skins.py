"""What colours skin, as plain numbers, for tests of the optical model."""

import jax.numpy as jnp

from microneedling.scales.optics import Chromophores

CHEEK = {
    "melanin": 0.02,
    "fallen": 0.0,
    "papillary_blood": 0.03,
    "reticular_blood": 0.0135,
    "saturation": 0.75,
    "corneum": 16.8e-6,
    "epidermis": 79e-6,
    "papillary": 100e-6,
    "reticular": 904e-6,
}


def content_of(**changes):
    """Contents of a fair cheek, with some of them changed."""
    return Chromophores(**{name: jnp.asarray(value, dtype=float) for name, value in (CHEEK | changes).items()})
