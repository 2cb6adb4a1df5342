"""The tables of the credibility report that come from validation rows: by part, by scale, misses, applicability."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from microneedling.core import units
from microneedling.core.catalogue import names
from microneedling.core.document import Table
from microneedling.evaluation.credibility_records import MET, Setting, Validated

Row = Mapping[str, Any]
USES = ("validation", "calibration")
DIRECTIONS = {1.0: "increase", -1.0: "decrease", 0.0: "no noticeable change"}
BOUNDS = {"<=": "at most ", ">=": "at least "}
READABLE = {"kg m-2 s-1": "g/m2/h", "mol m-2": "nmol/cm2", "mol m-2 s-1": "nmol/cm2/h", "m": "um", "s": "h",
            "m-2": "cm-2", "m2": "um2"}  # fmt: skip
AGES = (("under 30", 0, 30), ("30 to 44", 30, 45), ("45 to 59", 45, 60), ("60 and more", 60, 200))


def met(rows: Iterable[Row]) -> tuple[int, int]:
    """How many rows were met, of how many that could be computed."""
    known = [row for row in rows if row["verdict"] in (*MET, "above", "below", "wrong")]
    return sum(row["verdict"] in MET for row in known), len(known)


def share(rows: Iterable[Row]) -> str:
    """ "23 of 36", or a dash where there is none."""
    right, of = met(rows)
    return f"{right} of {of}" if of else "–"


def by_part(rows: Sequence[Row], parts: Sequence[Mapping[str, Any]], settings: Mapping[str, Setting]) -> Table:
    """One line for each part of the model; read-outs that no part names stand in a line of their own.

    Args:
        rows: of a validation
        parts: of credibility.toml
        settings: of the cases; empty where they are not known

    Checked by: tests/unit/evaluation/test_credibility.py
    """
    left, lines = list(rows), []
    for part in parts:
        own = [row for row in rows if belongs(row, part, settings)]
        left = [row for row in left if row not in own]
        lines.append(_part_line(part["name"], own))
    if left:
        lines.append(_part_line(f"Not assigned: {', '.join(sorted({row['scale'] for row in left}))}", left))
    head = ("Part", "Validation: numbers inside", "Validation: directions right", "Calibration rows met", "Standing")
    return Table("By part of the model", head, tuple(lines), (4, 2, 2, 2, 3))


def untested(rows: Sequence[Row], parts: Sequence[Mapping[str, Any]], settings: Mapping[str, Setting]) -> list[str]:
    """Parts of the model that no validation row tests."""
    tests = [row for row in rows if row["use"] == "validation"]
    return [one["name"] for one in parts if not any(belongs(row, one, settings) for row in tests)]


def belongs(row: Row, part: Mapping[str, Any], settings: Mapping[str, Setting]) -> bool:
    """Does a row test this part: by its read-out, and where two parts share one, by whether its arm has needles?

    A row of an unknown case counts as needled, since most are.
    """
    scale, case = str(row["scale"]), settings.get(str(row["case"]))
    start = part.get("open_ended", False)
    if not any(scale.startswith(one) if start or one.endswith(".") else scale == one for one in part["scales"]):
        return False
    needled = case is None or str(row["arm"]) in case.needled
    return bool(part.get("needled", needled) == needled)


def _part_line(name: str, rows: Sequence[Row]) -> tuple[str, ...]:
    tests = [row for row in rows if row["use"] == "validation"]
    judged = [row for row in tests if row["verdict"] in ("right", "wrong")]
    numbers = [row for row in tests if row not in judged]
    right, of = met(tests)
    standing = "no evidence" if not rows else "calibration only" if not of else f"{right} of {of} met"
    known = (share(numbers), share(judged), share(row for row in rows if row["use"] == "calibration"))
    return name, *known, standing


def by_scale(rows: Sequence[Row]) -> Table:
    """One line for each use, read-out and kind of number: rows met of rows computed."""
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["use"], row["scale"], row["measure"]].append(row)
    order = sorted(groups, key=lambda key: (USES.index(key[0]), *key[1:]))
    lines = tuple((use, scale, kind.replace("_", " "), share(groups[use, scale, kind])) for use, scale, kind in order)
    return Table("By use and read-out", ("Use", "Read-out", "Kind", "Met"), lines, (2, 4, 3, 2))


def misses(rows: Sequence[Row], use: str) -> Table:
    """Every row that was not met, with the size of the miss; none is left out.

    Checked by: tests/unit/evaluation/test_credibility.py
    """
    wrong = [row for row in rows if row["use"] == use and row["verdict"] in ("above", "below", "wrong")]
    head = ("Case", "Read-out, when", "Observed", "Predicted, 5 to 95 %", "Outside by", "Source")
    title = f"Misses among {use} rows: {len(wrong)}"
    return Table(title, head, tuple(map(_miss, wrong)), (3, 3, 2, 4, 2, 4))


def _miss(row: Row) -> tuple[str, ...]:
    low, median, high = (_written(row[key], row["unit"]) for key in ("low", "median", "high"))
    unit = _unit(row["unit"])
    if row["kind"] == "direction":
        observed, size = DIRECTIONS[row["observed"]], "wrong direction"
    else:
        observed = f"{BOUNDS.get(row['bound'], '')}{_written(row['observed'], row['unit'])} {unit}".strip()
        size = f"{_written(row['miss'], row['unit'])} {unit}".strip()
    against = f" against {row['against']}" if row.get("against") else ""
    predicted = f"{low} to {high}, median {median} {unit}".strip()
    case, arm = str(row["case"]).replace("_", " "), f"{row['arm']}{against}"
    return f"{case}: {arm}", f"{row['scale']} ({_kind(row)}), {row['time']}", observed, predicted, size, row["source"]


def miss_words(row: Row) -> str:
    """A miss in a few words: case, read-out, when, and by how much of what was observed."""
    case, what, observed, _, size, _ = _miss(row)
    by = size if row["kind"] == "direction" else f"outside by {size} (observed {observed})"
    return f"{case}, {what}: {by}"


def _kind(row: Row) -> str:
    return str(row["measure"]).replace("_", " ")


def _unit(unit: str) -> str:
    return "" if unit in ("", "1") else READABLE.get(unit, unit).replace("um", "µm")


def _written(value: Any, unit: str) -> str:
    if value is None:
        return "not computed"
    if isinstance(value, str):
        return "later than the run"  # infinite: the moment did not come
    size = units.factor(READABLE.get(unit, unit) or "1", unit or "1")
    return f"{value / size:.3g}"


def applicability(found: Validated, settings: Mapping[str, Setting]) -> tuple[Table, ...]:
    """Rows met by species and setup, site, phototype, age, sex and device: where there is none, it says so.

    Checked by: tests/unit/evaluation/test_credibility.py
    """
    known = [(row, settings[row["case"]]) for row in found.rows if row["case"] in settings]
    sites = tuple(names("sites"))
    wanted: Sequence[tuple[str, Callable[[Setting], Sequence[str]], Sequence[str]]] = (
        ("By skin", lambda one: [f"{one.species}, {one.setup}"], ("human, in vivo",)),
        ("By site", lambda one: [one.site], sites),
        ("By phototype (as the study file sets it; where a source is silent, assumed)",
         lambda one: [one.phototype] if _human(one) else [], tuple("123456")),
        ("By age (the same)", lambda one: [age_band(one.age)] if _human(one) and one.age else [],
         [band for band, _, _ in AGES]),
        ("By sex (the same)", lambda one: [one.sex] if _human(one) else [], ("female", "male")),
        ("By device card", lambda one: [name.removesuffix(".toml") for name in one.devices], ()),
    )  # fmt: skip
    return tuple(_covered(title, known, key, always) for title, key, always in wanted)


def untouched_devices(settings: Mapping[str, Setting]) -> tuple[str, ...]:
    """Device cards of the package that no validation case uses."""
    used = {device for one in settings.values() for device in one.devices}
    return tuple(name for name in names("devices") if name not in used)


def _human(one: Setting) -> bool:
    return one.species == "human" and one.setup == "in vivo"


def age_band(text: str) -> str:
    """The band of AGES an age in words falls into."""
    years = units.read(text, "s") / units.factor("y", "s")
    return next(name for name, low, high in AGES if low <= years < high)


def _covered(
    title: str,
    known: Sequence[tuple[Row, Setting]],
    key: Callable[[Setting], Sequence[str]],
    always: Sequence[str],
) -> Table:
    groups: dict[str, list[Row]] = {name: [] for name in always}
    for row, setting in known:
        for name in key(setting):
            groups.setdefault(name or "not stated", []).append(row)
    lines = []
    for name, rows in groups.items():
        tests, learnt = ([row for row in rows if row["use"] == use] for use in USES)
        cases = len({row["case"] for row in rows})
        met_words = share(tests) if tests else "no evidence" if not rows else "none: calibration only"
        lines.append((name.replace("_", " "), str(cases), met_words, share(learnt)))
    return Table(title, ("", "Cases", "Validation rows met", "Calibration rows met"), tuple(lines), (4, 1, 2, 2))


def sources(rows: Sequence[Row], use: str) -> list[tuple[str, int]]:
    """Sources of one use and how many rows each gives."""
    counted = Counter(str(row["source"]) for row in rows if row["use"] == use)
    return sorted(counted.items())
