"""The command `harms`: how often harm after needling was reported, with its interval and source."""

from __future__ import annotations

from microneedling.core.cite import bibliography, formatted
from microneedling.faces.terminal import table
from microneedling.safety.events import NO_RATE, AdverseEvent, adverse_events

HEAD = ("what", "cases", "rate (95 % interval)", "in whom", "source")


def show_harms() -> None:
    """Print every count, rates first.

    Checked by: tests/faces/test_cli_harms.py
    """
    events = sorted(adverse_events(), key=lambda one: one.rate is None)
    table(HEAD, [row(one) for one in events])
    print(f'"{NO_RATE}": seen and written down, but not among how many people; no rate can be made of it.')
    print("No count is a forecast for anybody: devices, depths and people differ between these studies.")


def row(one: AdverseEvent) -> list[str]:
    """One count as text."""
    counted = "" if one.cases is None else f"{one.cases} of {one.people}" if one.people else str(one.cases)
    shown = NO_RATE if one.rate is None else "{1:.1%} ({0:.1%} to {2:.1%})".format(*one.rate).replace("%", " %")
    who = f"{one.who} ({one.note})" if one.note else one.who
    return [one.name, counted, shown, who, formatted(bibliography([one.source])[0])]
