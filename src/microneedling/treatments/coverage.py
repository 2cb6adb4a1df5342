"""Where punctures fall: the head's pattern, carried over the skin, stroke by stroke and press by press."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
from scipy.spatial import cKDTree  # type: ignore[import-untyped]

from microneedling.core.param import param
from microneedling.core.struct import struct
from microneedling.treatments.device import Device

STAR = np.deg2rad([0.0, 90.0, 45.0, 135.0])  # directions of rolling: along, across, and both diagonals


@struct
class Hand:
    """How a hand leads the head. None of it is recorded in the evidence; it decides clusters, not the density."""

    pace: float = param(
        default="30 mm/s",
        unit="m s-1",
        spread="10 .. 100 mm/s",
        grade="assumed",
        note="a gliding pen; nobody has filmed it",
        meaning="speed of the head over the skin",
    )
    sway: float = param(
        default="0.2 mm",
        unit="m",
        spread="0.05 .. 0.5 mm",
        grade="assumed",
        note="skin moves along with the head by tenths of a millimetre",
        meaning="scatter of the head's place from stroke to stroke",
    )
    turning: float = param(
        default=0.09,
        unit="1",
        spread="0.02 .. 0.3",
        grade="assumed",
        note="five degrees, in radians: a hand does not hold a direction better",
        meaning="scatter of the head's direction",
    )


@dataclasses.dataclass(frozen=True, kw_only=True)
class Use:
    """How a device is used: its words and settings, SI."""

    family: str
    pattern: str = "grid"
    dwell: float = 0.0
    passes: float = 0.0
    frequency: float = 0.0
    area: float = 1e-4


@dataclasses.dataclass(frozen=True, kw_only=True)
class Field:
    """Punctures on a square of skin: places (n,) and depths (n,) [m]; some lie in a margin around the square."""

    side: float
    x: np.ndarray
    y: np.ndarray
    deep: np.ndarray

    @property
    def inside(self) -> np.ndarray:
        """Which punctures lie in the square itself."""
        return (self.x >= 0) & (self.x < self.side) & (self.y >= 0) & (self.y < self.side)

    @property
    def density(self) -> float:
        """Punctures per area [m-2]."""
        return float(np.sum(self.inside)) / self.side**2

    def gaps(self) -> np.ndarray:
        """Distance of every puncture of the square to the next one anywhere [m]; infinite for a single one."""
        places = np.column_stack([self.x, self.y])
        if len(places) < 2:
            return np.full(int(np.sum(self.inside)), np.inf)
        found, _ = cKDTree(places).query(places[self.inside], k=2)
        return np.asarray(found[:, 1])

    def clustering(self) -> float:
        """Mean gap over that of random places of the same density, R = ḡ · 2√n: below 1 clustered, above 1 even.

        Source: Clark and Evans' index. Checked by: tests/unit/treatments/test_coverage.py
        """
        gaps = self.gaps()
        return float(np.mean(gaps) * 2 * math.sqrt(self.density)) if len(gaps) > 1 else math.nan

    def overlapping(self, radius: float) -> float:
        """Share of the punctures whose holes of this radius [m] touch another's [1]."""
        gaps = self.gaps()
        return float(np.mean(gaps < 2 * radius)) if len(gaps) else 0.0

    def covered(self, z: float, *, device: Device, pixels: int = 600) -> float:
        """Share of the square that is pierced at depth z [m], counted on a raster: overlaps count once.

        Checked by: tests/unit/treatments/test_coverage.py
        """
        slope = (device.base_radius - device.tip_radius) / device.needle_length
        reaching = self.deep > z
        radius = device.tip_radius + slope * np.minimum(self.deep[reaching] - z, device.needle_length)
        step = self.side / pixels
        seen = np.zeros((pixels, pixels), dtype=bool)
        centre = (np.arange(pixels) + 0.5) * step
        for x, y, r in zip(self.x[reaching], self.y[reaching], radius):
            columns = slice(*np.searchsorted(centre, [x - r, x + r]))
            rows = slice(*np.searchsorted(centre, [y - r, y + r]))
            seen[rows, columns] |= (centre[rows, None] - y) ** 2 + (centre[None, columns] - x) ** 2 <= r * r
        return float(np.mean(seen))


