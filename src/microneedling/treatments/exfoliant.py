"""What an exfoliant is: a tape, a scrub, a blade or grit, and what one use of it takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import jax
import jax.numpy as jnp

from microneedling.core.card import Text
from microneedling.core.param import param
from microneedling.core.struct import struct
from microneedling.skin.skin import Skin

FAMILIES = ("tape", "scrub", "blade", "grit")
NONE = "0: this exfoliant does not do that"


@struct
class Exfoliant:
    """One tape, scrub, blade or abrasive tip; the numbers come from a card.

    Tape, scrub and blade take layers of corneocytes (`layers`); grit wears tissue off at a speed (`abrasion`).
    """

    KIND: ClassVar[str] = "exfoliants"
    TEXTS: ClassVar[Mapping[str, Text]] = {
        "family": Text(FAMILIES),
        "notes": Text(needed=False),
    }

    # fmt: off
    layers: float = param(default="0", unit="1", grade="assumed", note=NONE, meaning="corneocyte layers the first strip, rub or stroke takes")
    abrasion: float = param(default="0 m/s", unit="m s-1", grade="assumed", note=NONE, meaning="depth worn off per time on a spot, at full flow and the tip's own suction")
    suction: float = param(default="30 kPa", unit="kg m-1 s-2", grade="assumed", note="only used for grit", meaning="suction that draws the skin to the tip, unless told")
    suction_power: float = param(default="0", unit="1", grade="assumed", note="only used for grit", meaning="how wear grows with suction (exponent)")
    contact: float = param(default="0 s", unit="s", grade="assumed", note="only used for grit", meaning="time one pass stays on each spot, unless told")
    unevenness: float = param(default="0.3", unit="1", grade="assumed", note="only used for grit", meaning="scatter of the depth worn off from spot to spot, over its mean")
    debris: float = param(default="0", unit="1", grade="assumed", note=NONE, meaning="debris left where living tissue is worn off, over a puncture's")
    lipids: float = param(default="0", unit="1", grade="assumed", note=NONE, meaning="share of the barrier lipids that one use washes out of what stays")
    plugs: float = param(default="0", unit="1", grade="assumed", note=NONE, meaning="share of the follicles' plugs that one use takes out")
    vellus: float = param(default="0", unit="1", grade="assumed", note=NONE, meaning="share of vellus hairs that one use cuts")
    # fmt: on


def layers_taken(uses: Any, layers: Any, skin: Skin) -> jax.Array:
    """Share of the stratum corneum that strips, rubs or strokes take [1].

        f = 1 - exp(-n l/N)

    The first use takes l of N layers; each takes the same share of what the last one left, so that uses take less the
    deeper they reach, and n uses now and m later take what n + m take at once.

    Args:
        uses: n, strips, rubs or strokes over the whole area [1], >= 0
        layers: l, layers of the first [1], >= 0
        skin: whose skin; N are the layers of its site

    Returns: f, of the layers that are there [1], 0 to 1.
    Source: form assumed: strips take less the deeper they are (tape_chapter says so, and sets no number here).
    Checked by: tests/unit/treatments/test_exfoliants.py, tests/contracts/test_treatments.py
    """
    return 1 - jnp.exp(-jnp.asarray(uses) * layers / skin.site.sc_layers)


def repeated(share: Any, uses: Any) -> jax.Array:
    """Share taken by several uses that each take the same share of what is left, 1 - (1 - s)^n [1]."""
    kept = jnp.clip(1 - jnp.asarray(share), 0.0, 1.0)
    return jnp.where(jnp.asarray(uses) > 0, 1 - kept ** jnp.asarray(uses), 0.0)
