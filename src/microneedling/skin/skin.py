"""A person's layers at one site, laid on a depth grid."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np

from microneedling.core.param import param
from microneedling.core.struct import replace, struct
from microneedling.numerics import grid
from microneedling.skin.baseline import Baseline, baseline_of
from microneedling.skin.complexion import Complexion
from microneedling.skin.modifiers import Modifiers, unmodified
from microneedling.skin.site import Site

CELLS = (8, 6, 6, 12)  # stratum corneum, viable epidermis, papillary, reticular dermis
GRADING = (1.5, 1.35, 1.0, 1.25)
YEAR = 365.25 * 86400.0
REFERENCE_AGE = 35.0  # [a] age the site cards describe


@struct
class Skin:
    """Depth grid, layers and what does not evolve. Depth fields are (depth,), 32 cells; numbers in SI."""

    step: jax.Array = param(unit="m", meaning="cell thickness")
    depth: jax.Array = param(unit="m", meaning="depth of the cell centre below the surface")
    corneum: jax.Array = param(unit="1", meaning="1 in the stratum corneum, else 0")
    epidermis: jax.Array = param(unit="1", meaning="1 in the viable epidermis, else 0")
    papillary: jax.Array = param(unit="1", meaning="1 in the papillary dermis, else 0")
    reticular: jax.Array = param(unit="1", meaning="1 in the reticular dermis, else 0")
    site: Site = param(unit="1", meaning="the site's numbers for this person")
    age: jax.Array = param(unit="s", meaning="age of the person")
    phototype: jax.Array = param(unit="1", meaning="Fitzpatrick phototype of the person")
    alive: jax.Array = param(unit="1", meaning="1 in vivo; 0 for excised skin: no blood, no healing, no resealing")
    receptor_volume: jax.Array = param(unit="m", meaning="receptor volume per area below excised skin")
    hydrated: jax.Array = param(unit="1", meaning="1 fully hydrated stratum corneum, 0 partly hydrated")
    modifiers: Modifiers = param(unit="1", meaning="what this person's habits and conditions do to named rates")
    baseline: Baseline = param(unit="1", meaning="what of this person is to be treated")
    complexion: Complexion = param(unit="1", meaning="pigment at rest, habitual light, and a lesion's contrast")

    @property
    def dermis(self) -> jax.Array:
        """1 in papillary and reticular dermis."""
        return self.papillary + self.reticular

    @property
    def living(self) -> jax.Array:
        """1 below the stratum corneum."""
        return 1.0 - self.corneum


@struct
class Preparation:
    """How skin is mounted: thickness kept [m], receptor volume per area [m], whether alive, how hydrated."""

    thickness: float = param(default=1.0, unit="m", spread="exact", grade="inferred", note="1 m: nothing is cut off")
    receptor_volume: float = param(
        default=1e6, unit="m", spread="exact", grade="inferred", note="so large it is a sink"
    )
    alive: float = param(default=1.0, unit="1", spread="exact", grade="inferred", note="1 in vivo, 0 excised")
    hydrated: float = param(default=1.0, unit="1", spread="exact", grade="inferred", note="of excised skin; 0 partly")


def layer_masks(refined: int = 1) -> tuple[np.ndarray, ...]:
    """One 0/1 array over depth for each layer, top to bottom, every cell cut into `refined`."""
    owner = np.repeat(np.arange(4), np.multiply(CELLS, refined))
    return tuple((owner == n).astype(float) for n in range(4))


def uppermost_living(step: jax.Array) -> jax.Array:
    """1 in the uppermost living cell of the ordinary grid (depth, ...), however finely it is cut, else 0.

    Checked by: tests/unit/skin/test_skin.py
    """
    refined = step.shape[0] // sum(CELLS)
    cells = np.arange(step.shape[0]) // refined == CELLS[0]
    return jnp.asarray(cells.astype(float)).reshape((-1,) + (1,) * (step.ndim - 1)) * jnp.ones_like(step)


def aged(site: Site, age: jax.Array, male: jax.Array) -> Site:
    """The site's layers and transit at a person's age, linear per decade from age 35.

        h(age) = h₃₅ (1 + g (age - 35)/10),  transit(age) = transit₃₅ (1 + s max(0, age - 35)/10)

    Layers of corneocytes stay while their transit slows, so fewer cells are born; the living layers, thinner too, hold
    them for as much longer as birth is slower and as much shorter as they are thinner.

    Args:
        site: numbers at age 35
        age: [s]
        male: 1 for men, 0 for women

    Returns: the site with layers, papillae, transit and corneocytes changed; no layer below a fifth of its value at 35.
    Source: thickness: branchet1990; transit: grove_kligman, facial_turnover1989 (all through the site card).
    Checked by: tests/unit/skin/test_skin.py
    """
    decades = (age / YEAR - REFERENCE_AGE) / 10.0
    epidermal = male * site.epidermis_per_decade_men + (1 - male) * site.epidermis_per_decade_women
    thin = jnp.maximum(0.2, 1.0 + epidermal * decades)
    dermal = jnp.maximum(0.2, 1.0 + site.dermis_per_decade * decades)
    slow = 1.0 + site.transit_slowing * jnp.maximum(0.0, decades)
    changes = {"epidermis": site.epidermis * thin, "papillary": site.papillary * dermal}
    changes |= {"reticular": site.reticular * dermal, "sc_transit": site.sc_transit * slow}
    changes |= {name: getattr(site, name) * slow * thin for name in ("germinative_time", "viable_transit")}
    changes["papilla_amplitude"] = site.papilla_amplitude * jnp.maximum(0.2, 1.0 + site.papilla_per_decade * decades)
    changes["corneocyte_area"] = site.corneocyte_area * (1.0 + site.corneocyte_growth * jnp.maximum(0.0, decades))
    return replace(site, **changes)


def skin_of(
    site: Site,
    *,
    age: float,
    male: float = 0.0,
    phototype: float = 2.0,
    preparation: Preparation | None = None,
    modifiers: Modifiers | None = None,
    baseline: Baseline | None = None,
    complexion: Complexion | None = None,
    refined: int = 1,
) -> Skin:
    """A person's skin at one site.

    Args:
        site: numbers of the site at age 35
        age: [s]
        male: 1 for men, 0 for women
        phototype: Fitzpatrick's, 1 to 6
        preparation: how excised skin is mounted; in vivo when left out
        modifiers: what habits and conditions do to this person's rates; nothing when left out
        baseline: what is to be treated; nothing when left out
        complexion: pigment, habitual light and lesion; central numbers and no lesion when left out
        refined: pieces each cell is cut into, to see what the grid does to an answer, >= 1

    Returns: Skin with 32 cells: 8 stratum corneum, 6 viable epidermis, 6 papillary, 12 reticular dermis; or so many
    times more.
    Checked by: tests/unit/skin/test_skin.py
    """
    mount = preparation or Preparation()
    here = aged(site, jnp.asarray(age), jnp.asarray(male))
    layers: list[jax.Array] = []
    left: jax.Array | float = mount.thickness
    for whole in (here.sc_thickness, here.epidermis, here.papillary, here.reticular):
        kept = jnp.clip(left, 1e-6, whole)
        layers.append(kept)
        left = left - kept
    step = jnp.concatenate([h * jnp.asarray(_shares(n, refined)) for n, h in enumerate(layers)])
    masks = (jnp.asarray(m) for m in layer_masks(refined))
    corneum, epidermis, papillary, reticular = masks
    return Skin(
        step=step,
        depth=grid.centres(step),
        corneum=corneum,
        epidermis=epidermis,
        papillary=papillary,
        reticular=reticular,
        site=here,
        age=jnp.asarray(age, dtype=step.dtype),
        phototype=jnp.asarray(phototype, dtype=step.dtype),
        alive=jnp.asarray(mount.alive, dtype=step.dtype),
        receptor_volume=jnp.asarray(mount.receptor_volume, dtype=step.dtype),
        hydrated=jnp.asarray((1 - mount.alive) * mount.hydrated, dtype=step.dtype),
        modifiers=modifiers or unmodified(),
        baseline=baseline or baseline_of(),
        complexion=complexion or Complexion(),
    )


def _shares(layer: int, refined: int) -> np.ndarray:
    cells, grading = CELLS[layer] * refined, GRADING[layer] ** (1 / refined)  # so that old edges stay edges
    return grid.shares_from_top(cells, grading) if layer == 3 else grid.shares(cells, grading)
