"""Effects of habits made by hand, for pages and commands that need no course."""

import dataclasses

import numpy as np

from microneedling.scales.scale import Card
from microneedling.study.habit_effects import Change, HabitEffects
from microneedling.study.habits import library

TEWL = Card("tewl", "Water loss", "kg m-2 s-1", "g m-2 h-1", 0.0, 1.0)
RED = Card("erythema", "Redness", "1", "1", 0.0, 10.0)
HOUR = 1e-3 / 3600.0  # one g m-2 h-1 in SI


@dataclasses.dataclass(frozen=True)
class Plain:
    """As much of a study as a page names."""

    title: str = "A visit"
    site: str = "cheek"


def made(changes):
    """HabitEffects with given changes: card name -> (outcome, moment, member), None elsewhere."""
    rows = tuple(Change(card=card, held=False, changes=changes.get(name)) for name, card in library().items())
    return HabitEffects(
        study=Plain(),
        outcomes=(TEWL, RED),
        moments=(("1 day after", 86400.0), ("at the end", 864000.0)),
        base=np.ones((2, 2, 5)),
        changes=rows,
        noticeable=(HOUR, 0.5),
        findings=(),
        override="",
    )


def example():
    """Smoking does nothing to redness and lowers water loss; stress raises it, most after a day."""
    people = np.array([0.0, -1.0, 0.5, 1.0, 2.0])
    stress = np.zeros((2, 2, 5))
    stress[0, 0], stress[0, 1] = 3.0 * HOUR + HOUR * people, HOUR * people / 10
    return made({"smoking": np.zeros((2, 2, 5)), "stress": stress})
