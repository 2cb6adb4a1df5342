"""Patches of computed skin colour before and after, for every arm, with the relief shaded: what they are is said."""

from __future__ import annotations

import dataclasses

import numpy as np
from markupsafe import Markup

from microneedling.report.answer import Answer
from microneedling.report.course import interpolated, interval
from microneedling.report.png import png
from microneedling.report.spell import DAY
from microneedling.scales.colour import hex_of, srgb

COLOUR = ("lightness", "redness", "yellowness")
SIGNS = ("L*", "a*", "b*")
WHEN = ((DAY, "a day after"), (7 * DAY, "a week after"))
APART = 0.9  # a moment this close to the end, as a share of the course, is left to the end itself
DOWN, ACROSS = 72, 108  # pixels of a patch
PIXEL = 50e-6  # of skin a pixel stands for [m]
RIDGE = (0.25e-3, 0.6e-3)  # spacing of the lines of the relief [m]
SHADES = 24
AROUND = 0.7  # share of the light that comes from all sides [1]
ROUGH = 18e-6  # drawn where a result has no roughness [m]
HONEST = (
    "Patches of computed colour, not photographs. Each is the colour a colorimeter would read on the central person "
    "under daylight (D65), from melanin, blood, oxygen and layers; nothing in it was fitted to a measured colour. Held "
    "against 148 measured people it is darker by about 8 of L* and less yellow by about 6 of b*: read the change from "
    "patch to patch, not the colour. The relief is a pattern by chance, lit from the left. Screens differ."
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Patch:
    """One patch: when, the picture, the colour in words."""

    words: str
    image: Markup
    colour: str
    values: tuple[str, ...]
    change: str
    said: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Row:
    """The patches of one arm."""

    arm: str
    patches: tuple[Patch, ...]


def patches_of(answer: Answer) -> tuple[Row, ...]:
    """Patches of every arm, or nothing where colour was not read.

    Args:
        answer: a result, read

    Returns: rows in the order of arms; colours are of the central person, intervals of the ensemble.
    Checked by: tests/faces/test_patches.py
    """
    if answer.in_vitro or any(name not in answer.outcomes for name in COLOUR):
        return ()
    first = answer.start
    inside = [(first + t, words) for t, words in WHEN if t < APART * (answer.end - first)]
    moments = [(float(answer.time[0]), "before"), *inside, (answer.end, "at the end")]
    relief = _relief(int(answer.run.get("seed", 0)))
    return tuple(
        Row(arm=arm, patches=tuple(_patch(answer, n, moment, relief) for moment in moments))
        for n, arm in enumerate(answer.arms)
        if np.isfinite([answer.outcomes[name].central[n] for name in COLOUR]).all()
    )


def _patch(answer: Answer, arm: int, moment: tuple[float, str], relief: np.ndarray) -> Patch:
    when, words = moment
    colour = np.array([_central(answer, name, arm, when) for name in COLOUR])
    start = np.array([_central(answer, name, arm, float(answer.time[0])) for name in COLOUR])
    spans = tuple(
        f"{sign} {_one(value)} ({_span(answer, name, arm, when)})" for sign, value, name in zip(SIGNS, colour, COLOUR)
    )
    moved = float(np.linalg.norm(colour - start))
    change = "" if words == "before" else f"ΔE {moved:.1f} from before"
    rough = _central(answer, "roughness", arm, when) * 1e-6 if "roughness" in answer.outcomes else ROUGH
    said = f"{answer.arms[arm]}, {words}: {', '.join(spans)}. Computed colour {hex_of(colour)}, not a photograph."
    image = Markup(f"data:image/png;base64,{shaded(colour, relief * rough)}")
    return Patch(words=words, image=image, colour=hex_of(colour), values=spans, change=change, said=said)


def _central(answer: Answer, name: str, arm: int, when: float) -> float:
    outcome = answer.outcomes[name]
    return float(interpolated(outcome.time, outcome.central[arm], when))


def _span(answer: Answer, name: str, arm: int, when: float) -> str:
    found = interval(answer.outcomes[name].at(when)[arm])
    return f"{_one(found.low)} to {_one(found.high)}"


def _one(value: float) -> str:
    return f"{value:.1f}".replace("-", "−")


def _relief(seed: int) -> np.ndarray:
    """Heights of a net of lines that cross, mean 0 and mean deviation 1 (DOWN, ACROSS)."""
    rng = np.random.default_rng([seed, 17])
    y, x = np.mgrid[0:DOWN, 0:ACROSS] * PIXEL
    bend = sum(_wave(rng, x, y, 2e-3) for _ in range(4)) * 6e-5
    height = np.zeros((DOWN, ACROSS))
    for turn in (0.5, 1.9, 2.7):
        spacing = rng.uniform(*RIDGE)
        across = (x + bend) * np.cos(turn) + (y - bend) * np.sin(turn)
        height -= np.exp(-(((across / spacing + rng.random()) % 1.0 - 0.5) ** 2) / 0.02)
    height += 0.2 * sum(_wave(rng, x, y, 1e-3) for _ in range(6))
    height -= height.mean()
    return np.asarray(height / np.abs(height).mean())


def _wave(rng: np.random.Generator, x: np.ndarray, y: np.ndarray, longest: float) -> np.ndarray:
    """A level wave of random direction and phase."""
    turn, length = rng.uniform(0, np.pi), longest * rng.uniform(0.4, 1.0)
    return np.sin(2 * np.pi * ((x * np.cos(turn) + y * np.sin(turn)) / length + rng.random()))


def shaded(colour: np.ndarray, height: np.ndarray) -> str:
    """A patch of one colour whose relief is lit from the left at 45 degrees, as base64 PNG.

        light = A + (1 - A) max(0, n · l)/l_z,   n the normal of the surface, A light from all sides

    A level surface has light 1.

    Args:
        colour: L*, a*, b* of the level surface (3,) [1]
        height: of the surface (DOWN, ACROSS) [m]

    Checked by: tests/faces/test_patches.py
    """
    down, across = np.gradient(height, PIXEL)
    lamp = np.maximum(0.0, 1 + across) / np.sqrt(1 + down**2 + across**2)
    light = AROUND + (1 - AROUND) * lamp
    low, high = float(light.min()), float(light.max())
    levels = np.linspace(low, max(high, low + 1e-9), SHADES)
    index = np.round((light - low) / (levels[-1] - low) * (SHADES - 1)).astype(int)
    palette = np.round(255 * np.stack([srgb(_lit(colour, level)) for level in levels]))
    return png(index, palette)


def _lit(colour: np.ndarray, light: float) -> np.ndarray:
    """CIELAB of the colour under so many times the light."""
    f = np.array([(colour[0] + 16) / 116 + colour[1] / 500, (colour[0] + 16) / 116, (colour[0] + 16) / 116])
    f[2] -= colour[2] / 200
    t = np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29)) * min(light, 1.6)
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])
