"""The standard model a second time, naively, in NumPy: from the equations of the docstrings, not from the laws' code.

A state is a dictionary of arrays by the paths results use. `p` holds numbers by law and symbol, `skin` what does not
evolve, `solutes` the transport numbers of each active. Wounded and rest columns are "wounded" and "rest".
"""

import math

import numpy as np
from plain import plain_epidermis, plain_pigment, plain_vessels
from plain.plain_surface import surface

BOTH = ("wounded", "rest")


def h(s):
    """h(s) = s/(1 + s)."""
    return s / (1.0 + s)


def spread(u, mobility, step):
    """Diffusion with closed ends: each face conducts with the resistances of its two half cells in series."""
    gain = np.zeros_like(u)
    for i in range(len(u) - 1):
        if mobility[i] > 0 and mobility[i + 1] > 0:
            flow = (u[i] - u[i + 1]) / (step[i] / (2 * mobility[i]) + step[i + 1] / (2 * mobility[i + 1]))
            gain[i] -= flow / step[i]
            gain[i + 1] += flow / step[i + 1]
    return gain


def column(s, component, which):
    """The fields of one column of a component, by last name."""
    head = f"{component}.columns.{which}."
    return {path[len(head) :]: x for path, x in s.items() if path.startswith(head)}


def area_mean(s, component, name):
    w = s["Wound.fraction"]
    return w * s[f"{component}.columns.wounded.{name}"] + (1 - w) * s[f"{component}.columns.rest.{name}"]


def add_traffic(d, s, skin, p):
    """Exchange between columns, healed columns returning to rest, diffusion of signals along depth."""
    k, w = p["ColumnTraffic"], s["Wound.fraction"]
    kappa = {"neutrophils": "cells", "m1": "cells", "m2": "cells", "signal": "signals", "tgf": "signals"}
    kappa |= {"vegf": "signals", "fibroblasts": "fibroblasts"}
    for path in [path for path in s if ".columns.wounded." in path]:
        name, other = path.split(".")[-1], path.replace("wounded", "rest")
        excess = s[path] - s[other]
        exchange = k[kappa[name]] if name in kappa else 0.0
        d[path] = d[path] - (1 - w) * exchange * excess
        d[other] = d[other] + w * exchange * excess + k["returning"] * w * excess / (1 - w)
        if kappa.get(name) == "signals":
            for one in (path, other):
                d[one] = d[one] + spread(s[one], k["diffusivity"] * (1 - skin["corneum"]), skin["step"])


def inflammation(s, which, skin, p):
    """X' N' M1' M2' Q' of the inflammatory circuit in one column."""
    k, c, T = p["InflammatoryCircuit"], column(s, "Inflammation", which), s[f"Repair.columns.{which}.tgf"]
    X, N, M1, M2, Q = c["debris"], c["neutrophils"], c["m1"], c["m2"], c["signal"]
    to_m2 = k["k12"] * M1 * (1 + k["x"] * h(k["k_ef"] * M1 * N / k["K_e"]))
    to_m1 = k["k21"] * h(Q / k["K_M"]) * M2
    clearing = k["k_X"] * (1 + k["flow_clears"] * (plain_vessels.flow(s) - 1)) * X
    loud = skin["modifier"]["signal"] * math.exp(-s["Medicine.calming"])
    made = loud * (k["s_X"] * X + k["s_N2"] * N + k["s_1"] * M1)
    called = k["s_Q"] * h(Q / k["K_M"]) + k["s_T"] * h(T / k["K_T"])
    return {
        "debris": -clearing - (k["e1"] * M1 + k["e2"] * M2) * X / (k["K_X"] + X),
        "neutrophils": k["s_N"] * h(Q / k["K_N"]) - k["d_N"] * N - k["k_ef"] * M1 * N,
        "m1": called * (1 - M1 - M2) - to_m2 + to_m1 - k["d1"] * M1,
        "m2": to_m2 - to_m1 - k["d2"] * M2,
        "signal": made / (1 + M2 / k["K_2"]) - k["d_Q"] * Q,
    }


def repair(s, which, skin, p):
    """T' F'."""
    k, c = p["FibroblastActivation"], column(s, "Inflammation", which)
    T, F = s[f"Repair.columns.{which}.tgf"], s[f"Repair.columns.{which}.fibroblasts"]
    woken = k["p_F"] * h(T / k["K_F"]) * (k["F_q"] + F) * (1 - F)
    return {
        "tgf": k["s_p"] * c["debris"] + k["s_T2"] * c["m2"] + k["s_F"] * F - k["d_T"] * T,
        "fibroblasts": skin["dermis"] * woken - k["d_F"] * F,
    }


