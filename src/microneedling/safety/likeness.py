"""Whether somebody like this person, treated like this, was among those in whom harm was counted."""

from __future__ import annotations

from collections.abc import Sequence

from microneedling.safety.event import AdverseEvent
from microneedling.safety.occasion import needlings
from microneedling.safety.scene import Scene

SAME = 1e-9  # relative


def compared(ground: Sequence[AdverseEvent], scene: Scene) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What person and plan have that none of these people had, and what their studies do not tell.

    Args:
        ground: the events a number rests on
        scene: the arm

    Returns: sentences on phototype, depth and device where all told it and none was like this; the words phototype,
        depth, device where none that told it was like this and some did not tell.
    Checked by: tests/unit/safety/test_harms.py
    """
    own, sessions = scene.person.phototype, needlings(scene)
    deepest = max(one.depth for one in sessions)
    families = sorted({scene.devices[one.device].family for one in sessions})
    types, depths = [one.phototypes for one in ground], [one.depth for one in ground]
    devices = [one.device or None for one in ground]
    told_types, told_depths = [one for one in types if one], [one for one in depths if one]
    known = sorted({word for one in devices if one for word in one})
    alike = {
        "phototype": any(low <= own <= high for low, high in told_types),
        "depth": any(deepest <= high * (1 + SAME) for _, high in told_depths),
        "device": set(families) <= set(known),
    }
    untold = {"phototype": None in types, "depth": None in depths, "device": None in devices}
    lowest, highest = min((low for low, _ in told_types), default=0), max((high for _, high in told_types), default=0)
    most = max((high for _, high in told_depths), default=0.0)
    said = {
        "phototype": f"phototype {own}, theirs {lowest} to {highest}",
        "depth": f"{deepest * 1e3:g} mm deep, theirs at most {most * 1e3:g} mm",
        "device": f"{' and '.join(families)}, theirs {' or '.join(known)}",
    }
    missing = [word for word, fits in alike.items() if not fits] if ground else []
    return tuple(said[one] for one in missing if not untold[one]), tuple(one for one in missing if untold[one])
