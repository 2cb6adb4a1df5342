"""Courses to labelled groups: scores, tissue, plan, parameters, safety, run."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr

from microneedling.core.param import Provenance
from microneedling.core.spread import Z95
from microneedling.laws.switches import SCALED, SWITCHES
from microneedling.laws.validity import Extrapolation
from microneedling.numerics.status import sentence
from microneedling.safety.rule import notices
from microneedling.scales import appearance, clinical_series, closure, colour, downtime
from microneedling.scales.grading import least_shown
from microneedling.scales.instruments import Instruments
from microneedling.simulate import result
from microneedling.simulate.simulate import field_meanings
from microneedling.skin.habit import NOTHING
from microneedling.study import habits
from microneedling.study.cell_groups import cell_groups
from microneedling.study.clinic import clinic_scores
from microneedling.study.delivery import delivery_group
from microneedling.study.harms import harms
from microneedling.study.marks import marks
from microneedling.study.rests import rests_on

if TYPE_CHECKING:
    from microneedling.study.run import Run


def result_of(run: Run) -> xr.DataTree:
    """The labelled result of a run."""
    arms = [arm.name for arm in run.study.arms]
    values, attrs = scores_of(run)
    rows, found = parameter_rows(run.known), marks(run)
    groups = {
        "scores": result.scores_group(arms, run.parts.times, values, attrs),
        "tissue": _tissue(run, arms),
        "plan": _plan(run, arms),
        "parameters": result.parameters_group(rows),
        "safety": xr.Dataset(attrs=_safety(run, values, attrs)),
        "person": xr.Dataset(attrs=_person(run)),
        "skin": _skin(run),
        "elasticity": xr.Dataset(attrs={"shares": json.dumps(_shares(run, values))}),
        "delivery": delivery_group(run),
        "extrapolation": _extrapolation(found),
        "run": xr.Dataset(attrs=_run_attrs(run, values, rows=rows, found=found)),
    }
    if run.again is not None:
        groups["verification"] = result.verification_group(arms, run.parts.times, run.again.scores, run.again.ended)
    return result.tree_of({**groups, **cell_groups(run.resolved)})


def _shares(run: Run, values: dict[str, np.ndarray]) -> dict[str, dict[str, float]]:
    """Share of each scale's spread by grade; nothing where numbers were drawn a second time."""
    return {} if run.anew else rests_on(run.known, run.study, values)


def _person(run: Run) -> dict[str, str]:
    """The person as written down, and what the model makes of each word of history and aftercare."""
    told = habits.said(run.study) if run.study.in_vitro is None else ()
    record = json.dumps(dataclasses.asdict(run.study.person), default=dict)
    return {"record": record, "habits": json.dumps([dataclasses.asdict(one) for one in told])}


def scores_of(run: Run) -> tuple[dict[str, np.ndarray], dict[str, dict[str, Any]]]:
    """The scales a study asks for: (arm, member, time) each, and what they are.

    Checked by: tests/faces/test_run.py
    """
    readings = np.stack([np.asarray(course.readings) for course in run.courses])  # (arm, time, scale, lanes)
    values, attrs = {}, {}
    for n, (card, scale) in enumerate(zip(run.parts.cards, run.parts.scales)):
        values[card.name] = np.moveaxis(readings[:, :, n, :], 1, 2)
        attrs[card.name] = _attrs(card, float(np.asarray(scale.noticeable).reshape(-1)[0]))
        attrs[card.name] |= _shows(run, card.name, attrs[card.name]["noticeable"])
    wanted = set(run.study.outcomes)

    def asks(name: str) -> bool:
        return not wanted or bool({name, name.split(".")[0], clinical_series.base(name)} & wanted)

    if asks("downtime"):
        at = [card.name for card in run.parts.cards].index("erythema")
        shows = np.asarray(run.parts.scales[at].noticeable)
        days = [downtime.downtime(run.parts.times, arm.T, shows).T for arm in values["erythema"]]
        values["downtime"], attrs["downtime"] = np.stack(days), _attrs(downtime.CARD, 86400.0 / 2)
    angle = appearance.TYPOLOGY
    if asks(angle.name):
        values[angle.name] = colour.typology(values["lightness"], values["yellowness"])
        attrs[angle.name] = _attrs(angle, appearance.NOTICED)
    if any(asks(card.name) for card in closure.CARDS.values()):
        for method, series in _open_times(run, values).items():
            values[closure.CARDS[method].name] = series
            attrs[closure.CARDS[method].name] = _attrs(closure.CARDS[method], 3600.0)
    for name, one in clinic_scores(run, values, asks).items():
        values[name] = one.series
        attrs[name] = _attrs(one.card, one.shows) | ({"shows": one.shows, "seen": one.seen} if one.seen else {})
    place = "receptor" if run.study.in_vitro else "blood"
    for name in run.parts.actives:
        values[f"flux.{name}"] = _slope(values[f"{place}.{name}"], run.parts.times)
        title = f"{name.replace('_', ' ')} flux into {'the receptor' if run.study.in_vitro else 'blood'}"
        attrs[f"flux.{name}"] = _flux_attrs(title)
    keep = [n for n in values if asks(n)]
    return {n: values[n] for n in keep}, {n: attrs[n] for n in keep}


