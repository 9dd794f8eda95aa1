"""planner/following.py: calls that follow moved reception hours, on a flat day that is easy to count.

The desk is open from 9:00 to 18:00; calls come evenly from 8:00 to 19:00, 40 a day, mail besides.
"""

from datetime import date

import numpy as np
import pytest

from forecasts.slots import Period
from planner.desk_levers import LEVELS, Following
from planner.following import followed, followed_band, moved_calls
from planner.formation import Formation, FormationChange, standing_formation
from tests.planner.alternatives.small_desk import make_desk, make_work

DESK = make_desk()
DAYS = DESK.calendar.office_days(date(2026, 4, 6), date(2026, 4, 11))
WORK = make_work(DESK, DAYS, [60.0] * len(DAYS))
USUAL = standing_formation(DESK)
FOLLOWING = Following()
CALLS = [k for k, c in enumerate(WORK.classes) if c.waiting == "immediate"]
MAIL = [k for k, c in enumerate(WORK.classes) if c.waiting != "immediate"]
HOUR = 40.0 / 22 * 2  # calls of two slots of half an hour


def hours(earlier: int = 0, later: int = 0) -> Formation:
    """Return the formation with hours moved by minutes."""
    return FormationChange(Period(DAYS[0], DAYS[-1]), earlier, later).applied(USUAL)


def calls(rates: np.ndarray) -> np.ndarray:
    """Return calls by day and slot, mean of the paths (D, S)."""
    return rates[..., CALLS].sum(axis=3).mean(axis=0)


MOVED = [hours(60), hours(0, 60), hours(60, 60), hours(60, -60), hours(-60, 60)]


def test_hours_that_stay_move_nothing():
    assert followed(WORK, USUAL, hours(), FOLLOWING) is WORK


@pytest.mark.parametrize("changed", MOVED)
def test_mail_comes_when_it_comes(changed):
    found = followed(WORK, USUAL, changed, FOLLOWING)
    assert np.array_equal(found.rates[..., MAIL], WORK.rates[..., MAIL])


@pytest.mark.parametrize("changed", MOVED)
def test_no_rate_is_negative_and_the_given_work_stays_as_it_was(changed):
    before = WORK.rates.copy()
    assert (followed(WORK, USUAL, changed, FOLLOWING).rates >= 0).all()
    assert np.array_equal(WORK.rates, before)


def test_an_earlier_opening_takes_calls_from_the_first_usual_hour_and_brings_new_ones():
    found, before = calls(followed(WORK, USUAL, hours(60), FOLLOWING).rates), calls(WORK.rates)
    more = (found - before)[0]
    assert more[16:18].sum() == pytest.approx(HOUR * (0.2 + 0.1))
    assert more[18:20].sum() == pytest.approx(-HOUR * 0.2)
    assert np.abs(more[20:]).sum() == pytest.approx(0, abs=1e-9)


def test_a_later_closing_takes_calls_from_the_last_usual_hour_and_brings_new_ones():
    more = (calls(followed(WORK, USUAL, hours(0, 60), FOLLOWING).rates) - calls(WORK.rates))[0]
    assert more[36:38].sum() == pytest.approx(HOUR * (0.2 + 0.1))
    assert more[34:36].sum() == pytest.approx(-HOUR * 0.2)


def test_calls_of_a_closed_hour_come_later_or_the_next_day_or_are_lost():
    found, before = calls(followed(WORK, USUAL, hours(60, -60), FOLLOWING).rates), calls(WORK.rates)
    assert found[:, 34:36].sum() == 0
    same_day = (found - before)[0, 32:34].sum()
    assert same_day == pytest.approx(HOUR * 0.3)
    opening = (found - before)[:, 16:18].sum(axis=1)
    assert opening[1] - opening[0] == pytest.approx(HOUR * 0.4)


def test_only_the_days_of_the_change_move():
    found = calls(followed(WORK, USUAL, hours(60), FOLLOWING, days=DAYS[1:3]).rates)
    apart = np.abs(found - calls(WORK.rates)).sum(axis=1)
    assert [bool(x > 1e-9) for x in apart] == [False, True, True, False, False]


def test_calls_of_the_last_closed_evening_come_at_the_usual_opening_of_the_next_day():
    found = calls(followed(WORK, USUAL, hours(60, -60), FOLLOWING, days=DAYS[:2]).rates)
    more = (found - calls(WORK.rates))[2]
    assert more[18:20].sum() == pytest.approx(HOUR * 0.4)
    assert more.sum() == pytest.approx(HOUR * 0.4)


def test_the_band_runs_from_little_to_much():
    totals = [calls(w.rates)[0, 16:18].sum() for w in followed_band(WORK, USUAL, hours(60), FOLLOWING)]
    assert totals == sorted(totals)
    assert totals[0] < totals[2]


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_told_is_what_is_moved(level):
    told = moved_calls(WORK, USUAL, hours(60, -60), FOLLOWING, level)
    at = FOLLOWING.at(level)
    assert told.into_added == pytest.approx(HOUR * at["earlier"])
    assert told.new == pytest.approx(HOUR * at["new"])
    assert told.returning == pytest.approx(HOUR * (at["same_day"] + at["next_day"]))
    assert told.lost == pytest.approx(HOUR * (1 - at["same_day"] - at["next_day"]), abs=1e-9)


def test_totals_change_by_the_new_and_the_lost_calls_alone():
    found = followed(WORK, USUAL, hours(60, -60), FOLLOWING)
    told = moved_calls(WORK, USUAL, hours(60, -60), FOLLOWING)
    middle = (calls(found.rates) - calls(WORK.rates)).sum(axis=1)[1:-1]
    assert middle == pytest.approx(told.new - told.lost)
