"""Spans of aftercare as events: begun, ended, or there from the first moment on."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from microneedling.protocol.plan import Timed
from microneedling.protocol.protocol import Protocol
from microneedling.skin.habit import modifiers_of
from microneedling.skin.modifiers import Modifiers
from microneedling.study.habits import factors, library, spans, standing
from microneedling.study.numbers import Cards
from microneedling.study.plain import PlainStudy
from microneedling.treatments.aftercare import Aftercare

BEGUN, ENDED = "care begun", "care ended"
LABEL = 30  # of the sunscreen whose share kept off stands on the card


def labels(arm: Protocol, study: PlainStudy) -> list[tuple[float, str]]:
    """Times and words of all that aftercare does in one arm, up to the end of the study."""
    if study.in_vitro is not None:
        return []
    ends = [pair for one in spans(arm, study.person) for pair in ((one.start, BEGUN), (one.end, ENDED))]
    return [pair for pair in ends if pair[0] <= study.horizon]


def timed(arm: Protocol, study: PlainStudy, numbers: Mapping[str, Any], *, begin: float, actives: int) -> list[Timed]:
    """Aftercare of one arm as treatments; what a person does all the time is begun at the begin of the course.

    Args:
        arm: its care
        study: person and horizon
        numbers: of one person, by record name
        begin: of the course [s]
        actives: number of actives of the study

    Checked by: tests/unit/study/test_aftercare.py
    """
    if study.in_vitro is not None:
        return []

    def made(name: str, time: float, sign: float, spf: int | None = None) -> Timed:
        card = library()[name]
        factor, acts = numbers[card.known.name].factor, card.texts["acts_on"]
        factor = factor if spf is None else kept_off(factor, spf)
        change = Aftercare(factor=factor, acts_on=acts, sign=sign, actives=actives)
        return Timed(time, change, BEGUN if sign > 0 else ENDED)

    found = [made(name, begin, 1.0) for name in standing(study.person)]
    for one in spans(arm, study.person):
        found += [made(one.card, one.start, 1.0, one.spf), made(one.card, one.end, -1.0, one.spf)]
    return [one for one in found if one.time <= study.horizon]


def kept_off(factor: Any, spf: int) -> Any:
    """Share of ultraviolet a sunscreen keeps off by its label, 1 - (1 - k)^(ln S/ln 30).

    k is the share that label 30 keeps off as people use it (the card). With an amount a over that of the test, label S
    lets through S^-a; a follows from k and holds for every label.

    Args:
        factor: k, share kept off at label 30 [1], below 1
        spf: S, the label

    Source: faurschou2007 (protection goes exponentially with the amount).
    Checked by: tests/unit/study/test_lighting.py
    """
    return 1 - (1 - factor) ** (math.log(spf) / math.log(LABEL))


def modifiers(study: PlainStudy, cards: Cards, numbers: Mapping[str, Any]) -> Modifiers:
    """This person's factors on rates, from the cards the history calls up."""
    held = factors(cards.habits, study.person)
    known = {name: numbers[cards.habits[name].known.name].factor for name, _, _ in held}
    return modifiers_of((rate, known[name] ** share) for name, rate, share in held)
