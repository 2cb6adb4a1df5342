"""Delays, what is moved, and when half of needling's gain is gone."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from microneedling.core.catalogue import path_of
from microneedling.study.asked import Asked, settled
from microneedling.study.read import StudyError
from microneedling.study.run import run
from microneedling.study.schema import Study
from microneedling.study.window import PLACES, Window, bare, gains, half_gone, interval, moved, window

ROOT = Path(__file__).parents[3]
CASE = ROOT / "tests" / "golden" / "short_course" / "study.toml"
HOUR = 3600.0


@pytest.fixture(autouse=True)
def cards():
    """The cards of the package, not the small catalogue of this folder."""


def text(**changes):
    """A study of one visit and one gel, some keys replaced."""
    given = {"horizon": "72 h", "after": '"0 min"', "setup": "in vivo", "session": SESSION, "topical": TOPICAL}
    given |= changes
    return HEAD.format(**given) + given["session"] + given["topical"].replace("AFTER", given["after"])


HEAD = """title = "t"
setup = "{setup}"
horizon = "{horizon}"
[person]
age = "30 y"
sex = "female"
phototype = 2
[site]
card = "volar_forearm"
area = "4 cm2"
[protocol]
name = "p"
"""
SESSION = '[[protocol.session]]\ndevice = "stamp_array"\ndepth = "750 um"\npasses = 1\n'
TOPICAL = """[[protocol.topical]]
actives = [{ active = "caffeine", concentration = "20 mg/ml" }, { active = "urea", concentration = "20 mg/ml" }]
vehicle = "hydrogel"
film = "0.2 mm"
after_session = AFTER
leave = "6 h"
occlude = "2 h"
"""
NO_ACTIVE = '[[protocol.topical]]\nvehicle = "hydrogel"\nfilm = "0.2 mm"\ntime = "0 h"\n'


def plain(tmp_path, **changes):
    path = tmp_path / "study.toml"
    path.write_text(text(**changes), encoding="utf-8")
    return Study.load(path).plain()


def test_what_is_left_open_is_chosen_from_the_study(tmp_path):
    found = settled(plain(tmp_path), Asked(), PLACES)
    assert (found.active, found.place, found.contact) == ("caffeine", "delivered", 24 * HOUR)
    assert found.delays[0] == 0 and found.delays[-1] == 48 * HOUR
    short = settled(plain(tmp_path, horizon="10 h"), Asked(), PLACES)
    assert short.contact == 5 * HOUR and short.delays[-1] + short.contact <= 10 * HOUR


def test_delays_are_sorted_and_start_at_zero(tmp_path):
    asked = Asked(delays="2 h, 30 min,2 h", contact="6 h", active="urea", place="dermis")
    found = settled(plain(tmp_path), asked, PLACES)
    assert found.delays == (0.0, 1800.0, 7200.0) and found.contact == 6 * HOUR
    assert (found.active, found.place) == ("urea", "dermis")


def test_a_card_of_ones_own_goes_by_its_name(tmp_path):
    card = path_of("actives", "caffeine").read_text(encoding="utf-8")
    (tmp_path / "mine.toml").write_text(card, encoding="utf-8")
    study = plain(tmp_path, topical=TOPICAL.replace('"caffeine"', '"mine.toml"'))
    assert settled(study, Asked(active="mine"), PLACES).active == str(tmp_path / "mine.toml")


BAD = {
    "no needling": (
        {"session": "", "after": '"0 min"', "topical": TOPICAL.replace("after_session = AFTER", 'time = "0 h"')},
        {},
        "protocol.session: found nothing, allowed a session: without needling there is no window",
    ),
    "no topical": ({"topical": ""}, {}, "protocol.topical: found nothing, allowed a topical with an active"),
    "a topical without active": (
        {"topical": NO_ACTIVE},
        {},
        "protocol.topical: found nothing, allowed a topical with an active",
    ),
    "unknown active": ({}, {"active": "cafeine"}, '--active: found "cafeine", allowed caffeine (nearest); all: caf'),
    "unknown place": ({}, {"place": "dermos"}, '--place: found "dermos", allowed dermis'),
    "no receptor in people": ({}, {"place": "receptor"}, '--place: found "receptor", allowed '),
    "a negative delay": ({}, {"delays": "0 min,-5 min"}, '--delays: found "-5 min", allowed a quantity of 0 min or m'),
    "a delay without unit": ({}, {"delays": "0 min,5"}, '--delays: found "5" (has no unit'),
    "a delay in metres": ({}, {"delays": "5 mm"}, '--delays: found "5 mm" (unit "mm" does not fit'),
    "an empty delay": ({}, {"delays": "0 min,"}, '--delays: found ""'),
    "too many delays": ({}, {"delays": ",".join(["1 h"] * 25)}, "--delays: found 25 delays, allowed 24 at most"),
    "beyond the horizon": ({}, {"delays": "1 h,80 h"}, '--delays: found "80 h", allowed less than 72 h, the study'),
    "read beyond the horizon": ({}, {"delays": "1 h,60 h", "contact": "24 h"}, '--at: found "24 h", allowed more than'),
    "read at once": ({}, {"contact": "0 h"}, '--at: found "0 h", allowed more than zero'),
}


@pytest.mark.parametrize("case", BAD, ids=list(BAD))
def test_bad_input_is_one_line(tmp_path, case):
    changes, asked, sentence = BAD[case]
    with pytest.raises(StudyError) as caught:
        settled(plain(tmp_path, **changes), Asked(file="study.toml", **asked), PLACES)
    assert str(caught.value).startswith("study.toml: ") and sentence in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_topical_moves_with_all_that_is_tied_to_it(tmp_path):
    study = plain(tmp_path)
    late = moved(study.arms[0], "caffeine", 3 * HOUR, end=study.horizon)
    (use,) = late.topicals
    assert (use.time, use.uncovered, use.wiped) == (3 * HOUR, 5 * HOUR, 9 * HOUR)
    assert late.sessions == study.arms[0].sessions
    assert bare(late).sessions == () and bare(late).topicals == late.topicals


def test_what_would_happen_after_the_end_is_left_out(tmp_path):
    study = plain(tmp_path)
    (use,) = moved(study.arms[0], "caffeine", 68 * HOUR, end=study.horizon).topicals
    assert use.uncovered == 70 * HOUR and use.wiped is None


def test_other_topicals_stay(tmp_path):
    other = '[[protocol.topical]]\nactive = "niacinamide"\nconcentration = "1 mg/ml"\nvehicle = "cream"\n'
    study = plain(tmp_path, topical=TOPICAL + other + 'film = "50 um"\ntime = "1 h"\n')
    late = moved(study.arms[0], "caffeine", 3 * HOUR, end=study.horizon)
    assert [(use.time, use.vehicle) for use in late.topicals] == [(HOUR, "cream"), (3 * HOUR, "hydrogel")]


def made(amounts, untouched, *, hours=(0, 1, 3)):
    """A window with given amounts (delay, member)."""
    study = dataclasses.replace(Study.load(ROOT / "examples" / "window_caffeine.toml").plain())
    amounts = np.asarray(amounts, dtype=float)
    return Window(
        study=study,
        active="caffeine",
        place="delivered",
        contact=24 * HOUR,
        delays=HOUR * np.array(hours, dtype=float),
        amounts=amounts,
        untouched=np.asarray(untouched, dtype=float),
        open_area=1e-3 * amounts,
        dose=20.0,
        molar_mass=0.194,
        findings=(),
        override="",
        left_out=0,
    )


def half_is_where_the_line_crosses():
    #       halves at 1 h        between 1 and 3 h       never           needling adds nothing
    found = made([[3, 3, 3, 2], [2, 2.5, 3, 2], [1, 1.5, 2.9, 2]], [1, 1, 1, 2])
    np.testing.assert_allclose(half_gone(found), [HOUR, 2 * HOUR, np.inf, np.nan])
    np.testing.assert_allclose(gains(found)[1, :3], [0.5, 0.75, 1.0])


def test_half_is_where_the_line_crosses():
    half_is_where_the_line_crosses()


def test_intervals_leave_out_the_central_person_and_keep_never():
    low, median, high = interval(np.array([1e9, 1.0, 2.0, np.inf, np.nan]))
    assert (low, median, high) == (1.0, 2.0, np.inf)
    assert interval(np.array([7.0]))[1] == 7.0


@pytest.mark.slow
def test_at_the_studys_own_delay_it_is_the_study_and_waiting_never_helps():
    study = Study.load(CASE)
    found = window(study, Asked(delays="10 min,4 h,24 h", contact="3 h", place="blood"))
    series = run(study)["scores"].to_dataset()["blood.caffeine"].sel(arm=0)
    assert found.amounts.shape == (4, 1) and found.left_out == 0
    late = series.interp(time=600.0 + 3 * HOUR).values
    np.testing.assert_allclose(found.amounts[1], late, rtol=0.03)  # readings of a run stand hours apart
    assert np.all(np.diff(gains(found), axis=0) < 1e-3)  # the solver's tolerance
    assert np.all(found.untouched < found.amounts[0])
