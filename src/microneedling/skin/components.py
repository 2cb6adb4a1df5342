"""Every field of the state on one page: meaning, unit, and the size below which it does not matter.

Depth fields are (depth,), surface fields are (). Healing fields come twice, in the wounded columns around punctures and
in the rest between them. Amounts of cells and signals are excess over rest and relative, so their rest is zero;
matrix is relative to mature collagen or elastic fibre at rest.
"""

from __future__ import annotations

from typing import Generic, TypeVar

import jax

from microneedling.core.param import state_field
from microneedling.core.state import Component
from microneedling.core.struct import struct

P = TypeVar("P")


@struct
class Columns(Generic[P]):
    """The same fields in the wounded columns and in the rest of the tissue."""

    wounded: P
    rest: P


@struct
class Wound(Component):
    """How much of the tissue is wounded column."""

    fraction: jax.Array = state_field(meaning="area fraction of wounded columns", unit="1", negligible=1e-5)


@struct
class Channels(Component):
    """Open paths made by needles."""

    recoiling: jax.Array = state_field(meaning="open area that springs back", unit="1", negligible=1e-6)
    open: jax.Array = state_field(meaning="open area that has to reseal", unit="1", negligible=1e-6)
    radius: jax.Array = state_field(meaning="channel radius", unit="m", negligible="0.1 um")
    reach: jax.Array = state_field(meaning="depth of the channels when they were made", unit="m", negligible="1 um")
    first: jax.Array = state_field(
        meaning="open area at the surface after the last needling", unit="1", negligible=1e-6
    )
    held: jax.Array = state_field(meaning="1 while needles stay in the skin", unit="1", negligible=1e-3)
    obstruction: jax.Array = state_field(
        meaning="share of diffusivity lost in what fills held channels", unit="1", negligible=1e-3
    )


@struct
class Punctures(Component):
    """What the last needling left to be felt and counted."""

    density: jax.Array = state_field(meaning="punctures not yet re-epithelialised", unit="m-2", negligible="0.01 cm-2")
    inserted_depth: jax.Array = state_field(meaning="depth the tips reached", unit="m", negligible="1 um")
    relaxed_depth: jax.Array = state_field(meaning="depth of the channels left", unit="m", negligible="1 um")
    pain: jax.Array = state_field(meaning="pain relative to a 26G needle", unit="1", negligible=1e-3)
    bled: jax.Array = state_field(meaning="share of punctures that bled", unit="1", negligible=1e-4)


@struct
class Cover(Component):
    """What lies on the skin."""

    film: jax.Array = state_field(meaning="volatile film thickness", unit="m", negligible="0.01 um")
    residue: jax.Array = state_field(meaning="film thickness that stays", unit="m", negligible="0.01 um")
    evaporation: jax.Array = state_field(meaning="evaporation rate of the film", unit="s-1", negligible="0.1 d-1")
    occlusion: jax.Array = state_field(meaning="1 when covered", unit="1", negligible=1e-3)
    cold: jax.Array = state_field(meaning="1 while cold lies on the skin", unit="1", negligible=1e-3)


@struct
class Medicine(Component):
    """What a medicine taken for a span does while it is taken."""

    calming: jax.Array = state_field(
        meaning="-ln of the factor of medicines on the inflammatory signal", unit="1", negligible=1e-3
    )


@struct
class Solute:
    """One active: on the skin, undissolved at depth, in tissue, in open channels, and where it went."""

    on_skin: jax.Array = state_field(meaning="amount on the skin", unit="mol m-2", negligible="1 pmol cm-2")
    tissue: jax.Array = state_field(meaning="total concentration in tissue", unit="mol m-3", negligible="1 nmol l-1")
    channel: jax.Array = state_field(meaning="amount in channels per tissue", unit="mol m-3", negligible="1 nmol l-1")
    polar: jax.Array = state_field(
        meaning="amount in the polar leak per tissue", unit="mol m-3", negligible="1 nmol l-1"
    )
    depot: jax.Array = state_field(meaning="undissolved amount per tissue", unit="mol m-3", negligible="1 nmol l-1")
    dissolution: jax.Array = state_field(meaning="how fast the depot dissolves", unit="s-1", negligible="0.1 d-1")
    blood: jax.Array = state_field(meaning="amount taken up by blood", unit="mol m-2", negligible="1 pmol cm-2")
    lymph: jax.Array = state_field(meaning="amount taken up by lymph", unit="mol m-2", negligible="1 pmol cm-2")
    metabolised: jax.Array = state_field(meaning="amount metabolised", unit="mol m-2", negligible="1 pmol cm-2")
    receptor: jax.Array = state_field(
        meaning="amount passed into the receptor", unit="mol m-2", negligible="1 pmol cm-2"
    )
    sampled: jax.Array = state_field(
        meaning="of that, amount sampled off the receptor", unit="mol m-2", negligible="1 pmol cm-2"
    )
    wiped: jax.Array = state_field(meaning="amount wiped off or taken away", unit="mol m-2", negligible="1 pmol cm-2")
    applied: jax.Array = state_field(meaning="amount put on so far", unit="mol m-2", negligible="1 pmol cm-2")


