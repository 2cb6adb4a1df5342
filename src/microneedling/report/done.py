"""What was done, to whom, and beside what, in sentences."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from microneedling.core.card import CardError, read_table
from microneedling.core.catalogue import path_of
from microneedling.laws.switches import SWITCHES
from microneedling.report import spell
from microneedling.report.answer import Answer

YEAR = 365.25 * spell.DAY
_TIMES = ("time", "start", "end", "wiped", "uncovered")


def done(answer: Answer) -> list[tuple[str, list[str]]]:
    """Heading and sentences: whose skin, what was done, what it is compared with."""
    main, others = answer.arms[0], answer.arms[1:]
    found = [("Whose skin", [whose(answer)]), (f"What was done ({main})", list(actions(answer, main)) or ["nothing"])]
    if others:
        found.append(("Compared with", [f"{arm}: {_difference(answer, main, arm)}" for arm in others]))
    paths = switched_paths(answer)
    return [*found, ("Paths turned off and on", paths)] if paths else found


def switched_paths(answer: Answer) -> list[str]:
    """One sentence for each path that the study sets anywhere: in which arms it is on, off or partly on."""
    stored = json.loads(answer.run.get("switches", "{}"))
    tables = [answer.study.get("switches") or {}, *(arm.get("switches") or {} for arm in answer.study.get("arm", []))]
    told = []
    for name in dict.fromkeys(name for table in tables for name in table):
        by: dict[float, list[str]] = {}
        for arm, values in stored.items():
            by.setdefault(float(values[name]), []).append(arm)
        levels = [f"{_level(value)} in {spell.listed(arms)}" for value, arms in sorted(by.items(), reverse=True)]
        told.append(f"{SWITCHES[name][2]}: {'; '.join(levels)}")
    return told


def _level(value: float) -> str:
    return {0.0: "off", 1.0: "on"}.get(value, f"on to {100 * value:.0f} %")


def _difference(answer: Answer, main: str, arm: str) -> str:
    """What is done in another arm, said by what differs from the first."""
    ours, theirs = actions(answer, main), actions(answer, arm)
    if not theirs:
        return "nothing"
    if not set(ours) & set(theirs):
        return "; ".join(theirs)
    new = [text for text in theirs if text not in ours]
    replaced = {theirs[text] for text in new}
    left_out = [name for text, name in ours.items() if text not in theirs and name not in replaced]
    parts = [f"with {'; '.join(new)}"] if new else []
    parts += [f"without {spell.listed(left_out)}"] if left_out else []
    return f"as above, but {'; '.join(parts)}" if parts else "as above"


def whose(answer: Answer) -> str:
    """The person, or the donor, and the place."""
    person, site = answer.person, answer.site
    words = []
    if "age" in person:
        sex = {"female": "woman", "male": "man"}.get(str(person.get("sex")), "person")
        words.append(f"a {sex} of {person['age'] / YEAR:.0f} years")
    if person.get("phototype"):
        words.append(f"phototype {person['phototype']} (Fitzpatrick)")
    words += [spell.plain_name(word) for word in person.get("conditions", ())]
    place = str(site.get("title") or spell.plain_name(str(site.get("site", ""))))
    area = f", {spell.brief(float(site['area']) * 1e4)} cm²" if "area" in site else ""
    kept = answer.study.get("in_vitro") or {}
    mount = f", excised, {kept.get('thickness', '')} {kept.get('layer', '')} in a diffusion cell" if kept else ""
    return f"Skin of {', '.join(words) or 'nobody in particular'}; {place.lower()}{area}{mount}.".replace("  ", " ")


def actions(answer: Answer, arm: str) -> dict[str, str]:
    """Everything done in one arm, equal entries together: sentence and the name of what it is about."""
    plan = {key: table.get(arm, []) for key, table in answer.plan.items() if isinstance(table, Mapping)}
    found = {_session(rows): "the visits" for rows in _equal(plan.get("sessions", []))}
    for rows in _equal(plan.get("topicals", [])):
        applied = [_lower(title_of("actives", name)) for name, _ in rows[0]["actives"]]
        found[_topical(rows)] = spell.listed(applied) or "the vehicle"
    return found | {_care(rows): str(rows[0]["what"]) for rows in _equal(plan.get("care", []))}


def title_of(kind: str, name: str) -> str:
    """A card's title, or its name as words where the card is not at hand."""
    try:
        return str(read_table(path_of(kind, name))["title"])
    except CardError:
        return spell.plain_name(name)


def _equal(rows: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Rows that differ in their times only, together."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        offset = {key: row[key] - row.get("time", row.get("start", 0.0)) for key in _TIMES if row.get(key) is not None}
        offset.pop("time", None)
        rest = {key: value for key, value in row.items() if key not in _TIMES}
        groups.setdefault(repr((sorted(rest.items()), sorted(offset.items()))), []).append(row)
    return list(groups.values())


def _when(rows: Sequence[Mapping[str, Any]], key: str = "time") -> str:
    times = [float(row[key]) for row in rows]
    if len(times) > 8:
        return f"{len(times)} times from {spell.day(times[0])} to {spell.day(times[-1])}"
    days = spell.listed([spell.day(t).removeprefix("day ") for t in times])
    return f"{'days' if len(times) > 1 else 'day'} {days}"


def _lower(text: str) -> str:
    """The text with a small first letter, unless it is a name such as "L-ascorbic acid" or "GHK-Cu"."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _session(rows: Sequence[Mapping[str, Any]]) -> str:
    one = rows[0]
    visits = f"{len(rows)} visits" if len(rows) > 1 else "1 visit"
    device = title_of("devices", str(one["device"]))
    if one.get("sham"):
        return f"{visits} ({_when(rows)}) with {device} and no needles (sham)"
    how = [f"set to {spell.brief(one['depth'] * 1e3)} mm"]
    if one.get("dwell"):
        how.append(f"{spell.duration(one['dwell'])} on {spell.brief(one['area'] * 1e4)} cm²")
    if one.get("passes"):
        how.append(f"{one['passes']} {'pass or press' if one['passes'] == 1 else 'passes or presses'}")
    if one.get("anaesthesia"):
        how.append(f"anaesthesia: {one['anaesthesia']}")
    return f"{visits} ({_when(rows)}) with {device}, {', '.join(how)}"


def _topical(rows: Sequence[Mapping[str, Any]]) -> str:
    one = rows[0]
    doses = [f"{_lower(title_of('actives', name))}, {spell.brief(dose)} mg/ml," for name, dose in one["actives"]]
    text = f"{spell.listed(doses) or 'no active'} in {_lower(title_of('vehicles', str(one['vehicle'])))}"
    text += f", {spell.brief(one['film'] * 1e6)} µm film ({_when(rows)})"
    if one.get("uncovered") is not None and one.get("occluded"):
        text += f", covered for {spell.duration(one['uncovered'] - one['time'])}"
    elif one.get("occluded"):
        text += ", covered"
    if one.get("wiped") is not None:
        text += f", wiped off after {spell.duration(one['wiped'] - one['time'])}"
    return text


def _care(rows: Sequence[Mapping[str, Any]]) -> str:
    spans = [f"{spell.day(row['start'])} to {spell.day(row['end']).removeprefix('day ')}" for row in rows]
    return f"{rows[0]['what']} ({spell.listed(spans) if len(spans) < 6 else f'{len(spans)} times from {spans[0]}'})"
