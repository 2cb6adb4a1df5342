"""A scan: every value a study of its own over the same people, read at the same time after its last session."""

import itertools

import numpy as np
import pytest
from unit.study import scan_cases
from unit.study.scan_cases import DAY, TABLE, study

from microneedling.core.cite import known_keys
from microneedling.study import scan as scanning
from microneedling.study import tested
from microneedling.study.read import StudyError
from microneedling.study.scan import points, scan
from microneedling.study.scan_readings import ALL, WORST
from microneedling.study.scan_table import changed
from microneedling.study.schema import Study


@pytest.fixture(autouse=True)
def cards():
    """The cards of the package, not the small catalogue of this folder."""


@pytest.fixture
def runs(monkeypatch):
    """What was run, without running it; `runs.failed` are members that cannot be simulated."""
    asked = []

    def run(one, *, override=""):
        asked.append(one)
        return scan_cases.tree(one, failed=getattr(run, "failed", ()))

    monkeypatch.setattr(scanning, "run", run)
    asked_of = type("Runs", (), {"asked": asked, "stub": run})
    return asked_of


def scanned(folder, **changes):
    return scan(study(**changes), kept=folder / "values", version="1")


# ---- what is run


def test_each_value_is_a_study_of_its_own_in_the_order_of_the_axis():
    found = points(study())
    assert [one.text for one in found] == ["500 um", "1 mm", "1.5 mm"]
    assert [one.place for one in found] == pytest.approx([0.5, 1.0, 1.5])
    depths = [one.study.plain().arms[0].sessions[0].depth for one in found]
    assert depths == pytest.approx([0.5e-3, 1e-3, 1.5e-3])
    assert len({(one.study.seed, one.study.members, one.study.person) for one in found}) == 1


def each_course_ends_with_its_last_reading():
    """So that a long interval has as much time to mature as a short one."""
    found = points(study(key="protocol.session.interval", values=["84 d", "7 d"], at=["56 d", "10 d"]))
    assert [one.last / DAY for one in found] == [21, 252]
    assert [one.study.horizon.value / DAY for one in found] == [21 + 56, 252 + 56]
    first = points(study(key="protocol.session.interval", values=["84 d", "7 d"], at=["300 d"], after="first session"))
    assert [one.study.horizon.value / DAY for one in first] == [300, 300]


def test_each_course_ends_with_its_last_reading():
    each_course_ends_with_its_last_reading()


def test_one_row_or_all_rows():
    table = {"protocol": {"session": [{"depth": "1 mm"}, {"depth": "2 mm"}]}}
    every = changed(table, "protocol.session.depth", "0.5 mm")["protocol"]["session"]
    second = changed(table, "protocol.session[1].depth", "0.5 mm")["protocol"]["session"]
    assert [row["depth"] for row in every] == ["0.5 mm", "0.5 mm"]
    assert [row["depth"] for row in second] == ["1 mm", "0.5 mm"]
    assert table["protocol"]["session"][0]["depth"] == "1 mm", "what was given is left alone"


def test_one_session_has_no_interval():
    once, twice = points(study(key="protocol.session.count", values=[1, 2]))
    assert [len(one.study.plain().arms[0].sessions) for one in (once, twice)] == [1, 2]


def test_harm_is_read_whatever_is_asked_for():
    asked = points(study())[0].study.outcomes
    assert {"pain", "downtime", "inserted_depth", "collagen_stain"} <= set(asked)


# ---- what is read


def test_what_passes_is_read_at_its_worst_and_the_rest_after_the_last_session(runs, tmp_path):
    by_name = {(one.scale, one.when): one for one in scanned(tmp_path).readings}
    first = "56 d after the last session"
    assert set(by_name) == {
        *(("collagen_stain", f"{word} after the last session") for word in ("56 d", "1 year")),
        *(("bleeding", WORST), ("pain", WORST), ("downtime", ALL)),
    }
    depths, members = np.array([0.5, 1.0, 1.5])[:, None], np.arange(1.0, 6.0)
    assert by_name["pain", WORST].values == pytest.approx(depths * members)
    assert by_name["downtime", ALL].values == pytest.approx(2 * DAY * depths * members)
    share = np.interp(90 + 56, [28, 90 + 365.25], [1.0, 0.5])  # the last session is on day 90
    assert by_name["collagen_stain", first].values == pytest.approx(1 + share * depths * members)
    assert by_name["collagen_stain", first].start == pytest.approx(1.0)


def finished_values_are_kept(runs, folder):
    scanned(folder)
    assert len(runs.asked) == 3
    scanned(folder, values=["1.5 mm", "500 um", "1 mm", "2 mm"])
    assert len(runs.asked) == 4, "only the new value is run"


def test_finished_values_are_kept(runs, tmp_path):
    finished_values_are_kept(runs, tmp_path)


def test_a_stopped_scan_goes_on_where_it_was(runs, tmp_path, monkeypatch):
    def stopped(one, **how):
        if len(runs.asked) == 2:
            raise KeyboardInterrupt
        return runs.stub(one, **how)

    monkeypatch.setattr(scanning, "run", stopped)
    with pytest.raises(KeyboardInterrupt):
        scanned(tmp_path)
    monkeypatch.setattr(scanning, "run", runs.stub)
    scanned(tmp_path)
    assert len(runs.asked) == 3


