"""Sampled punctures against the formula, and against geometry."""

import math

import numpy as np
import pytest
from tissue import card

from microneedling.core.struct import replace
from microneedling.treatments.coverage import Field, Use, field_of, packing
from microneedling.treatments.device import Device

RANDOM = 0.06  # [1] a few thousand punctures, and the raster's own error
EDGE = 0.02  # [1] a disc of 24 pixels across
PEN = Use(family="pen", dwell=180.0, frequency=116.7, area=60e-4)


def pen_field(seed=1, *, side=12e-3, **changes):
    """A SkinPen at 1.5 mm for three minutes on 60 cm2, all strokes one depth."""
    device = card("devices", "skinpen_precision", Device)
    settings = {"side": side, "piercing": 1.0, "depth": 1.35e-3, "scatter": 0.0} | changes
    return device, field_of(device, PEN, seed=seed, **settings)


def expected(device):
    """Needles · strokes · success over the area."""
    return device.needles * PEN.frequency * PEN.dwell * device.success / PEN.area


def radius(device, depth, z=0.0):
    return device.tip_radius + (device.base_radius - device.tip_radius) * max(0.0, depth - z) / device.needle_length


def test_the_same_seed_gives_the_same_punctures():
    _, one = pen_field(seed=3)
    _, same = pen_field(seed=3)
    _, other = pen_field(seed=4)
    assert np.array_equal(one.x, same.x) and np.array_equal(one.deep, same.deep)
    assert not np.array_equal(one.x[:10], other.x[:10])


def test_the_density_is_that_of_the_settings():
    density_is_that_of_settings()


def density_is_that_of_settings():
    found = [pen_field(seed=n)[1].density for n in range(8)]
    device, _ = pen_field()
    assert np.mean(found) == pytest.approx(expected(device), rel=0.1)  # lanes do not divide the square evenly
    half = np.mean([pen_field(seed=n, piercing=0.5)[1].density for n in range(8)])
    assert half == pytest.approx(expected(device) / 2, rel=0.1)


def test_many_random_strokes_cover_what_the_formula_says():
    formula_is_the_field()


def formula_is_the_field():
    """1 - exp(-n S π r²) with the field's own density, at several depths, with depths that scatter."""
    device, field = pen_field(side=9e-3, scatter=0.2e-3, depth=0.8e-3)
    for z in (0.0, 0.3e-3, 0.6e-3):
        sizes = np.array([radius(device, deep, z) ** 2 for deep in field.deep[field.inside] if deep > z])
        formula = 1 - math.exp(-math.pi * np.sum(sizes) / field.side**2)
        assert field.covered(z, device=device, pixels=1200) == pytest.approx(formula, rel=RANDOM)


def test_one_press_of_a_grid_covers_every_hole_once():
    one_press_covers_once()


def one_press_covers_once():
    device = card("devices", "stamp_array", Device)
    use = Use(family="stamp", passes=1.0)
    settings = {"side": 30e-3, "piercing": 1.0, "depth": 0.4e-3, "scatter": 0.0}
    field = field_of(device, use, seed=1, **settings)
    exact = field.density * math.pi * radius(device, 0.4e-3) ** 2
    assert field.density == pytest.approx(device.puncture_density_per_pass, rel=0.05)
    assert field.covered(0.0, device=device, pixels=3000) == pytest.approx(exact, rel=5 * EDGE)
    assert field.overlapping(radius(device, 0.4e-3)) == 0.0
    assert field.clustering() > 1.3, "a grid is evener than chance"


def test_a_raster_counts_overlaps_once():
    device = card("devices", "stamp_array", Device)
    r = radius(device, 0.5e-3)
    twice = Field(side=1e-3, x=np.array([5e-4, 5e-4]), y=np.array([5e-4, 5e-4]), deep=np.array([5e-4, 5e-4]))
    assert twice.covered(0.0, device=device, pixels=2000) == pytest.approx(math.pi * r**2 / 1e-6, rel=EDGE)
    assert twice.overlapping(r) == 1.0 and twice.covered(0.6e-3, device=device) == 0.0


def test_clustering_is_one_for_chance_and_less_for_pairs():
    clustering_knows_chance()


def clustering_knows_chance():
    rng = np.random.default_rng(0)
    x, y = rng.uniform(-0.1e-2, 1.1e-2, (2, 8000))
    field = Field(side=1e-2, x=x, y=y, deep=np.full(8000, 1e-3))
    assert field.clustering() == pytest.approx(1.0, abs=0.03)
    pairs = Field(side=1e-2, x=np.repeat(x, 2), y=np.repeat(y, 2) + 1e-6, deep=np.full(16000, 1e-3))
    assert pairs.clustering() < 0.2


def test_nothing_done_leaves_nothing():
    device = card("devices", "skinpen_precision", Device)
    settings = {"side": 4e-3, "depth": 1e-3, "scatter": 0.0, "seed": 0}
    still = Use(family="pen", dwell=0.0, frequency=100.0, area=1e-3)
    for use, piercing in ((still, 1.0), (Use(family="roller"), 1.0), (PEN, 0.0)):
        roller = card("devices", "roller_192", Device)
        field = field_of(roller if use.family == "roller" else device, use, piercing=piercing, **settings)
        assert field.density == 0.0 and field.covered(0.0, device=device) == 0.0
        assert math.isnan(field.clustering()) and field.overlapping(1e-4) == 0.0


def test_needles_of_a_ring_keep_their_distance():
    device = replace(card("devices", "rejuvapen", Device), success=1.0)
    single = Use(family="pen", pattern="ring", dwell=1.0, frequency=1.0, area=4e-4)
    for seed in range(20):
        field = field_of(device, single, side=20e-3, piercing=1.0, depth=1e-3, scatter=0.0, seed=seed)
        if len(field.x) == device.needles:
            assert np.min(field.gaps()) > 0.9 * float(device.pitch())
            return
    pytest.fail("no seed with one whole stroke")


def test_close_packing_leaves_a_tenth_bare():
    r = 70e-6
    assert packing(r) * math.pi * r**2 == pytest.approx(math.pi / (2 * math.sqrt(3)))
