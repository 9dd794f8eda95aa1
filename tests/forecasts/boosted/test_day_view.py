from datetime import date

import numpy as np

from forecasts.boosted.day_view import NAMED, day_view
from forecasts.calendar import Calendar
from forecasts.events import Event
from tests.forecasts.simulated import CALENDAR, transfer

APRIL = CALENDAR.office_days(date(2026, 3, 20), date(2026, 5, 12))


def test_places_in_month_and_closures_around_are_counted_in_office_days() -> None:
    view = day_view(APRIL, (), CALENDAR)
    at = {d: row.tolist() for d, row in zip(APRIL, view.place, strict=True)}
    #            weekday, day of year, of month, place, left, closed before, after
    assert at[date(2026, 4, 1)] == [2, 91, 1, 0, 20, 0, 0]
    assert at[date(2026, 5, 1)] == [4, 121, 1, 0, 17, 0, 5]
    assert at[date(2026, 5, 7)] == [3, 127, 7, 1, 16, 5, 0]
    flags = {name: {d for d, f in zip(APRIL, flag, strict=True) if f} for name, flag in view.flags.items()}
    assert flags["after_closure"] == {date(2026, 5, 7)}
    assert flags["before_closure"] == {date(2026, 5, 1)}
    assert flags["eve"] >= {date(2026, 4, 28)}
    assert flags["year_end"] == {date(2026, 3, n) for n in (25, 26, 27, 30, 31)}


def test_a_holiday_on_which_the_desk_works_is_named() -> None:
    days = (date(2025, 12, 24), date(2025, 12, 25), date(2025, 12, 26))
    view = day_view(days, (), Calendar("GB", year_end_closure=False, opened=frozenset(days)))
    assert view.flags[f"{NAMED}Christmas Day"].tolist() == [0, 1, 0]
    assert view.flags["holiday"][:2].tolist() == [0, 1]
    assert view.flags["eve"].tolist()[0] == 1


def test_a_transfer_fades_and_a_larger_one_loads_more() -> None:
    def load(headcount: int) -> dict[date, float]:
        events = (transfer(date(2025, 4, 1), 500), transfer(date(2026, 4, 1), headcount))
        return dict(zip(APRIL, day_view(APRIL, events, CALENDAR).loads["transfer"].tolist(), strict=True))

    usual, larger = load(500), load(1000)
    assert usual[date(2026, 3, 31)] == 0
    assert 0.9 < usual[date(2026, 4, 1)] <= 1
    assert usual[date(2026, 4, 1)] > 1.5 * usual[date(2026, 4, 8)] > 0
    assert larger[date(2026, 4, 1)] > 1.15 * usual[date(2026, 4, 1)]


def test_other_kinds_act_flat_on_their_window_and_each_own_kind_apart() -> None:
    events = [
        Event(date(2026, 4, 6), date(2026, 4, 8), f"own:{name}", name, date(2026, 3, 1))
        for name in ("a", "b")
    ]
    loads = day_view(APRIL, events[:1], CALENDAR).loads
    assert set(loads) == {"own:a"}
    assert loads["own:a"].sum() == 3
    assert set(day_view(APRIL, events, CALENDAR).loads) == {"own:a", "own:b"}
    assert np.isfinite(np.stack(list(loads.values()))).all()
