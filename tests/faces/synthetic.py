"""A made-up result with every standard scale, so that reports can be tested without simulating."""

import dataclasses
import json

import numpy as np
import xarray as xr

from microneedling.core import units
from microneedling.core.card import read_card
from microneedling.core.catalogue import path_of
from microneedling.safety.finding import Finding
from microneedling.safety.rule import notices
from microneedling.scales import clinical_series, closure, standard
from microneedling.scales.clinical import SCALES
from microneedling.simulate import result
from microneedling.simulate.keep import reading_times
from microneedling.skin.site import Site
from microneedling.study.store import parameter_rows
from microneedling.treatments.device import Device

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
ARMS = ("needling", "sham")
PERSON = {"age": 34 * 365.25 * 86400.0, "sex": "female", "phototype": 3, "conditions": ["acne scars"], "baseline": {}}
SESSIONS = (0.0, 30 * DAY, 60 * DAY)
ACTIVE = "caffeine"
LAYERS = {"corneum": (8, 17e-6), "epidermis": (6, 80e-6), "papillary": (6, 100e-6), "reticular": (12, 900e-6)}

NEW = (1.0, 0.3, DAY, 5 * DAY)  # a scale this file does not know

# scale -> rest, size of the change after a session (both in the unit shown), time it rises, time it falls [s]
COURSES = {
    "tewl": (15.0, 60.0, 0.1, 12 * HOUR),
    "erythema": (420.0, 150.0, 6 * HOUR, 18 * HOUR),
    "oedema": (0.0, 20.0, 12 * HOUR, DAY),
    "perfusion": (0.0, 0.8, 6 * HOUR, 18 * HOUR),
    "vessel_density": (1.0, 0.08, 5 * DAY, 20 * DAY),
    "pain": (0.0, 0.9, 0.1, 15 * MINUTE),
    "bleeding": (0.0, 20.0, 0.1, DAY),
    "open_area": (0.0, 0.9, 0.1, 2 * HOUR),
    "permeable_area": (0.0, 0.9, 0.1, 2 * HOUR),
    "visible_pores": (0.0, 300.0, 0.1, 2 * HOUR),
    "open_by_impedance": (0.0, 6.0, HOUR, 1e9),
    "open_by_dye": (0.0, 9.0, HOUR, 1e9),
    "open_by_tewl": (0.0, 3.0, HOUR, 1e9),
    "inserted_depth": (0.0, 1200.0, 0.1, 1e9),
    "channel_depth": (0.0, 700.0, 0.1, 1e9),
    "puncture_density": (0.0, 700.0, 0.1, DAY),
    "epidermal_thickness": (95.0, 4.0, 2 * DAY, 10 * DAY),
    "sc_thickness": (17.0, 0.3, 3 * DAY, 10 * DAY),
    "sc_layers": (9.0, 0.3, 3 * DAY, 10 * DAY),
    "turnover_time": (25.0, -2.0, DAY, 5 * DAY),
    "sc_turnover_time": (14.0, -1.0, DAY, 5 * DAY),
    "corneocyte_loss": (0.0, 8000.0, 0.1, 1e9),
    "dye_loss_time": (9.0, -1.0, DAY, 5 * DAY),
    "proliferation": (1.0, 0.4, DAY, 3 * DAY),
    "corneocyte_area": (690.0, -20.0, 4 * DAY, 10 * DAY),
    "papilla_amplitude": (50.0, 2.0, 4 * DAY, 20 * DAY),
    "hydration": (1.0, -0.05, 4 * DAY, 8 * DAY),
    "neutrophils": (0.0, 0.3, 12 * HOUR, DAY),
    "macrophages": (0.0, 0.2, DAY, 3 * DAY),
    "inflammation": (0.0, 0.2, HOUR, DAY),
    "collagen_new": (1.0, 0.4, 7 * DAY, 60 * DAY),
    "collagen_stain": (1.0, 0.25, 7 * DAY, 60 * DAY),
    "reticulin": (1.0, 0.5, 5 * DAY, 30 * DAY),
    "ultrasound_density": (1.0, 0.06, 7 * DAY, 90 * DAY),
    "elastin": (1.0, 0.01, 20 * DAY, 200 * DAY),
    "tropoelastin": (0.0, 0.1, 4 * DAY, 15 * DAY),
    "elasticity": (1.0, 0.03, 14 * DAY, 120 * DAY),
    "acne_scar_volume": (100.0, -12.0, 14 * DAY, 200 * DAY),
    "lightness": (58.0, -3.0, 6 * HOUR, 18 * HOUR),
    "redness": (10.0, 5.0, 6 * HOUR, 18 * HOUR),
    "yellowness": (12.0, -1.0, 6 * HOUR, 18 * HOUR),
    "roughness": (18.0, 2.0, DAY, 5 * DAY),
    "roughness_depth": (90.0, 10.0, DAY, 5 * DAY),
    "gloss": (1.0, -0.1, DAY, 5 * DAY),
    "typology_angle": (28.0, -6.0, 6 * HOUR, 18 * HOUR),
    "downtime": (0.0, 2.0, DAY, 1e9),
}
CLINICAL = {card.name: card for card in clinical_series.cards()}
COURSES |= {n: (0.0, 20.0, DAY, 1e9) if c.shown == "%" else (3.0, -0.4, DAY, 1e9) for n, c in CLINICAL.items()}
AMOUNTS = {"on_skin": (500.0, 0.1, 4 * HOUR), "sc": (8.0, HOUR, 12 * HOUR), "epidermis": (5.0, HOUR, 6 * HOUR),
           "dermis": (20.0, HOUR, 6 * HOUR), "blood": (300.0, 4 * HOUR, 1e9), "lymph": (6.0, 4 * HOUR, 1e9),
           "receptor": (0.0, HOUR, 1e9), "depot": (3.0, 0.1, HOUR),
           "metabolised": (0.0, HOUR, 1e9), "wiped": (50.0, 0.1, 1e9), "balance": (0.0, HOUR, 1e9)}  # fmt: skip


