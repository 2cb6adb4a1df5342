"""How well each arm's exfoliation is backed: by measurement, by prediction, or by an assumption."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from microneedling.core.param import Provenance
from microneedling.protocol.protocol import Protocol
from microneedling.study.numbers import Cards
from microneedling.study.plain import PlainStudy

MARKS = ("measured", "predicted", "unsupported")  # from strong to weak
BY_GRADE = {
    "measured in people": "measured",
    "in excised skin": "measured",
    "fitted": "measured",
    "in animals": "predicted",
    "on the bench": "predicted",
    "stated by maker": "predicted",
    "inferred": "predicted",
    "assumed": "unsupported",
}
NEEDLE = "what needles take off follows from their geometry; nobody has measured it"
FELT = ("cohesion", "shedding", "birth")  # effects of an active that exfoliate


@dataclasses.dataclass(frozen=True)
class Support:
    """How much an arm takes off is measured, predicted or unsupported; on which number, with which sources and note."""

    mark: str
    number: str
    sources: tuple[str, ...]
    note: str


def supports(study: PlainStudy, cards: Cards) -> tuple[Support, ...]:
    """The weakest support of each arm's exfoliation, in the order of the arms.

    Checked by: tests/unit/study/test_exfoliated.py
    """
    return tuple(_weakest(list(_of(arm, cards))) for arm in study.arms)


def _weakest(found: list[Support]) -> Support:
    if not found:
        return Support("", "", (), "nothing that takes corneocytes off")
    return max(found, key=lambda one: MARKS.index(one.mark))


def _of(arm: Protocol, cards: Cards) -> Iterator[Support]:
    if any(not one.sham for one in arm.sessions):
        yield Support("predicted", "punctures", (), NEEDLE)
    for name in dict.fromkeys(one.method for one in arm.exfoliations):
        card = cards.exfoliants[name]
        field = "abrasion" if card.texts["family"] == "grit" else "layers"
        yield _by(f"{card.name}.{field}", card.known.facts[field])
    for name in dict.fromkeys(name for use in arm.topicals for name, _ in use.actives):
        stated = cards.effects.get(name)
        felt = [] if stated is None else [one for one in FELT if getattr(stated.known.record, one) != 0]
        if stated is not None:
            yield from (_by(f"{cards.label(name)}.{one}", stated.known.facts[one]) for one in felt)


def _by(number: str, fact: Provenance) -> Support:
    return Support(BY_GRADE[fact.grade], number, fact.source, fact.note)