def collagen(s, which, skin, p):
    """C3' C1' Cm'; at rest all three are steady with F = 0 and oxygen, protease and mature collagen 1."""
    k, o = p["CollagenTurnover"], p["OxygenBalance"]
    c, P = column(s, "Collagen", which), s[f"Elastin.columns.{which}.protease"]
    F, T = s[f"Repair.columns.{which}.fibroblasts"], s[f"Repair.columns.{which}.tgf"]
    C3, C1, Cm = c["iii"], c["new"], c["mature"]
    C3_0 = k["f_q"] * k["r_q"] / (k["k31"] + k["m3"])
    C1_0 = ((1 - k["f_q"]) * k["r_q"] + k["y"] * k["k31"] * C3_0) / (k["m1"] + k["k_m"])
    loss = math.log(2) / k["half_life"]
    level = plain_vessels.oxygen(s, which, skin, p)
    breath = 1 + o["switch"] * ((level / (o["half"] + level)) / (1 / (o["half"] + 1)) - 1)
    room = np.maximum(0, k["C_x"] - (C3 + C1 + Cm) / (C3_0 + C1_0 + 1)) / (k["C_x"] - 1)
    phi = np.minimum(1, Cm) * room * breath
    r, r_b = skin["modifier"]["synthesis"] * k["r0"] * F * (1 + k["g"] * h(T / k["K_g"])) * phi, k["r_q"] * phi
    made = (1 - k["f"]) * r + (1 - k["f_q"]) * r_b
    moves = {
        "iii": k["f"] * r + k["f_q"] * r_b - (k["k31"] + k["m3"] * P) * C3,
        "new": made + k["y"] * k["k31"] * C3 - (k["m1"] * P + k["k_m"]) * C1,
        "mature": loss + k["m0"] - k["k_m"] * C1_0 + k["k_m"] * C1 - (loss + k["m0"] * P) * Cm,
    }
    return {name: skin["dermis"] * x for name, x in moves.items()}


def elastin(s, which, skin, p):
    """P' Et' E'."""
    k, c = p["ElasticTurnover"], column(s, "Elastin", which)
    Q, M1 = s[f"Inflammation.columns.{which}.signal"], s[f"Inflammation.columns.{which}.m1"]
    F, T = s[f"Repair.columns.{which}.fibroblasts"], s[f"Repair.columns.{which}.tgf"]
    P, Et, E = c["protease"], c["tropoelastin"], c["fibre"]
    freed = skin["modifier"]["protease"] * k["s_P"] * (h(Q / k["K_P"]) + M1) / (1 + T / k["K_I"])
    return {
        "protease": skin["dermis"] * (freed - k["d_P"] * (P - 1)),
        "tropoelastin": k["s_E"] * F * h(T / k["K_E"]) - (k["k_E"] + k["d_E"]) * Et,
        "fibre": skin["dermis"] * (k["y_E"] * k["k_E"] * Et - k["m_E"] * (P - 1) * E - (E - 1) / k["tau_E"]),
    }


def channels(d, s, skin, p):
    """Recoil and resealing, slower with age, width, phototype and occlusion."""
    k = p["ChannelClosure"]
    half = skin["closing_half_life"] * (s["Channels.radius"] / k["reference_radius"]) ** k["radius_exponent"]
    decades = max(0.0, skin["age"] - k["reference_age"]) / k["decade"]
    half = half * (1 + skin["transit_slowing"] * decades) ** k["age_power"]
    half = half / skin["modifier"]["closing"]
    half = half * np.exp(k["phototype_effect"] * (skin["phototype"] - k["reference_phototype"]))
    half = half * (1 - s["Cover.occlusion"] + k["occlusion_factor"] * s["Cover.occlusion"])
    half = half / (1 - skin["closing_cover"] + k["occlusion_factor"] * skin["closing_cover"])
    rate = skin["alive"] * math.log(2) / half
    felt = 1 + k["inflammation_acts"] * k["inflammation_effect"] * h(s["Inflammation.columns.wounded.signal"])
    out = 1 - s["Channels.held"]
    d["Channels.open"] = -out * rate * felt * s["Channels.open"]
    d["Channels.recoiling"] = -out * k["recoil"] * s["Channels.recoiling"]


