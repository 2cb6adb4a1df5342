"""What a diffusion cell says of its skin acts: layer, thickness, hydration, samples."""

from pathlib import Path

import jax
import numpy as np
import pytest

from microneedling.core import catalogue
from microneedling.study.build import parts_of
from microneedling.study.numbers import cards_of, draw, known_numbers
from microneedling.study.read import StudyError, table_of
from microneedling.study.schema import Study

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "franz_cell_caffeine.toml"
HOUR = 3600.0


@pytest.fixture(autouse=True)
def cards(monkeypatch):
    """The package's own cards, not the test cards of this folder."""
    monkeypatch.setattr(catalogue, "FOLDER", ROOT / "src" / "microneedling" / "cards")


def study(**cell):
    table = table_of(EXAMPLE)
    return Study.of({**table, "in_vitro": {**table["in_vitro"], **cell}})


def unneedled(**cell):
    """The same without needles, which would be longer than thin skin."""
    table = table_of(EXAMPLE)
    topical = {key: value for key, value in table["protocol"]["topical"][0].items() if key != "after_session"}
    plan = {"name": "laid on", "topical": [topical | {"time": "0 h"}]}
    rest = {key: value for key, value in table.items() if key != "arm"}
    return Study.of({**rest, "protocol": plan, "in_vitro": {**table["in_vitro"], **cell}})


def parts(*, needled=True, **cell):
    plain = (study if needled else unneedled)(**cell).plain()
    found = cards_of(plain)
    return parts_of(plain, found, draw(known_numbers(found), members=0, seed=1))


def layers(made):
    """Thickness of each layer of the central person [m]."""
    step = np.asarray(made.skin.step)[:, 0]
    return {n: float(np.sum(step * np.asarray(getattr(made.skin, n))[:, 0])) for n in ("epidermis", "reticular")}


def mobility(made):
    """D K of the stratum corneum of the central person."""
    (law,) = [law for law in made.model.laws if hasattr(law, "actives")]
    return float(np.asarray(law.actives[0].mobility)[0, 0])


@pytest.mark.parametrize("thickness", ["300 um", "1.2 mm", "6 mm"])
def test_the_measured_thickness_is_the_skin_s(thickness):
    whole = float(thickness.split()[0]) * {"um": 1e-6, "mm": 1e-3}[thickness.split()[1]]
    assert float(np.sum(np.asarray(parts(thickness=thickness, needled=False).skin.step)[:, 0])) == pytest.approx(
        whole, rel=1e-9
    )


def test_separated_epidermis_has_no_dermis():
    found = layers(parts(layer="epidermis", thickness="100 um", needled=False))
    assert found["reticular"] <= 1.01e-6 and found["epidermis"] > 50e-6


def test_partly_hydrated_skin_lets_less_through():
    wet, dry = mobility(parts()), mobility(parts(hydrated=False))
    assert 0 < dry < wet


def test_samples_are_taken_at_their_times_with_their_share():
    made = parts(sample_volume="0.5 ml", sample_every="6 h")
    times, share = np.asarray(made.plans[0].times)[:, 0], np.asarray(made.plans[0].events.sampled)[:, 0]
    assert times[share > 0] == pytest.approx(np.arange(1, 9) * 6 * HOUR)
    assert share[share > 0] == pytest.approx(0.1)  # half of 5 ml
    assert [word for _, word in made.labels[0]].count("sampled") == 8


WRONG = [
    ({"sample_volume": "0.5 ml"}, "in_vitro.sample_every: found nothing"),
    ({"sample_every": "1 h"}, "in_vitro.sample_volume: found nothing"),
    ({"sample_volume": "9 ml", "sample_every": "1 h"}, 'in_vitro.sample_volume: found "9 ml", allowed 5 ml at most'),
    ({"sample_volume": "1 h", "sample_every": "1 h"}, 'in_vitro.sample_volume: found "1 h"'),
]


@pytest.mark.parametrize(("cell", "said"), WRONG)
def test_wrong_samples_are_refused(cell, said):
    with pytest.raises(StudyError) as caught:
        study(**cell)
    assert said in str(caught.value)


def test_a_sink_cannot_be_sampled():
    table = table_of(EXAMPLE)
    cell = {key: value for key, value in table["in_vitro"].items() if key != "receptor_volume"}
    cell |= {"receptor": "sink", "sample_volume": "1 ml", "sample_every": "1 h"}
    with pytest.raises(StudyError, match=r'in_vitro.receptor: found "sink", allowed "finite"'):
        Study.of({**table, "in_vitro": cell})


def test_only_what_can_move_is_marched():
    assert "Collagen" in parts().still and jax.tree.leaves(parts().plans[0])
