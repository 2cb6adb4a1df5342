"""What microneedling does to skin, from cited physics and biology. Research software, no medical advice."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from microneedling.laws.solute import transport_of as transport_of
    from microneedling.laws.standard import standard as standard
    from microneedling.protocol.plan import Timed as Timed
    from microneedling.protocol.plan import plan as plan
    from microneedling.protocol.protocol import Protocol as Protocol
    from microneedling.simulate.keep import Keep as Keep
    from microneedling.simulate.result import load as load
    from microneedling.simulate.result import save as save
    from microneedling.simulate.result import summary as summary
    from microneedling.simulate.simulate import simulate as simulate
    from microneedling.skin.person import Person as Person
    from microneedling.skin.site import Site as Site
    from microneedling.skin.skin import skin_of as skin_of
    from microneedling.study.cards import card as card
    from microneedling.study.run import run as run
    from microneedling.study.schema import Study as Study
    from microneedling.treatments.needling import Needling as Needling
    from microneedling.treatments.needling import Sham as Sham
    from microneedling.treatments.topical import Topical as Topical
    from microneedling.treatments.topical import Wipe as Wipe

HOMES = {
    "Keep": "simulate.keep",
    "Needling": "treatments.needling",
    "Person": "skin.person",
    "Protocol": "protocol.protocol",
    "Sham": "treatments.needling",
    "Site": "skin.site",
    "Study": "study.schema",
    "Timed": "protocol.plan",
    "Topical": "treatments.topical",
    "Wipe": "treatments.topical",
    "card": "study.cards",
    "load": "simulate.result",
    "plan": "protocol.plan",
    "run": "study.run",
    "save": "simulate.result",
    "simulate": "simulate.simulate",
    "skin_of": "skin.skin",
    "standard": "laws.standard",
    "summary": "simulate.result",
    "transport_of": "laws.solute",
}
__all__ = sorted(HOMES)  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    """Public names are imported when first used, so that the command line starts at once."""
    if name not in HOMES:
        raise AttributeError(f"microneedling has no {name!r}; it has {', '.join(__all__)}")
    return getattr(importlib.import_module(f"microneedling.{HOMES[name]}"), name)
