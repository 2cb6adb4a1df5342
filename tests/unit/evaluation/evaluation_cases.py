"""A small case on disk and a pretended simulator, shared by the tests of this folder."""

import numpy as np

from microneedling.evaluation.observed import COLUMNS
from microneedling.evaluation.prediction import Prediction

HOUR = 3600.0


def observed_text(*rows):
    lines = [",".join(COLUMNS)]
    plain = dict.fromkeys(COLUMNS, "") | {"arm": "needling", "scale": "tewl", "use": "validation"}
    for row in rows:
        cells = plain | {"source": "A study 2020", "where": "Table 1"} | row
        lines.append(",".join('"' + cells[column] + '"' for column in COLUMNS))
    return "\n".join(lines) + "\n"


def case(folder, name, *rows):
    made = folder / name
    made.mkdir(parents=True, exist_ok=True)
    (made / "study.toml").write_text(f'title = "{name}"\n', encoding="utf-8")
    (made / "observed.csv").write_text(observed_text(*rows), encoding="utf-8")
    return made


def run(path):
    """Five members; needling doubles the scale at 0 and fades over 4 h, the sham leaves it at rest."""
    times = np.array([-1.0, 0.0, 0.0, 1.0, 2.0, 4.0]) * HOUR
    rest = np.array([[8.0], [9.0], [10.0], [11.0], [12.0]])
    shape = np.array([[0.0, 0.0, 1.0, 0.5, 0.25, 0.0]])
    needled = rest * (1 + shape)
    made = [("needling", "tewl", needled, 1.0), ("sham", "tewl", rest + 0 * shape, 1.0)]
    made += [("needling", "sc_layers", rest + 0 * shape, 1.0)]
    return [
        Prediction(
            arm=arm,
            scale=scale,
            times=times,
            values=values / (3.6e6 if scale == "tewl" else 1),
            unit="kg m-2 s-1" if scale == "tewl" else "1",
            noticeable=noticeable / (3.6e6 if scale == "tewl" else 1),
        )
        for arm, scale, values, noticeable in made
    ]
