"""What a clinic would score: grades and scores that raters give, as a map of its own from tissue to scale.

The map is calibrated on trials (evaluation/clinical_refit.py), apart from the laws: no number of the tissue is moved by
it. A scale reads a stored series of a tissue scale and its change from the first reading; nothing else. Each scale is
one card (cards/clinic); how each is scored stands in scales/clinical_series.py.
"""

from __future__ import annotations

import dataclasses
from typing import Any, ClassVar

from microneedling.core.card import Card as DataCard
from microneedling.core.card import CardError, Text, read_card
from microneedling.core.catalogue import names, path_of
from microneedling.core.param import param, provenance
from microneedling.core.sourced import Sourced
from microneedling.core.struct import struct
from microneedling.skin.person import BASELINE

GRADES, SCORE, IMPROVEMENT, GAIN = "grades", "score", "improvement", "gain"


@struct
class ClinicalMap:
    """From tissue to what raters see, in standard deviations between people.

        d = (b x + A) v   in an open series,     d = b x v   in a controlled, blinded study

    x is the change of the tissue (see the scales), b its slope, A what an open series adds whatever is done: hope,
    regression to the mean, raters who know. v is how much more or less one study finds than the next; one draw of it is
    one new study. A is told from b by scars alone and, less, by pigment at three times; the others lean on it. Counted hair
    has no A. How much better it looks is rated by u = c (s/(1 - s))^(1/n), the change called a share s better: half at c,
    three quarters at c₇₅, so n = ln 3/ln(c₇₅/c).

    Checked by: tests/unit/scales/test_clinical.py, tests/published/test_clinical_map.py
    """

    # fmt: off
    scar: float = param(default=27.0, unit="1", spread="2.5 .. 78", grade="assumed", note="before the rows: up to some two standard deviations for what needling does to the tissue; one controlled trial of 15 and two open series, needle lengths not in the abstracts", meaning="b of acne scars, per matrix gained over room")
    line: float = param(default=6.7, unit="1", spread="0.6 .. 20", grade="assumed", note="before the rows as for scars; one open series", meaning="b of lines, per matrix gained over room")
    laxity: float = param(default=33.0, unit="1", spread="3 .. 96", grade="assumed", note="before the rows as for scars; one open series; firmness of the tissue moves by 4 % there, so nearly all rests on this one row", meaning="b of laxity, per ln of firmness")
    texture: float = param(default=3.3, unit="1", spread="0.3 .. 9.6", grade="assumed", note="before the rows as for scars; one open series", meaning="b of texture, per ln of roughness")
    pigment: float = param(default=2.7, unit="1", spread="0.25 .. 7.8", grade="assumed", note="before the rows as for scars; pooled changes from baseline taken as open; forms of MASI mixed", meaning="b of melasma, per share of the lesion's contrast")
    stria: float = param(default=17.0, unit="1", source=("alam2014", "dogra2014", "dalwig2020"), where="b of acne scars", spread="1.5 .. 70", grade="assumed", note="every study of striae at hand is kept for validation: as acne scars, wider either way", meaning="b of striae, per matrix gained over room")
    hair: float = param(default=1.3, unit="1", spread="0.13 .. 3.9", grade="assumed", note="before the rows as for scars; counts, so no A", meaning="b of hair, per standardised effect on the follicles")
    open_shift: float = param(default=1.35, unit="1", spread="0.13 .. 3.9", grade="assumed", note="before the rows: as much as needling may do; told by one controlled trial beside open series, and by when pigment falls", meaning="A, what an open series adds")
    study: float = param(default=1.0, unit="1", source="ahmed2025", where="I2 88 % over 12 controlled trials, pooled 1.32 (0.73 to 1.92)", spread="0.33 .. 3", grade="inferred", note="τ² = I² k SE²; scatter of trials of hair taken for every scale", meaning="v, one study over the mean of studies")
    asked: float = param(default=0.67, unit="1", source="dogra2014", where="good or excellent by 26 of 30 people", spread="0.1 .. 1.3", grade="fitted", note="Φ(d - c) = 26/30 at this series' d = 1.78; one series of 30", meaning="c, change a person asks for before calling it good")
    excellent: float = param(default=2.89, unit="1", source="dogra2014", where="excellent by 4 of 30 people", spread="2.2 .. 3.8", grade="fitted", note="Φ(d - c) = 4/30 at this series' d = 1.78, as `asked`; raters put most of them between 50 and 75 % better, so half better is taken as good and three quarters as excellent", meaning="c₇₅, change called three quarters better")
    # fmt: on