@struct
class Drug(Component):
    """Each active of the study."""

    solutes: tuple[Solute, ...]


@struct
class Epidermis(Component):
    """Age chain from basal cell to shed corneocyte, what holds corneocytes, and the barrier's lipids; relative to rest.

    The last is no state of affairs but a number of this person that read-outs need beside the law.
    """

    birth: jax.Array = state_field(meaning="births of keratinocytes", unit="1", negligible=1e-3)
    germinative: jax.Array = state_field(meaning="germinative cells", unit="1", negligible=1e-3)
    suprabasal: tuple[jax.Array, ...] = state_field(meaning="suprabasal cells, young to old", unit="1", negligible=1e-3)
    corneocytes: tuple[jax.Array, ...] = state_field(meaning="corneocytes, deep to outer", unit="1", negligible=1e-3)
    maturity: jax.Array = state_field(meaning="mean area of corneocytes", unit="1", negligible=1e-3)
    cohesion: jax.Array = state_field(meaning="cohesion of the outer corneocytes", unit="1", negligible=1e-3)
    lipids: jax.Array = state_field(meaning="barrier lipids", unit="1", negligible=1e-3)
    removed: jax.Array = state_field(meaning="share of stratum corneum taken off so far", unit="1", negligible=1e-4)
    gap: jax.Array = state_field(meaning="share of needled area not yet re-epithelialised", unit="1", negligible=1e-3)
    acceleration: jax.Array = state_field(
        meaning="share of a rise of births that goes into pace, this person's", unit="1", negligible=1e-6
    )


@struct
class Vellus(Component):
    """Fine hair out of the skin."""

    standing: jax.Array = state_field(meaning="mean length of vellus hairs over rest", unit="1", negligible=1e-3)


@struct
class Melanin:
    """Melanin on its way through the epidermis, relative to rest: in the basal layer per area, above it per cell."""

    basal: jax.Array = state_field(meaning="melanin of the basal layer", unit="1", negligible=1e-3)
    suprabasal: jax.Array = state_field(meaning="melanin per suprabasal cell", unit="1", negligible=1e-3)
    corneum: jax.Array = state_field(meaning="melanin per corneocyte", unit="1", negligible=1e-3)


@struct
class Pigment(Component):
    """Melanocytes and their melanin: the skin's own, and what a lesion has beyond it, each relative to its rest."""

    activity: jax.Array = state_field(meaning="melanocyte activity", unit="1", negligible=1e-3)
    own: Melanin
    lesional: Melanin
    drive: jax.Array = state_field(meaning="what makes the lesion darker", unit="1", negligible=1e-3)
    dermal: jax.Array = state_field(
        meaning="melanin in the dermis relative to that of the epidermis at rest", unit="1", negligible=1e-4
    )
    light: jax.Array = state_field(meaning="ultraviolet dose still felt", unit="kg s-2", negligible="0.1 J m-2")
    shield: jax.Array = state_field(meaning="share of ultraviolet kept off", unit="1", negligible=1e-3)


@struct
class Cells:
    """Debris, inflammatory cells and their signal; excess over rest."""

    debris: jax.Array = state_field(meaning="debris and clot", unit="1", negligible=1e-4)
    neutrophils: jax.Array = state_field(meaning="neutrophils", unit="1", negligible=1e-4)
    m1: jax.Array = state_field(meaning="inflammatory macrophages", unit="1", negligible=1e-4)
    m2: jax.Array = state_field(meaning="repair macrophages", unit="1", negligible=1e-4)
    signal: jax.Array = state_field(meaning="inflammatory signal", unit="1", negligible=1e-4)


