"""A result read from its tree into plain records, once; the rest of the report looks at nothing else."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from microneedling.core import units
from microneedling.report.course import Outcome
from microneedling.simulate.accuracy import Accuracy, accuracy
from microneedling.simulate.result import arm_tables

if TYPE_CHECKING:
    import xarray as xr

LAYERS = ("corneum", "epidermis", "papillary", "reticular")
# outcome -> words of which a person's history or baseline must have one for it to matter
ABOUT = {
    "acne_scar_volume": ("scar",),
    "rolling_scar_volume": ("rolling",),
    "boxcar_scar_volume": ("boxcar",),
    "icepick_scar_volume": ("icepick", "ice-pick"),
    "line_depth": ("line_depth", "wrinkles"),
    "stria_width": ("stria",),
    "pore_area": ("pore",),
    "hair_density": ("hair", "alopecia"),
    "hair_ratio": ("hair", "alopecia"),
    "hair_effect": ("hair", "alopecia"),
    "melanin_index": ("melasma", "pigment", "melanin"),
    "pigment_contrast": ("melasma", "pigment", "melanin"),
}
IN_VITRO = (  # what a diffusion cell can show: the skin in it neither heals nor bleeds
    "open_area", "inserted_depth", "channel_depth", "puncture_density",
    "receptor", "flux", "on_skin", "sc", "epidermis", "dermis", "depot", "wiped", "balance",
)  # fmt: skip


@dataclasses.dataclass(frozen=True, kw_only=True)
class Parameter:
    """One number used, with what is known about it."""

    name: str
    value: float
    low: float
    high: float
    unit: str
    sources: tuple[str, ...]
    where: str
    grade: str
    note: str
    varies: str
    meaning: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Answer:
    """All the report needs of one result; times in s, lengths in m, outcomes in the unit people write."""

    title: str
    question: str
    in_vitro: bool
    arms: tuple[str, ...]
    time: np.ndarray
    outcomes: Mapping[str, Outcome]
    events: Mapping[str, list[tuple[float, str]]]
    plan: Mapping[str, Mapping[str, list[dict[str, Any]]]]
    person: Mapping[str, Any]
    site: Mapping[str, Any]
    layers: Mapping[str, float]
    parameters: tuple[Parameter, ...]
    shares: Mapping[str, Mapping[str, float]]
    findings: tuple[Mapping[str, Any], ...]
    notices: tuple[Mapping[str, Any], ...]
    override: str
    run: Mapping[str, Any]
    study: Mapping[str, Any]
    members: int
    failed: int
    habits: tuple[Mapping[str, str], ...] = ()
    harms: tuple[Mapping[str, Any], ...] = ()
    accuracy: tuple[Accuracy, ...] = ()
    checks: Mapping[str, str] = dataclasses.field(default_factory=dict)  # how each was ended, of a verified run

    @property
    def sessions(self) -> tuple[float, ...]:
        """Times of the visits of the first arm that has any [s]."""
        for arm in self.arms:
            visits = [time for time, word in self.events.get(arm, []) if word in ("needling", "sham")]
            if visits:
                return tuple(dict.fromkeys(visits))
        return ()

    @property
    def start(self) -> float:
        """The first session, or the first thing done, or zero [s]."""
        done = [time for events in self.events.values() for time, _ in events]
        return min(self.sessions or done or (0.0,))

    @property
    def end(self) -> float:
        """The end of the course [s]."""
        return float(self.time[-1])

    def concerns(self, name: str) -> bool:
        """Is this outcome about the person? A scar's volume says nothing of somebody who has no scar."""
        about = ABOUT.get(name)
        known = (*self.person.get("conditions", ()), *(k for k, v in self.person.get("baseline", {}).items() if v))
        return about is None or any(sign in str(word) for word in known for sign in about)

    def parameter(self, ending: str) -> float | None:
        """The value of the first number whose full name ends like this."""
        return next((one.value for one in self.parameters if one.name.endswith(ending)), None)