SLOPES = tuple(name for name in provenance(ClinicalMap) if name not in ("open_shift", "study", "asked", "excellent"))


def _exact(note: str, meaning: str, default: float = 0.0) -> Any:
    return param(default=default, unit="1", spread="exact", grade="assumed", note=note, meaning=meaning)


@struct
class ClinicScale:
    """One card of kind "clinic": what raters read, its ends, and the tissue it follows.

    `kind`: a rater gives whole "grades", points of a "score", the share by which it looks better than before
    ("improvement"), or what is counted goes up by a "gain". `tissue`: names of tissue scales; `slope`: the number of
    ClinicalMap that turns their change into the scale's. `reads`: "log" -ln(x/x₀), "rise" ln(x/x₀), "share" 1 - x/x₀,
    "effect" x - x₀. `about`: what a person's baseline must name for the scale to be about them. Numbers are in `unit`.
    """

    KIND: ClassVar[str] = "clinic"
    TEXTS: ClassVar[dict[str, Text]] = {
        "kind": Text((GRADES, SCORE, IMPROVEMENT, GAIN)),
        "tissue": Text(),
        "slope": Text(SLOPES),
        "reads": Text(("log", "rise", "share", "effect")),
        "about": Text(tuple(BASELINE)),
        "unit": Text(needed=False),
    }

    low: float = param(unit="1", meaning="least value of the scale")
    high: float = param(unit="1", meaning="greatest value of the scale")
    observer: float = param(unit="1", meaning="σ, one reading of the same thing")
    noticeable: float = param(unit="1", meaning="smallest change called one")
    start: float = _exact("a change is what is scored", "value before")
    people: float = _exact("changes are in these", "S, standard deviation of the change between people", 1.0)
    rolling: float = _exact("not weighted by type", "weight of rolling scars (M)")
    boxcar: float = _exact("not weighted by type", "weight of boxcar scars (U)")
    icepick: float = _exact("not weighted by type", "weight of ice-pick scars (V)")


@dataclasses.dataclass(frozen=True)
class Clinical:
    """A clinical scale: the words of its card, and its numbers with what is known of each (ClinicScale)."""

    name: str
    title: str
    kind: str
    tissue: tuple[str, ...]
    slope: str
    reads: str
    about: tuple[str, ...]
    unit: str
    known: Sourced[ClinicScale]

    @property
    def numbers(self) -> ClinicScale:
        """The central numbers, in `unit`."""
        return self.known.record


def clinical_of(card: DataCard[ClinicScale]) -> Clinical:
    """The scale a card describes.

    Errors: CardError when a score of several tissues gives one of them no weight, or its ends are the wrong way round.
    Checked by: tests/unit/scales/test_clinical.py, tests/contracts/test_cards.py
    """
    found, place = card.texts, f"{card.path.parent.name}/{card.path.name}"
    tissue, about = (tuple([v] if isinstance(v, str) else v) for v in (found["tissue"], found["about"]))
    if card.known.record.low >= card.known.record.high:
        raise CardError(f"{place}: low: found {card.known.record.low:g}, allowed less than high")
    if found["kind"] == SCORE and len(tissue) > 1:
        weighed = [kind for kind in provenance(ClinicScale) if getattr(card.known.record, kind) > 0]
        for one in (name.split("_")[0] for name in tissue):
            if one not in weighed:
                raise CardError(f"{place}: {one}: missing; a score of several tissues has a weight above 0 for each")
    unit = found.get("unit", "1")
    words = {key: found[key] for key in ("kind", "slope", "reads")}
    return Clinical(card.name, card.title, tissue=tissue, about=about, unit=unit, known=card.known, **words)


def _order(scale: Clinical) -> tuple[int, int, str]:
    """By what is treated, in the order of the map's slopes; whole grades before scores before the rest."""
    return SLOPES.index(scale.slope), (GRADES, SCORE, IMPROVEMENT, GAIN).index(scale.kind), scale.name


SCALES: tuple[Clinical, ...] = tuple(
    sorted(
        (clinical_of(read_card(path_of(ClinicScale.KIND, name), ClinicScale)) for name in names("clinic")), key=_order
    )
)
