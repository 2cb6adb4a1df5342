"""Where a device's sheet leaves what was measured: one sentence for each step beyond it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from microneedling.study.device_numbers import DeviceNumbers, interval

PENS = (0.5e-3, 1.5e-3)  # settings of the one histology of pens [m]
SLOW = (0.37e-3, 1.5e-3)  # lengths of slow needles whose depth or hole was looked at [m]
PAIN, COUNT = (480e-6, 1450e-6), (5, 50)  # lengths [m] and numbers of the pain study
NEAR = 150e-6  # spacing below which needles feel each other [m]
IDLE = {True: ("approach", "puncture_density_per_pass"), False: ("stroke", "frequency", "success")}  # by: is it a pen
ALWAYS = (
    "Bleeding is a hypothesis: capillaries per area times the section of the needle; nobody has counted.",
    "Exfoliation is a prediction from geometry; nobody has measured it for needles.",
    "How a hand leads the head is assumed: clusters on the map are an example, the density is not.",
)


def marks(found: DeviceNumbers) -> tuple[str, ...]:
    """Sentences on what lies beyond the measurements behind the sheet, most serious first.

    Checked by: tests/faces/test_device_sheet.py
    """
    return (*_reached(found), *_beyond(found), *_card(found), *ALWAYS)


def _reached(found: DeviceNumbers) -> Iterator[str]:
    here = found.here
    below = float(np.mean(here["reaching_bottom"][1:] > 0.05)) if found.asked.members else 0.0
    if below > 0.05:
        yield (
            f"Longer than the skin is thick: in {100 * below:.0f} % of people more than one needle in twenty "
            f"goes below the skin of the {found.site.title.lower()} at this setting."
        )
    low, middle, _ = interval(here["piercing"])
    if middle < 0.5:
        yield f"Half of the needles or more do not break through (median {100 * middle:.0f} % pierce)."
    elif low < 0.5:
        yield f"In one person of twenty fewer than half of the needles break through ({100 * low:.0f} %)."


def _beyond(found: DeviceNumbers) -> Iterator[str]:
    device, pen = found.card.known.record, found.use.family == "pen"
    low, high = PENS if pen else SLOW
    what = "pens" if pen else "slow needles"
    if not low * 0.99 <= found.depth <= high * 1.01:
        span = f"{low * 1e3:g} to {high * 1e3:g} mm"
        yield f"Depths of {what} rest on settings of {span}; {found.depth * 1e3:g} mm is extrapolated."
    if not PAIN[0] * 0.99 <= found.depth <= PAIN[1] * 1.01 or not COUNT[0] <= device.needles <= COUNT[1]:
        yield "Pain was measured for needles of 0.48 to 1.45 mm, 5 to 50 at a time; here it is extrapolated."
    if pen:
        yield "Pain is that of one press; a pen presses some hundred times a second, which nobody has scored."
    if float(device.pitch()) < NEAR:
        yield "Needles stand closer than 150 µm: they share a dimple, which rests on one study."
    if found.card.texts.get("needle_kind") == "hollow":
        yield "The force law of hollow tips takes their wall only; bevels, which lower it, are not in it."


def _card(found: DeviceNumbers) -> Iterator[str]:
    facts = found.card.known.facts
    not_given = found.card.texts.get("not_given", ())
    missing = [not_given] if isinstance(not_given, str) else list(not_given)
    if missing:
        yield f"Not given by any source: {', '.join(missing)}; the numbers in their place are assumed."
    wide = [name for name, fact in facts.items() if fact.grade == "assumed" and fact.spread.kind != "exact"]
    names = [name.replace("_", " ") for name in wide if name not in IDLE[found.use.family == "pen"]]
    if names:
        yield f"Assumed for this device, with a wide spread: {', '.join(names)}."
