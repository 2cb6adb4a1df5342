"""Every form of dose to its end: nothing is lost or made, and the dose goes where its form says."""

import jax
import numpy as np
import pytest
from tissue import cheek, gel, model_of
from unit.treatments.test_deposit import DOSE, array, deposit, reservoir

from microneedling.laws.standard import still
from microneedling.protocol.plan import Timed, plan
from microneedling.scales.amounts import amounts
from microneedling.simulate.keep import Keep
from microneedling.simulate.simulate import simulate
from microneedling.treatments.deposit import Removal
from microneedling.treatments.sampling import Sample
from microneedling.treatments.topical import Uncover, Wipe

HOUR = 3600.0
OF_THE_DOSE = 1e-9  # [1] what the laboratory promises
NAMES = ("caffeine",)
SKIN = cheek(alive=0.0, thickness=6e-4, receptor_volume=0.05)
TIMES = np.array([0.2, 1.0, 6.0, 24.0]) * HOUR
KEEP = Keep(times=TIMES, scales=amounts(NAMES), fields=False)
WITHOUT = still(excised=True, pierced=True)
RUN = jax.jit(lambda model, skin, events: simulate(model, skin, events, KEEP, still=WITHOUT))

SAMPLED = Timed(6 * HOUR, Sample(share=0.3, actives=1))
GEL = {"hydrogel": 1.0, "actives": 1}
FORMS = {
    "film wiped and put on again": [
        Timed(0.0, gel(covered=1.0)),
        Timed(HOUR, Wipe(actives=1)),
        Timed(2 * HOUR, gel()),
        Timed(2 * HOUR, Uncover(actives=1)),
    ],
    "film on needled skin": [Timed(0.0, array()), Timed(60.0, gel(film=1e-3))],
    "coated": [Timed(0.0, deposit("coated")), Timed(600.0, Removal(actives=1))],
    "dissolving": [Timed(0.0, deposit("dissolving")), Timed(600.0, Removal(actives=1))],
    "injected": [Timed(0.0, deposit("injected", depth=300e-6, loaded=200e-6))],
    "hydrogel": [Timed(0.0, reservoir()), Timed(6 * HOUR, Removal(**GEL))],
}


def course(treatments):
    """Amounts by place at the times (place,) -> (time,)."""
    model = model_of(SKIN, *NAMES)
    events = plan([*treatments, SAMPLED], SKIN, end=24 * HOUR, begin=-HOUR, actives=1, length=6)
    found = RUN(model, SKIN, events)
    assert int(found.status[0]) == 0
    return {scale.place: np.asarray(found.readings)[:, n, 0] for n, scale in enumerate(KEEP.scales)}


@pytest.mark.parametrize("form", FORMS)
def test_the_balance_closes(form):
    found = course(FORMS[form])
    assert np.max(np.abs(found["balance"])) < OF_THE_DOSE
    assert min(np.min(x) for name, x in found.items() if name != "balance") > -1e-12  # mol m-2: rounding


def test_a_coat_dissolves_and_what_is_left_of_it_leaves_with_the_array():
    found = course(FORMS["coated"])
    assert found["depot"][-1] == 0.0 and 0 < found["wiped"][0] < DOSE
    assert found["receptor"][-1] > 0


def test_a_bolus_passes_faster_than_a_film_on_needled_skin():
    bolus, film = course(FORMS["injected"]), course(FORMS["film on needled skin"])
    dose = 10.0 * 1e-3  # mol m-2 in the film
    assert bolus["receptor"][1] / DOSE > 2 * film["receptor"][1] / dose


def test_a_hydrogel_array_delivers_more_while_it_holds_its_channels():
    found = course(FORMS["hydrogel"])
    while_on, after = found["receptor"][2] - found["receptor"][0], found["receptor"][3] - found["receptor"][2]
    assert while_on > 0 and after > 0  # the skin goes on giving off what it holds
    assert found["on_skin"][3] < 1e-3 * found["on_skin"][2]  # the reservoir left with the array


def test_stratum_corneum_is_a_depot_after_the_film_is_wiped():
    found = course([Timed(0.0, gel(film=1e-4, covered=1.0)), Timed(HOUR, Wipe(share=1.0, actives=1))])
    assert found["sc"][1] > found["sc"][3] > 0
    assert found["receptor"][3] > 3 * found["receptor"][1]
