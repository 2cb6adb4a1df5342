"""Rule files: what is read, and what is refused with file, rule, key, found and allowed."""

import pytest

from microneedling.safety.condition import RuleError
from microneedling.safety.example import planted
from microneedling.safety.rule import read_left_out, read_notices, read_rules, rules
from microneedling.safety.screen import screen
from microneedling.safety.source import SourceError, read_sources

GOOD = """[deep]
level = "caution"
on = "session"
reason = "Too deep."
sources = ["den160029"]
clears = "Less depth."
when.all = [{ field = "session.depth", above = "1.5 mm" }]
example.session.depth = "2 mm"
rows = []
"""


def written(tmp_path, text, name="own.toml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_rule_of_ones_own_is_read(tmp_path):
    (rule,) = read_rules([written(tmp_path, GOOD)])
    assert (rule.id, rule.level, rule.sources) == ("deep", "caution", ("den160029",))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"caution"', '"serious"', ["own.toml: deep: level", '"serious"', "absolute, caution, info"]),
        ('"session"\nreason', '"visit"\nreason', ["own.toml: deep: on", '"visit"']),
        ("session.depth", "session.dpeth", ["own.toml: deep: when.all[0].field", "allowed session.depth,"]),
        ('"1.5 mm"', '"1.5 d"', ["own.toml: deep: when.all[0].above", 'unit "d" does not fit']),
        ('"1.5 mm"', '"1.5 mmm"', ["own.toml: deep: when.all[0].above", "is not known"]),
        ("when.all", "when.each", ["own.toml: deep: when.field"]),
        ("above", "higher", ["own.toml: deep: when.all[0]", '"higher"', "above"]),
        ('sources = ["den160029"]\n', "", ["own.toml: deep: sources", "nothing"]),
        ('["den160029"]', "[]", ["own.toml: deep: sources", "at least one key"]),
        ('["den160029"]', '["den160092"]', ["own.toml: deep: sources", '"den160092"', "den160029 (nearest)"]),
        ("clears", "clear", ["own.toml: deep: clear", "clears (nearest)"]),
        ("rows = []", 'rows = []\nother_side = "No."', ["own.toml: deep: other_sources", "sources of other_side"]),
    ],
)
def test_a_wrong_rule_is_refused_in_one_line(tmp_path, old, new, said):
    with pytest.raises(RuleError) as caught:
        read_rules([written(tmp_path, GOOD.replace(old, new, 1))])
    message = str(caught.value)
    assert "\n" not in message
    for words in said:
        assert words in message


@pytest.mark.parametrize("weak", ["clinic_kichi", "shop_pinova", "allure2017", "nct02646917"])
def test_a_page_or_a_registry_cannot_refuse_a_plan(tmp_path, weak):
    text = GOOD.replace('"caution"', '"absolute"').replace('"den160029"', f'"{weak}", "den160029"')
    with pytest.raises(RuleError, match="for level absolute a first source"):
        read_rules([written(tmp_path, text)])


def test_an_id_stands_once(tmp_path):
    paths = [written(tmp_path, GOOD), written(tmp_path, GOOD, "other.toml")]
    with pytest.raises(RuleError, match=r"other\.toml: deep: .*an id that no other rule has"):
        read_rules(paths)


def test_a_file_that_is_not_toml_is_named(tmp_path):
    with pytest.raises(RuleError, match=r"own\.toml: not a TOML file"):
        read_rules([written(tmp_path, "[deep\n")])


def test_a_source_needs_text_and_a_known_kind(tmp_path):
    with pytest.raises(SourceError, match="kind: found 'blog', allowed regulation, label"):
        read_sources(written(tmp_path, '[a]\ntext = "A."\nkind = "blog"\n'))
    with pytest.raises(SourceError, match="text: found nothing"):
        read_sources(written(tmp_path, '[a]\nkind = "label"\n'))
    with pytest.raises(SourceError, match="found url"):
        read_sources(written(tmp_path, '[a]\ntext = "A."\nkind = "label"\nurl = "b"\n'))


NOTICE = '[known]\ntext = "A remark."\nsources = ["den160029"]\nrows = []\n'


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('text = "A remark."', 'txet = "A remark."', ["own.toml: known: txet", "text"]),
        ('text = "A remark."\n', "", ["own.toml: known: text", "nothing"]),
        ('["den160029"]', '["den160092"]', ["own.toml: known: sources", "den160029 (nearest)"]),
        ('sources = ["den160029"]\n', "", ["own.toml: known: sources", "nothing"]),
    ],
)
def test_a_notice_with_an_unknown_key_or_source_is_refused(tmp_path, old, new, told):
    assert [one.id for one in read_notices(written(tmp_path, NOTICE))] == ["known"]
    with pytest.raises(RuleError) as refusal:
        read_notices(written(tmp_path, NOTICE.replace(old, new)))
    assert all(word in str(refusal.value) for word in told)


@pytest.mark.parametrize("text", ['[SR001]\nwhy = "No."\n', "[SR001]\n", 'SR001 = "No."\n'])
def test_a_row_left_out_without_its_reason_is_refused(tmp_path, text):
    with pytest.raises(RuleError, match=r"own\.toml: SR001"):
        read_left_out(written(tmp_path, text))


def rules_are_read_once():
    screen(planted({}))  # reads the rules
    before = rules.cache_info().misses
    for _ in range(3):
        screen(planted({}))
    assert rules.cache_info().misses == before


def test_rules_are_read_once():
    """How long screening takes is measured in benchmarks/screening.py; here, that nothing is read again."""
    rules_are_read_once()
