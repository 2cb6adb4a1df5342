"""A device's sheet: rows for the terminal, and one self-contained HTML page."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from microneedling.core import units
from microneedling.core.cite import bibliography, formatted
from microneedling.core.page import template
from microneedling.report import needle_picture, spell
from microneedling.report.figures import Panel
from microneedling.study.device_marks import IDLE, marks
from microneedling.study.device_numbers import DeviceNumbers, interval

FOLDER = Path(__file__).parent
LEVELS = 8  # depths of the table of coverage

Rows = Sequence[tuple[str, ...]]


@dataclasses.dataclass(frozen=True)
class Block:
    """One table of the sheet: heading, column heads, rows, a remark below."""

    title: str
    head: tuple[str, ...]
    rows: Rows
    note: str = ""


def told(values: np.ndarray, scale: float, unit: str) -> str:
    """ "median (5 % to 95 %) unit" of drawn people."""
    low, middle, high = (spell.figures(x * scale, 3) for x in interval(values))
    text = middle if low == high else f"{middle} ({low} to {high})"
    return f"{text} {unit}".strip()


def percent(values: np.ndarray) -> str:
    """A share of drawn people in per cent, without digits that mean nothing."""

    def one(x: float) -> str:
        if x < 1e-3:
            return "below 0.1"
        return "over 99.9" if x > 0.999 else spell.figures(100 * x, 2)

    low, middle, high = (one(x) for x in interval(values))
    return f"{middle} ({low} to {high}) %" if low != high else f"{middle} %"


def blocks(found: DeviceNumbers) -> tuple[Block, ...]:
    """All tables of the sheet.

    Checked by: tests/faces/test_device_sheet.py
    """
    return (geometry(found), depths(found), margins(found), _force(found), punctures(found), _exfoliation(found))


def geometry(found: DeviceNumbers) -> Block:
    """Needles and head as the card gives them."""
    facts, rows = found.card.known.facts, []
    for name, fact in facts.items():
        if name in IDLE[found.use.family == "pen"]:
            continue
        value = getattr(found.card.known.record, name)
        if fact.note.startswith("0: ") and value == 0:
            continue
        spread = "exact" if fact.spread.kind == "exact" else _range(fact, value)
        rows.append(
            (fact.meaning or name, _shown(value, fact), spread, fact.grade, ", ".join(fact.source) or fact.note)
        )
    return Block("Needles and head", ("what", "value", "5 to 95 %", "grade", "source or why"), rows)


def _shown(value: float, fact: Any) -> str:
    unit = units.split(fact.text)[1] if fact.text else fact.unit
    unit = unit or "1"
    return f"{spell.figures(value / units.factor(unit, fact.unit), 3)} {spell.unit(unit)}".strip()


def _range(fact: Any, value: float) -> str:
    low, high = (fact.spread.at(value, z) for z in (-1.6448536269514722, 1.6448536269514722))
    unit = units.split(fact.text)[1] if fact.text else fact.unit
    by = units.factor(unit or "1", fact.unit)
    return f"{spell.figures(low / by, 3)} to {spell.figures(high / by, 3)}"


def depths(found: DeviceNumbers) -> Block:
    """Depth set against depth reached and left."""
    rows = [
        (
            f"{at * 1e3:.3g} mm",
            told(one["inserted"], 1e6, "µm"),
            told(one["relaxed"], 1e6, "µm"),
            told(one["hole"], 1e6, "µm"),
            percent(one["piercing"]),
            percent(one["reaching_bottom"]),
        )
        for at, one in zip(found.settings, found.by_depth)
    ]
    head = (
        "set",
        "reached by the tips",
        "left after recoil",
        "hole at the surface",
        "needles that pierce",
        "needles below the skin",
    )
    wide, place = told(found.here["scatter"], 1e6, "µm"), found.site.title.lower()
    note = f"Median (5 to 95 % of {found.asked.members} people drawn); {place}. Single needles scatter by {wide}."
    return Block("Depth set, reached and left", head, rows, note)


def margins(found: DeviceNumbers) -> Block:
    """Distance of the tips to the first vessels and to the bottom of the skin, by site."""
    rows = [
        (
            found.titles[name],
            told(one["vessels"], 1e6, "µm"),
            told(one["to_vessels"], 1e6, "µm"),
            told(one["skin"], 1e3, "mm"),
            told(one["to_bottom"], 1e6, "µm"),
            percent(one["reaching_bottom"]),
        )
        for name, one in found.by_site.items()
    ]
    head = (
        "site",
        "capillary loops from",
        "tips above them",
        "skin thickness",
        "tips above its bottom",
        "needles below the skin",
    )
    note = f"Set to {found.depth * 1e3:.3g} mm. Negative: the mean tip lies below, among the vessels or under the skin."
    return Block("Margin to vessels and to the layer below", head, rows, note)


def _force(found: DeviceNumbers) -> Block:
    here, device = found.here, found.card.known.record
    rows: list[tuple[str, ...]] = [
        ("force at which a needle breaks through", told(here["threshold"], 1e3, "mN")),
        ("force it can get before", told(here["most"], 1e3, "mN")),
        ("resistance at the depth reached", told(here["resisting"], 1e3, "mN")),
        ("greatest speed of the tips", told(here["speed"], 1.0, "m/s")),
    ]
    if found.use.frequency > 0:
        rows.append(("strokes of single needles", f"{spell.figures(device.needles * device.frequency, 3)} per second"))
    return Block("Force and speed", ("what", "value"), rows)


def punctures(found: DeviceNumbers) -> Block:
    """Density, overlap and what is pierced, with the use they belong to."""
    here, field, device = found.here, found.field, found.card.known.record
    radius = float(here["needle"][0]) / 2
    rows: list[tuple[str, ...]] = [
        ("punctures per area", told(here["density"], 1e-4, "per cm²")),
        ("skin pierced at the surface", percent(here["pierced"])),
        ("still open after recoil", percent(here["open"])),
        ("on the map: punctures per area", f"{spell.figures(field.density * 1e-4, 3)} per cm²"),
        ("on the map: that touch another", f"{spell.figures(100 * field.overlapping(radius), 2)} %"),
        ("on the map: gaps over those of chance", f"{spell.figures(field.clustering(), 2)} (below 1 clustered)"),
    ]
    for z in np.linspace(0.0, float(here["inserted"][0]) * 1.2, LEVELS):
        share = field.covered(float(z), device=device)
        rows.append((f"on the map: pierced at {z * 1e6:.0f} µm", f"{spell.figures(100 * share, 3)} %"))
    rows += [
        ("pain over a 26G needle", told(here["pain"], 1.0, "")),
        ("punctures that bleed", percent(here["bleeding"])),
    ]
    return Block("Punctures, pain, bleeding", ("what", "value"), rows, use_text(found))


def use_text(found: DeviceNumbers) -> str:
    """How the device is taken to be used."""
    use, area = found.use, spell.figures(found.asked.area * 1e4, 3)
    done = (
        f"{spell.duration(use.dwell)} on {area} cm² at {use.frequency:.4g} strokes a second"
        if use.family == "pen"
        else f"{use.passes:g} {'passes' if use.family == 'roller' else 'presses'}"
    )
    return f"Use taken: set to {found.depth * 1e3:.3g} mm, {done}."


def _exfoliation(found: DeviceNumbers) -> Block:
    here = found.here
    rows: Rows = [
        ("stratum corneum displaced", told(here["displaced"], 1e5, "µl/cm²"), percent(here["exfoliated"])),
        ("its mass", told(here["mass"], 1e5, "µg/cm²"), ""),
        ("one tape strip, for comparison", "", percent(here["strip"])),
        ("one scrub", "", percent(here["scrub"])),
        ("one shave with a blade", "", percent(here["blade"])),
    ]
    note = (
        "Needles: a prediction from geometry, displaced and not lifted off. "
        "Strip, scrub and blade: published, in strips of which some 35 take all of it."
    )
    return Block("Mechanical exfoliation", ("what", "amount", "share of the stratum corneum"), rows, note)


def panels(found: DeviceNumbers) -> tuple[Panel, ...]:
    """The three drawings."""
    inserted, relaxed = ([interval(one[name]) for one in found.by_depth] for name in ("inserted", "relaxed"))
    lines = {"capillary loops": float(found.here["vessels"][0]), "bottom of the skin": float(found.here["skin"][0])}
    site = found.site.known.record
    layers = {
        "corneum": site.sc_thickness,
        "epidermis": site.epidermis,
        "papillary": site.papillary,
        "reticular": site.reticular,
    }
    wide = tuple(float(found.here[name][0]) / 2 for name in ("needle", "hole"))
    return (
        needle_picture.by_setting(found.settings, inserted, relaxed, lines),
        needle_picture.hole(layers, *_shapes(found)),
        needle_picture.coverage(found.field.x, found.field.y, found.field.side, (wide[0], wide[1])),
    )


def _shapes(found: DeviceNumbers) -> tuple[np.ndarray, np.ndarray]:
    """Profile of the central person's needle and of the hole it leaves (2, n) [m]."""
    device, deep = found.card.known.record, float(found.here["inserted"][0])
    z = np.linspace(min(0.0, deep - found.depth), deep, 60)
    slope = (device.base_radius - device.tip_radius) / device.needle_length
    needle = np.stack([z, device.tip_radius + slope * (deep - z)])
    left, wide = float(found.here["relaxed"][0]), float(found.here["hole"][0]) / float(found.here["needle"][0])
    down = np.linspace(0.0, left, 40)
    return needle, np.stack([down, wide * (device.tip_radius + slope * (deep - down * deep / left))])


def sources(found: DeviceNumbers) -> list[Any]:
    """The bibliography of every number used."""
    keys = {key for known in found.known for fact in known.facts.values() for key in fact.source}
    return [(one.key, formatted(one)) for one in bibliography(keys)]


def device_page(found: DeviceNumbers) -> str:
    """The sheet as one HTML document that needs nothing else.

    Checked by: tests/faces/test_device_sheet.py
    """
    texts = found.card.texts
    return str(
        template(FOLDER / "device.html.j2").render(
            title=found.card.title,
            texts=texts,
            kind=texts.get("needle_kind", "solid"),
            site=found.site.title,
            asked=found.asked,
            use=use_text(found),
            marks=marks(found),
            blocks=blocks(found),
            panels=panels(found),
            sources=sources(found),
            style=(FOLDER / "report.css").read_text(encoding="utf-8"),
        )
    )
