"""The native machine gives the courses that the JAX program gives."""

import dataclasses

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from course import needling_series
from tissue import DAY, cheek, lanes, model_of

from microneedling.laws.channels import ChannelClosure
from microneedling.laws.inflammation import InflammatoryCircuit
from microneedling.numerics import status
from microneedling.protocol.plan import plan
from microneedling.scales.standard import standard as scales
from microneedling.simulate.keep import Keep, reading_times
from microneedling.simulate.native import machine_of
from microneedling.simulate.native_course import course_on
from microneedling.simulate.simulate import simulate_many

# the same arithmetic in another order; a course of some hundred steps keeps eleven digits of each field's largest value
ROUNDING = 1e-9
# laws that a JAX program compiles in seconds: channels, film, drug and what they read stands still
STILL = ("Inflammation", "Repair", "Collagen", "Elastin", "Vessels", "Epidermis", "Wound", "Punctures")
PEOPLE = 3


def varied(model):
    """Three people with their own rates of closing and clearing."""
    out = []
    for n in range(PEOPLE):
        changes = {ChannelClosure: {"recoil": 1 + 0.4 * n}, InflammatoryCircuit: {"k_X": 1 - 0.2 * n}}
        laws = [
            dataclasses.replace(
                law, **{k: getattr(law, k) * factor for k, factor in changes.get(type(law), {}).items()}
            )
            for law in model.laws
        ]
        out.append(dataclasses.replace(model, laws=tuple(laws)))
    return lanes(*out)


class Both:
    """One study of three people, ready for both ways."""

    def __init__(self, still, end, tolerance=3e-3):
        skin = cheek()
        known = {cls.owns.__name__ for cls in map(type, model_of(skin, "caffeine").laws)}
        self.still = tuple(name for name in still if name in known)
        treatments = needling_series(1)
        one = plan(treatments, skin, end=end, begin=-DAY, actives=1, length=6)
        times = reading_times([t.time for t in treatments], begin=-DAY, end=end)
        self.model, self.skin = varied(model_of(skin, "caffeine")), lanes(*(skin,) * PEOPLE)
        self.plan, read = lanes(*(one,) * PEOPLE), scales(actives=("caffeine",))
        self.keep = Keep(times=times, scales=lanes(*(read,) * PEOPLE), tolerance=tolerance)

    def native(self, **changes):
        """By the machine, with some of model, plan or keep replaced."""
        given = {"model": self.model, "plan": self.plan, "keep": self.keep} | changes
        made = machine_of(given["model"], self.skin, given["plan"], given["keep"], still=self.still)
        return course_on(made, given["model"], self.skin, given["plan"], keep=given["keep"])


@pytest.fixture(scope="module")
def few():
    return Both(STILL, 3 * DAY)


@pytest.fixture(scope="module")
def all_laws():
    return Both((), 40 * DAY)


@pytest.fixture(scope="module")
def whole(all_laws):
    return all_laws.native()


def close(a, b, what):
    a, b = np.asarray(a), np.asarray(b)
    assert np.array_equal(np.isnan(a), np.isnan(b)), what
    size = np.max(np.abs(np.nan_to_num(b)), initial=0.0)
    np.testing.assert_allclose(a, b, rtol=ROUNDING, atol=ROUNDING * size + 1e-12, err_msg=what)


def test_it_agrees_with_the_jax_program(few):
    native = few.native()

    def run(model, skin, plan, keep):
        read, times = keep
        return simulate_many(model, skin, plan, Keep(times=times, scales=read), still=few.still)

    jaxed = jax.jit(run)(few.model, few.skin, few.plan, (few.keep.scales, jnp.asarray(few.keep.times)))
    assert np.array_equal(native.steps, jaxed.steps) and np.array_equal(native.status, jaxed.status)
    for n, scale in enumerate(few.keep.scales):
        close(native.readings[:, n], jaxed.readings[:, n], scale.CARD.name)
    for a, b in zip(native.fields, jaxed.fields):
        close(a, b, "field of the first person")
    for a, b in zip(jax.tree.leaves(native.end), jax.tree.leaves(jaxed.end)):
        close(a, b, "end state")


def test_it_agrees_with_the_jax_program_on_all_laws(all_laws, whole, courses):
    # the tests' own compiled course marches two people; the first two of three here
    both = tuple(jax.tree.map(lambda x, n=n: np.asarray(x)[..., n], all_laws.model) for n in range(2))
    _, jaxed = courses.jaxed(needling_series(1), end=40 * DAY, models=both, tolerance=3e-3)
    count = all_laws.keep.times.size
    for n, scale in enumerate(all_laws.keep.scales):
        close(whole.readings[:, n, :2], np.asarray(jaxed.readings)[:count, n], scale.CARD.name)


def test_everything_is_read_and_ends_well(all_laws, whole):
    assert np.all(whole.status == status.FINE) and np.all(np.isfinite(whole.readings))
    assert whole.readings.shape == (all_laws.keep.times.size, len(all_laws.keep.scales), PEOPLE)


def test_people_do_not_mix(all_laws, whole):
    swapped = jax.tree.map(lambda x: np.asarray(x)[..., ::-1], all_laws.model)
    again = all_laws.native(model=swapped)
    close(again.readings[..., ::-1], whole.readings, "readings")
    assert not np.allclose(whole.readings[..., 0], whole.readings[..., 2], rtol=1e-3, atol=0)


def test_one_who_fails_is_counted_and_the_rest_go_on(all_laws, whole):
    laws = [
        dataclasses.replace(law, d_N=np.where(np.arange(PEOPLE) == 1, np.nan, law.d_N))
        if isinstance(law, InflammatoryCircuit)
        else law
        for law in all_laws.model.laws
    ]
    broken = all_laws.native(model=dataclasses.replace(all_laws.model, laws=tuple(laws)))
    assert list(broken.status) == [status.FINE, status.NOT_FINITE, status.FINE]
    close(broken.readings[..., [0, 2]], whole.readings[..., [0, 2]], "the others")
    assert np.isnan(broken.readings[-1, :, 1]).all()


def test_more_people_than_lanes_are_refused(few):
    made = machine_of(few.model, few.skin, few.plan, few.keep, still=few.still)
    crowd = jax.tree.map(lambda x: jnp.repeat(jnp.asarray(x), 4, axis=-1), (few.model, few.skin, few.plan))
    with pytest.raises(ValueError, match="12 people do not fit in 8 lanes"):
        course_on(made, *crowd, keep=few.keep)
