"""Our solver against SciPy's on the same equations: LSODA at a tight tolerance is the oracle of a short course."""

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.append(str(Path(__file__).parents[3] / "benchmarks"))

from equations import Equations
from peers import Peer
from people import DAY, misfit, people, some

from microneedling.simulate.keep import Keep
from microneedling.simulate.native import machine_of
from microneedling.simulate.native_course import course_on

OUTPUT = np.array([-0.5, 0.02, 0.3, 1.0, 2.0, 4.0]) * DAY

pytestmark = pytest.mark.skipif(shutil.which("cc") is None, reason="peers are given a right-hand side compiled from C")


def test_a_short_course_is_the_one_that_lsoda_finds():
    parts = people(2, days=5.0, once=True)
    of = Equations(*some(parts, 0)[:2], still=parts.still)
    peer, keep = Peer(of, "LSODA"), Keep(times=OUTPUT, scales=(), tolerance=1e-7)
    machine = machine_of(*some(parts, 0), keep, still=parts.still, lanes=1)
    assert sum(machine.moves) == of.negligible.size
    for person in (0, 2):
        course = course_on(machine, *some(parts, person), keep=keep)
        ours = [field for field, moves in zip(course.fields, machine.moves) if moves]
        theirs = peer.course(some(parts, person), OUTPUT, 1e-9)
        assert all(field.shape[0] == OUTPUT.size and np.isfinite(field).all() for field in ours)
        # LSODA at 1e-9 and RODAS at 1e-7 per step, over some hundred steps each
        assert misfit(ours, theirs, of.negligible) < 2e-6
        still = [np.repeat(field[:1], OUTPUT.size, axis=0) for field in ours]
        assert misfit(still, theirs, of.negligible) > 0.5  # a course in which something happens
