"""The numbers behind a device's sheet: what its needles do to drawn people, by set depth and by site."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from microneedling.core.card import Card, read_card
from microneedling.core.catalogue import names, path_of
from microneedling.core.sourced import Sourced, replaced, sourced
from microneedling.core.spread import Spread
from microneedling.skin.site import Site
from microneedling.skin.skin import REFERENCE_AGE, YEAR, skin_of
from microneedling.study.needle_checks import checked
from microneedling.study.numbers import spread_out
from microneedling.treatments.coverage import Field, Use, field_of
from microneedling.treatments.device import Device
from microneedling.treatments.exfoliant import Exfoliant, layers_taken
from microneedling.treatments.exfoliation import Exfoliation
from microneedling.treatments.insertion import Insertion, tip_speed
from microneedling.treatments.needling import Needling

SETTINGS = 6  # set depths in the table, from the smallest to the greatest of the dial
BESIDE = {"strip": "adhesive_tape", "scrub": "scrub_cream", "blade": "razor"}  # shown beside the needles, one use each
MAP = 6e-3  # side of the coverage map [m]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Asked:
    """What the sheet is asked for; SI, None where the device or usual use decides."""

    site: str = "cheek"
    depth: float | None = None
    dwell: float = 180.0
    passes: float | None = None
    area: float = 60e-4
    force: float | None = None
    members: int = 256
    seed: int = 1


@dataclasses.dataclass(frozen=True, kw_only=True)
class DeviceNumbers:
    """Everything a sheet shows. Arrays are (people,) with the central person first; lengths in m."""

    card: Card[Device]
    asked: Asked
    use: Use
    depth: float
    site: Card[Site]
    settings: tuple[float, ...]
    by_depth: tuple[Mapping[str, np.ndarray], ...]
    by_site: Mapping[str, Mapping[str, np.ndarray]]
    titles: Mapping[str, str]
    here: Mapping[str, np.ndarray]
    field: Field
    known: tuple[Sourced[Any], ...]


def device_numbers(card: Card[Device], asked: Asked) -> DeviceNumbers:
    """The sheet's numbers for one device.

    Args:
        card: the device
        asked: site, set depth, use, number of people drawn

    Returns: the numbers.
    Errors: CardError when the device cannot be, or the site's card cannot be read.
    Checked by: tests/faces/test_device_sheet.py
    """
    checked(card)
    force = asked.force
    known = card.known if force is None else checked(_pressed(card, force)).known
    device = known.record
    depth = min(1.5e-3, device.depth_max) if asked.depth is None else asked.depth
    use = _use(card, asked)
    how, what = sourced(Insertion()), sourced(Exfoliation())
    drawn: dict[str, Sourced[Any]] = {"device": known, "insertion": how, "exfoliation": what}
    drawn |= {name: read_card(path_of("exfoliants", one), Exfoliant).known for name, one in BESIDE.items()}
    records = {name: spread_out(one, asked.members, seed=asked.seed) for name, one in drawn.items()}
    cards = {name: read_card(path_of("sites", name), Site) for name in _sites(asked.site)}
    sites = {name: spread_out(one.known, asked.members, seed=asked.seed) for name, one in cards.items()}
    settings = _settings(device, depth)
    by_depth = tuple(_outcome(records, sites[asked.site], use, at) for at in settings)
    here = _outcome(records, sites[asked.site], use, depth)
    return DeviceNumbers(
        card=dataclasses.replace(card, known=known),
        asked=asked,
        use=use,
        depth=depth,
        site=cards[asked.site],
        settings=settings,
        by_depth=by_depth,
        by_site={name: _outcome(records, site, use, depth) for name, site in sites.items()},
        titles={name: one.title for name, one in cards.items()},
        here=here,
        field=_field(device, use, here, asked.seed),
        known=(*drawn.values(), cards[asked.site].known),
    )


def _pressed(card: Card[Device], force: float) -> Card[Device]:
    """The device held on with exactly this force."""
    old, text = card.known.facts["contact_force"], f"{force:g} N"
    fact = dataclasses.replace(
        old, spread=Spread("exact"), source=(), where="", grade="assumed", note="as asked for", text=text
    )
    known = replaced(card.known, contact_force=force)
    return dataclasses.replace(
        card, known=dataclasses.replace(known, facts={**card.known.facts, "contact_force": fact})
    )


def _sites(wanted: str) -> list[str]:
    """The site asked for, then all human ones."""
    human = [one for one in names("sites") if read_card(path_of("sites", one), Site).texts["species"] == "human"]
    return list(dict.fromkeys([wanted, *human]))


def _use(card: Card[Device], asked: Asked) -> Use:
    family, pen = card.texts["family"], card.texts["family"] == "pen"
    usual = {"pen": 0.0, "roller": 4.0}.get(family, 1.0)  # a star of four passes; one press
    return Use(
        family=family,
        pattern=card.texts.get("pattern", "grid"),
        dwell=asked.dwell if pen else 0.0,
        passes=0.0 if pen else usual if asked.passes is None else asked.passes,
        frequency=card.known.record.frequency if pen else 0.0,
        area=asked.area,
    )


def _settings(device: Device, depth: float) -> tuple[float, ...]:
    """Set depths of the table: even steps of the dial, and the depth asked for."""
    low, high = float(device.depth_min), float(device.depth_max)
    if high - low < 1e-5:
        return (high,)
    even = np.linspace(max(low, high / SETTINGS), high, SETTINGS)
    return tuple(sorted({round(float(x), 7) for x in (*even, depth)}))


def _outcome(records: Mapping[str, Any], site: Any, use: Use, depth: float) -> dict[str, np.ndarray]:
    """What one use at one set depth does to every person."""
    numbers = {"depth": depth, "dwell": use.dwell, "passes": use.passes, "area": use.area}
    found = _everyone({**records, "site": site}, numbers, use.family)
    return {name: np.asarray(value) for name, value in found.items()}


def _one(records: Mapping[str, Any], numbers: Mapping[str, Any], family: str) -> dict[str, jax.Array]:
    device, how, what = records["device"], records["insertion"], records["exfoliation"]
    skin = skin_of(records["site"], age=REFERENCE_AGE * YEAR)
    done = Needling(device=device, insertion=how, frequency=device.frequency, family=family, **numbers)
    event, push = done.onto(skin), done.push()
    bottom = jnp.sum(skin.step)
    vessels = jnp.sum(skin.step * (skin.corneum + skin.epidermis))
    inserted = how.inserted(done.set_length(), device, push)
    wide = jnp.sqrt((how.scatter * inserted) ** 2 + device.depth_tolerance**2)
    return {
        "inserted": inserted,
        "scatter": wide,
        "relaxed": how.kept() * inserted,
        "hole": 2 * how.hole_radius(jnp.zeros(()), inserted, device),
        "needle": 2 * how.needle_radius(jnp.zeros(()), inserted, device),
        "piercing": done.piercing(),
        "density": event.punctures,
        "pierced": event.pierced[0],
        "open": event.relaxed[0],
        "pain": event.pain,
        "bleeding": event.bleeding,
        "displaced": what.displaced(event, skin),
        "exfoliated": what.share(event, skin),
        "mass": what.mass(event, skin),
        **{name: layers_taken(1.0, records[name].layers, skin) for name in BESIDE},
        "speed": tip_speed(device, device.frequency, family == "pen"),
        "threshold": push.threshold,
        "most": jnp.minimum(push.stiffness * done.set_length(), push.force),
        "resisting": how.resistance(device).force(inserted),
        "to_vessels": vessels - inserted,
        "to_bottom": bottom - inserted,
        "reaching_vessels": how.reaching(vessels, inserted, device.depth_tolerance),
        "reaching_bottom": how.reaching(bottom, inserted, device.depth_tolerance),
        "skin": bottom,
        "vessels": vessels,
    }


@functools.partial(jax.jit, static_argnums=2)
def _everyone(records: Any, numbers: Any, family: str) -> Any:
    return jax.vmap(lambda one: _one(one, numbers, family))(records)


def _field(device: Device, use: Use, here: Mapping[str, np.ndarray], seed: int) -> Field:
    """The central person's punctures."""
    side = MAP
    while here["density"][0] * side**2 > 4000:
        side /= 2
    return field_of(
        device,
        use,
        side=side,
        piercing=float(here["piercing"][0]),
        depth=float(here["inserted"][0]),
        scatter=float(here["scatter"][0]),
        seed=seed,
    )


def interval(values: np.ndarray) -> tuple[float, float, float]:
    """5 %, median and 95 % of the drawn people; the central person where nobody was drawn."""
    people = values[1:] if values.size > 1 else values
    low, middle, high = (float(x) for x in np.percentile(people, [5, 50, 95]))
    return low, middle, high
