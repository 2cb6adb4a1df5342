"""A small catalogue of its own, so that these tests do not move with the cards of the package."""

import pytest

from microneedling.core import catalogue

PACKAGE = catalogue.FOLDER
DEVICE = """title = "{title}"
family = "{family}"
maker = "a maker"
clearance = "none"
[all]
needle_length = {{ value = "{high}", spread = "exact", grade = "assumed", note = "a test" }}
depth_min = {{ value = "{low}", spread = "exact", grade = "assumed", note = "a test" }}
depth_max = {{ value = "{high}", spread = "exact", grade = "assumed", note = "a test" }}
needles = {{ value = "14", spread = "exact", grade = "assumed", note = "a test" }}
tip_radius = {{ value = "15 um", spread = "exact", grade = "assumed", note = "a test" }}
base_radius = {{ value = "100 um", spread = "exact", grade = "assumed", note = "a test" }}
frequency = {{ value = "100 Hz", spread = "exact", grade = "assumed", note = "a test" }}
success = {{ value = "0.02", spread = "exact", grade = "assumed", note = "a test" }}
head_area = {{ value = "1 cm2", spread = "exact", grade = "assumed", note = "a test" }}
puncture_density_per_pass = {{ value = "10 cm-2", spread = "exact", grade = "assumed", note = "a test" }}
depth_tolerance = {{ value = "0.1 mm", spread = "exact", grade = "assumed", note = "a test" }}
"""

PERSON = """title = "A woman of 34 with rolling scars"
age = "34 y"
sex = "female"
phototype = 3
conditions = ["acne scars"]
[baseline]
rolling_scar_volume = "12 um"
pore_area = "5 %"
"""


def device(family, *, low, high):
    """The text of a device card."""
    return DEVICE.format(title=f"A {family}", family=family, low=low, high=high)


@pytest.fixture(autouse=True)
def cards(tmp_path, monkeypatch):
    """The folder of test cards, in place of the package's own."""
    folder = tmp_path / "cards"
    for kind in catalogue.KINDS:
        (folder / kind).mkdir(parents=True)
    for family in ("pen", "stamp", "patch"):
        (folder / "devices" / f"{family}.toml").write_text(device(family, low="0.25 mm", high="2.5 mm"))
    (folder / "devices" / "roller.toml").write_text(device("roller", low="0.5 mm", high="0.5 mm"))
    (folder / "people" / "woman_34.toml").write_text(PERSON)
    (folder / "sites" / "cheek.toml").write_text('title = "cheek"\n')
    (folder / "actives" / "zinc.toml").write_text('title = "zinc"\nmolar_mass = "65 g/mol"\nlog_kow = "-1"\n')
    for kind, name in (("actives", "caffeine"), ("vehicles", "hydrogel")):
        text = (PACKAGE / kind / f"{name}.toml").read_text(encoding="utf-8")
        (folder / kind / f"{name}.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(catalogue, "FOLDER", folder)
    return folder


@pytest.fixture
def study():
    """A study table that is right; tests spoil one key."""
    return {
        "title": "A study",
        "horizon": "120 d",
        "person": {"age": "34 y", "sex": "female", "phototype": 3},
        "site": {"card": "cheek", "area": "60 cm2"},
        "protocol": {
            "name": "needling",
            "session": [{"device": "pen", "depth": "1.5 mm", "dwell": "3 min", "count": 3, "interval": "30 d"}],
            "topical": [
                {
                    "active": "caffeine",
                    "concentration": "10 mg/ml",
                    "vehicle": "hydrogel",
                    "film": "50 um",
                    "after_session": "10 min",
                    "leave": "24 h",
                    "occlude": "4 h",
                }
            ],
            "care": [{"what": "sunscreen", "end": "28 d", "count": 3, "interval": "30 d"}],
        },
    }
