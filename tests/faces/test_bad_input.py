"""Every slip in a study file gets one line: file, key, what was found, what is allowed."""

import tomllib

import pytest
from bad_keys import BAD_CELL, BAD_KEY, BAD_PLACE, CELL, GOOD
from bad_protocols import BAD_PROTOCOL
from bad_switches import BAD_SWITCH

from microneedling.core import catalogue
from microneedling.core.param import provenance
from microneedling.study.read import StudyError
from microneedling.study.schema import Study
from microneedling.treatments.device import Device

PACKAGE = catalogue.FOLDER
BAD = BAD_KEY | BAD_PLACE | BAD_PROTOCOL | BAD_SWITCH


def _device(family, low, high):
    own = {"depth_min": low, "depth_max": high, "tip_radius": "5 um", "base_radius": "100 um", "needle_length": high}
    rows = (
        f'{name} = {{ value = "{own.get(name, "1 " + fact.unit)}", spread = "exact", grade = "assumed", note = "t" }}'
        for name, fact in provenance(Device).items()
    )
    return f'title = "t"\nfamily = "{family}"\nmaker = "t"\nclearance = "t"\n[all]\n' + "\n".join(rows)


@pytest.fixture(autouse=True)
def study_file(tmp_path, monkeypatch):
    """A folder to write studies in, and a small catalogue so that the lists in messages stand still."""
    folder = tmp_path / "cards"
    cards = {
        "devices/test_pen": _device("pen", "0.25 mm", "2.5 mm"),
        "devices/test_roller": _device("roller", "0.5 mm", "0.5 mm"),
        "devices/test_stamp": _device("stamp", "0.5 mm", "1.5 mm"),
        "sites/cheek": 'title = "t"',
        "sites/forehead": 'title = "t"',
        "actives/caffeine": (PACKAGE / "actives" / "caffeine.toml").read_text(encoding="utf-8"),
        "vehicles/hydrogel": (PACKAGE / "vehicles" / "hydrogel.toml").read_text(encoding="utf-8"),
        "people/aged": 'title = "t"\nage = "70 y"\nsex = "male"\nphototype = 2',
        "people/wrong": 'title = "t"\nage = "700 y"',
        "people/nested": 'title = "t"\ncard = "aged"',
    }
    for kind in catalogue.KINDS:
        (folder / kind).mkdir(parents=True)
    for name, text in cards.items():
        (folder / f"{name}.toml").write_text(text)
    monkeypatch.setattr(catalogue, "FOLDER", folder)
    return tmp_path / "bad.toml"


def refusal(path, text, **known):
    """The message a study file with this text is refused with."""
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StudyError) as error:
        Study.load(path, **known)
    return str(error.value)


def test_the_good_ones_load(study_file):
    for text in (GOOD, CELL):
        study_file.write_text(text)
        assert Study.load(study_file).plain().arms[1].sessions[0].sham


def test_missing_file(tmp_path):
    (tmp_path / "study.toml").write_text(GOOD)
    with pytest.raises(StudyError) as error:
        Study.load(tmp_path / "studdy.toml")
    near = tmp_path / "study.toml"
    expected = f'studdy.toml: file: found no such file, allowed the path of a study file such as "{near}"'
    assert str(error.value) == f"{tmp_path}/{expected}"


def test_missing_folder(tmp_path):
    with pytest.raises(StudyError, match=r"s\.toml: file: found no such file, allowed the path of a study file$"):
        Study.load(tmp_path / "nowhere" / "s.toml")


def test_folder_in_place_of_a_file(tmp_path):
    with pytest.raises(StudyError, match=r"file: found a file that cannot be read \(.+\), allowed the path of a"):
        Study.load(tmp_path)


def test_not_utf8(study_file):
    study_file.write_bytes(b'title = "caf\xe9"')
    with pytest.raises(StudyError) as error:
        Study.load(study_file)
    assert str(error.value) == (
        "bad.toml: file: found a byte that is not UTF-8 text (byte 12), allowed a TOML file in UTF-8"
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('title = "a"\nhorizon = 3 d\n', "line 2, column 13"),
        ('title = "a"\ntitle = "b"\n', "line 2, column 12"),
        ('title = "a"\n[person\n', "line 2, column 8"),
        ("title = ", "line 1, column 9"),
    ],
)
def test_broken_toml(study_file, text, place):
    message = refusal(study_file, text)
    assert message.startswith(f"bad.toml: {place}: found broken TOML (")
    assert message.endswith("), allowed valid TOML")
    assert "\n" not in message


@pytest.mark.parametrize("name", BAD)
def test_bad_key(study_file, name):
    right, wrong, expected = BAD[name]
    assert right in GOOD
    message = refusal(study_file, GOOD.replace(right, wrong, 1))
    assert message.startswith(f"bad.toml: {expected}")
    assert ": found " in message and ", allowed " in message
    assert "\n" not in message


@pytest.mark.parametrize("name", BAD_CELL)
def test_bad_cell(study_file, name):
    right, wrong, expected = BAD_CELL[name]
    assert right in CELL
    assert refusal(study_file, CELL.replace(right, wrong, 1)) == f"bad.toml: {expected}"


@pytest.mark.parametrize(
    ("card", "end"),
    [
        ("mine.toml", "mine.toml\" (no such file), allowed a card's name or the path of a card file"),
        ("cards/sites/cheek.toml", "), allowed a card that can be read"),
    ],
)
def test_own_card(study_file, card, end):
    message = refusal(study_file, GOOD.replace('"test_pen"', f'"{card}"'))
    assert message.startswith('bad.toml: protocol.session[0].device: found "')
    assert message.endswith(end)
    assert "\n" not in message


def test_unknown_outcome(study_file):
    text = GOOD.replace("seed = 1", 'outcomes = ["tewl", "erytema"]')
    message = refusal(study_file, text, scales=("tewl", "erythema", "pain"))
    assert message == ('bad.toml: outcomes[1]: found "erytema", allowed erythema (nearest); all: erythema, pain, tewl')


JUNK = (
    None,
    "",
    "x",
    "1e999 d",
    "-1 m",
    0,
    -1,
    2**70,
    1.5,
    float("nan"),
    True,
    [],
    [1],
    ["x"],
    {},
    {"x": 1},
    [{"x": 1}],
)


def _places(entry, place=()):
    """Every key path of a table."""
    steps = entry.items() if isinstance(entry, dict) else enumerate(entry) if isinstance(entry, list) else ()
    for key, value in steps:
        yield (*place, key)
        yield from _places(value, (*place, key))


@pytest.mark.parametrize("place", list(_places(tomllib.loads(GOOD))), ids=str)
def test_junk_is_refused_or_read(place):
    for junk in JUNK:
        table = tomllib.loads(GOOD)
        here = table
        for step in place[:-1]:
            here = here[step]
        here[place[-1]] = junk
        try:
            Study.of(table).plain()
        except StudyError as error:
            assert all(": found " in line and ", allowed " in line for line in str(error).splitlines())


def test_each_problem_has_its_own_line(study_file):
    text = GOOD.replace("seed = 1", "seed = -1").replace('"34 y"', "34")
    assert [line.split(": ")[1] for line in refusal(study_file, text).splitlines()] == ["seed", "person.age"]


def test_a_table_in_place_of_a_file_is_named_study():
    with pytest.raises(StudyError, match=r"^study: title: found nothing, allowed"):
        Study.of({})
