"""Screening of a study: its words and cards, handed to the rules as plain facts."""

from __future__ import annotations

from microneedling.protocol.protocol import DepositUse, TopicalUse
from microneedling.safety.finding import Finding
from microneedling.safety.scene import DeviceFacts, Scene
from microneedling.safety.screen import screen
from microneedling.study.numbers import Cards, cards_of
from microneedling.study.plain import PlainStudy


def findings(study: PlainStudy, cards: Cards | None = None, *, exempt: bool = False) -> tuple[Finding, ...]:
    """Findings of every arm, gravest first, the same remark once.

    Args:
        study: in SI
        cards: its cards, read when left out
        exempt: True for validation cases and claims: shown, stamped, never refusing

    Checked by: tests/faces/test_study_screening.py
    """
    found: dict[tuple[object, ...], Finding] = {}
    for scene in scenes(study, cards or cards_of(study), exempt=exempt):
        for finding in screen(scene):
            found.setdefault((finding.id, finding.arm, finding.reason), finding)
    grave = {"absolute": 0, "caution": 1, "info": 2}
    return tuple(sorted(found.values(), key=lambda f: grave[f.level]))


def scenes(study: PlainStudy, cards: Cards, *, exempt: bool = False) -> tuple[Scene, ...]:
    """Every arm as the rules and counts of harm see it, in order.

    Checked by: tests/faces/test_study_screening.py
    """
    devices = {
        name: DeviceFacts(
            family=card.texts["family"],
            depth_max=card.known.record.depth_max,
            needle_length=card.known.record.needle_length,
            texts={**card.texts, "title": card.title},
        )
        for name, card in cards.devices.items()
    }
    return tuple(
        Scene(
            person=study.person,
            site_name=study.site,
            site_region=cards.site.texts["region"],
            protocol=arm,
            deposited=tuple(as_topical(one) for one in arm.deposits),
            devices=devices,
            active_flags={name: tuple(card.texts.get("flags", ())) for name, card in cards.actives.items()},
            vehicle_flags={name: tuple(card.texts.get("flags", ())) for name, card in cards.vehicles.items()},
            exfoliants={name: str(card.texts["family"]) for name, card in cards.exfoliants.items()},
            setup=study.setup,
            exempt=exempt,
        )
        for arm in study.arms
    )


def as_topical(use: DepositUse) -> TopicalUse:
    """What a deposit brings, told to the rules as a topical: they know actives, times, covers and sterility."""
    return TopicalUse(
        time=use.time,
        vehicle=use.vehicle,
        actives=use.actives,
        film=use.reservoir,
        wiped=use.removed,
        occluded=use.removed is not None,
        sterile=use.sterile,
    )
