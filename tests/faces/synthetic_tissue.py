"""A made-up course of the tissue, for drawings."""

import numpy as np
import synthetic
import xarray as xr

DAY = 86400.0
COLUMNS = {
    "Inflammation": ("debris", "neutrophils", "m1", "m2"),
    "Repair": ("fibroblasts",),
    "Collagen": ("iii", "new", "mature"),
}
PACE = {  # days to rise and to fall
    "debris": (1e-4, 1),
    "neutrophils": (0.5, 1),
    "m1": (1, 2),
    "m2": (2, 4),
    "fibroblasts": (4, 10),
    "iii": (5, 30),
    "new": (8, 60),
}


def tree(*, needles=1.0):
    """The synthetic result with fields over depth: a channel that closes, cells that come and go, new collagen."""
    made = synthetic.tree()
    times = made["scores"]["time"].values
    step = np.concatenate([np.full(n, thick / n) for n, thick in synthetic.LAYERS.values()])
    layer = np.repeat(np.arange(4), [n for n, _ in synthetic.LAYERS.values()])
    depth = np.cumsum(step) - step / 2
    since = np.maximum(times, 0.0)
    after = (times > 0) * needles
    deep = (depth < 8e-4).astype(float)
    fields = {
        "Channels.open": 0.01 * after * np.exp(-since / DAY),
        "Channels.recoiling": 0.03 * after * np.exp(-since / 60.0),
        "Wound.fraction": 0.2 * after * np.exp(-since / (10 * DAY)),
        "Vessels.perfusion": 0.8 * after * np.exp(-since / DAY),
        "Vessels.density": 1 + 0.2 * after * np.exp(-since / (20 * DAY)),
        "Punctures.density": 1e6 * after,
        "Epidermis.corneocytes.0": 1 - 0.2 * after * np.exp(-since / (5 * DAY)),
        "Epidermis.suprabasal.0": 1 + 0.3 * after * np.exp(-since / (7 * DAY)),
    }
    for component, names in COLUMNS.items():
        for name in names:
            course = np.ones_like(times) if name == "mature" else 0.004 + _response(since, *PACE[name]) * after
            fields[f"{component}.columns.wounded.{name}"] = course
            fields[f"{component}.columns.rest.{name}"] = course if name == "mature" else 0.05 * course
    flat = ("Punctures.density", "Epidermis.corneocytes.0", "Epidermis.suprabasal.0")
    data = {}
    for name, course in fields.items():
        one = course if name in flat else course[:, None] * (deep if name.startswith(("Channels", "Wound")) else 1.0)
        whole = one if name in flat else np.broadcast_to(one, (len(times), len(depth)))
        data[name] = (("arm", "time") if name in flat else ("arm", "time", "depth"), np.stack([whole, whole]))
    coords = {"time": times, "depth": depth, "thickness": ("depth", step), "layer": ("depth", layer)}
    made["tissue"] = xr.DataTree(xr.Dataset(data, coords))
    return made


def _response(since, rise, fall):
    days = since / DAY
    return (1 - np.exp(-days / rise)) * np.exp(-days / fall)
