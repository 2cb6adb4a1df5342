"""What each arm of a study takes off the stratum corneum, how deep it reaches, and how long recovery takes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import jax.numpy as jnp
import numpy as np

from microneedling.core.struct import replace
from microneedling.numerics.status import FINE
from microneedling.protocol.protocol import Protocol
from microneedling.safety.finding import Finding
from microneedling.safety.screen import refused
from microneedling.simulate.simulate import Course
from microneedling.skin.components import Epidermis
from microneedling.study import compiled
from microneedling.study.build import Parts, parts_of
from microneedling.study.numbers import cards_of, draw, known_numbers
from microneedling.study.plain import PlainStudy
from microneedling.study.read import Problem, StudyError
from microneedling.study.run import Progress, Refused, simulated
from microneedling.study.schema import Study
from microneedling.study.screening import findings
from microneedling.study.support import Support, supports
from microneedling.treatments.deposit import FORMS
from microneedling.treatments.exfoliant import FAMILIES

LEFT = 0.1  # share of the greatest change at which skin counts as recovered, as in validation [1]
TOUCHED = 0.01  # share of the area pierced or worn from which a depth counts as reached [1]
DONE = ("needling", "topical", *FAMILIES, *FORMS)  # what is done to the skin: care, wiping and sampling are not
LAYERS = ("corneum", "epidermis", "papillary", "reticular")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Method:
    """One arm. Arrays are (member,), the central person first; recovery is nan where nothing was noticeable."""

    name: str
    families: tuple[str, ...]
    removed: np.ndarray  # corneocytes taken off per area [m-2]
    left: np.ndarray  # layers left at the thinnest, over rest [1]
    depth: np.ndarray  # reached [m]
    turnover: np.ndarray  # stratum corneum turnover at its fastest [s]
    rest_turnover: np.ndarray  # [s]
    water: np.ndarray  # recovery of water loss [s], inf: later than the study
    corneum: np.ndarray  # recovery of thickness [s]
    peak_water: np.ndarray  # greatest water loss over rest [1]
    support: Support


@dataclasses.dataclass(frozen=True, kw_only=True)
class Exfoliated:
    """All arms, and what they were computed from. Series are (arm, 3, time): 5 %, median, 95 %."""

    study: PlainStudy
    methods: tuple[Method, ...]
    layers: float  # corneocyte layers of the central person at rest [1]
    thickness: tuple[float, ...]  # of the four layers, central person [m]
    times: np.ndarray  # [s]
    water_series: np.ndarray  # water loss over rest [1]
    corneum_series: np.ndarray  # thickness over rest [1]
    findings: tuple[Finding, ...]
    override: str
    left_out: int


def exfoliated(study: Study, *, override: str = "", progress: Progress | None = None) -> Exfoliated:
    """Run a study and read of each arm what exfoliation is about.

    Args:
        study: arms are the methods to compare
        override: a reason to run in spite of an absolute finding
        progress: called as progress(done, total, what) after each stage

    Returns: Exfoliated.
    Errors: StudyError, CardError for bad input; Refused; Failed.
    Checked by: tests/unit/study/test_exfoliated.py
    """
    compiled.ready()
    tell = progress or (lambda done, total, what: None)
    plain = study.plain()
    if plain.setup != "in vivo":
        allowed = '"in vivo": excised skin neither renews nor recovers'
        raise StudyError("study", [Problem("setup", f'"{plain.setup}"', allowed)])
    cards = cards_of(plain)
    found = findings(plain, cards)
    if refused(found) and not override:
        raise Refused(found)
    tell(0, len(plain.arms) + 2, "drawing people")
    known = known_numbers(cards)
    parts = parts_of(plain, cards, draw(known, members=plain.members if plain.members > 1 else 0, seed=plain.seed))
    courses = simulated(parts, [arm.name for arm in plain.arms], tell)
    fine = np.all([np.asarray(course.status) == FINE for course in courses], axis=0)
    read = [_series(parts, course, fine) for course in courses]
    least = {name: float(known[record].record.noticeable) for name, record in NOTICEABLE.items()}
    methods = [
        _method(arm, n, parts=parts, course=course, series=series, least=least)
        for n, (arm, course, series) in enumerate(zip(plain.arms, courses, read))
    ]
    backed = supports(plain, cards)
    families = [tuple(dict.fromkeys(word for _, word in one if word in DONE)) for one in parts.labels]
    whole = [dataclasses.replace(m, support=s, families=f) for m, s, f in zip(methods, backed, families)]
    return Exfoliated(
        study=plain,
        methods=tuple(whole),
        layers=float(np.asarray(parts.skin.site.sc_layers)[0]),
        thickness=tuple(float(x) for x in _thickness(parts)[:, 0]),
        times=parts.times,
        water_series=np.array([_over_rest(one["tewl"]) for one in read]),
        corneum_series=np.array([_over_rest(one["sc_thickness"]) for one in read]),
        findings=found,
        override=override,
        left_out=int(np.sum(~fine)),
    )


NOTICEABLE = {"tewl": "Tewl", "sc_thickness": "ScThickness"}
READ = ("tewl", "sc_thickness", "sc_layers", "sc_turnover_time", "corneocyte_loss")
UNKNOWN = Support("", "", (), "")


def _series(parts: Parts, course: Course, fine: np.ndarray) -> dict[str, np.ndarray]:
    """Readings of the scales that are needed, by name (time, member)."""
    names = [card.name for card in parts.cards]
    values = np.where(fine, np.asarray(course.readings), np.nan)
    return {name: values[:, names.index(name)] for name in READ}


def _method(
    arm: Protocol,
    number: int,
    *,
    parts: Parts,
    course: Course,
    series: Mapping[str, np.ndarray],
    least: Mapping[str, float],
) -> Method:
    layers = series["sc_layers"]
    whole = _cells(parts, course)
    missing = np.maximum(0.0, 1 - layers / layers[0])
    done = [time for time, word in parts.labels[number] if word in DONE]
    last = max(done, default=0.0)
    times = parts.times
    water = series["tewl"] / series["tewl"][0]
    return Method(
        name=arm.name,
        families=(),
        removed=np.max(np.maximum(series["corneocyte_loss"], missing * whole), axis=0),
        left=np.min(layers / layers[0], axis=0),
        depth=_depth(parts, number, missing.max(axis=0), bool(done)),
        turnover=np.min(series["sc_turnover_time"], axis=0),
        rest_turnover=series["sc_turnover_time"][0],
        water=recovery(times, series["tewl"], last=last, least=least["tewl"]),
        corneum=recovery(times, series["sc_thickness"], last=last, least=least["sc_thickness"]),
        peak_water=np.max(water, axis=0),
        support=UNKNOWN,
    )


def recovery(times: np.ndarray, values: np.ndarray, *, last: float, least: float) -> np.ndarray:
    """Time from the last treatment until a tenth of the greatest change is left for good (member,) [s].

    Linear between readings. nan where the change was never noticeable, inf where it is still there at the end.

    Args:
        times: (time,) [s]
        values: (time, member), the first reading at rest
        last: when the last treatment began [s]
        least: smallest change that is noticeable

    Checked by: tests/unit/study/test_exfoliated.py
    """
    return np.array([_recovery(times, one, last, least) for one in values.T])


def _recovery(times: np.ndarray, values: np.ndarray, last: float, least: float) -> float:
    change = np.abs(values - values[0])
    peak = float(np.max(change)) if np.all(np.isfinite(change)) else float("nan")
    if not peak >= least:
        return float("nan")
    above = np.flatnonzero(change > LEFT * peak)
    n = int(above[-1])
    if n + 1 == times.size:
        return float("inf")
    part = (change[n] - LEFT * peak) / (change[n] - change[n + 1])
    return max(0.0, float(times[n] + part * (times[n + 1] - times[n]) - last))


def _cells(parts: Parts, course: Course) -> np.ndarray:
    """Corneocytes of the whole stratum corneum per area (member,) [m-2], as the scale of corneocytes removed counts."""
    (scale,) = [one for one, card in zip(parts.scales, parts.cards) if card.name == "corneocyte_loss"]
    end = course.end
    gone = replace(end[Epidermis], removed=jnp.ones_like(end[Epidermis].removed))
    state = dataclasses.replace(end, parts={**end.parts, "Epidermis": gone})
    return np.asarray(scale.read(state, parts.skin))


def _thickness(parts: Parts) -> np.ndarray:
    """Thickness of each layer (layer, member) [m]."""
    step = np.asarray(parts.skin.step)
    return np.array([np.sum(step * np.asarray(getattr(parts.skin, name)), axis=0) for name in LAYERS])


def _depth(parts: Parts, number: int, missing: np.ndarray, anything: bool) -> np.ndarray:
    """Deepest place pierced or worn; else as deep as the layers that came to be missing (member,) [m]."""
    if not anything:
        return np.zeros_like(missing)
    events, skin = parts.plans[number].events, parts.skin
    hit = np.maximum(np.asarray(events.pierced), np.asarray(events.halo)).max(axis=0) > TOUCHED
    below = np.cumsum(np.asarray(skin.step), axis=0)
    mechanical = np.max(np.where(hit, below, 0.0), axis=0)
    inserted = np.asarray(events.inserted_depth).max(axis=0)
    return np.maximum(np.where(inserted > 0, inserted, mechanical), missing * _thickness(parts)[0])


def _over_rest(values: np.ndarray) -> np.ndarray:
    """5 %, median and 95 % of people of a scale over its first value (3, time)."""
    share = values / values[0]
    kept = share[:, 1:] if share.shape[1] > 1 else share
    return np.asarray(np.nanquantile(kept, (0.05, 0.5, 0.95), axis=1))


def layer_reached(depth: float, thickness: tuple[float, ...], layers: float) -> str:
    """Where a depth [m] lies, in words: layer of corneocytes, or the layer of skin.

    Checked by: tests/unit/study/test_exfoliated.py
    """
    if depth <= 0:
        return "none"
    if depth <= thickness[0] * (1 + 1e-9):
        return f"stratum corneum, {depth / thickness[0] * layers:.1f} of {layers:.0f} layers"
    names = ("viable epidermis", "papillary dermis", "reticular dermis")
    ends = np.cumsum(thickness)[1:]
    return next((name for name, end in zip(names, ends) if depth <= end), names[-1])