def tree(*, in_vitro=False, members=8, broken=(), missing=(), text="Two arms, made up", override=""):
    """The tree; `broken` members turn to NaN after a day, scales in `missing` are NaN throughout."""
    sessions = (0.0,) if in_vitro else SESSIONS
    end = 2 * DAY if in_vitro else 240 * DAY
    times = reading_times(sessions, begin=-DAY, end=end)
    values, attrs = scores(times, sessions, members, in_vitro)
    for name, series in values.items():
        for member in broken:
            series[0, member, times > DAY] = np.nan
        if name in missing:
            series[:] = np.nan
    groups = {
        "scores": result.scores_group(ARMS, times, values, attrs),
        "plan": xr.Dataset(attrs=plan(sessions)),
        "parameters": result.parameters_group(parameter_rows(known())),
        "safety": xr.Dataset(attrs=safety(in_vitro, text, override)),
        "person": xr.Dataset(attrs={"record": json.dumps(PERSON)}),
        "skin": skin(members, in_vitro),
        "elasticity": xr.Dataset(attrs={"shares": json.dumps({"tewl": {"fitted": 0.25, "assumed": 0.75}})}),
        "run": xr.Dataset(attrs=run(in_vitro, members, text)),
    }
    return result.tree_of(groups)


def scores(times, sessions, members, in_vitro):
    """Values (arm, member, time) in SI and attributes of every standard scale, amounts of one active, and its flux."""
    rng = np.random.default_rng(1)
    values, attrs = {}, {}
    place = "receptor" if in_vitro else "blood"
    amounts = AMOUNTS | {"receptor": AMOUNTS["blood"], "blood": AMOUNTS["receptor"]} if in_vitro else AMOUNTS
    for card in standard.cards((ACTIVE,)):
        kind = card.name.split(".")[0]
        rest, size, rise, fall = (0.0, *amounts[kind]) if "." in card.name else COURSES.get(card.name, NEW)
        pace = rng.lognormal(0.0, 0.3, (2, 1 + members, 1))
        pace[:, 0] = 1.0
        start = rest * np.where(card.healthy is None, 1 + 0.1 * (pace[:1] - 1), 1.0) * np.ones((2, 1, 1))
        change = size * pace * sum(response(times - s, rise, fall) for s in sessions)
        change[1] *= 0.02 if "." in card.name else 0.0
        factor = units.factor(card.shown, card.unit)
        values[card.name] = (start + change) * factor
        noticeable = least()[card.name.split(".")[0] if "." in card.name else card.name]
        high = card.high if np.isfinite(card.high) else 1e300
        named = {"units": card.unit, "shown": card.shown, "long_name": card.title, "worse": card.worse}
        attrs[card.name] = named | {"low": card.low, "high": high, "noticeable": noticeable}
    flux = f"flux.{ACTIVE}"
    values[flux] = np.gradient(values[f"{place}.{ACTIVE}"], times, axis=-1)
    named = {"units": "mol m-2 s-1", "shown": "nmol cm-2 h-1", "long_name": "caffeine flux", "worse": ""}
    attrs[flux] = named | {"low": 0.0, "high": 1e300, "noticeable": 0.0}
    return values, attrs


