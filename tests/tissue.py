"""Skins, models, treatments and states for tests: one cheek, a pen, a gel, and states no run would start from."""

import dataclasses

import jax
import jax.numpy as jnp
import numpy as np

from microneedling.core.card import read_card
from microneedling.core.catalogue import path_of
from microneedling.formulation.active import Active
from microneedling.formulation.vehicle import Vehicle
from microneedling.laws.correlation import LayerCorrelations
from microneedling.laws.solute import transport_of
from microneedling.laws.standard import standard
from microneedling.simulate.simulate import field_meanings
from microneedling.skin.baseline import baseline_of
from microneedling.skin.event import Event, no_event
from microneedling.skin.site import Site
from microneedling.skin.skin import YEAR, Preparation, skin_of
from microneedling.treatments.device import Device
from microneedling.treatments.insertion import Insertion
from microneedling.treatments.needling import Needling
from microneedling.treatments.topical import Topical

DAY, MINUTE = 86400.0, 60.0

# plausible ranges of every field that may be busy, by component and last name
RANGES = {
    "Wound.fraction": (0.02, 0.6),
    "Channels.recoiling": (1e-4, 0.05),
    "Channels.open": (1e-4, 0.02),
    "Channels.radius": (15e-6, 60e-6),
    "Channels.reach": (1e-4, 1e-3),
    "Channels.first": (0.02, 0.03),
    "Channels.held": (0.1, 0.9),
    "Channels.obstruction": (0.1, 0.9),
    "Punctures.density": (1e5, 1e7),
    "Punctures.inserted_depth": (1e-4, 1.5e-3),
    "Punctures.relaxed_depth": (1e-4, 1e-3),
    "Punctures.pain": (0.05, 1.0),
    "Punctures.bled": (0.01, 0.9),
    "Cover.film": (1e-6, 4e-5),
    "Cover.residue": (1e-6, 4e-5),
    "Cover.evaporation": (1e-4, 1e-3),
    "Cover.occlusion": (0.1, 0.9),
    "Cover.cold": (0.1, 0.9),
    "Medicine.calming": (0.05, 0.5),
    "Drug.on_skin": (1e-5, 1e-3),
    "Drug.tissue": (0.1, 5.0),
    "Drug.channel": (1e-3, 0.1),
    "Drug.depot": (0.1, 5.0),
    "Drug.dissolution": (1e-4, 1e-2),
    "Drug.sampled": (1e-8, 1e-6),
    "Epidermis.birth": (0.8, 4.0),
    "Epidermis.germinative": (0.7, 1.5),
    "Epidermis.suprabasal": (0.7, 1.4),
    "Epidermis.corneocytes": (0.3, 0.95),
    "Epidermis.maturity": (0.7, 0.98),
    "Epidermis.cohesion": (0.3, 0.95),
    "Epidermis.lipids": (0.4, 0.95),
    "Vellus.standing": (0.1, 0.9),
    "Inflammation.signal": (0.01, 1.5),
    "Inflammation.m1": (0.01, 0.4),
    "Inflammation.m2": (0.01, 0.4),
    "Repair.tgf": (0.05, 2.0),
    "Collagen.iii": (0.001, 0.02),
    "Collagen.new": (0.002, 0.03),
    "Collagen.mature": (0.85, 1.02),
    "Elastin.protease": (0.5, 3.0),
    "Elastin.fibre": (0.8, 1.1),
    "Vessels.density": (0.8, 1.4),
    "Pigment.activity": (0.5, 2.0),
    "Pigment.basal": (0.5, 2.0),
    "Pigment.suprabasal": (0.5, 2.0),
    "Pigment.corneum": (0.5, 2.0),
    "Pigment.drive": (0.3, 1.0),
    "Pigment.light": (50.0, 800.0),
    "Pigment.shield": (0.1, 0.9),
    "Relief.papillary": (0.97, 1.08),
    "Relief.reticular": (0.97, 1.08),
    "Relief.deep": (0.97, 1.08),
    "Pores.plug": (0.3, 1.6),
    "Follicles.terminal": (0.3, 0.9),
    "Follicles.growing": (0.6, 0.98),
}
OTHERS = {"Drug": (1e-6, 1e-4)}
# what the person of the tests comes with: some of everything, so that every read-out has something to move
TREATED = {
    "line_depth": 2e-4,
    "line_width": 6e-4,
    "rolling_scar_volume": 12e-6,
    "boxcar_scar_volume": 5e-6,
    "icepick_scar_volume": 2e-6,
    "pore_area": 0.04,
    "stria_width": 5e-3,
    "melanin_index": 40.0,
    "hair_density": 1.4e6,
}
BEARD = 2.2e6  # [m-2] terminal hairs of that person's beard where it is full
# not a state of affairs but what rest is for this person, and numbers of this person that read-outs need
PERSONAL = ("iii_at_rest", "new_at_rest", "acceleration", "terminal_at_rest", "growing_at_rest")