@pytest.mark.parametrize("change", ["version", "time", "broken"])
def test_what_has_changed_is_run_again(runs, tmp_path, change):
    scanned(tmp_path)
    if change == "broken":
        kept = sorted((tmp_path / "values").iterdir())[0]
        kept.write_text(kept.read_text(encoding="utf-8")[:40], encoding="utf-8")
    table = {"at": ["57 d"]} if change == "time" else {}
    scan(study(**table), kept=tmp_path / "values", version="2" if change == "version" else "1")
    assert len(runs.asked) == (4 if change == "broken" else 6)


def a_failed_member_is_left_out_and_the_rest_go_on(runs, folder):
    runs.stub.failed = (2,)
    found = scanned(folder)
    assert all(np.isnan(one.values[:, 2]).all() for one in found.readings)
    assert all(np.isfinite(np.delete(one.values, 2, axis=1)).all() for one in found.readings)


def test_a_failed_member_is_left_out_and_the_rest_go_on(runs, tmp_path):
    a_failed_member_is_left_out_and_the_rest_go_on(runs, tmp_path)


# ---- beyond evidence


def test_what_no_biopsy_tested_is_marked(runs, tmp_path):
    shallow, middle, tested_one = scanned(tmp_path).beyond
    assert shallow == ("needle length 0.5 mm, biopsied 1.5 mm",) and tested_one == ()
    assert middle == ("needle length 1 mm, biopsied 1.5 mm",)
    weekly, monthly = (one.beyond for one in points(study(key="protocol.session.interval", values=["7 d", "30 d"])))
    assert weekly == ("interval 7 d, biopsied 14 to 30 d",) and monthly == ()
    few, many = (one.beyond for one in points(study(key="protocol.session.count", values=[2, 8])))
    assert few == () and many == ("number of sessions 8, biopsied 1 to 6",)


def test_needles_through_the_dermis_are_marked(runs, tmp_path, monkeypatch):
    made = scan_cases.tree

    def thin(one, **how):
        tree = made(one, **how)
        tree["skin"] = tree["skin"].to_dataset() / 2
        return tree

    monkeypatch.setattr(scan_cases, "tree", thin)
    assert scanned(tmp_path).beyond[-1] == ("tips at 1.5 mm, the dermis ends at 0.8 mm",)


def test_ranges_have_sources():
    keys = set(known_keys())
    assert all(one.source and one.where and set(one.source) <= keys for one in tested.ranges())
    assert {one.key for one in tested.ranges()} == {"depth", "interval", "count"}


# ---- bad input

BAD = {
    "a value out of range": ({"values": ["1 mm", "9 mm"]}, 'scan.values[1]: found "9 mm", allowed'),
    "a value that is no quantity": ({"values": ["deep", "1 mm"]}, 'scan.values[0]: found "deep", allowed'),
    "a bare number": ({"values": [1, "1 mm"]}, "scan.values[0]: found 1, allowed"),
    "a value twice": ({"values": ["1 mm", "1 mm"]}, 'scan.values: found "1 mm" twice, allowed each value once'),
    "one value": ({"values": ["1 mm"]}, "scan.values: found a list"),
    "a table for a value": ({"values": [{}, "1 mm"]}, "scan.values[0]"),
    "a key that is none": ({"key": "protocol.session.dept"}, "scan.key: found"),
    "a place there is not": (
        {"key": "protocol.topical.film"},
        'scan.key: found "protocol.topical.film", allowed a key',
    ),
    "a row there is not": ({"key": "protocol.session[3].depth"}, "scan.key: found"),
    "outside the protocol": ({"key": "person.age"}, "scan.key: found"),
    "no key but a table": ({"key": "protocol.session"}, "scan.values[0]"),
    "a time that is none": ({"at": ["soon"]}, 'scan.at[0]: found "soon"'),
    "no time": ({"at": []}, "scan.at: found a list"),
    "a word for after": ({"after": "yesterday"}, 'scan.after: found "yesterday"'),
    "an unknown key": ({"every": "1 d"}, "scan.every: found an unknown key"),
}


@pytest.mark.parametrize("slip", BAD, ids=str)
def test_a_slip_is_told_in_one_line_and_nothing_is_run(runs, tmp_path, slip):
    change, sentence = BAD[slip]
    with pytest.raises(StudyError) as told:
        scanned(tmp_path, **change)
    assert f"study: {sentence}" in str(told.value) and not runs.asked
    assert "Traceback" not in str(told.value) and not (tmp_path / "values").exists()


def test_a_study_without_a_scan_and_one_with_arms_are_refused(tmp_path):
    plain = {key: value for key, value in TABLE.items() if key != "scan"}
    with pytest.raises(StudyError, match=r"scan: found nothing, allowed a table \[scan\]"):
        scan(Study.of(plain), kept=tmp_path, version="1")
    with pytest.raises(StudyError, match="arm: found arms, allowed none"):
        points(Study.of(TABLE | {"arm": [{"name": "sham", "kind": "sham"}]}))


def test_values_may_be_words():
    found = points(study(key="protocol.session.device", values=["skinpen_precision", "dermapen_2012"]))
    assert [one.place for one in found] == [0.0, 1.0]
    assert all(a.place < b.place for a, b in itertools.pairwise(found))
