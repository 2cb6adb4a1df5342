"""The epidermis a second time, naively, in NumPy (see plain_model.py): stage after stage, from the docstring."""

import numpy as np


def barrier(s):
    """What is left of the resistance: layers in series, the area of their cells, the lipids between them."""
    layers = [s[f"Epidermis.corneocytes.{i}"] for i in range(4)]
    return np.mean(layers) * s["Epidermis.maturity"] * s["Epidermis.lipids"]


def rate(d, s, skin, p):
    """Births b, chain g, s1..s3, c1..c4, maturity, cohesion, lipids, open share."""
    k, turns = p["EpidermalRenewal"], skin["alive"] * skin["modifier"]["renewal"]
    b, g = s["Epidermis.birth"], s["Epidermis.germinative"]
    living = [s[f"Epidermis.suprabasal.{i}"] for i in range(3)]
    horny = [s[f"Epidermis.corneocytes.{i}"] for i in range(4)]
    lack = max(0.0, 1 - sum(horny) / 4 * s["Epidermis.lipids"])
    Q = layer_mean(both(s, "Inflammation.columns.{}.signal"), "epidermis", skin)
    F = layer_mean(both(s, "Repair.columns.{}.fibroblasts"), "papillary", skin)
    called = k["birth_by_loss"] * lack + k["birth_by_signal"] * Q / (k["half_signal"] + Q) + k["birth_by_growth"] * F
    E, f = speeds(s, p)
    d["Epidermis.birth"] = skin["alive"] * (1 + called - b) / k["birth_time"]
    d["Epidermis.germinative"] = turns * (b - E * g) / skin["germinative_time"]
    before = g
    for i, now in enumerate(living):
        d[f"Epidermis.suprabasal.{i}"] = turns * 3 / skin["viable_transit"] * E * (before - now)
        before = now
    loose = 1 + k["loosening"] * (1 - s["Epidermis.cohesion"])
    shed = loose * (1 + k["softening"] * s["Cover.occlusion"])
    before = 1.0
    for i, now in enumerate(horny):
        away = shed * now if i == 3 else now
        d[f"Epidermis.corneocytes.{i}"] = turns * 4 / skin["sc_transit"] * f * (before - away)
        before = now
    turnover = turns * f / skin["sc_transit"] / max(sum(horny) / 4, 0.05)
    d["Epidermis.maturity"] = turnover * (E ** -k["immaturity"] - s["Epidermis.maturity"])
    d["Epidermis.cohesion"] = turns * 4 / skin["sc_transit"] * f * (1 - s["Epidermis.cohesion"])
    mended = skin["alive"] * skin["modifier"]["lipids"] / k["lipid_time"]
    d["Epidermis.lipids"] = mended * (1 - s["Epidermis.lipids"])
    d["Epidermis.gap"] = -k["closed"] * skin["modifier"]["reepithelialisation"] * s["Epidermis.gap"]


def speeds(s, p):
    """Pace E and cornification f."""
    E = max(s["Epidermis.birth"], 0.05) ** p["EpidermalRenewal"]["acceleration"]
    return E, E * s["Epidermis.suprabasal.2"]


def both(s, path):
    """Area mean of one field over wounded columns and rest."""
    w = s["Wound.fraction"]
    return w * s[path.format("wounded")] + (1 - w) * s[path.format("rest")]


def layer_mean(field, layer, skin):
    """Mean of a field over a layer, by thickness."""
    weight = skin[layer] * skin["step"]
    return float(np.sum(field * weight) / np.sum(weight))


def jump(new, s, e, displaced):
    """What is stripped goes from the outside in; cohesion and lipids go by their shares."""
    needled = displaced * e["pierced"][0]
    there = sum(float(s[f"Epidermis.corneocytes.{i}"]) for i in range(4))
    left = there * (1 - (1 - e["layers_lost"]) * (1 - needled))
    for i in (3, 2, 1, 0):  # outermost first
        path = f"Epidermis.corneocytes.{i}"
        taken = min(float(s[path]), float(left))
        new[path], left = s[path] - taken, left - taken
        new["Epidermis.removed"] = new["Epidermis.removed"] + taken / 4
    new["Epidermis.cohesion"] = s["Epidermis.cohesion"] * (1 - e["cohesion_lost"])
    new["Epidermis.lipids"] = s["Epidermis.lipids"] * (1 - e["lipids_lost"])
