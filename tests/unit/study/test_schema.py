"""Loading, storing and describing a study."""

import json
import re
from typing import get_args

import pytest

from microneedling.skin.person import BASELINE, SEXES
from microneedling.study.schema import Study, schema
from microneedling.study.tables import PersonTable


def test_a_study_survives_being_stored(study):
    first = Study.of(study)
    stored = first.model_dump(mode="json", exclude_unset=True)
    assert stored == study
    assert Study.of(stored) == first
    assert Study.of(json.loads(json.dumps(stored))).plain() == first.plain()


def test_own_cards_stand_beside_the_study_file(tmp_path, cards, monkeypatch):
    (tmp_path / "mine.toml").write_text((cards / "devices" / "pen.toml").read_text())
    (tmp_path / "study.toml").write_text(
        'title = "Own"\nhorizon = "1 d"\nperson = { card = "woman_34" }\nsite = { card = "cheek", area = "1 cm2" }\n'
        '[protocol]\nname = "n"\nsession = [{ device = "mine.toml", depth = "1 mm", dwell = "1 s" }]\n'
    )
    monkeypatch.chdir(cards)
    session = Study.load(tmp_path / "study.toml").plain().arms[0].sessions[0]
    assert session.device == str(tmp_path / "mine.toml")


def test_outcomes_are_checked_only_where_scales_are_known(study):
    study |= {"outcomes": ["tewl"]}
    assert Study.of(study).outcomes == ["tewl"] == Study.of(study, scales=("tewl",)).outcomes


def test_schema_knows_every_baseline_and_refuses_unknown_keys():
    made = schema()
    tables = made["$defs"]
    assert set(tables["BaselineTable"]["properties"]) == set(BASELINE)
    assert all(one["additionalProperties"] is False for one in (made, *tables.values()))
    assert '"null"' not in json.dumps(made)


def test_every_quantity_of_the_schema_shows_an_example_it_accepts():
    text = json.dumps(schema())
    seen = 0
    for one in json.loads(text)["$defs"].values():
        for entry in one["properties"].values():
            if "pattern" in entry:
                seen += 1
                assert entry["description"]
                assert all(re.search(entry["pattern"], example) for example in entry["examples"])
    assert seen > 20


def test_sexes_agree_with_the_record():
    choices = get_args(get_args(PersonTable.model_fields["sex"].annotation)[0])
    assert choices == SEXES


def test_frozen(study):
    with pytest.raises(ValueError, match="frozen"):
        Study.of(study).seed = 2
