"""What if an event moved or grew: only what it touches changes, and chance stays the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pytest

from forecasts.calendar import Calendar
from forecasts.distribution import Forecast
from forecasts.events import Event
from forecasts.features import window_of
from forecasts.model import Explanation
from forecasts.slots import Grid
from planner.outlook.what_if import Change, Year, changed, coming_events, effect_of, round_of
from tests.forecasts.event_builder import make_event

CALENDAR = Calendar()
AS_OF = date(2026, 3, 1)
APRIL = make_event(date(2026, 4, 1), headcount=100)


@dataclass(frozen=True)
class Told:
    """A model that was told everything: 40 a day, and one more for each person who moves, on ten days."""

    events: tuple[Event, ...] = ()

    def forecast(self, days: Sequence[date], paths: int, seed: int) -> Forecast:
        rng = np.random.default_rng(seed)
        busy = rng.gamma(50, 1 / 50, (paths, 1))
        more = np.array(
            [sum(e.headcount or 0 for e in self.events if d in window_of(e, CALENDAR)) for d in days]
        )
        rate = (busy * (40 + more))[:, :, None]
        share = np.full((len(days), 24, 1), 1 / 24)
        return Forecast(
            tuple(days), Grid(60), ("phone",), rate, rng.poisson(rate), share, np.array([9.0]), seed
        )

    def explain(self, days: Sequence[date]) -> Explanation:
        return Explanation()

    def given(self, events: Sequence[Event]) -> "Told":
        return Told(tuple(events))


YEAR = Year(Told((APRIL,)), (APRIL,), CALENDAR, AS_OF, 50, 3)


def test_moving_starts_from_the_first_office_day() -> None:
    moved = changed(make_event(date(2026, 4, 4), headcount=9), Change(2), CALENDAR)  # a Saturday
    assert moved.start == moved.end == date(2026, 4, 8)
    assert changed(APRIL, Change(-1), CALENDAR).start == date(2026, 3, 31)


def test_the_length_of_an_event_moves_with_it() -> None:
    week = make_event(date(2026, 4, 6), end=date(2026, 4, 10), kind="rollout")
    moved = changed(week, Change(5), CALENDAR)
    assert (moved.start, moved.end) == (date(2026, 4, 13), date(2026, 4, 17))


def test_people_stay_whole_and_unknown_ones_unknown() -> None:
    assert changed(APRIL, Change(0, 1.5), CALENDAR).headcount == 150
    assert changed(replace(APRIL, headcount=1), Change(0, 0.2), CALENDAR).headcount == 1
    assert changed(replace(APRIL, headcount=None), Change(0, 2.0), CALENDAR).headcount is None


def test_no_change_changes_nothing() -> None:
    assert changed(APRIL, Change(), CALENDAR) == APRIL
    found = effect_of(YEAR, {APRIL: APRIL})
    assert found.before == found.after
    assert set(found.more) == {0.0}


def test_more_people_bring_more_inquiries_by_the_difference_of_each_path() -> None:
    found = effect_of(YEAR, {APRIL: changed(APRIL, Change(0, 1.5), CALENDAR)})
    # 50 people more on 12 days; busyness of a path is the same in both courses.
    assert found.more[3] == pytest.approx(600, rel=0.1)
    assert found.more[5] - found.more[1] < found.after[5] - found.before[1]
    assert found.busiest_after.expected > found.busiest_before.expected


def test_a_later_event_brings_as_much_later() -> None:
    later = changed(APRIL, Change(10), CALENDAR)
    found = effect_of(YEAR, {APRIL: later})
    assert abs(found.more[3]) < 1e-9
    assert found.first <= date(2026, 3, 30) <= date(2026, 4, 28) <= found.last
    assert found.busiest_after.first > found.busiest_before.first


def test_nothing_ahead_is_refused() -> None:
    past = make_event(date(2025, 4, 1))
    with pytest.raises(ValueError, match="nothing after"):
        effect_of(YEAR, {past: past})


def test_expected_rounds_can_be_moved_too() -> None:
    summers = [make_event(date(y, 7, 1), headcount=9, group=str(y)) for y in (2024, 2025)]
    found = coming_events((*summers, APRIL), CALENDAR, AS_OF)
    assert [(e.start, e.status) for e in found] == [
        (date(2026, 4, 1), "confirmed"),
        (date(2026, 7, 1), "expected"),
        (date(2027, 7, 1), "expected"),
    ]


def test_the_dates_of_a_round_belong_together() -> None:
    dates = [make_event(date(2026, 4, n), group="令和8年4月期") for n in (1, 6, 13)]
    alone = make_event(date(2026, 4, 20))
    assert round_of(dates[1], (*dates, alone)) == tuple(dates)
    assert round_of(alone, (*dates, alone)) == (alone,)


def test_what_one_date_does_alone_is_less_than_the_round() -> None:
    dates = [make_event(date(2026, 4, n), group="令和8年4月期", headcount=50) for n in (1, 8)]
    year = Year(Told(tuple(dates)), tuple(dates), CALENDAR, AS_OF, 50, 3)
    doubled = {e: changed(e, Change(0, 2.0), CALENDAR) for e in dates}
    one = effect_of(year, {dates[0]: doubled[dates[0]]})
    assert effect_of(year, doubled).more[3] == pytest.approx(2 * one.more[3], rel=0.01)
