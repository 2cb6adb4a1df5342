"""Where a run leaves what was measured or fitted, as marks that stand in its result and report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from microneedling.laws.derived import quantities
from microneedling.laws.validity import Extrapolation, extrapolations
from microneedling.protocol.protocol import TopicalUse
from microneedling.study.limits import vehicle_marks

if TYPE_CHECKING:
    from microneedling.study.run import Run

VESSELS = {"P_cap", "P_pores"}  # symbols that mean nothing in excised skin
PAIN = (480e-6, 1450e-6)  # m, needle lengths whose pain was measured


def marks(run: Run) -> tuple[Extrapolation, ...]:
    """Every mark of a run, each once: molecules, films, needles, people.

    Checked by: tests/unit/study/test_marks.py
    """
    return tuple(dict.fromkeys((*_molecules(run), *_films(run), *_needles(run), *_people(run))))


def _molecules(run: Run) -> Iterator[Extrapolation]:
    """Ranges of the layer model, from every film an active comes in."""
    numbers = run.known["LayerCorrelations"].record
    cell = run.study.in_vitro
    wet = 1.0 if cell is not None and cell.hydrated else 0.0
    for name, card in run.cards.actives.items():
        active = run.known[card.known.name].record
        for ph in sorted(set(_acidities(run, name))) or [numbers.tissue_ph]:
            found = quantities(active, ph=ph, correlations=numbers, wet=wet)
            yield from (one for one in extrapolations(card.title, found) if cell is None or not set(one.of) <= VESSELS)


def _acidities(run: Run, active: str) -> Iterator[float]:
    for use in (t for arm in run.study.arms for t in arm.topicals if active in dict(t.actives)):
        yield float(run.known[run.cards.vehicles[use.vehicle].known.name].record.ph) if use.ph is None else use.ph


def _films(run: Run) -> Iterator[Extrapolation]:
    uses = [use for arm in run.study.arms for use in arm.topicals]
    for name in dict.fromkeys(use.vehicle for use in uses):
        yield from vehicle_marks(run.cards.vehicles[name])
    for name, card in run.cards.actives.items():
        films = {_film(use) for use in uses if name in dict(use.actives)}
        if len(films) > 1:
            where = "each active is taken at the acidity of the film it first comes in"
            yield Extrapolation(card.title, "films", f"{len(films)} in turn", "one", ("f_e",), (), where)


def _film(use: TopicalUse) -> tuple[str, float | None]:
    return use.vehicle, use.ph


def _needles(run: Run) -> Iterator[Extrapolation]:
    for depth in dict.fromkeys(s.depth for arm in run.study.arms for s in arm.sessions if not s.sham):
        if not PAIN[0] <= depth <= PAIN[1]:
            span = f"{PAIN[0] * 1e3:.2f} to {PAIN[1] * 1e3:.2f} mm"
            where = "needles whose pain was measured"
            yield Extrapolation("Pain", "needle length", f"{depth * 1e3:.2f} mm", span, ("pain",), (), where)


def _people(run: Run) -> Iterator[Extrapolation]:
    if run.study.person.phototype > 4 and not run.study.in_vitro:
        found, of = f"{run.study.person.phototype}", ("channels", "erythema")
        where = "resealing and redness are hardly measured in dark skin"
        yield Extrapolation("Resealing and redness", "phototype", found, "1 to 4", of, (), where)