@struct
class Inflammation(Component):
    """Inflammation in both columns."""

    columns: Columns[Cells]


@struct
class Growth:
    """Repair signals and the cells they call; excess over rest."""

    tgf: jax.Array = state_field(meaning="active TGF-beta", unit="1", negligible=1e-4)
    fibroblasts: jax.Array = state_field(meaning="activated fibroblasts", unit="1", negligible=1e-5)


@struct
class Repair(Component):
    """Repair in both columns."""

    columns: Columns[Growth]


@struct
class Fibres:
    """Collagen, relative to mature collagen at rest."""

    iii: jax.Array = state_field(meaning="new collagen III", unit="1", negligible=1e-6)
    new: jax.Array = state_field(meaning="new collagen I", unit="1", negligible=1e-5)
    mature: jax.Array = state_field(meaning="mature collagen", unit="1", negligible=1e-5)


@struct
class Collagen(Component):
    """Collagen in both columns, and what rest is for this person."""

    columns: Columns[Fibres]
    iii_at_rest: jax.Array = state_field(meaning="collagen III at rest", unit="1", negligible=1e-6)
    new_at_rest: jax.Array = state_field(meaning="new collagen I at rest", unit="1", negligible=1e-6)


@struct
class Elastic:
    """Protease, tropoelastin and elastic fibre; protease and fibre relative to rest."""

    protease: jax.Array = state_field(meaning="matrix protease, net of inhibitor", unit="1", negligible=1e-3)
    tropoelastin: jax.Array = state_field(meaning="tropoelastin", unit="1", negligible=1e-4)
    fibre: jax.Array = state_field(meaning="elastic fibre", unit="1", negligible=1e-5)


@struct
class Elastin(Component):
    """Protease and elastin in both columns."""

    columns: Columns[Elastic]


@struct
class Vegf:
    """Vessel growth factor; excess over rest."""

    vegf: jax.Array = state_field(meaning="VEGF", unit="1", negligible=1e-4)


@struct
class Vessels(Component):
    """Vessels' state: growth factor in both columns, flow, density and water by depth."""

    columns: Columns[Vegf]
    perfusion: jax.Array = state_field(meaning="rise of perfusion over rest by dilation", unit="1", negligible=1e-3)
    density: jax.Array = state_field(meaning="vessel density relative to rest", unit="1", negligible=1e-4)
    water: jax.Array = state_field(meaning="oedema water over rest, of interstitial water", unit="1", negligible=1e-4)
    mediator: jax.Array = state_field(
        meaning="what needles free in minutes, share of skin its flare reaches", unit="1", negligible=1e-4
    )
    constriction: jax.Array = state_field(meaning="share of flow lost to cold", unit="1", negligible=1e-4)


@struct
class Relief(Component):
    """How far the surface has followed the matrix beneath it; relative to rest, so 1 is the relief as it was."""

    papillary: jax.Array = state_field(meaning="papillary matrix the surface rests on", unit="1", negligible=1e-5)
    reticular: jax.Array = state_field(meaning="upper reticular matrix it rests on", unit="1", negligible=1e-5)
    deep: jax.Array = state_field(meaning="lower reticular matrix it rests on", unit="1", negligible=1e-5)


@struct
class Pores(Component):
    """What fills the openings of follicles."""

    plug: jax.Array = state_field(meaning="volume of follicular plugs relative to rest", unit="1", negligible=1e-3)


@struct
class Follicles(Component):
    """Hair follicles of a site that bears terminal hair, and what rest is for this person."""

    terminal: jax.Array = state_field(meaning="share of follicles that are terminal", unit="1", negligible=1e-4)
    growing: jax.Array = state_field(meaning="share of terminal follicles that grow", unit="1", negligible=1e-4)
    terminal_at_rest: jax.Array = state_field(meaning="terminal share at rest", unit="1", negligible=1e-4)
    growing_at_rest: jax.Array = state_field(meaning="growing share at rest", unit="1", negligible=1e-4)