def field_of(
    device: Device,
    use: Use,
    *,
    side: float,
    piercing: float,
    depth: float,
    scatter: float,
    seed: int,
    hand: Hand | None = None,
) -> Field:
    """The punctures a use of a device leaves on a square of skin in the middle of what is treated.

    Pens leave their pattern at every stroke along a path of lanes, sweep after sweep; a share `success` of the strokes
    makes a new hole. Rollers, stamps and patches lay down a grid of heads at every pass or press, turned and shifted at
    random. A share `piercing` of the needles breaks through. Depths scatter normally.

    Args:
        device: numbers of the device
        use: how it is used
        side: of the square [m]
        piercing: share of the needles that break through [1]
        depth: mean depth of those [m]
        scatter: its standard deviation [m]
        seed: the same seed gives the same punctures
        hand: how the hand leads the head

    Returns: the punctures.
    Checked by: tests/unit/treatments/test_coverage.py
    """
    rng = np.random.default_rng(seed)
    lead = hand or Hand()
    margin = 2 * device.base_radius
    if use.family == "pen":
        places = _stroked(device, use, lead, (side, margin, rng))
        kept = piercing * device.success
    else:
        places = _pressed(device, use, lead, (side, margin, rng))
        kept = piercing
    near = np.all((places > -margin) & (places < side + margin), axis=1)
    places = places[near]
    places = places[rng.random(len(places)) < kept]
    deep = np.maximum(0.0, depth + scatter * rng.standard_normal(len(places)))
    return Field(side=side, x=places[:, 0], y=places[:, 1], deep=deep)


def _stroked(device: Device, use: Use, hand: Hand, square: tuple[float, float, np.random.Generator]) -> np.ndarray:
    """Needle places (n, 2) of all strokes near the square, which lies in the middle of the treated area."""
    side, margin, rng = square
    whole, wide = math.sqrt(use.area), math.sqrt(device.head_area)
    count = rng.poisson(use.frequency * use.dwell)
    length = np.sort(rng.random(count)) * hand.pace * use.dwell
    lanes = max(1, math.ceil(whole / wide))
    sweep, rest = np.divmod(length, lanes * whole)
    lane, along = np.divmod(rest, whole)
    along = np.where(lane % 2 == 0, along, whole - along)
    shift = rng.random(int(np.max(sweep, initial=0.0)) + 1)[sweep.astype(int)]
    across = (lane + shift) * whole / lanes
    upright = sweep % 2 == 0
    heads = np.column_stack([np.where(upright, along, across), np.where(upright, across, along)])
    heads = heads + hand.sway * rng.standard_normal(heads.shape) - (whole - side) / 2
    pattern = _pattern(device, use.pattern)
    reach = float(np.max(np.hypot(*pattern.T), initial=0.0)) + margin
    near = np.all((heads > -reach) & (heads < side + reach), axis=1)
    angle = sweep[near] * math.pi / 2 + hand.turning * rng.standard_normal(int(np.sum(near)))
    return _laid(pattern, heads[near], angle)


def _pressed(device: Device, use: Use, hand: Hand, square: tuple[float, float, np.random.Generator]) -> np.ndarray:
    """Needle places (n, 2) of all passes or presses near the square: each a grid of heads."""
    side, margin, rng = square
    tile = math.sqrt(device.needles / device.puncture_density_per_pass)
    pattern = _pattern(device, use.pattern, tile)
    reach = side + 2 * (margin + tile)
    steps = np.arange(-math.ceil(reach / tile), math.ceil(reach / tile) + 1) * tile
    grid = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    found = [np.zeros((0, 2))]
    for n in range(int(use.passes)):
        angle = STAR[n % len(STAR)] + hand.turning * rng.standard_normal()
        heads = _laid(grid + rng.random(2) * tile, np.zeros((1, 2)), np.array([angle])) + side / 2
        found.append(_laid(pattern, heads, np.full(len(heads), angle)))
    return np.concatenate(found)


def _pattern(device: Device, pattern: str, tile: float = 0.0) -> np.ndarray:
    """Places of the needles on the head, around its middle (needles, 2) [m]."""
    count = max(1, round(float(device.needles)))
    if pattern == "ring":
        angle = 2 * math.pi * np.arange(count) / count
        radius = float(device.pitch()) * count / (2 * math.pi)
        return radius * np.column_stack([np.cos(angle), np.sin(angle)])
    rows = math.ceil(math.sqrt(count))
    given = float(device.spacing)
    pitch = given if given > 0 else tile / rows if tile else math.sqrt(device.head_area / count)
    grid = np.stack(np.meshgrid(np.arange(rows), np.arange(rows)), axis=-1).reshape(-1, 2)[:count]
    return pitch * (grid - np.mean(grid, axis=0))


def _laid(pattern: np.ndarray, heads: np.ndarray, angle: np.ndarray) -> np.ndarray:
    """The pattern turned and put at every head (heads · needles, 2)."""
    turn = np.stack([np.stack([np.cos(angle), -np.sin(angle)], -1), np.stack([np.sin(angle), np.cos(angle)], -1)], -2)
    return np.asarray((turn @ pattern.T).transpose(0, 2, 1) + heads[:, None, :]).reshape(-1, 2)


def packing(radius: float) -> float:
    """Greatest density of needles of this radius [m]: hexagonal close packing, 1/(2√3 r²) [m-2].

    Checked by: tests/unit/treatments/test_coverage.py
    """
    return 1.0 / (2 * math.sqrt(3.0) * radius**2)
