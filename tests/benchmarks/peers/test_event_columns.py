"""What peers on invented desks are told of events."""

from datetime import date, timedelta

import numpy as np
import pytest

from benchmarks.peers.event_columns import event_columns
from benchmarks.simulated_desks import desk
from forecasts.calendar import Calendar
from forecasts.distribution import Floats
from forecasts.events import Event
from forecasts.history.counts import History
from forecasts.model import Known
from forecasts.slots import Grid

CALENDAR = Calendar()
DAYS = CALENDAR.office_days(date(2025, 3, 3), date(2025, 7, 1))


def event(kind: str, start: date, length: int = 1, headcount: int | None = None) -> Event:
    return Event(start, start + timedelta(days=length - 1), kind, f"{kind} {start}", start, "", headcount)


def columns(*events: Event) -> dict[str, Floats]:
    history = History(DAYS, Grid(60), ("all",), np.zeros((len(DAYS), 24, 1), dtype=np.int64))
    names, values = event_columns(Known(DAYS[-1], history, events, CALENDAR), DAYS)
    return dict(zip(names, values.T, strict=True))


def on(column: Floats) -> list[date]:
    return [d for d, value in zip(DAYS, column, strict=True) if value]


def test_a_transfer_is_felt_for_ten_office_days_and_fades_with_its_people() -> None:
    found = columns(
        event("transfer", date(2025, 4, 1), headcount=400), event("transfer", date(2025, 6, 2), headcount=100)
    )
    april = [d for d in on(found["transfer.window"]) if d < date(2025, 5, 1)]
    assert april == list(CALENDAR.office_days(date(2025, 4, 1), date(2025, 4, 15)))
    first, later = DAYS.index(date(2025, 4, 1)), DAYS.index(date(2025, 6, 2))
    assert found["transfer.decay"][[first, later]].tolist() == [1.0, 1.0]
    assert found["transfer.decay"][first + 5] == pytest.approx(np.exp(-1))
    assert found["transfer.window.heads"][[first, later]].tolist() == [1.0, 0.25]
    assert found["transfer.decay.heads"][later] == pytest.approx(0.25)


def test_what_lasts_for_a_purpose_is_felt_until_its_end() -> None:
    found = columns(event("rollout", date(2025, 5, 12), 21))
    assert on(found["rollout.window"]) == list(CALENDAR.office_days(date(2025, 5, 12), date(2025, 6, 2)))
    assert "rollout.window.heads" not in found


def test_the_calendar_is_told() -> None:
    found = columns()
    assert on(found["after_closure"]) == [date(2025, 5, 7)]
    assert on(found["after_holiday"]) == [date(2025, 3, 21), date(2025, 4, 30)]
    assert on(found["year_end"]) == [date(2025, 3, d) for d in (25, 26, 27, 28, 31)]
    assert set(found) == {"after_closure", "after_holiday", "year_end"}


def test_past_and_future_have_the_same_columns_on_a_desk() -> None:
    one = desk(1, 30, 1, 15)
    known = one.known(15)
    names, values = event_columns(known, (*known.history.days, *one.days))
    assert len(set(names)) == len(names) == values.shape[1]
    assert values.shape[0] == len(known.history.days) + len(one.days)
    assert np.isfinite(values).all()
    assert "transfer.decay.heads" in names
