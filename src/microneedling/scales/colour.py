"""From a reflectance spectrum to CIELAB, the individual typology angle and sRGB, by the formulas of CIE and IEC."""

from __future__ import annotations

from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

TABLE = np.loadtxt(Path(__file__).parent / "spectra.csv", delimiter=",", skiprows=5)
WAVELENGTH, MATCHING, D65, EXTINCTION = TABLE[:, 0], TABLE[:, 1:4], TABLE[:, 4], TABLE[:, 5:7]
WEIGHTS = D65[:, None] * MATCHING / (D65 @ MATCHING[:, 1])  # Y of a perfect diffuser is 1 (wavelength, 3)
WHITE = WEIGHTS.sum(axis=0)

# linear sRGB from XYZ, and back as IEC 61966-2-1 prints it
TO_SRGB = np.array(
    [[3.2406, -1.5372, -0.4986], [-0.9689, 1.8758, 0.0415], [0.0557, -0.2040, 1.0570]]
)  # fmt: skip


def tristimulus(reflectance: jax.Array) -> jax.Array:
    """Tristimulus values under D65 for the 1931 observer, X = Σ R E x̄ / Σ E ȳ and likewise Y, Z.

    Args:
        reflectance: at the wavelengths of spectra.csv (wavelength, ...) [1]

    Returns: (3, ...) [1]; a perfect white has Y = 1.
    Source: cie_colorimetry, sum of 10 nm. Checked by: tests/oracles/test_colour_library.py
    """
    return jnp.tensordot(jnp.asarray(WEIGHTS.T), reflectance, axes=1)


def lab(xyz: jax.Array) -> jax.Array:
    """CIELAB of tristimulus values.

        L* = 116 f(Y/Yₙ) - 16,  a* = 500 (f(X/Xₙ) - f(Y/Yₙ)),  b* = 200 (f(Y/Yₙ) - f(Z/Zₙ))

    with f(t) = t^⅓, and its tangent below t = (6/29)³.

    Args:
        xyz: (3, ...) [1]

    Returns: L*, a*, b* (3, ...) [1] against the white of this table.
    Source: cie_colorimetry. Checked by: tests/oracles/test_colour_library.py
    """
    t = xyz / jnp.asarray(WHITE).reshape((3,) + (1,) * (jnp.ndim(xyz) - 1))
    low = (6 / 29) ** 3
    f = jnp.where(t > low, jnp.cbrt(jnp.maximum(t, low)), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return jnp.stack([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def typology(lightness: jax.Array, yellowness: jax.Array) -> jax.Array:
    """Individual typology angle, ITA = arctan((L* - 50)/b*), as an angle [1] (radian); b* > 0.

    Source: chardon1991. Checked by: tests/unit/scales/test_colour.py
    """
    return jnp.arctan2(lightness - 50, yellowness)


def srgb(colour: np.ndarray) -> np.ndarray:
    """What a screen is told to show for a CIELAB colour.

        C = 12.92 c below c = 0.0031308, else 1.055 c^(1/2.4) - 0.055

    Args:
        colour: L*, a*, b* (3, ...) [1]

    Returns: red, green, blue (3, ...), each 0 to 1; what a screen cannot show is held at its end.
    Source: iec61966_2_1. Checked by: tests/oracles/test_colour_library.py
    """
    light, red, yellow = np.asarray(colour, dtype=float)
    f = np.stack([(light + 16) / 116 + red / 500, (light + 16) / 116, (light + 16) / 116 - yellow / 200])
    t = np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29))
    xyz = t * WHITE.reshape((3,) + (1,) * (t.ndim - 1))
    linear = np.clip(np.tensordot(TO_SRGB, xyz, axes=1), 0.0, 1.0)
    return np.where(linear > 0.0031308, 1.055 * linear ** (1 / 2.4) - 0.055, 12.92 * linear)


def hex_of(colour: np.ndarray) -> str:
    """A CIELAB colour (3,) as "#rrggbb"."""
    return "#" + "".join(f"{round(255 * float(part)):02x}" for part in srgb(colour))
