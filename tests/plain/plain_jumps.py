"""What an event does to a state a second time, naively, in NumPy (see plain_model.py)."""

import numpy as np
from plain import plain_epidermis, plain_pigment, plain_vessels


def jump(s, e, skin, p):
    """The state after an event e."""
    new = dict(s)
    w, w_n = s["Wound.fraction"], e["halo"] * skin["alive"]
    new["Wound.fraction"] = after = w + w_n - w * w_n
    hit = w_n > 0
    safe = np.where(hit, after, 1.0)
    for path in [path for path in s if ".columns.wounded." in path]:
        mixed = (w * s[path] + w_n * (1 - w) * s[path.replace("wounded", "rest")]) / safe
        new[path] = np.where(hit, mixed, s[path])
    path = "Inflammation.columns.wounded.debris"
    new[path] = new[path] + np.where(hit, w_n / safe, 0.0) * e["debris"] * (1 - skin["corneum"])
    _jump_channels(new, s, e)
    _jump_punctures(new, s, e, skin)
    plain_epidermis.jump(new, s, e, p["EpidermalRenewal"]["displaced"])
    new["Vellus.standing"] = s["Vellus.standing"] * (1 - e["vellus_cut"])
    _jump_surface(new, s, e, skin)
    plain_pigment.jump(new, s, e, skin, p)
    new["Pores.plug"] = s["Pores.plug"] * (1 - e["plug_lost"])
    plain_vessels.jump(new, s, e, skin, p)
    return new


def _jump_channels(new, s, e):
    a, b, fresh = s["Channels.recoiling"], s["Channels.open"], e["relaxed"]
    held = np.maximum(0, e["pierced"] - fresh)
    new["Channels.recoiling"], new["Channels.open"] = 1 - (1 - a) * (1 - held), 1 - (1 - b) * (1 - fresh)
    share = np.where(fresh > 0, fresh / np.where(fresh > 0, b + fresh, 1.0), 0.0)
    new["Channels.radius"] = (1 - share) * s["Channels.radius"] + share * e["radius"]
    if e["punctures"] > 0:
        new["Channels.reach"] = e["relaxed_depth"]
    if fresh[0] > 0:
        new["Channels.first"] = new["Channels.open"][0]
    new["Channels.held"] = min(1.0, max(0.0, s["Channels.held"] + e["held"]))
    if e["held"] > 0:
        new["Channels.obstruction"] = e["obstruction"]


def _jump_punctures(new, s, e, skin):
    if e["punctures"] > 0:
        new["Punctures.density"] = s["Punctures.density"] + e["punctures"]
        new["Punctures.inserted_depth"], new["Punctures.relaxed_depth"] = e["inserted_depth"], e["relaxed_depth"]
        new["Punctures.bled"] = e["bleeding"] * skin["alive"]
        new["Epidermis.gap"] = s["Epidermis.gap"] + skin["alive"] * (1 - s["Epidermis.gap"])
    new["Punctures.pain"] = max(s["Punctures.pain"], e["pain"] * skin["alive"])


def _jump_surface(new, s, e, skin):
    stays = 1 - e["wiped"]
    old = s["Cover.film"] * stays
    new["Cover.film"], new["Cover.residue"] = old + e["film"], s["Cover.residue"] * stays + e["residue"]
    if e["film"] > 0:
        pace = (old * s["Cover.evaporation"] + e["film"] * e["evaporation"]) / (old + e["film"])
        new["Cover.evaporation"] = pace
    new["Medicine.calming"] = s["Medicine.calming"] + e["calmed"]
    new["Cover.occlusion"] = min(1.0, max(0.0, s["Cover.occlusion"] * (1 - e["wiped"]) + e["covered"]))
    new["Cover.cold"] = min(1.0, max(0.0, s["Cover.cold"] + e["cooled"]))
    for n, dose in enumerate(e["dosed"]):
        _jump_solute(new, s, e, n, dose, skin)


def _jump_solute(new, s, e, n, dose, skin):
    head, step = f"Drug.solutes.{n}.", skin["step"]
    on, depot, channel = s[head + "on_skin"], s[head + "depot"], s[head + "channel"]
    left, fresh = np.sum(depot * (1 - e["withdrawn"]) * step), np.sum(e["placed"][n] * step)
    if fresh > 0:
        new[head + "dissolution"] = (left * s[head + "dissolution"] + fresh * e["dissolving"][n]) / (left + fresh)
    new[head + "depot"] = depot * (1 - e["withdrawn"]) + e["placed"][n]
    new[head + "channel"] = channel * (1 - e["emptied"])
    new[head + "tissue"] = s[head + "tissue"] + e["injected"][n]
    away = on * e["wiped"] + np.sum(depot * step) * e["withdrawn"] + np.sum(channel * step) * e["emptied"]
    new[head + "on_skin"] = on * (1 - e["wiped"]) + dose
    new[head + "wiped"] = s[head + "wiped"] + away + e["outside"][n]
    new[head + "sampled"] = s[head + "sampled"] + e["sampled"] * (s[head + "receptor"] - s[head + "sampled"])
    given = dose + fresh + np.sum(e["injected"][n] * step) + e["outside"][n]
    new[head + "applied"] = s[head + "applied"] + given