def _open_times(run: Run, values: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """How long channels count as open by each method (arm, member, time) [s]."""
    scales = {card.name: scale for card, scale in zip(run.parts.cards, run.parts.scales)}
    share, loss = np.asarray(scales["permeable_area"].closed), np.asarray(scales["tewl"].noticeable)

    def times(arms: np.ndarray, over: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
        return np.stack([closure.open_time(run.parts.times, over(arm.T)).T for arm in arms])

    return {
        "impedance": times(values["permeable_area"], lambda x: closure.over_share(x, share)),
        "dye": times(values["visible_pores"], lambda x: closure.over_share(x, closure.VISIBLE)),
        "tewl": times(values["tewl"], lambda x: closure.over_rest(x, loss)),
    }


def _shows(run: Run, name: str, noticeable: float) -> dict[str, float]:
    """The least change an instrument shows in one person, where a clinic reads the scale with one."""
    known = run.known[Instruments.__name__].record
    return {"shows": float(least_shown(getattr(known, name), noticeable))} if hasattr(known, name) else {}


def _slope(amount: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Time derivative of a series by central differences."""
    return np.gradient(amount, times, axis=-1)


def _attrs(card: Any, noticeable: float) -> dict[str, Any]:
    limits = {"low": card.low, "high": card.high if np.isfinite(card.high) else 1e300}
    names = {"units": card.unit, "shown": card.shown, "long_name": card.title, "worse": card.worse}
    return {**names, **limits, "noticeable": noticeable}


def _flux_attrs(title: str) -> dict[str, Any]:
    names = {"units": "mol m-2 s-1", "shown": "nmol cm-2 h-1", "long_name": title, "worse": ""}
    return {**names, "low": 0.0, "high": 1e300, "noticeable": 0.0}


def _tissue(run: Run, arms: list[str]) -> xr.Dataset:
    meanings = field_meanings(run.courses[0].end)
    skin = run.parts.skin
    layer = np.argmax([np.asarray(getattr(skin, n))[:, 0] for n in result.LAYERS], axis=0)
    grid = {"depth": np.asarray(skin.depth)[:, 0], "step": np.asarray(skin.step)[:, 0], "layer": layer}
    fields = {}
    for n, (path, meaning) in enumerate(meanings):
        stacked = np.stack([np.asarray(course.fields[n]) for course in run.courses])
        fields[path] = (stacked.astype(np.float32), meaning.meaning, meaning.unit)
    return result.tissue_group(arms, run.parts.times, grid, fields)


def _plan(run: Run, arms: list[str]) -> xr.Dataset:
    words = {arm: [[time, word] for time, word in events] for arm, events in zip(arms, run.parts.labels)}
    sessions = {arm.name: [dataclasses.asdict(s) for s in arm.sessions] for arm in run.study.arms}
    topicals = {arm.name: [dataclasses.asdict(t) for t in arm.topicals] for arm in run.study.arms}
    care = {arm.name: [dataclasses.asdict(c) for c in arm.care] for arm in run.study.arms}
    texts = {"events": words, "sessions": sessions, "topicals": topicals, "care": care}
    return xr.Dataset(attrs={key: json.dumps(value) for key, value in texts.items()})


def _skin(run: Run) -> xr.Dataset:
    skin = run.parts.skin
    data = {}
    for layer in result.LAYERS:
        thick = np.sum(np.asarray(skin.step) * np.asarray(getattr(skin, layer)), axis=0)
        data[layer] = ("member", thick, {"units": "m", "long_name": f"thickness of the {layer} layer"})
    card = run.cards.site
    attrs = {
        "site": run.study.site,
        "title": card.title,
        "area": run.study.area,
        **{k: str(v) for k, v in card.texts.items()},
    }
    return xr.Dataset(data, attrs={**attrs, "setup": run.study.setup})


def parameter_rows(known: dict[str, Any]) -> list[dict[str, Any]]:
    """One row for every number used: value, 5 and 95 %, unit, sources, place, grade, note."""
    rows = []
    for name, sourced in known.items():
        for field, facts in sourced.facts.items():
            rows.append(_row(f"{name}.{field}", float(getattr(sourced.record, field)), facts))
    return rows


def _row(name: str, value: float, facts: Provenance) -> dict[str, Any]:
    ends = {"value": value, "low": facts.spread.at(value, -Z95), "high": facts.spread.at(value, Z95)}
    texts = {"names": name, "units": facts.unit, "sources": list(facts.source), "where": facts.where}
    more = {"grades": facts.grade, "notes": facts.note, "varies": facts.varies, "meanings": facts.meaning}
    return {**ends, **texts, **more}


def _safety(run: Run, values: dict[str, np.ndarray], attrs: dict[str, dict[str, Any]]) -> dict[str, Any]:
    found = [dataclasses.asdict(f) for f in run.findings]
    standing = [dataclasses.asdict(n) for n in notices()]
    told = [dataclasses.asdict(one) for one in harms(run.study, run.cards, values, attrs)]
    texts = {"findings": json.dumps(found), "notices": json.dumps(standing), "harms": json.dumps(told)}
    return {**texts, "override": run.override}


def _run_attrs(
    run: Run, values: dict[str, np.ndarray], *, rows: list[dict[str, Any]], found: Sequence[Extrapolation]
) -> dict[str, Any]:
    counts = {}
    for arm, course in zip(run.study.arms, run.courses):
        codes, times = np.unique(np.asarray(course.status), return_counts=True)
        counts[arm.name] = {sentence(int(c)): int(n) for c, n in zip(codes, times)}
    errors = [np.nanmax(np.abs(v)) for n, v in values.items() if n.startswith("balance.")]
    digest = hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()
    return {
        "title": run.study.title,
        "question": run.study.question,
        "version": version("microneedling"),
        "schema_version": result.SCHEMA,
        "created": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "seed": run.study.seed,
        "members": run.study.members,
        "status": json.dumps(counts),
        "steps": _most(run, "steps"),
        "refused": _most(run, "refused"),
        "tolerance": run.parts.tolerance,
        "balance_error": float(max(errors, default=0.0)),
        "study": run.text,
        "cards_digest": digest,
        "switches": json.dumps(switches_of(run)),
        "extrapolations": json.dumps(list(extrapolations(run, found))),
    }


def _most(run: Run, name: str) -> str:
    """The most of a count that any person of an arm had, by arm."""
    return json.dumps({a.name: int(np.max(getattr(c, name))) for a, c in zip(run.study.arms, run.courses)})


def switches_of(run: Run) -> dict[str, dict[str, float]]:
    """How far each path was on, 0 to 1, by arm and name: what the study set, else what the law has."""
    laws = {
        name: 1.0 if name in SCALED else float(getattr(run.known[record].record, field))
        for name, (record, field, _) in SWITCHES.items()
    }
    return {arm.name: laws | dict(arm.switches) for arm in run.study.arms}


def extrapolations(run: Run, found: Sequence[Extrapolation]) -> tuple[str, ...]:
    """Where the run leaves what was measured, and what it does not act on, in words."""
    said = [*(mark.sentence() for mark in found), *_recorded_only(run)]
    told = habits.said(run.study) if run.study.in_vitro is None else ()
    said += [f"{one.word} acts on nothing: {one.reason}" for one in told if _is_idle(one)]
    return tuple(dict.fromkeys(said))


def _is_idle(one: habits.Said) -> bool:
    """Is it done or taken, and felt by nothing? A condition may be what is treated."""
    return one.acts_on == NOTHING and one.where != "conditions"


def _recorded_only(run: Run) -> list[str]:
    """What a study says of its skin and films that no equation feels yet."""
    said, study = [], run.study
    if study.in_vitro is not None:
        warm = study.in_vitro.temperature - 273.15
        said.append(f"skin at {warm:.0f} degC: recorded; no activation energy with a source, so it does not act")
    if study.in_vitro is None and any(use.occluded for arm in study.arms for use in arm.topicals):
        said.append("skin under a cover swells in hours; its stratum corneum is taken as partly hydrated all the same")
    dry = [c.known.name.split("/")[-1] for c in run.cards.actives.values() if c.known.record.solubility < 0]
    if dry:
        said.append(f"solubility of {', '.join(dry)} is not known: a drying film dissolves all that is in it")
    return said


def _extrapolation(found: Sequence[Extrapolation]) -> xr.Dataset:
    """One entry a mark in every list, as JSON, like the texts of the parameters."""
    rows = [{**dataclasses.asdict(mark), "sentence": mark.sentence()} for mark in found]
    keys = ("what", "quantity", "found", "allowed", "of", "source", "where", "sentence")
    return xr.Dataset(attrs={key: json.dumps([row[key] for row in rows]) for key in keys})
