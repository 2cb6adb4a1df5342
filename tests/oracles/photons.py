"""Photons one by one through layers: the transport equation that two fluxes stand in for, written without them."""

import numpy as np


def thrown_back(layers, *, index, count=20000, seed=0):
    """Share of photons that leave through the top, of those let in as diffuse light just below the surface.

    Args:
        layers: (absorption [m-1], scattering [m-1], thickness [m]), top first; the last may be endlessly thick
        index: refractive index of all layers against air; decides who is thrown back inside
        count: photons
        seed: of the draws

    Scattering is the same in all directions. Absorption takes weight away; photons too light to matter are given up.
    """
    rng = np.random.default_rng(seed)
    edges = np.concatenate([[0.0], np.cumsum([thick for *_, thick in layers])])
    absorbs, scatters = (np.array([layer[n] for layer in layers]) for n in (0, 1))
    depth, toward = np.zeros(count), np.sqrt(rng.random(count))  # Lambert's law
    weight, out = np.ones(count), 0.0
    while len(depth):
        left = rng.exponential(size=len(depth))  # optical depth of scattering to the next event
        depth, weight, toward, gone = _flown(depth, weight, toward, left, (edges, absorbs, scatters), index, rng)
        out += gone
        keep = (depth >= 0) & (weight > 1e-4)
        depth, weight = depth[keep], weight[keep]
        toward = 2 * rng.random(len(depth)) - 1
    return out / count


def _flown(depth, weight, toward, left, tissue, index, rng):
    """Fly each photon until it has used up `left`, over layer edges and back from the surface."""
    edges, absorbs, scatters = tissue
    gone, flying = 0.0, np.ones(len(depth), dtype=bool)
    while flying.any():
        n = np.flatnonzero(flying)
        at = np.clip(np.searchsorted(edges, depth[n], side="right") - 1, 0, len(absorbs) - 1)
        at = np.where((toward[n] < 0) & (depth[n] <= edges[at]) & (at > 0), at - 1, at)
        goal = np.where(toward[n] > 0, edges[at + 1], edges[at])
        room = np.abs(goal - depth[n]) / np.maximum(np.abs(toward[n]), 1e-12)
        reach = left[n] / scatters[at]
        far = np.minimum(room, reach)
        weight[n] *= np.exp(-absorbs[at] * far)
        left[n] -= far * scatters[at]
        stops = reach <= room
        depth[n] = np.where(stops, depth[n] + toward[n] * far, goal)
        flying[n[stops | (goal >= edges[-1]) & ~stops]] = False
        weight[n[~stops & (goal >= edges[-1])]] = 0.0  # out of the foot
        top = n[~stops & (goal <= 0.0)]
        back = rng.random(len(top)) < fresnel(-toward[top], index)
        toward[top[back]] *= -1
        left_skin = top[~back]
        gone += weight[left_skin].sum()
        weight[left_skin], depth[left_skin], flying[left_skin] = 0.0, -1.0, False
    return depth, weight, toward, gone


def fresnel(cosine, index):
    """Share of unpolarised light coming from inside that a smooth surface to air throws back."""
    sine = index * np.sqrt(np.maximum(0.0, 1 - cosine**2))
    passes = sine < 1
    beyond = np.sqrt(np.maximum(0.0, 1 - np.where(passes, sine, 0.0) ** 2))
    across = ((index * cosine - beyond) / (index * cosine + beyond)) ** 2
    along = ((cosine - index * beyond) / (cosine + index * beyond)) ** 2
    return np.where(passes, (across + along) / 2, 1.0)