def drug(d, s, skin, p, solutes):
    """Tissue, channels and the polar leak side by side, film, clearance, receptor."""
    k, step = p["Permeation"], skin["step"]
    opened, radius = s["Channels.open"] + s["Channels.recoiling"], s["Channels.radius"]
    barrier = max(k["intact_floor"], plain_epidermis.barrier(s))
    spaced = -0.5 * np.log(np.minimum(np.maximum(opened, 0) + k["area_floor"], k["area_limit"]))
    alone = np.log(np.maximum(k["field"] * s["Channels.reach"] / radius, 1.0))
    shape = np.maximum(np.minimum(spaced, alone), -0.5 * np.log(k["area_limit"]))
    thick = s["Cover.film"] + s["Cover.residue"] + k["film_floor"]
    for n, q in enumerate(solutes):
        head = f"Drug.solutes.{n}."
        c, m = s[head + "tissue"], s[head + "on_skin"]
        DK = np.where(skin["corneum"] == 1, q["mobility"] / barrier, q["mobility"])
        a, leak = np.maximum(opened, 0) + k["area_floor"], q["leak"]
        u, y, w = c / q["capacity"], s[head + "channel"] / a, s[head + "polar"] / leak
        x = q["water_mobility"] * 2 * a / (radius**2 * (shape - 0.75)) * (y - u / q["in_tissue"])
        j = q["water_mobility"] * q["joins"] * (w - u / q["in_tissue"])
        film, fluid = min(m / thick, q["saturation"]), q["in_water"]
        if s["Channels.held"] > 0:
            fluid = fluid * (1 - s["Channels.held"] * s["Channels.obstruction"])
        by_tissue = DK[0] * (q["donor"] * film - u[0]) / (step[0] / 2)
        by_channel = fluid * a[0] * (film - y[0]) / (step[0] / 2)
        by_leak = q["in_water"] * leak[0] * (film - w[0]) / (step[0] / 2)
        below = q["in_tissue"] * (s[head + "receptor"] - s[head + "sampled"]) / skin["receptor_volume"]
        out = (1 - skin["alive"]) * q["mobility"][-1] * (u[-1] - below) / (step[-1] / 2)
        taken = np.zeros_like(c)
        for i in np.flatnonzero(q["uptake"] * q["flow"]):
            supply = q["flow"][i] * plain_vessels.flow(s)[i]
            taken[i] = c[i] / (q["binding"] * (1 / q["uptake"][i] + 1 / supply))
        drained, broken = q["lymph"] * c, q["metabolism"] * c
        dissolved = s[head + "dissolution"] * s[head + "depot"]
        tissue = spread(u, DK, step) + x + j - taken - drained - broken
        channel = spread(y, fluid * a, step) - x + dissolved
        polar = spread(w, q["in_water"] * leak, step) - j
        tissue[0] += by_tissue / step[0]
        tissue[-1] -= out / step[-1]
        channel[0] += by_channel / step[0]
        polar[0] += by_leak / step[0]
        d |= {head + "tissue": tissue, head + "channel": channel, head + "polar": polar}
        d |= {head + "on_skin": -by_tissue - by_channel - by_leak}
        d |= {head + "depot": -dissolved, head + "metabolised": np.sum(broken * step)}
        d |= {head + "blood": np.sum(taken * step), head + "lymph": np.sum(drained * step), head + "receptor": out}


def rate(s, skin, p, solutes):
    """Time derivative of every field, per second."""
    d = {path: np.zeros_like(x) for path, x in s.items()}
    for which in BOTH:
        parts = {"Inflammation": inflammation(s, which, skin, p), "Repair": repair(s, which, skin, p)}
        parts |= {"Collagen": collagen(s, which, skin, p), "Elastin": elastin(s, which, skin, p)}
        for component, moves in parts.items():
            d |= {f"{component}.columns.{which}.{name}": x for name, x in moves.items()}
    plain_vessels.vessels(d, s, skin, p)
    add_traffic(d, s, skin, p)
    plain_epidermis.rate(d, s, skin, p)
    channels(d, s, skin, p)
    surface(d, s, skin, p)
    drug(d, s, skin, p, solutes)
    k = p["PunctureMemory"]
    hair = p["VellusRegrowth"]
    pace = hair["growth"] * hair["growing"] / hair["length"] * skin["alive"] * skin["modifier"]["hair"]
    d["Vellus.standing"] = pace * (1 - s["Vellus.standing"])
    d["Wound.fraction"] = -p["ColumnTraffic"]["returning"] * s["Wound.fraction"]
    d["Punctures.density"] = -k["closed"] * skin["alive"] * s["Punctures.density"]
    d["Punctures.bled"] = -k["closed"] * s["Punctures.bled"]
    d["Punctures.pain"] = -k["fading"] * s["Punctures.pain"]
    air = 1 - (1 - p["FilmDrying"]["leak"]) * s["Cover.occlusion"]
    d["Cover.film"] = -s["Cover.evaporation"] * air * s["Cover.film"]
    plain_pigment.rate(d, s, skin, p)
    return d
