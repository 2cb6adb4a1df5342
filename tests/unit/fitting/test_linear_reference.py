"""The reference of moves is the posterior itself where the model is linear and normal."""

import dataclasses
import math

import numpy as np
import pytest
from unit.fitting.test_fit import ERRORS, KNOWN, NAMES, seen

from microneedling.fitting.linear import linear_reference
from microneedling.fitting.space import space_of

SPACE = space_of(KNOWN, NAMES, studies=("toy study",))


def test_it_is_the_posterior_of_a_linear_model():
    generator = np.random.default_rng(0)
    z = generator.standard_normal((4000, SPACE.size))
    slope = np.array([0.6, -0.3, 0.0])
    said = np.exp(z[:, :3] @ slope)[:, None]
    row = dataclasses.replace(seen(), error=0.2)
    found = linear_reference([row], SPACE, (z, said), temperature=1.0, shares=np.ones(1), errors=ERRORS)
    g = np.array([*slope, ERRORS.study_size, 0.0])
    precision = np.eye(5) + np.outer(g, g) / 0.2**2
    cover = np.linalg.inv(precision)
    # the ridge draws 4000 points' slopes in by less than a hundredth
    assert found.factor @ found.factor.T == pytest.approx(cover, abs=0.02)
    assert found.mean == pytest.approx(cover @ g * math.log(row.row.value) / 0.2**2, abs=0.03)


def test_noise_and_temperature_widen_it():
    generator = np.random.default_rng(1)
    z = generator.standard_normal((500, SPACE.size))
    plain = np.exp(0.5 * z[:, :1])
    noisy = plain * np.exp(generator.standard_normal((500, 1)))
    known = {"rows": [seen()], "space": SPACE, "shares": np.ones(1), "errors": ERRORS}

    def width(said, temperature):
        found = linear_reference(
            known["rows"], SPACE, (z, said), temperature=temperature, shares=np.ones(1), errors=ERRORS
        )
        return (found.factor @ found.factor.T)[0, 0]

    assert width(plain, 1.0) < width(noisy, 1.0) and width(plain, 1.0) < width(plain, 0.1) <= 1.0


def test_rows_without_answers_say_nothing():
    z = np.random.default_rng(2).standard_normal((100, SPACE.size))
    found = linear_reference(
        [seen()], SPACE, (z, np.full((100, 1), np.nan)), temperature=1.0, shares=np.ones(1), errors=ERRORS
    )
    assert np.allclose(found.mean, 0) and np.allclose(found.factor, np.eye(SPACE.size))
