"""What the epidermis of the moment is to whoever asks."""

import jax.numpy as jnp
import numpy as np
import pytest
from tissue import busy, cheek, model_of

from microneedling.core.state import State
from microneedling.core.struct import replace
from microneedling.laws.drug import Permeation
from microneedling.scales.tewl import Tewl
from microneedling.skin import renewal
from microneedling.skin.components import Collagen, Epidermis


def world():
    skin = cheek()
    model = model_of(skin, "caffeine")
    return skin, model, model.start(skin)


def with_epidermis(state, **changes):
    return State(parts=state.parts | {"Epidermis": replace(state[Epidermis], **changes)})


def test_at_rest_everything_is_one_and_no_matrix_is_young():
    skin, _, rest = world()
    now = rest[Epidermis]
    for value in (renewal.layers(now), renewal.suprabasal(now), renewal.intact(now), renewal.pace(now)):
        assert float(value) == 1.0
    assert float(renewal.young_matrix(rest, skin)) == pytest.approx(0.0, abs=1e-12)
    assert float(renewal.inflow(now)) == pytest.approx(1.0, rel=1e-12)


def test_the_barrier_is_layers_times_maturity_times_lipids():
    _, _, rest = world()
    poor = with_epidermis(rest, corneocytes=(1.0, 1.0, 0.5, 0.0), maturity=jnp.asarray(0.8), lipids=jnp.asarray(0.5))
    assert float(renewal.intact(poor[Epidermis])) == pytest.approx(0.625 * 0.8 * 0.5)


def drug_and_water_see_one_barrier():
    skin, model, rest = world()
    (drug,) = [law for law in model.laws if isinstance(law, Permeation)]
    water = Tewl(full=1e9)  # no air above: the loss is that of the corneum alone
    whole = drug._mobility(drug.actives[0], rest, skin)[0]
    for change in ({"maturity": jnp.asarray(0.7)}, {"lipids": jnp.asarray(0.4)}, {"corneocytes": (1.0, 1.0, 0.6, 0.0)}):
        poor = with_epidermis(rest, **change)
        opened = float(drug._mobility(drug.actives[0], poor, skin)[0] / whole)
        assert float(water.read(poor, skin) / water.read(rest, skin)) == pytest.approx(opened, rel=1e-6)


def test_drug_and_water_see_one_barrier():
    drug_and_water_see_one_barrier()


def test_young_matrix_is_the_papillary_pool_over_its_rest():
    skin, model, rest = world()
    twice = busy(model, skin)
    pool = rest[Collagen].columns.rest
    doubled = replace(pool, iii=2 * pool.iii, new=2 * pool.new)
    both = replace(rest[Collagen], columns=replace(rest[Collagen].columns, wounded=doubled, rest=doubled))
    state = State(parts=twice.parts | {"Collagen": both})
    assert float(renewal.young_matrix(state, skin)) == pytest.approx(1.0, rel=1e-9)


def test_pace_is_a_power_of_births_and_never_stands():
    _, _, rest = world()
    power = float(rest[Epidermis].acceleration)
    assert float(renewal.pace(with_epidermis(rest, birth=jnp.asarray(4.0))[Epidermis])) == pytest.approx(4.0**power)
    assert float(renewal.pace(with_epidermis(rest, birth=jnp.asarray(0.0))[Epidermis])) > 0
    assert np.isfinite(power)
