"""Relief, pores and follicles a second time, naively, in NumPy (see plain_model.py)."""

import numpy as np


def surface(d, s, skin, p):
    """L' in three layers of dermis; B'; T' and G'."""
    relief(d, s, skin, p)
    d["Pores.plug"] = skin["alive"] * (1 - s["Pores.plug"]) / p["PlugTurnover"]["renewal"]
    follicles(d, s, skin, p)


def area_mean(s, path):
    w = s["Wound.fraction"]
    return w * s[path.format("wounded")] + (1 - w) * s[path.format("rest")]


def relief(d, s, skin, p):
    k, step, papillary = p["SurfaceFollowing"], skin["step"], skin["papillary"]
    every = sum(area_mean(s, f"Collagen.columns.{{}}.{name}") for name in ("iii", "new", "mature"))
    every = every / (1 + s["Collagen.iii_at_rest"] + s["Collagen.new_at_rest"])
    reticular = skin["dermis"] - papillary
    middle = np.sum(step) - np.sum(step * reticular) / 2
    bottoms = np.cumsum(step)
    upper = reticular * (bottoms - step / 2 < middle)
    for name, where in (("papillary", papillary), ("reticular", upper), ("deep", reticular - upper)):
        followed = np.sum(every * where * step) / np.sum(where * step)
        d[f"Relief.{name}"] = skin["alive"] * (followed - s[f"Relief.{name}"]) / k["lag"]


def follicles(d, s, skin, p):
    k, step = p["FollicleCycle"], skin["step"]
    where = skin["dermis"] * (np.cumsum(step) - step / 2 < k["reach"])
    V = np.sum(area_mean(s, "Vessels.columns.{}.vegf") * where * step) / np.sum(where * step)
    S = max(0.0, 1 + skin["modifier"]["hair"] * k["by_needling"] * V / (k["half_vegf"] + V))
    T, G, T0 = s["Follicles.terminal"], s["Follicles.growing"], s["Follicles.terminal_at_rest"]
    d["Follicles.terminal"] = skin["alive"] * (T0 * S * (1 - T) - (1 - T0) * T) / k["turning_time"]
    d["Follicles.growing"] = skin["alive"] * (S * (1 - G) / k["resting_time"] - G / k["growing_time"])
