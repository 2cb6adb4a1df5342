"""What a thin upright slice of skin holds at a few times: plain arrays read from a result, for the drawn section."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from microneedling.report.answer import LAYERS, Answer
from microneedling.report.spell import DAY, MINUTE

if TYPE_CHECKING:
    import xarray as xr

# kinds of cells and matter: fields whose sum is drawn, in wounded columns and in the rest between them
KINDS = {
    "debris": ("Inflammation", ("debris",)),
    "neutrophils": ("Inflammation", ("neutrophils",)),
    "macrophages": ("Inflammation", ("m1", "m2")),
    "fibroblasts": ("Repair", ("fibroblasts",)),
    "new collagen": ("Collagen", ("iii", "new")),
    "mature collagen": ("Collagen", ("mature",)),
}
SINGLE = ("Channels.open", "Channels.recoiling", "Wound.fraction", "Vessels.perfusion", "Vessels.density")
WHEN = ((MINUTE, "right after"), (3 * DAY, "3 days after"), (14 * DAY, "14 days after"))
APART = 0.9  # a moment this close to the end, as a share of the course, is left to the end itself


@dataclasses.dataclass(frozen=True, kw_only=True)
class Slice:
    """The central person of the first arm at one time; depth arrays are (depth,), lengths in m."""

    words: str
    time: float
    layers: Mapping[str, float]  # thickness now
    hole: np.ndarray  # half width of a channel at each depth
    column: np.ndarray  # half width of the wounded column around it
    kinds: Mapping[str, tuple[np.ndarray, np.ndarray]]  # amount in that column, and in the rest
    flow: np.ndarray  # over rest, 1 at rest
    vessels: float  # density over rest
    melanin: tuple[float, float, float]  # basal layer, above it, in the dermis; over the epidermis' at rest


@dataclasses.dataclass(frozen=True, kw_only=True)
class Slices:
    """Slices at a few times, with what does not change."""

    slices: tuple[Slice, ...]
    depth: np.ndarray  # cell centres
    step: np.ndarray  # cell thickness
    layer: np.ndarray  # index of the layer a cell belongs to
    loops: float  # capillary loops per area at rest
    phototype: int
    seed: int


def slices_of(tree: xr.DataTree, answer: Answer) -> Slices | None:
    """What the drawn section needs, or None where the result holds no living tissue over time.

    Args:
        tree: a result
        answer: the same, read

    Checked by: tests/faces/test_drawn_section.py
    """
    if answer.in_vitro or "tissue" not in tree.children or not answer.layers:
        return None
    tissue = tree["tissue"].to_dataset()
    if any(name not in tissue for name in SINGLE):
        return None
    times = np.asarray(tissue["time"].values, dtype=float)
    rows = [(int(np.argmin(np.abs(times - when))), words) for when, words in _moments(answer)]
    at = {str(name): array.isel(arm=0).values for name, array in tissue.data_vars.items()}
    return Slices(
        slices=tuple(_slice(at, answer, (row, words), times) for row, words in rows),
        depth=np.asarray(tissue["depth"].values, dtype=float),
        step=np.asarray(tissue["thickness"].values, dtype=float),
        layer=np.asarray(tissue["layer"].values, dtype=int),
        loops=answer.parameter(".capillary_density") or 0.0,
        phototype=int(answer.person.get("phototype", 2)),
        seed=int(answer.run.get("seed", 0)),
    )


def _moments(answer: Answer) -> list[tuple[float, str]]:
    first = answer.start
    inside = [(first + t, words) for t, words in WHEN if t < APART * (answer.end - first)]
    return [(float(answer.time[0]), "before"), *inside, (answer.end, "at the end")]


def _slice(at: Mapping[str, np.ndarray], answer: Answer, moment: tuple[int, str], times: np.ndarray) -> Slice:
    row, words = moment
    density = _punctures(at, answer, float(times[row]), times)
    area = np.clip(at["Channels.open"][row] + at["Channels.recoiling"][row], 0.0, 0.999)
    wounded = np.clip(at["Wound.fraction"][row], 0.0, 0.999)
    return Slice(
        words=words,
        time=float(times[row]),
        layers=_thickness(at, answer, row),
        hole=_half_width(area, density),
        column=_half_width(wounded, density),
        kinds={name: _amounts(at, row, *where) for name, where in KINDS.items()},
        flow=(1.0 + np.asarray(at["Vessels.perfusion"][row], dtype=float)) * (1.0 - _cold(at, row)),
        vessels=float(np.mean(at["Vessels.density"][row])),
        melanin=_melanin(at, row),
    )


def _punctures(at: Mapping[str, np.ndarray], answer: Answer, time: float, times: np.ndarray) -> float:
    """Punctures per area the last needling before this time made [m-2]."""
    made = [s for s in answer.sessions if s < time]
    series = at.get("Punctures.density")
    if not made or series is None:
        return 0.0
    return float(series[int(np.searchsorted(times, made[-1], side="right"))])


def _cold(at: Mapping[str, np.ndarray], row: int) -> float:
    """Share of flow that cold takes."""
    series = at.get("Vessels.constriction")
    return 0.0 if series is None else float(series[row])


def _half_width(share: np.ndarray, density: float) -> np.ndarray:
    """Radius of discs that fall at random and cover this share of the skin, a = 1 - exp(-n π r²) [m]."""
    if not density > 0:
        return np.zeros_like(share, dtype=float)
    return np.sqrt(-np.log1p(-np.asarray(share, dtype=float)) / (math.pi * density))


def _amounts(at: Mapping[str, np.ndarray], row: int, component: str, fields: tuple[str, ...]) -> Any:
    def total(column: str) -> np.ndarray:
        found = [at.get(f"{component}.columns.{column}.{field}") for field in fields]
        return np.maximum(0.0, sum(np.asarray(one[row], dtype=float) for one in found if one is not None))

    return total("wounded"), total("rest")


def _thickness(at: Mapping[str, np.ndarray], answer: Answer, row: int) -> dict[str, float]:
    """Layers now: horn by its corneocytes, living epidermis by its cells, dermis as at rest [m]."""
    corneum = _mean(at, "Epidermis.corneocytes.", row)
    living = _mean(at, "Epidermis.suprabasal.", row)
    factors = {"corneum": corneum, "epidermis": living}
    return {name: answer.layers.get(name, 0.0) * factors.get(name, 1.0) for name in LAYERS}


def _mean(at: Mapping[str, np.ndarray], start: str, row: int) -> float:
    found = [float(array[row]) for name, array in at.items() if name.startswith(start)]
    return sum(found) / len(found) if found else 1.0


def _melanin(at: Mapping[str, np.ndarray], row: int) -> tuple[float, float, float]:
    names = ("Pigment.own.basal", "Pigment.own.suprabasal", "Pigment.dermal")
    found = [float(at[name][row]) if name in at else None for name in names]
    rest = (1.0, 1.0, 0.0)
    return tuple(r if x is None else x for x, r in zip(found, rest))  # type: ignore[return-value]
