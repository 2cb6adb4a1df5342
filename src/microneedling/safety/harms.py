"""What harm concerns one arm: what the model computes, what was counted in people, and who was not among them."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping, Sequence

from microneedling.core.cite import bibliography, formatted
from microneedling.safety.event import NEEDLING, NO_RATE, AdverseEvent, adverse_events
from microneedling.safety.harm_kind import HarmKind, concerns, harm_kinds
from microneedling.safety.likeness import compared
from microneedling.safety.rates import Pooled, pooled
from microneedling.safety.scene import Scene, is_exempt
from microneedling.safety.told import Told, told

DARKER = 4  # phototype from which skin counts as darker
COUNTED, MEASURED, NOBODY = "counted", "timed or scored, nobody counted", "no count and no report found"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Computed:
    """What a run says of one harm: middle, 5 and 95 % over its people in `unit`, told to people in `shown`.

    The middle is the median; of a chance it is the mean, which is the share of such people expected to have it. `what`
    says what was read and how.
    """

    scale: str
    what: str
    unit: str
    shown: str
    middle: float
    low: float
    high: float


@dataclasses.dataclass(frozen=True, kw_only=True)
class Rate:
    """A rate of several counts: of the study in the middle, and of a new study; shares at 5, 50 and 95 %."""

    group: str
    studies: int
    cases: int
    people: int
    typical: tuple[float, float, float]
    new: tuple[float, float, float]
    sources: tuple[str, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Harm:
    """One kind of harm as it concerns one arm.

    `state` is one of: counted; timed or scored, nobody counted; reported, no denominator; no count and no report found.
    `outside` says what the person or the plan has that nobody counted had, `untold` what the studies do not tell of
    their people, `disagrees` where model and counts part.
    """

    arm: str
    kind: str
    title: str
    state: str
    computed: Computed | None
    not_computed: str
    rate: Rate | None
    told: tuple[Told, ...]
    beside: tuple[Told, ...]
    outside: tuple[str, ...]
    untold: tuple[str, ...]
    disagrees: str
    sources: tuple[str, ...]


def harms_for(scene: Scene, computed: Mapping[str, Computed] | None = None) -> tuple[Harm, ...]:
    """What harm concerns an arm, in the order of harm_kinds.toml; none where nothing is needled, or nobody's skin.

    Args:
        scene: person, site and arm
        computed: by kind of harm, what a run found; left out where there is no run

    Returns: one record for each kind that concerns the arm, whether or not anybody counted it.
    Source: the events of safety/events/, each with its own; rates as in rates.py.
    Checked by: tests/unit/safety/test_harms.py
    """
    if is_exempt(scene) and not scene.exempt:
        return ()
    run = computed or {}
    ran = computed is not None
    return tuple(_harm(kind, scene, run.get(kind.id), ran=ran) for kind in harm_kinds() if concerns(kind, scene))


def group_of(kind: HarmKind, phototypes: tuple[int, int] | None) -> str:
    """The people a count belongs with: darker skin alone where a kind is told by phototype, else everybody.

    Checked by: tests/unit/safety/test_harms.py
    """
    if not kind.by_phototype:
        return "all skin"
    darker = phototypes is not None and phototypes[0] >= DARKER
    return "phototypes IV to VI" if darker else "lighter, mixed or untold phototypes"


@functools.cache
def rate_of(kind: HarmKind, group: str) -> tuple[Rate, Pooled] | None:
    """The rate of a kind of harm in a group of people; None where no count may set it.

    Only counts in needled people, of sources that calibrate, take part; reviews do not, whose people are counted
    already.
    """
    counts = [one for one in counts_of(kind) if one.use == "calibration" and group_of(kind, one.phototypes) == group]
    if not counts:
        return None
    found = pooled([(one.cases or 0, one.people or 1) for one in counts])
    sources = tuple(dict.fromkeys(one.source for one in counts))
    kept = {key: getattr(found, key) for key in ("studies", "cases", "people", "typical", "new")}
    return Rate(group=group, sources=sources, **kept), found


def counts_of(kind: HarmKind) -> tuple[AdverseEvent, ...]:
    """Counts of a kind of harm in needled people."""
    return tuple(one for one in _events(kind) if one.counted and one.treatment == NEEDLING and one.per == "people")


def _events(kind: HarmKind) -> tuple[AdverseEvent, ...]:
    return tuple(one for one in adverse_events() if kind.id in one.kinds)


def _harm(kind: HarmKind, scene: Scene, computed: Computed | None, *, ran: bool) -> Harm:
    events = _events(kind)
    needled = [one for one in events if one.treatment == NEEDLING]
    found = rate_of(kind, group_of(kind, (scene.person.phototype, scene.person.phototype)))
    rate = found[0] if found else None
    missing = "" if computed else _not_computed(kind, ran=ran)
    outside, untold = compared(_ground(kind, rate, needled), scene)
    return Harm(
        arm=scene.protocol.name,
        kind=kind.id,
        title=kind.title,
        state=state_of(needled),
        computed=computed,
        not_computed=missing,
        rate=rate,
        told=tuple(told(one, group_of(kind, one.phototypes)) for one in needled),
        beside=tuple(told(one, group_of(kind, one.phototypes)) for one in events if one.treatment != NEEDLING),
        outside=outside,
        untold=untold,
        disagrees=_disagreement(computed, rate) if kind.by_phototype else "",
        sources=tuple(dict.fromkeys(one.source for one in events)),
    )


def _not_computed(kind: HarmKind, *, ran: bool) -> str:
    if not kind.scale:
        return "the model does not compute it"
    return f'not among the outcomes asked for ("{kind.scale}")' if ran else "run the study to compute it"


def state_of(events: Sequence[AdverseEvent]) -> str:
    """How well a kind of harm is known in needled people: one of the four states of `Harm`."""
    if any(one.counted and one.per == "people" for one in events):
        return COUNTED
    if any(one.measure in ("duration", "score") for one in events):
        return MEASURED
    return NO_RATE if events else NOBODY


def _ground(kind: HarmKind, rate: Rate | None, needled: Sequence[AdverseEvent]) -> list[AdverseEvent]:
    """The events a reader would take the number from: the counts of the rate, else any count, else any measure."""
    counts = [one for one in needled if one.counted]
    own = [one for one in counts if rate and one.use == "calibration" and group_of(kind, one.phototypes) == rate.group]
    return own or counts or list(needled)


def _disagreement(computed: Computed | None, rate: Rate | None) -> str:
    """Where the model's mean chance lies beyond what a new study would find; "" where it does not."""
    if computed is None or rate is None:
        return ""
    low, _, high = rate.new
    if low <= computed.middle <= high:
        return ""
    side = "below" if computed.middle < low else "above"
    own, least, most = (f"{100 * one:.2g}" for one in (computed.middle, low, high))
    return f"the model's {own} % lies {side} what new studies would find ({least} to {most} %)"


def sources_of(harms: Sequence[Harm]) -> tuple[tuple[str, str], ...]:
    """Key and text of every source of some harms, each once, in alphabetical order."""
    keys = {key for one in harms for key in one.sources}
    return tuple((one.key, formatted(one)) for one in bibliography(keys))
