"""Vessels, lymph and oxygen a second time, naively, in NumPy: from the equations, not from the laws' code."""

import math

import numpy as np


def flow(s):
    """q = (1 + b)(1 - c)."""
    return (1 + s["Vessels.perfusion"]) * (1 - s["Vessels.constriction"])


def oxygen(s, which, skin, p):
    """o from s (1 + κ - o) = κ u o in one column, cell by cell."""
    k, found = p["OxygenBalance"], []
    cells, grown = f"Inflammation.columns.{which}.", f"Repair.columns.{which}.fibroblasts"
    for i, z in enumerate(skin["depth"]):
        air = math.exp(-z / k["air"])
        supply = air + (1 - air) * flow(s)[i] * s["Vessels.density"][i]
        use = k["use"] * (1 + k["cells"] * (s[cells + "m1"][i] + s[cells + "m2"][i] + s[grown][i]))
        found.append(supply * (1 + k["use"]) / (supply + use))
    return np.array(found)


def area_mean(s, path):
    w, wounded, rest = s["Wound.fraction"], path.replace("*", "wounded"), path.replace("*", "rest")
    return w * s[wounded] + (1 - w) * s[rest]


def vessels(d, s, skin, p):
    """V' in both columns, b' v' W', H' c'."""
    k, below = p["VesselResponse"], 1 - skin["corneum"]
    Q = area_mean(s, "Inflammation.columns.*.signal")
    V = area_mean(s, "Vessels.columns.*.vegf")
    b, v, W = s["Vessels.perfusion"], s["Vessels.density"], s["Vessels.water"]
    H, c, cold = s["Vessels.mediator"], s["Vessels.constriction"], s["Cover.cold"] * skin["alive"]
    for which in ("wounded", "rest"):
        lack = np.maximum(0, 1 - oxygen(s, which, skin, p)) * below
        u = s["Epidermis.gap"] * below if which == "wounded" else 0.0
        gained = k["s_V"] * s[f"Inflammation.columns.{which}.m2"] + k["s_K"] * u + k["s_H"] * lack
        d[f"Vessels.columns.{which}.vegf"] = gained - k["d_V"] * s[f"Vessels.columns.{which}.vegf"]
    flared = H * (skin["papillary"] + k["flare_below"] * (skin["dermis"] - skin["papillary"]))
    aim = skin["modifier"]["flow"] * (k["beta"] * Q + k["flare"] * flared)
    d["Vessels.perfusion"] = (aim - b) / k["tau_b"]
    d["Vessels.density"] = k["k_V"] * V * v * (1 - v / k["v_max"]) - k["r_v"] * (v - 1)
    leaky = 1 + k["leak_by_signal"] * Q + k["leak_by_flare"] * flared
    filtered = (1 - c) * ((1 + k["pressure"] * b) * leaky - 1)
    pushed = k["lymph_gain"] * W
    drained = (
        pushed
        / (1 + pushed / (k["lymph_most"] - 1))
        * (1 + k["flow_drains"] * (flow(s) - 1))
        * skin["modifier"]["lymph"]
    )
    d["Vessels.water"] = k["k_L"] * (filtered - drained) - k["resorption"] * W
    d["Vessels.mediator"] = -H / k["flare_time"]
    d["Vessels.constriction"] = k["chilling"] * cold * (k["chill"] - c) - k["rewarming"] * (1 - cold) * c


def jump(new, s, e, skin, p):
    """Punctures free their mediator over the area their flare reaches."""
    inside = skin["papillary"] * skin["step"]
    hurt = skin["alive"] * np.sum(e["halo"] * inside) / np.sum(inside)
    reached = 1 - (1 - hurt) ** p["VesselResponse"]["flare_reach"]
    new["Vessels.mediator"] = s["Vessels.mediator"] + reached * (1 - s["Vessels.mediator"])