def response(since, rise, fall):
    """What one session adds: zero before, 1 - exp(-t/rise) fading with exp(-t/fall)."""
    t = np.maximum(since, 0.0)
    return np.where(since > 0, (1 - np.exp(-t / rise)) * np.exp(-t / fall), 0.0)


def least():
    """Smallest noticeable change by scale [SI]."""
    found = {cls.CARD.name: float(cls().noticeable) for cls in standard.SCALES}
    open_times = {card.name: HOUR for card in closure.CARDS.values()}
    return (
        found
        | {"downtime": DAY / 2, "typology_angle": 0.06}
        | open_times
        | dict.fromkeys(CLINICAL, 0.75)
        | dict.fromkeys(AMOUNTS, 1e-5)
    )


def known():
    """Some real numbers with their provenance."""
    cards = (
        read_card(path_of("devices", "skinpen_precision"), Device).known,
        read_card(path_of("sites", "cheek"), Site).known,
    )
    return {one.name: one for one in (*standard.numbers(), *(scale.known for scale in SCALES), *cards)}


def plan(sessions):
    """Sessions and a gel in both arms, without needles in the second."""
    visit = {"device": "skinpen_precision", "depth": 1.5e-3, "area": 60e-4, "dwell": 180.0, "passes": 0}
    gel = {"vehicle": "hydrogel", "actives": [[ACTIVE, 10.0]], "film": 50e-6, "occluded": False}
    texts = {
        "events": {arm: [[t, word] for t in sessions for word in (kind, "topical")] for arm, kind in zip(ARMS, ARMS)},
        "sessions": {arm: [visit | {"time": t, "sham": arm == "sham"} for t in sessions] for arm in ARMS},
        "topicals": {arm: [gel | {"time": t, "wiped": t + DAY} for t in sessions] for arm in ARMS},
        "care": {arm: [{"what": "sunscreen", "start": 0.0, "end": 28 * DAY}] for arm in ARMS},
    }
    return {key: json.dumps(value) for key, value in texts.items()}


def safety(in_vitro, text, override):
    """Two findings, one of them about several arms, and the standing notices."""
    one = {"level": "caution", "source": "A label, section 3", "kind": "label", "year": 2018}
    one |= {"clears": "A shorter needle.", "other_side": "A trial saw none (A study 2020)", "exempt": in_vitro}
    deep = [Finding(id="deep", arm=arm, time=0.0, reason=f"Deep: {text}.", **one) for arm in ARMS]
    sun = Finding(**(one | {"level": "info"}), id="sun", arm=ARMS[0], time=None, reason="Keep out of the sun.")
    found = [dataclasses.asdict(f) for f in (*deep, sun)]
    standing = [dataclasses.asdict(n) for n in notices()]
    return {"findings": json.dumps(found), "notices": json.dumps(standing), "override": override}


def skin(members, in_vitro):
    """Thickness of the layers."""
    kept = {name: (1e-6 if in_vitro and name == "reticular" else thick) for name, (_, thick) in LAYERS.items()}
    data = {name: ("member", np.full(1 + members, thick), {"units": "m"}) for name, thick in kept.items()}
    setup = "in vitro" if in_vitro else "in vivo"
    return xr.Dataset(data, attrs={"site": "cheek", "title": "Cheek", "area": 60e-4, "setup": setup})


def run(in_vitro, members, text):
    """How it was computed."""
    study = {"title": text, "setup": "in vitro" if in_vitro else "in vivo"}
    if in_vitro:
        study["in_vitro"] = {"thickness": "400 um", "layer": "dermatomed", "area": "1 cm2"}
    return {
        "title": text,
        "question": f"What comes of it: {text}?",
        "version": "0.1.0",
        "created": "2026-11-21T12:00:00+00:00",
        "seed": 7,
        "members": members,
        "status": json.dumps({arm: {"finished": 1 + members} for arm in ARMS}),
        "steps": json.dumps(dict.fromkeys(ARMS, 321)),
        "balance_error": 3e-12,
        "schema_version": 1,
        "cards_digest": "0123456789abcdef0123",
        "study": json.dumps(study),
        "extrapolations": json.dumps(["pain at a needle length of 1.50 mm (measured for 0.48 to 1.45 mm)"]),
    }
