"""Results as one labelled tree: groups, units, and how they are stored. The only file that imports xarray."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from microneedling.simulate.accuracy import CHECKS, FINER, TIGHTER, quantile_error

SCHEMA = 1
LOW, HIGH = 0.05, 0.95
LAYERS = ("corneum", "epidermis", "papillary", "reticular")


def scores_group(
    arms: Sequence[str], times: np.ndarray, values: Mapping[str, np.ndarray], attrs: Mapping[str, Any]
) -> xr.Dataset:
    """Scales over time for every arm and member.

    Args:
        arms: names
        times: (time,) [s]
        values: scale name -> (arm, member, time)
        attrs: scale name -> units, shown, long_name, noticeable, worse, low, high
    """
    data = {name: (("arm", "member", "time"), v, dict(attrs[name])) for name, v in values.items()}
    members = next(iter(values.values())).shape[1]
    return xr.Dataset(data, {**_arm(arms), "member": _member(members), "time": _time(times)})


def tissue_group(
    arms: Sequence[str], times: np.ndarray, skin: Mapping[str, np.ndarray], fields: Mapping[str, Any]
) -> xr.Dataset:
    """Fields of the central person: name -> (array (arm, time[, depth]), meaning, unit)."""
    data = {}
    for name, (array, meaning, unit) in fields.items():
        dims = ("arm", "time", "depth") if array.ndim == 3 else ("arm", "time")
        data[name] = (dims, array, {"units": unit, "long_name": meaning})
    layer = np.asarray(skin["layer"], dtype=np.int8)
    flags = {"flag_values": list(range(len(LAYERS))), "flag_meanings": " ".join(LAYERS)}
    coords = {
        **_arm(arms),
        "time": _time(times),
        "depth": ("depth", skin["depth"], {"units": "m", "long_name": "depth below the surface"}),
        "thickness": ("depth", skin["step"], {"units": "m", "long_name": "cell thickness"}),
        "layer": ("depth", layer, flags),
    }
    return xr.Dataset(data, coords)


def cell_group(
    times: np.ndarray | None, amounts: Mapping[str, np.ndarray], plumes: Mapping[str, Any], attrs: Mapping[str, str]
) -> xr.Dataset:
    """The resolved cell of one arm: name -> (member, time) [mol m-2]; active -> Picture (simulate/resolved.py)."""
    if times is None:
        return xr.Dataset(attrs=dict(attrs))
    names = {"units": "mol m-2", "shown": "nmol cm-2"}
    data: dict[str, Any] = {name: (("member", "time"), v, dict(names)) for name, v in amounts.items()}
    for name, one in plumes.items():
        unit = {"units": "mol m-3", "long_name": f"total {name} per volume around one channel"}
        data[f"plume.{name}"] = (("frame", "row", "column"), one.concentration, unit)
    one = next(iter(plumes.values()))
    coords = {
        "time": _time(times),
        "member": _member(next(iter(amounts.values())).shape[0]),
        "frame": ("frame", one.times, {"units": "s", "long_name": "time since the first needling"}),
        "row_depth": ("row", one.z, {"units": "m", "long_name": "depth of a row of nodes"}),
        "radius": (("row", "column"), one.r, {"units": "m", "long_name": "distance from the channel's axis"}),
        "wall": ("row", one.wall, {"units": "m", "long_name": "radius of the channel; below its end, of that end"}),
    }
    return xr.Dataset(data, coords, {**attrs, "channel_depth": one.end})


def verification_group(
    arms: Sequence[str], times: np.ndarray, scores: Mapping[str, np.ndarray], ended: Mapping[str, str]
) -> xr.Dataset:
    """The central person computed again: scale -> (check, arm, time) for the checks of simulate/accuracy.py."""
    data = {name: (("check", "arm", "time"), values) for name, values in scores.items()}
    attrs = {"checks": json.dumps(CHECKS), "ended": json.dumps(ended), "tighter": TIGHTER, "finer": FINER}
    return xr.Dataset(data, {**_arm(arms), "time": _time(times)}, attrs)


def parameters_group(rows: Sequence[Mapping[str, Any]]) -> xr.Dataset:
    """Every number used: value, 5 and 95 %, and its provenance as JSON lists in the attributes."""
    numbers = {k: ("parameter", np.array([row[k] for row in rows], dtype=float)) for k in ("value", "low", "high")}
    texts = ("names", "units", "sources", "where", "grades", "notes", "varies", "meanings")
    attrs = {key: json.dumps([row[key] for row in rows]) for key in texts}
    return xr.Dataset(numbers, attrs=attrs)


def tree_of(groups: Mapping[str, xr.Dataset]) -> xr.DataTree:
    """Groups under one root."""
    return xr.DataTree.from_dict({f"/{name}": group for name, group in groups.items()})


def save(tree: xr.DataTree, path: str | Path) -> None:
    """Write a result as Zarr (format 3), whole or not at all: to a temporary name first, then renamed.

    Errors: FileExistsError if `path` is there; OSError as the system gives it, with nothing left behind.
    """
    target = Path(path)
    if target.exists():
        raise FileExistsError(f"{target} exists")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        tree.to_zarr(part / "data", zarr_format=3, consolidated=False, mode="w")
        os.replace(part / "data", target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def load(path: str | Path) -> xr.DataTree:
    """Read a stored result.

    Errors: FileNotFoundError if there is none, ValueError if it is no result of this program.
    """
    if not Path(path).exists():
        raise FileNotFoundError(f"{path}: no such result")
    tree = xr.open_datatree(str(path), engine="zarr", consolidated=False)
    if "run" not in tree.children or "scores" not in tree.children:
        raise ValueError(f"{path}: not a result of this program (groups {', '.join(tree.children) or 'none'})")
    return tree


def summary(tree: xr.DataTree) -> dict[str, Any]:
    """Flat numbers: per arm and scale, median and 5-95 % over the ensemble at chosen times; JSON-able.

    Harm (safety/harms.py) stands beside them.
    So do the errors of each number: of drawing few people, and, in a verified run, how far the central person moved.
    Amounts and fluxes are per skin area, with the total on the area studied (m2) beside them.
    """
    scores, run = tree["scores"].to_dataset(), tree["run"].attrs
    times = scores["time"].values
    days = [round(float(times[i]) / 86400.0, 4) for i in _picks(times)]
    out: dict[str, Any] = {"title": run["title"], "version": run["version"], "seed": run["seed"]}
    beyond = json.loads(run.get("extrapolations", "[]"))
    ended = {"balance_error": run["balance_error"], "status": json.loads(run["status"]), "extrapolations": beyond}
    harms = json.loads(tree["safety"].attrs.get("harms", "[]")) if "safety" in tree.children else []
    found = {**out, "arms": arm_tables(tree), "time_days": days, **ended}
    return found | {"solver": _solver(tree), "harms": harms}


def arm_tables(tree: xr.DataTree) -> dict[str, dict[str, Any]]:
    """Arm -> scale -> the numbers of a summary."""
    scores = tree["scores"].to_dataset()
    picks = _picks(scores["time"].values)
    area = float(tree["skin"].attrs["area"]) if "skin" in tree.children and "area" in tree["skin"].attrs else None
    checks = tree["verification"].to_dataset().data_vars if "verification" in tree.children else {}
    out: dict[str, dict[str, Any]] = {}
    for a, arm in enumerate(json.loads(scores["arm"].attrs["names"])):
        out[arm] = {}
        for name, data in scores.data_vars.items():
            values, units = data.values[a], data.attrs["units"]
            one = _over_people(values, picks) | {"units": units, "shown": data.attrs.get("shown", units)}
            one |= _shown(scores, str(name), a) | _total(one, area)
            if name in checks:
                moved = checks[name].values[:, a][:, picks] - values[0, picks]
                one["calculation_error"] = {check: _plain(moved[n]) for n, check in enumerate(CHECKS)}
            out[arm][str(name)] = one
    return out


def _solver(tree: xr.DataTree) -> dict[str, Any]:
    """Tolerance, the most steps taken and refused by arm, and how the checks ended where there were any."""
    run, verified = tree["run"].attrs, None
    if "verification" in tree.children:
        ended = json.loads(tree["verification"].attrs["ended"])
        verified = {"tighter": TIGHTER, "finer": FINER, "ended": ended}
    found: dict[str, Any] = {key: json.loads(run[key]) for key in ("steps", "refused") if key in run}
    found |= {"tolerance": float(run["tolerance"])} if "tolerance" in run else {}
    return {**found, "members": int(run.get("members", 1)), "verified": verified}


def _over_people(values: np.ndarray, picks: Sequence[int]) -> dict[str, Any]:
    """Median, 5 and 95 % of (member, time) at some times, and the standard error of each from drawing few."""
    people = values[1:] if len(values) > 1 else values
    whole = people[np.all(np.isfinite(people), axis=1)][:, picks]  # one who failed takes nobody's median away
    shares = {"low": LOW, "median": 0.5, "high": HIGH}
    if not len(whole):
        return {key: [None] * len(picks) for key in shares}
    found: dict[str, Any] = {key: _plain(np.quantile(whole, share, axis=0)) for key, share in shares.items()}
    if len(whole) > 1:
        found["sampling_error"] = {key: _plain(quantile_error(whole, share)) for key, share in shares.items()}
    return found


def _plain(row: np.ndarray) -> list[float | None]:
    return [float(x) if np.isfinite(x) else None for x in row]


def shown_in(scores: xr.Dataset, name: str, arm: int) -> np.ndarray | None:
    """Share of simulated people in whom one reading before and one after tell the change (time,) [1].

        share of |y - y₀| > Δ,   Δ the least change that shows in one person (scales/grading.py)

    A clinical scale is the mean of a study, so there it is the mean of the chance that it shows in one person.

    Args:
        scores: group of a result (arm, member, time)
        name: a scale of it
        arm: its number

    Returns: (time,); None where no instrument or rater is known. Members that failed are left out.
    Checked by: tests/unit/simulate/test_shown.py
    """
    data = scores[name]
    if "shows" not in data.attrs:
        return None
    people = slice(1, None) if scores.sizes["member"] > 1 else slice(None)
    seen = str(data.attrs.get("seen", ""))
    if seen and seen not in scores:  # the study did not ask for it
        return None
    values = scores[seen or name].values[arm][people]
    values = values[np.all(np.isfinite(values), axis=1)]
    if not len(values):
        return None
    if seen:
        return np.asarray(values.mean(axis=0))
    return np.asarray(np.mean(np.abs(values - values[:, :1]) > float(data.attrs["shows"]), axis=0))


def _shown(scores: xr.Dataset, name: str, arm: int) -> dict[str, Any]:
    """What is noticeable, what shows in one person, and in how many at the end; nothing for scales nobody reads."""
    share = shown_in(scores, name, arm)
    if share is None:
        return {}
    attrs = scores[name].attrs
    return {key: float(attrs[key]) for key in ("noticeable", "shows")} | {"shows_in_at_end": float(share[-1])}


def _total(found: Mapping[str, Any], area: float | None) -> dict[str, Any]:
    """The same on the whole area studied, beside what is per skin area; nothing for other scales."""
    if area is None or not found["units"].startswith("mol m-2"):
        return {}
    whole = {k: [None if x is None else x * area for x in found[k]] for k in ("median", "low", "high")}
    return {"per": "skin area", "total": {"units": " ".join(found["units"].split(" m-2")), "area": area, **whole}}


def _picks(times: np.ndarray) -> list[int]:
    wanted = np.array([-1e-9, 1 / 24, 0.25, 1, 3, 7, 28, 90, 180, 365]) * 86400.0
    wanted = np.append(wanted[wanted <= times[-1]], times[-1])
    return sorted({int(np.argmin(np.abs(times - w))) for w in wanted})


def _arm(arms: Sequence[str]) -> dict[str, Any]:
    words = " ".join(name.replace(" ", "_") for name in arms)
    attrs = {"names": json.dumps(list(arms)), "flag_values": list(range(len(arms))), "flag_meanings": words}
    return {"arm": ("arm", np.arange(len(arms), dtype=np.int8), attrs)}


def _member(count: int) -> Any:
    return "member", np.arange(count), {"long_name": "person; 0 is the central one"}


def _time(times: np.ndarray) -> Any:
    return "time", times, {"units": "s", "long_name": "time since the first needling"}
