"""What a rule may ask about: every field, its kind and unit, and on which occasions it exists."""

from __future__ import annotations

import dataclasses

OCCASIONS = ("person", "session", "interval", "topical", "deposit", "exfoliation")

OPERATORS = {
    "number": ("above", "below", "at_least", "at_most"),
    "flag": ("is",),
    "text": ("any_of", "none_of", "mentions"),
    "words": ("has_any", "lacks_all", "present"),
    "timed words": ("has_any", "lacks_all"),  # with `within`
}


@dataclasses.dataclass(frozen=True)
class Field:
    """One thing a rule may ask about.

    `unit` is the SI unit of a number; `category` the vocabulary of its words ("" for free text); `on` the occasions.
    """

    kind: str
    unit: str = ""
    category: str = ""
    on: tuple[str, ...] = OCCASIONS


SESSION = ("session", "interval")

FIELDS = {
    "person.age": Field("number", "s"),
    "person.sex": Field("text", category="sex"),
    "person.phototype": Field("number", "1"),
    "person.pregnant": Field("flag"),
    "person.conditions": Field("words", category="conditions"),
    "person.medicines": Field("words", category="medicines"),
    "person.habits": Field("words", category="habits"),
    "person.allergies": Field("words", category="allergies"),
    "person.baseline": Field("words", category="baseline"),  # names of what is to be treated and is there
    "site.name": Field("text", category="sites"),
    "site.region": Field("text", category="region"),
    "care.planned": Field("words", category="care"),  # at any time
    "care.before": Field("timed words", category="care", on=SESSION),
    "care.after": Field("timed words", category="care", on=SESSION),
    "session.depth": Field("number", "m", on=SESSION),
    "session.sterile": Field("flag", on=SESSION),
    "session.anaesthetised": Field("flag", on=SESSION),  # stated, or a topical flagged so on the same day
    "device.family": Field("text", category="family", on=SESSION),
    "device.label": Field("text", on=SESSION),  # name, title, maker, clearance and notes together
    "device.cleared": Field("flag", on=SESSION),
    "device.depth_max": Field("number", "m", on=SESSION),
    "device.needle_length": Field("number", "m", on=SESSION),
    "interval.length": Field("number", "s", on=("interval",)),
    "topical.actives": Field("words", on=("topical",)),
    "topical.on_skin": Field("flag", on=("topical",)),  # False for what a deposit brings
    "topical.flags": Field("words", category="flags", on=("topical",)),
    "topical.sterile": Field("flag", on=("topical",)),
    "topical.occluded": Field("flag", on=("topical",)),
    "topical.after_session": Field("number", "s", on=("topical",)),  # since the last needling; infinite if none
    "topical.before_session": Field("number", "s", on=("topical",)),  # until the next needling; infinite if none
    "topical.after_exfoliation": Field("number", "s", on=("topical",)),  # since the last one; infinite if none
    "topical.on_at_next_session": Field("flag", on=("topical",)),  # not wiped off before it
    "deposit.form": Field("text", category="forms", on=("deposit",)),
    "deposit.actives": Field("words", on=("deposit",)),
    "deposit.flags": Field("words", category="flags", on=("deposit",)),
    "deposit.sterile": Field("flag", on=("deposit",)),
    "deposit.depth": Field("number", "m", on=("deposit",)),
    "exfoliation.family": Field("text", category="exfoliants", on=("exfoliation",)),
    "exfoliation.after_session": Field("number", "s", on=("exfoliation",)),  # since the last needling; infinite if none
    "exfoliation.before_session": Field(
        "number", "s", on=("exfoliation",)
    ),  # until the next needling; infinite if none
}
