"""A small permeability set on disk."""

import csv

from microneedling.evaluation.permeability_rows import COLUMNS, ROWS, SET

SETTINGS = """title = "Made-up permeabilities"
kind = "intact permeability"
site = "abdomen"
members = 64
seed = 1
[thickness]
epidermis = "100 um"
"split skin" = "500 um"
"""
ROW = {
    "id": "X1",
    "compound": "caffeine",
    "molar_mass": "194.19",
    "molar_volume": "185",
    "log_kow": "-0.07",
    "partition": "compiled",
    "layer": "epidermis",
    "log_permeability": "-3.6",
    "use": "validation",
    "study": "Nobody, 2000",
    "collection": "none",
    "licence": "CC0",
}


def write_set(folder, *changes, settings=SETTINGS, columns=COLUMNS):
    """A folder with set.toml and rows.csv, one row for each dictionary of changes to ROW."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SET).write_text(settings, encoding="utf-8")
    with (folder / ROWS).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for n, change in enumerate(changes):
            row = ROW | {"id": f"X{n}"} | change
            writer.writerow([row.get(column, "") for column in columns])
    return folder


def calibration(*values):
    """Calibration rows with these published values."""
    return [{"use": "calibration", "log_permeability": str(value)} for value in values]
