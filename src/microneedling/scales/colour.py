"""From a reflectance spectrum to CIELAB, the individual typology angle and sRGB, by the formulas of CIE and IEC."""

from __future__ import annotations

from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

TABLE = np.loadtxt(Path(__file__).parent / "spectra.csv", delimiter=",", skiprows=5)
TABULATED, MATCHING, D65, EXTINCTION = TABLE[:, 0], TABLE[:, 1:4], TABLE[:, 4], TABLE[:, 5:7]
WAVELENGTH = np.arange(400.0, 701.0, 20.0)  # [nm] at which spectra are computed


def _folded() -> np.ndarray:
    """Weights of X, Y, Z at those wavelengths (wavelength, 3): the table's, as if spectra ran straight between them."""
    fine = D65[:, None] * MATCHING / (D65 @ MATCHING[:, 1])  # Y of a perfect diffuser is 1
    hats = np.stack([np.interp(TABULATED, WAVELENGTH, row) for row in np.eye(len(WAVELENGTH))])
    return np.asarray(hats @ fine)


WEIGHTS = _folded()
WHITE = WEIGHTS.sum(axis=0)

Three = tuple[jax.Array, jax.Array, jax.Array]

# linear sRGB from XYZ, and back as IEC 61966-2-1 prints it
TO_SRGB = np.array(
    [[3.2406, -1.5372, -0.4986], [-0.9689, 1.8758, 0.0415], [0.0557, -0.2040, 1.0570]]
)  # fmt: skip


def tristimulus(reflectance: jax.Array) -> Three:
    """Tristimulus values under D65 for the 1931 observer, X = Σ R E x̄ / Σ E ȳ and likewise Y, Z.

    Args:
        reflectance: at WAVELENGTH (wavelength, ...) [1]

    Returns: X, Y, Z (...) [1]; a perfect white has Y = 1.
    Source: cie_colorimetry, sums of 10 nm folded to 20 nm. Checked by: tests/oracles/test_colour_library.py
    """
    ahead = (-1,) + (1,) * (jnp.ndim(reflectance) - 1)
    x, y, z = (jnp.sum(jnp.asarray(part).reshape(ahead) * reflectance, axis=0) for part in WEIGHTS.T)
    return x, y, z


def lab(xyz: Three) -> Three:
    """CIELAB of tristimulus values.

        L* = 116 f(Y/Yₙ) - 16,  a* = 500 (f(X/Xₙ) - f(Y/Yₙ)),  b* = 200 (f(Y/Yₙ) - f(Z/Zₙ))

    with f(t) = t^⅓, and its tangent below t = (6/29)³.

    Args:
        xyz: X, Y, Z (...) [1]

    Returns: L*, a*, b* (...) [1] against the white of this table.
    Source: cie_colorimetry. Checked by: tests/oracles/test_colour_library.py
    """
    x, y, z = (_root(xyz[n] / WHITE[n]) for n in range(3))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(t: jax.Array) -> jax.Array:
    """The cube root, and its tangent below (6/29)³."""
    low = (6 / 29) ** 3
    return jnp.where(t > low, jnp.maximum(t, low) ** (1 / 3), t / (3 * (6 / 29) ** 2) + 4 / 29)


def typology(lightness: np.ndarray, yellowness: np.ndarray) -> np.ndarray:
    """Individual typology angle, ITA = arctan((L* - 50)/b*), as an angle [1] (radian); b* > 0.

    Source: chardon1991. Checked by: tests/unit/scales/test_colour.py
    """
    return np.arctan2(np.asarray(lightness) - 50, yellowness)


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
