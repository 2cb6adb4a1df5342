"""Write docs/two_levels.md: where the depth form and the resolved cell part."""

import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

from levels import FILM, MICRON, STRENGTH, THICK, both_forms  # noqa: E402

NAMES, DENSITIES, DEPTHS = ("caffeine", "testosterone", "calcein", "bsa"), (10, 100, 1000), (100, 200, 400)
HEAD = f"""# Two levels of detail

Written by `docs/make_two_levels_page.py`; do not edit.

The depth form treats channels as a parallel path that exchanges with tissue at every depth. The resolved cell solves
one channel of its real shape in its share of skin, in depth and radius, with the same transport numbers. A study asks
for it with `detail = "cell"`. `tests/contracts/test_two_levels.py` holds the two to a band of 0.85 to 1.1.

Below: excised abdominal skin {1e3 * THICK:g} mm thick over a sink, a film of {1e3 * FILM:g} mm at {STRENGTH:g} mol/m³,
conical channels with a mouth of 30 µm radius that stay open. Share of the dose in the receptor after 24 h from the
resolved cell, and the depth form's amount over it.

* They agree within 3 % (rms of the logarithm) and 10 % (worst) once the radius a channel feeds is taken as the smaller
  of its share of skin and 0.9 times its depth. That number (`Permeation.field`) is fitted to these very cases. With the
  share of skin alone the depth form fell to a third of the cell at 10 channels per cm², 100 µm deep.
* They part most where channels are sparse and shallow, and for large molecules; they cannot be told apart at 1000 per
  cm² or where intact skin lets the molecule pass anyway (testosterone).
* In living skin, where channels close, the depth form gives 0.55 to 0.98 of the cell's uptake by blood (caffeine, 10 to
  1000 per cm²; sparse channels part most). The two read closing differently: in the depth form the area that exchanges
  falls as if channels closed one by one at full width, in the cell each narrows and keeps most of its wall. No
  measurement in the evidence tells which; the contract holds them to 0.5 to 1.1 there.
* What only the cell knows: peaks beside the channel, the plume's shape, the hole's shape below the resolution of the
  depth cells. What only the depth form knows here: channels of different depth side by side, overlap of punctures,
  healing that goes on meanwhile.

| Molecule | Channels [cm⁻²] | Depth [µm] | Resolved, share of dose | Depth form over resolved |
|---|---|---|---|---|
"""


def main() -> None:
    """Solve all cases in both forms and write the table."""
    cases = tuple((name, n * 1e4, d * MICRON) for name in NAMES for n in DENSITIES for d in DEPTHS)
    fast, exact, slow = both_forms(cases)
    lines = []
    for (name, density, depth), ours, theirs in zip(cases, fast[:, 0, 0], exact[:, 0, 0]):
        lines.append(f"| {name} | {density / 1e4:g} | {1e6 * depth:.0f} | {theirs:.3g} | {ours / theirs:.2f} |")
    spread = np.log(fast[..., 0] / exact[..., 0])
    foot = (
        f"\nOver 24 and 48 h: rms {100 * np.sqrt(np.mean(spread**2)):.1f} %, from {np.exp(spread.min()):.2f} to "
        f"{np.exp(spread.max()):.2f}. Extrapolating from two grids moved the first case by "
        f"{100 * slow.grid_error:.2f} % of the dose.\n"
    )
    (HERE / "two_levels.md").write_text(HEAD + "\n".join(lines) + "\n" + foot, encoding="utf-8")


if __name__ == "__main__":
    main()