def card(kind, name, cls):
    """The record behind a card."""
    return read_card(path_of(kind, name), cls).known.record


def cheek(*, age=35 * YEAR, alive=1.0, **mount):
    """A bearded cheek at 35 with some of everything to treat, or a piece of it cut out."""
    excised = mount or alive != 1.0
    preparation = Preparation(alive=alive, **({"receptor_volume": 0.05} | mount)) if excised else None
    site = dataclasses.replace(card("sites", "cheek", Site), terminal_hair=BEARD)
    return skin_of(site, age=age, preparation=preparation, baseline=baseline_of(TREATED))


def transport(skin, name="caffeine"):
    """Transport of an active from a gel."""
    ph = card("vehicles", "hydrogel", Vehicle).ph
    return transport_of(card("actives", name, Active), skin=skin, ph=ph, correlations=LayerCorrelations())


def model_of(skin, *names, **records):
    """The standard model with these actives, and with some laws replaced by class name."""
    return standard(records or None, actives=tuple(transport(skin, name) for name in names), names=names)


def pen(*, dwell=180.0, depth=1.5e-3, actives=1, **changes):
    """Three minutes of a pen at 1.5 mm."""
    device = card("devices", "skinpen_precision", Device)
    settings = {"device": device, "insertion": Insertion(), "depth": depth, "dwell": dwell, "passes": 0.0}
    settings |= {"frequency": device.frequency, "area": 60e-4, "family": "pen", "actives": actives}
    return Needling(**(settings | changes))


def gel(*, film=50e-6, concentration=10.0, covered=0.0):
    """A film of gel with 10 mol m-3 of one active."""
    vehicle = card("vehicles", "hydrogel", Vehicle)
    return Topical(vehicle=vehicle, film=film, concentrations=(concentration,), covered=covered)


def busy(model, skin, seed=0):
    """A state in which every field has its own value at every depth, within plausible ranges."""
    rest = model.start(skin)
    leaves, tree = jax.tree.flatten(rest)
    draw = np.random.default_rng(seed)
    made = [_drawn(path, leaf, draw) for (path, _), leaf in zip(field_meanings(rest), leaves)]
    return tree.unflatten(made)


def _drawn(path, leaf, draw):
    words = [word for word in path.split(".") if not word.isdigit()]
    if words[-1] in PERSONAL:
        return jnp.asarray(leaf, dtype=float)
    low, high = RANGES.get(f"{words[0]}.{words[-1]}", OTHERS.get(words[0], (0.01, 0.6)))
    return jnp.asarray(draw.uniform(low, high, np.shape(leaf)))


def eventful(skin, *, actives=1, seed=0):
    """An event in which everything happens at once."""
    draw = np.random.default_rng(seed)
    deep = jnp.asarray(draw.uniform(0.2, 1.0, skin.step.shape))
    needled = pen(actives=actives).onto(skin)
    return dataclasses.replace(
        needled,
        pierced=0.05 * deep,
        relaxed=0.02 * deep,
        halo=0.3 * deep * skin.living,
        debris=deep * skin.living,
        bleeding=jnp.asarray(0.3),
        layers_lost=jnp.asarray(0.1),
        lipids_lost=jnp.asarray(0.2),
        cohesion_lost=jnp.asarray(0.15),
        plug_lost=jnp.asarray(0.2),
        vellus_cut=jnp.asarray(0.3),
        lit=jnp.asarray(150.0),
        shielded=jnp.asarray(0.1),
        cooled=jnp.asarray(0.2),
        calmed=jnp.asarray(0.3),
        dosed=(jnp.asarray(5e-4),) * actives,
        film=jnp.asarray(2e-5),
        residue=jnp.asarray(1e-5),
        evaporation=jnp.asarray(5e-4),
        wiped=jnp.asarray(0.4),
        covered=jnp.asarray(0.05),
        placed=(2.0 * deep * skin.living,) * actives,
        dissolving=(jnp.asarray(2e-3),) * actives,
        injected=(1.5 * deep * skin.living,) * actives,
        outside=(jnp.asarray(1e-4),) * actives,
        held=jnp.asarray(0.1),
        obstruction=jnp.asarray(0.3),
        withdrawn=jnp.asarray(0.25),
        emptied=jnp.asarray(0.15),
        sampled=jnp.asarray(0.2),
    )


def nothing(skin, actives=1) -> Event:
    """The event in which nothing happens."""
    return no_event(skin, actives)


def lanes(*trees):
    """Several people's records as one, people last."""
    return jax.tree.map(lambda *xs: jnp.stack([jnp.asarray(x, dtype=float) for x in xs], axis=-1), *trees)


def flat(tree):
    """All numbers of a record in one NumPy array."""
    return np.concatenate([np.ravel(np.asarray(x, dtype=float)) for x in jax.tree.leaves(tree)])


def paths(tree):
    """Path of every leaf of a state, as results name it."""
    return [path for path, _ in field_meanings(tree)]
