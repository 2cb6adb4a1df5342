"""Light and complexion of a study: what exposures must fulfil, and what a person's history says of pigment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import jax.numpy as jnp

from microneedling.core import units
from microneedling.core.struct import replace
from microneedling.safety.vocabulary import kept
from microneedling.skin.complexion import Complexion
from microneedling.skin.person import Person
from microneedling.study.checks import repeat_problems
from microneedling.study.plain import repeats
from microneedling.study.quantity import Quantity, shown
from microneedling.study.read import Problem
from microneedling.study.tables import ArmTable, Planned

LESION = "melasma"
HORMONES = {"conditions": "pregnancy", "medicines": "oral contraceptive"}


def complexion_of(person: Person, numbers: Complexion) -> Complexion:
    """The person's complexion: numbers as drawn, with what the history tells.

    A habitual dose in the study wins over the drawn one. Melasma without a contrast of its own gets a typical one.

    Args:
        person: conditions, medicines, baseline, habitual ultraviolet
        numbers: as drawn

    Checked by: tests/unit/study/test_lighting.py
    """
    fed = person.pregnant or any(word in kept(key, getattr(person, key)) for key, word in HORMONES.items())
    unnamed = LESION in kept("conditions", person.conditions) and not person.baseline.get("melanin_index")
    told = {} if person.ultraviolet is None else {"ultraviolet": jnp.asarray(person.ultraviolet)}
    return replace(numbers, melasma=jnp.asarray(float(unnamed)), hormones=jnp.asarray(float(fed)), **told)


def light_problems(plans: Sequence[tuple[str, Planned]], horizon: Quantity) -> Iterator[Problem]:
    """All that is wrong with the exposures of a protocol and its comparators.

    Args:
        plans: where each stands in the file, and its table
        horizon: end of the study

    Checked by: tests/faces/test_bad_light.py
    """
    for place, plan in plans:
        if isinstance(plan, ArmTable) and plan.kind != "own":
            continue
        for i, row in enumerate(plan.light):
            here = f"{place}.light[{i}]"
            yield from repeat_problems(here, row.count, row.interval)
            last = repeats(row.time.value, row.count, row.interval)[-1]
            if last >= horizon.value:
                day = units.write(last, "s", "d")
                yield Problem("horizon", shown(horizon.text), f"more than {day}, the last of {here}")
