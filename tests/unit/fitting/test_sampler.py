"""The sampler finds posteriors that are known in closed form, and its parts keep what they promise."""

import numpy as np
import pytest

from microneedling.fitting.sampler import (
    Cloud,
    Reference,
    agreement,
    decided,
    effective,
    log_prior,
    moved,
    next_temperature,
    prior_reference,
    proposed,
    proposed_partly,
    resampled,
    steered,
    wandered,
)

NOISE = 0.3
SEEN = np.array([1.5, -0.5])  # of coordinates 0 and 1; the others are not seen


def likelihood(z):
    return -0.5 * np.sum(((z[:, :2] - SEEN) / NOISE) ** 2, axis=1)


def sampled(likelihood, *, size, count=600, moves=12, seed=1):
    generator = np.random.default_rng(seed)
    z = generator.standard_normal((count, size))
    cloud = Cloud(z=z, likelihood=likelihood(z), temperature=0.0)
    while not cloud.done:
        temperature, weights = next_temperature(cloud)
        kept = resampled(weights, generator)
        cloud = Cloud(z=cloud.z[kept], likelihood=cloud.likelihood[kept], temperature=temperature, step=cloud.step)
        for _ in range(moves):
            about = prior_reference(size)
            there = proposed(cloud.z, about, cloud.step, generator)
            cloud, share = moved(cloud, there, likelihood(there), about, generator=generator)
            cloud = Cloud(
                z=cloud.z, likelihood=cloud.likelihood, temperature=temperature, step=steered(cloud.step, share)
            )
    return cloud


@pytest.mark.parametrize("size", [2, 20])
def test_a_normal_posterior_is_found(size):
    z = sampled(likelihood, size=size).z
    narrow = 1 / (1 + 1 / NOISE**2)
    sem = 4 / np.sqrt(len(z))  # four standard errors of so many draws, some of which are alike
    assert np.abs(z[:, :2].mean(axis=0) - SEEN * (1 - narrow)).max() < sem * np.sqrt(narrow) * 2
    assert z[:, :2].std(axis=0) == pytest.approx(np.sqrt(narrow), rel=0.25)
    assert z[:, 2:].std(axis=0) == pytest.approx(np.ones(size - 2), rel=0.25)
    assert np.abs(z[:, 2:].mean(axis=0)).max(initial=0) < 2 * sem


def test_a_curved_ridge_keeps_both_its_arms():
    z = sampled(lambda z: -0.5 * ((z[:, 0] * z[:, 1] - 1) / 0.1) ** 2, size=2, count=800).z
    assert np.std(z[:, 0] * z[:, 1]) < 0.2
    assert 0.25 < np.mean(z[:, 0] > 0) < 0.75  # the ridge has two arms, and neither is lost


def test_points_outside_are_never_taken():
    z = sampled(lambda z: np.where(z[:, 0] > 0, likelihood(z), -np.inf), size=3).z
    assert np.all(z[:, 0] > 0)


def some(z, about, step, generator):
    for _ in range(8):  # each takes other coordinates
        z = proposed_partly(z, about, step, generator, share=0.4)
    return z


@pytest.mark.parametrize("move", [proposed, some])
def test_the_move_leaves_its_reference_as_it_is(move):
    generator = np.random.default_rng(0)
    about = Reference(mean=np.ones(3), factor=np.array([[0.2, 0, 0], [0.3, 1.0, 0], [0, 0.5, 2.0]]))
    z = about.mean + generator.standard_normal((20000, 3)) @ about.factor.T
    there = move(z, about, 0.5, generator)
    assert not np.allclose(there, z)
    assert there.mean(axis=0) == pytest.approx(about.mean, abs=0.06)
    assert np.cov(there.T) == pytest.approx(about.factor @ about.factor.T, abs=0.15)


def test_a_step_in_temperature_keeps_half():
    generator = np.random.default_rng(0)
    z = generator.standard_normal((500, 2))
    temperature, weights = next_temperature(Cloud(z=z, likelihood=likelihood(z), temperature=0.0))
    assert 0 < temperature < 1 and effective(weights) == pytest.approx(0.5, abs=1e-3)


def test_resampling_gives_each_its_share():
    weights = np.array([0.5, 0.25, 0.25, 0.0])
    assert np.bincount(resampled(weights, np.random.default_rng(1)), minlength=4).tolist() == [2, 1, 1, 0]


def test_agreement_tells_apart_from_alike():
    generator = np.random.default_rng(0)
    alike = [generator.standard_normal((300, 2)) for _ in range(2)]
    assert agreement(alike).max() < 1.02
    assert agreement([alike[0], alike[1] + 2.0]).min() > 1.2


def test_the_prior_is_a_standard_normal():
    assert log_prior(np.array([[1.0, 2.0]])) == pytest.approx([-2.5])


def wrong(z):
    """A stand-in that is off: shifted, too narrow, and it leans in a coordinate nothing is seen of."""
    return -0.5 * np.sum(((z[:, :2] - SEEN - 0.15) / (0.8 * NOISE)) ** 2, axis=1) + 0.3 * z[:, 2]


def leapt(stand_in, *, rounds=6, steps=60, count=800):
    generator = np.random.default_rng(5)
    z = sampled(likelihood, size=4, count=count, moves=4).z
    cloud = Cloud(z=z, likelihood=likelihood(z), temperature=1.0)
    about = prior_reference(4)
    for _ in range(rounds):
        there, last = wandered(cloud.z, stand_in, about, steps=steps, generator=generator)
        walked = (stand_in(cloud.z), last)
        cloud, share = decided(cloud, there, likelihood(there), walked, generator=generator)
    return cloud.z, share


def test_leaps_find_the_posterior_whatever_the_stand_in():
    z, share = leapt(wrong)
    narrow = 1 / (1 + 1 / NOISE**2)
    assert 0.2 < share < 1
    assert z[:, :2].mean(axis=0) == pytest.approx(SEEN / NOISE**2 * narrow, abs=0.04)  # 800 draws: 0.01 each
    assert z[:, 2].mean() == pytest.approx(0.0, abs=0.12)
    assert z[:, :2].std(axis=0) == pytest.approx(np.sqrt(narrow), rel=0.12)


def test_a_walk_forgets_where_it_began():
    generator = np.random.default_rng(6)
    start = np.tile([[1.5, -0.5, 3.0, -3.0]], (400, 1))
    end, level = wandered(start, likelihood, prior_reference(4), steps=200, generator=generator)
    assert np.array_equal(level, likelihood(end))
    assert end[:, 2:].mean(axis=0) == pytest.approx([0.0, 0.0], abs=0.2)
    assert end[:, 2:].std(axis=0) == pytest.approx([1.0, 1.0], abs=0.15)
