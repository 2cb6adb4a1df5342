"""Pigment a second time, naively, in NumPy (see plain_model.py)."""

import numpy as np
from plain import plain_epidermis, plain_model

HEAD = "Pigment."


def mean_over(x, where, step):
    return float(np.sum(x * where * step) / np.sum(where * step))


def complexion(skin):
    """(dose that just reddens, lesion's excess at rest) of this person."""
    c, steps = skin["complexion"], (skin["phototype"] - 1) / 5
    reddens = c["reddens_light"] * (c["reddens_dark"] / c["reddens_light"]) ** steps
    melanosomes = c["lightest"] * (c["darkest"] / c["lightest"]) ** steps
    thick = float(np.sum(skin["epidermis"] * skin["step"]))
    told = skin["baseline"]["melanin_index"] + c["melasma"] * c["typical_contrast"]
    return reddens, told / (c["index_gain"] * melanosomes * thick)


def basal(s, skin):
    _, excess = complexion(skin)
    whole = s[HEAD + "own.basal"] + excess * s[HEAD + "lesional.basal"]
    return skin["complexion"]["basal_share"] * whole


def rate(d, s, skin, p):
    """Adds the time derivative of every pigment field to d."""
    k, c, alive = p["MelaninTurnover"], skin["complexion"], skin["alive"]
    reddens, _ = complexion(skin)
    Q = mean_over(plain_model.area_mean(s, "Inflammation", "signal"), skin["epidermis"], skin["step"])
    M2 = mean_over(plain_model.area_mean(s, "Inflammation", "m2"), skin["papillary"], skin["step"])
    hurt = Q / (k["half_signal"] + Q)
    half, u, shield = k["half_dose"] * reddens, s[HEAD + "light"], s[HEAD + "shield"]
    habit = c["ultraviolet"] * k["light_time"]
    tan = k["light_rise"] * (u / (half + u) - habit / (half + habit))
    wanted = max(0.0, 1 + skin["modifier"]["melanin"] * (tan + k["inflammation_rise"] * hurt))
    A, drive, dermal = s[HEAD + "activity"], s[HEAD + "drive"], s[HEAD + "dermal"]
    d[HEAD + "activity"] = alive * (wanted - A) / k["activity_time"]
    d[HEAD + "light"] = c["ultraviolet"] * (1 - shield) - u / k["light_time"]
    back = (1 + k["hormonal"] * c["hormones"]) * (1 - drive) / k["relapse_time"]
    d[HEAD + "drive"] = alive * (back - k["calming"] * M2 / (k["half_repair"] + M2) * drive)
    E, f = plain_epidermis.speeds(s, p)
    turns = skin["modifier"]["renewal"]
    spilt = k["spilling"] * hurt * turns * E / skin["germinative_time"] * basal(s, skin)
    d[HEAD + "dermal"] = alive * (spilt - k["clearing"] * dermal)
    horny = np.array([s[f"Epidermis.corneocytes.{i}"] for i in range(4)])
    living = np.array([s[f"Epidermis.suprabasal.{i}"] for i in range(3)])
    hardening = turns * f / skin["sc_transit"]
    for which, made in (("own", A), ("lesional", A * drive)):
        here = f"{HEAD}{which}."
        b, y, z = s[here + "basal"], s[here + "suprabasal"], s[here + "corneum"]
        d[here + "basal"] = alive * turns * (made - E * b) / skin["germinative_time"]
        d[here + "suprabasal"] = (
            alive * turns * E * (b - s["Epidermis.germinative"] * y) / skin["viable_transit"] / living.mean()
        )
        d[here + "corneum"] = alive * hardening * (y - z) / max(horny.mean(), 0.02)


def jump(new, s, e, skin, p):
    """The pigment fields after an event."""
    hit = mean_over(e["pierced"], skin["epidermis"], skin["step"]) * skin["alive"]
    for which in ("own", "lesional"):
        new[f"{HEAD}{which}.basal"] = (1 - hit) * s[f"{HEAD}{which}.basal"]
    new[HEAD + "dermal"] = s[HEAD + "dermal"] + p["MelaninTurnover"]["spilling"] * hit * basal(s, skin)
    new[HEAD + "light"] = s[HEAD + "light"] + e["lit"] * (1 - s[HEAD + "shield"])
    new[HEAD + "shield"] = min(1.0, max(0.0, s[HEAD + "shield"] + e["shielded"]))
