"""One traced course, shared by all tests."""

import jax
import numpy as np
from tissue import DAY, MINUTE, cheek, gel, lanes, model_of, pen

from microneedling.protocol.plan import Timed, plan
from microneedling.scales.standard import standard as scales
from microneedling.simulate.keep import Keep, reading_times
from microneedling.simulate.native import machine_of
from microneedling.simulate.native_course import course_on
from microneedling.simulate.simulate import field_meanings, simulate_many
from microneedling.treatments.topical import Wipe

EVENTS, TIMES = 14, 420
SCALES = scales(actives=("caffeine",))
NAMES = tuple(scale.CARD.name for scale in SCALES)


class Courses:
    """Courses of two people with one active; plan, numbers, reading times and tolerance may differ, shapes may not.

    They run on the native machine; `jaxed` gives the same by the compiled program, which takes its time to compile.
    """

    def __init__(self):
        self.skin = cheek()
        self.model = model_of(self.skin, "caffeine")
        self._made = None
        self._compiled = jax.jit(self._course)

    def quiet(self, end):
        """Nothing happens."""
        return self.of([], end=end)

    def of(self, treatments, *, end, models=None, times=None, tolerance=1e-3, begin=-DAY):
        """(times, Course) of two people, begun a day early at rest; both are the same unless `models` gives two.

        `times` not given: dense after each event. A reading at an event's own time is the one before it.
        """
        wanted, given = self._given(treatments, end, times, (models, begin))
        keep = Keep(times=wanted, scales=lanes(SCALES, SCALES), fields=True, tolerance=tolerance)
        if self._made is None:
            self._made = machine_of(*given, keep)
        return wanted, course_on(self._made, *given, keep=keep)

    def jaxed(self, treatments, *, end, models=None, times=None, tolerance=1e-3, begin=-DAY):
        """The same by the compiled JAX program."""
        wanted, given = self._given(treatments, end, times, (models, begin))
        filled = np.concatenate([wanted, np.full(TIMES - len(wanted), end)])
        return wanted, self._compiled(*given, filled, tolerance)

    def _given(self, treatments, end, times, others):
        models, begin = others
        wanted = reading_times([t.time for t in treatments], begin=begin, end=end) if times is None else times
        one = plan(treatments, self.skin, end=end, begin=begin, actives=1, length=EVENTS)
        both = models or (self.model, self.model)
        return np.asarray(wanted), (lanes(*both), lanes(self.skin, self.skin), lanes(one, one))

    def sessions(self, count, *, end, interval=30 * DAY, **how):
        """Needling with gel five minutes later, wiped after a day, `count` times."""
        return self.of(needling_series(count, interval), end=end, **how)

    def reading(self, course, name, person=0):
        """One scale over time."""
        return np.asarray(course.readings[:, NAMES.index(name), person])

    def assert_unmoved(self, found, share):
        """Every field is where it was at rest, to a share of what is negligible."""
        _, course = found
        rest = self.model.start(self.skin)
        for (path, meaning), x, y in zip(field_meanings(rest), jax.tree.leaves(rest), jax.tree.leaves(course.end)):
            moved = np.max(np.abs(np.asarray(y) - np.asarray(x)[..., None]))
            assert moved <= share * meaning.negligible, f"{path} moved by {moved:.1e} {meaning.unit}"

    def _course(self, model, skin, events, times, tolerance):
        keep = Keep(times=times, scales=SCALES, fields=True, tolerance=tolerance)
        return simulate_many(model, skin, events, keep)


def needling_series(count, interval=30 * DAY):
    """Sessions of pen and gel as timed treatments."""
    found = []
    for n in range(count):
        at = n * interval
        found += [
            Timed(at, pen(), "needling"),
            Timed(at + 5 * MINUTE, gel(), "gel"),
            Timed(at + DAY, Wipe(actives=1), "wipe"),
        ]
    return found


def field(course, state, path):
    """One field of the first person over time, by its path in results."""
    known = [name for name, _ in field_meanings(state)]
    return np.asarray(course.fields[known.index(path)])


def at(times, values, when):
    """The value at a time, linear between readings."""
    return float(np.interp(when, times, values[: len(times)]))


def peak(times, values):
    """Time of the largest value, by a parabola through the three highest neighbours."""
    values = values[: len(times)]
    n = int(np.clip(np.argmax(values), 1, len(times) - 2))
    t, v = times[n - 1 : n + 2], values[n - 1 : n + 2]
    a, b, _ = np.polyfit(t - t[1], v, 2)
    return float(t[1] - b / (2 * a)) if a < 0 else float(t[1])
