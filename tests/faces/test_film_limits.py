"""What no film can be is refused in one line: acidity, thickness, more than the pure substance."""

import pytest

from microneedling.faces.cli import code_of
from microneedling.study.read import StudyError
from microneedling.study.schema import Study

STUDY = """
title = "t"
horizon = "10 d"
person = { age = "34 y", sex = "female", phototype = 3 }
site = { card = "cheek", area = "60 cm2" }
[protocol]
name = "p"
[[protocol.topical]]
active = "caffeine"
concentration = "20 mg/ml"
vehicle = "aqueous_serum"
film = "50 um"
time = "0 d"
"""
CELL = STUDY.replace('site = { card = "cheek", area = "60 cm2" }', 'setup = "in vitro"\nsite = { card = "cheek" }') + (
    '[in_vitro]\nthickness = "400 um"\narea = "1 cm2"\ntemperature = "32 degC"\nlayer = "dermatomed"\n'
)


def load(tmp_path, text):
    path = tmp_path / "study.toml"
    path.write_text(text, encoding="utf-8")
    return Study.load(path)


def test_a_film_as_its_vehicle_can_be(tmp_path):
    use = load(tmp_path, STUDY + 'ph = "6"\n').plain().arms[0].topicals[0]
    assert use.ph == 6.0 and load(tmp_path, STUDY).plain().arms[0].topicals[0].ph is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (STUDY + "ph = 9\n", "protocol.topical[0].ph: found 9, allowed 4.5 to 7, which aqueous_serum has"),
        (STUDY + "ph = 15\n", "protocol.topical[0].ph: found 15, allowed 0 to 14"),
        (STUDY.replace("50 um", "2 mm"), 'film: found "2 mm", allowed at most 0.5 mm of aqueous_serum uncovered'),
        (STUDY.replace("50 um", "6 mm"), "film: found"),
        (STUDY.replace("20 mg/ml", "3 g/ml"), "concentration: found"),
        (STUDY.replace('"caffeine"', '"mine.toml"'), "protocol.topical[0].active: found"),
    ],
)
def test_what_no_film_can_be(tmp_path, text, said):
    (tmp_path / "mine.toml").write_text('title = "t"\nmolar_mass = "300 g/mol"\n', encoding="utf-8")
    with pytest.raises(StudyError) as error:
        load(tmp_path, text)
    assert said in str(error.value) and "\n" not in str(error.value)


def test_a_covered_film_and_one_in_a_cell_cannot_run_off(tmp_path):
    thick = STUDY.replace("50 um", "2 mm")
    assert load(tmp_path, thick + 'occlude = "4 h"\n').plain().arms[0].topicals[0].film == pytest.approx(2e-3)
    cell = CELL.replace("50 um", "4 mm")
    assert load(tmp_path, cell).plain().arms[0].topicals[0].film == pytest.approx(4e-3)


def test_several_actives_fill_a_film_together(tmp_path):
    row = 'active = "caffeine"\nconcentration = "20 mg/ml"\n'
    doses = '{ active = "urea", concentration = "0.9 g/ml" }, { active = "caffeine", concentration = "1 g/ml" }'
    many = f"actives = [{doses}]\n"
    with pytest.raises(StudyError, match=r"actives that fill 1\.2 times the film"):
        load(tmp_path, STUDY.replace(row, many))


def test_two_cards_of_one_name_are_told_apart_by_nobody(tmp_path):
    (tmp_path / "caffeine.toml").write_text('title = "t"\nmolar_mass = "300 g/mol"\nlog_kow = "1"\n', encoding="utf-8")
    more = STUDY[STUDY.index("[[protocol.topical]]") :].replace('"caffeine"', '"caffeine.toml"')
    with pytest.raises(StudyError, match="actives whose cards have different names"):
        load(tmp_path, STUDY + more)


def test_the_command_ends_with_bad_input(tmp_path, capsys):
    path = tmp_path / "study.toml"
    path.write_text(STUDY + "ph = 9\n", encoding="utf-8")
    assert code_of(["run", str(path), "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.count("\n") == 1 and not (tmp_path / "out").exists()


def test_a_molecule_without_partition_ends_with_bad_input(tmp_path, capsys):
    (tmp_path / "mine.toml").write_text('title = "t"\nmolar_mass = "300 g/mol"\n', encoding="utf-8")
    path = tmp_path / "study.toml"
    path.write_text(STUDY.replace('"caffeine"', '"mine.toml"'), encoding="utf-8")
    assert code_of(["screen", str(path)]) == 2
    assert "log_kow: missing; without a partition there is no permeability" in capsys.readouterr().err
