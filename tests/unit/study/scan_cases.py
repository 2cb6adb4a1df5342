"""A study with a scan, and results that cost nothing in place of runs."""

import numpy as np
import xarray as xr

from microneedling.simulate import result
from microneedling.study.schema import Study

DAY = 86400.0
TABLE = {
    "title": "A scan",
    "horizon": "120 d",
    "members": 4,
    "outcomes": ["collagen_stain", "bleeding"],
    "person": {"age": "34 y", "sex": "female", "phototype": 3},
    "site": {"card": "cheek", "area": "60 cm2"},
    "protocol": {
        "name": "needling",
        "session": [
            {"device": "skinpen_precision", "depth": "1.5 mm", "dwell": "3 min", "count": 4, "interval": "30 d"}
        ],
    },
    "scan": {"key": "protocol.session.depth", "values": ["1.5 mm", "500 um", "1 mm"], "at": ["56 d", "1 year"]},
}


def study(**changes):
    """The study, its scan changed."""
    return Study.of(TABLE | {"scan": TABLE["scan"] | changes})


def tree(one, *, failed=()):
    """What a run of this study might give: depth in mm times the member's number, from week four on."""
    depth, last = one.plain().arms[0].sessions[0].depth, one.horizon.value
    times = np.array([-DAY, 0.0, 28 * DAY, last])
    factor = 1e3 * depth * np.arange(1.0, 6.0)
    shape = np.array([0.0, 0.0, 1.0, 0.5])
    values = {
        "collagen_stain": 1 + factor[:, None] * shape,
        "bleeding": 0.1 * factor[:, None] * shape,
        "pain": factor[:, None] * shape,
        "downtime": DAY * factor[:, None] * np.array([0.0, 0.0, 1.0, 2.0]),
        "inserted_depth": depth * np.ones(5)[:, None] * np.array([0.0, 1.0, 0.0, 0.0]),
    }
    for member in failed:
        for series in values.values():
            series[member] = np.nan
    attrs = {
        name: {
            "units": "s" if name == "downtime" else "m" if name == "inserted_depth" else "1",
            "shown": {"downtime": "d", "inserted_depth": "mm", "bleeding": "%"}.get(name, "1"),
            "long_name": name.replace("_", " "),
            "worse": "" if name == "inserted_depth" else "down" if name == "collagen_stain" else "up",
            "noticeable": DAY / 2 if name == "downtime" else 0.1,
            "low": 0.0,
            "high": 1e9,
        }
        for name in values
    }
    layers = {name: ("member", np.full(5, 0.4e-3)) for name in result.LAYERS}
    groups = {
        "scores": result.scores_group(["needling"], times, {n: v[None] for n, v in values.items()}, attrs),
        "skin": xr.Dataset(layers),
    }
    return result.tree_of(groups)
