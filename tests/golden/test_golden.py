"""Frozen numbers of whole courses. `python tests/golden/test_golden.py` rewrites them; say why in the changelog."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

HERE = Path(__file__).parent
CASES = sorted(path.parent.name for path in HERE.glob("*/study.toml"))
# ten times the error per step (1e-3): compilers may order sums differently, steps then differ within the tolerance
TOLERANCE = 1e-2
DAYS = (0.0, 0.02, 0.25, 1.0, 3.0, 7.0, 14.0)


def measured(case: str) -> dict[str, dict[str, list[float]]]:
    """Every scale of every arm at DAYS, central person."""
    import microneedling as mn

    scores = mn.run(HERE / case / "study.toml")["scores"].to_dataset()
    arms, times = json.loads(scores["arm"].attrs["names"]), scores["time"].values
    at = [int(np.argmin(np.abs(times - day * 86400.0))) for day in DAYS]
    return {
        arm: {str(name): [float(x) for x in data.values[n, 0, at]] for name, data in scores.data_vars.items()}
        for n, arm in enumerate(arms)
    }


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_numbers_are_those_on_record(case):
    expected = json.loads((HERE / case / "expected.json").read_text())
    found = measured(case)
    assert found.keys() == expected.keys()
    for arm, scales in expected.items():
        assert found[arm].keys() == scales.keys()
        for name, numbers in scales.items():
            size = max(np.max(np.abs(numbers)), 1e-12)
            gap = np.max(np.abs(np.array(found[arm][name]) - np.array(numbers)))
            if not name.startswith("balance."):
                assert gap <= TOLERANCE * size, f"{arm}: {name}: {gap / size:.1e} of its size"


@pytest.mark.slow
def test_sham_changes_nothing_but_what_the_gel_does(request):
    expected = json.loads((HERE / "short_course" / "expected.json").read_text())
    for name in ("collagen_new", "erythema", "sc_layers", "tewl"):
        numbers = expected["sham"][name]
        assert np.ptp(numbers) <= 1e-6 * abs(numbers[0]), name  # rest is steady to rounding


if __name__ == "__main__":
    for case in CASES:
        (HERE / case / "expected.json").write_text(json.dumps(measured(case), indent=1) + "\n")