def answer_of(tree: xr.DataTree) -> Answer:
    """Everything the report needs of a result.

    Args:
        tree: a result (groups in simulate/result.py); only /scores and /run must be there

    Returns: Answer. A member with a value that is not finite is left out of that outcome, in all arms alike.
    Errors: ValueError when there is no /scores or /run.
    Checked by: tests/faces/test_report.py
    """
    missing = [name for name in ("scores", "run") if name not in tree.children]
    if missing:
        raise ValueError(f"no result of this program: group /{missing[0]} is missing")
    scores, run = tree["scores"].to_dataset(), _attrs(tree, "run")
    study = _json(run.get("study"), {})
    safety = _attrs(tree, "safety")
    plan = {key: _json(text, {}) for key, text in _attrs(tree, "plan").items()}
    in_vitro = "in vitro" in (study.get("setup"), _attrs(tree, "skin").get("setup"))
    arms = tuple(_json(scores["arm"].attrs.get("names"), [f"arm {n}" for n in scores["arm"].values]))
    outcomes = {str(n): _outcome(str(n), a) for n, a in scores.data_vars.items() if _belongs(str(n), in_vitro)}
    return Answer(
        title=str(run.get("title") or study.get("title") or "Microneedling"),
        question=str(run.get("question", "")),
        in_vitro=in_vitro,
        arms=arms,
        time=np.asarray(scores["time"].values, dtype=float),
        outcomes=outcomes,
        events={arm: [(float(t), str(w)) for t, w in found] for arm, found in plan.get("events", {}).items()},
        plan=plan,
        person=_json(_attrs(tree, "person").get("record"), {}),
        habits=tuple(_json(_attrs(tree, "person").get("habits"), [])),
        site=_attrs(tree, "skin"),
        layers=_layers(tree),
        parameters=_parameters(tree),
        shares=_json(_attrs(tree, "elasticity").get("shares"), {}),
        findings=tuple(_json(safety.get("findings"), [])),
        notices=tuple(_json(safety.get("notices"), [])),
        override=str(safety.get("override", "")),
        harms=tuple(_json(safety.get("harms"), [])),
        run=run,
        study=study,
        members=max(0, int(scores.sizes["member"]) - 1),
        failed=max((one.failed for one in outcomes.values()), default=0),
        accuracy=tuple(accuracy(arm_tables(tree))),
        checks=_json(_attrs(tree, "verification").get("ended"), {}),
    )


def _belongs(name: str, in_vitro: bool) -> bool:
    if not in_vitro:
        return not name.startswith("receptor.")
    return name.split(".")[0] in IN_VITRO


def _outcome(name: str, array: Any) -> Outcome:
    attrs = array.attrs
    shown = str(attrs.get("shown") or attrs["units"])
    factor = units.factor(shown, str(attrs["units"]))
    values = np.asarray(array.values, dtype=float) / factor
    people = values[:, 1:] if values.shape[1] > 1 else values
    whole = np.isfinite(people).all(axis=(0, 2))
    return Outcome(
        name=name,
        title=str(attrs.get("long_name", name)),
        unit=shown,
        noticeable=float(attrs.get("noticeable", 0.0)) / factor,
        low=float(attrs.get("low", -np.inf)) / factor,
        high=float(attrs.get("high", np.inf)) / factor,
        time=np.asarray(array["time"].values, dtype=float),
        values=people[:, whole] if whole.any() else np.full_like(people[:, :1], np.nan),
        central=values[:, 0],
        failed=int((~whole).sum()),
        shows=float(attrs.get("shows", np.nan)) / factor if not attrs.get("seen") else np.nan,
    )


def _layers(tree: Any) -> dict[str, float]:
    """Thickness of each layer of the central person [m]."""
    if "skin" not in tree.children:
        return {}
    skin = tree["skin"].to_dataset()
    found = {name: float(np.ravel(skin[name].values)[0]) for name in LAYERS if name in skin.data_vars}
    return {name: thick for name, thick in found.items() if thick > 2e-6}  # excised skin ends early: cells of nothing


def _parameters(tree: Any) -> tuple[Parameter, ...]:
    if "parameters" not in tree.children:
        return ()
    table = tree["parameters"].to_dataset()
    words = {key: _json(table.attrs.get(key), []) for key in table.attrs}
    numbers = {key: np.asarray(table[key].values, dtype=float) for key in ("value", "low", "high")}

    def word(key: str, row: int) -> Any:
        return words[key][row] if row < len(words.get(key, [])) else ""

    return tuple(
        Parameter(
            name=str(word("names", n)),
            value=float(numbers["value"][n]),
            low=float(numbers["low"][n]),
            high=float(numbers["high"][n]),
            unit=str(word("units", n)),
            sources=_keys(word("sources", n)),
            where=str(word("where", n)),
            grade=str(word("grades", n)),
            note=str(word("notes", n)),
            varies=str(word("varies", n)),
            meaning=str(word("meanings", n)),
        )
        for n in range(len(numbers["value"]))
    )


def _keys(found: Any) -> tuple[str, ...]:
    return tuple(k for k in ([found] if isinstance(found, str) else found) if k)


def _attrs(tree: Any, group: str) -> dict[str, Any]:
    return dict(tree[group].attrs) if group in tree.children else {}


def _json(text: Any, otherwise: Any) -> Any:
    """JSON text read; what is no JSON text becomes `otherwise`."""
    if not isinstance(text, str):
        return otherwise if text is None else text
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return otherwise
