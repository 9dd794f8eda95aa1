from datetime import date

import numpy as np

from forecasts.calendar import Calendar
from forecasts.events import Event
from forecasts.joint.phases import phase_columns

JAPAN = Calendar()
KNOWN = date(2025, 1, 10)


def session(end: date, kind: str = "diet_ordinary") -> Event:
    return Event(date(2025, 1, 24), end, kind, "a session", KNOWN, "a")


def milestone(day: date, name: str) -> Event:
    return Event(day, day, "diet_milestone", name, KNOWN, "a")


def acting(*events: Event) -> dict[str, list[date]]:
    days = JAPAN.office_days(date(2025, 1, 6), date(2025, 7, 31))
    columns = phase_columns(days, events, JAPAN)
    return {c.of: [d for d, v in zip(days, value, strict=True) if v] for c, value in columns}


def test_the_last_week_is_the_last_five_office_days_before_the_end_as_it_is_known() -> None:
    found = acting(session(date(2025, 6, 22)))  # a Sunday
    assert found == {"last_week": [date(2025, 6, n) for n in (16, 17, 18, 19, 20)]}
    assert acting(session(date(2025, 7, 11)))["last_week"][-1] == date(2025, 7, 11)


def test_a_session_of_a_few_days_has_no_phases() -> None:
    assert acting(session(date(2025, 1, 27), "diet_special")) == {}


def test_the_budget_committee_is_felt_the_day_before() -> None:
    found = acting(milestone(date(2025, 2, 3), "衆議院予算委員会 審議入り"))  # a Monday
    assert found == {"budget": [date(2025, 1, 31), date(2025, 2, 3)]}


def test_milestones_are_told_apart_by_their_names() -> None:
    names = ("施政方針演説", "代表質問 開始", "首相指名")
    found = acting(*(milestone(date(2025, 2, 4 + n), name) for n, name in enumerate(names)))
    assert list(found) == ["speech", "questions", "other"]


def test_what_was_cancelled_has_no_phase() -> None:
    event = milestone(date(2025, 2, 4), "施政方針演説")
    cancelled = Event(event.start, event.end, event.kind, event.name, KNOWN, "a", status="cancelled")
    assert acting(cancelled) == {}
    assert np.array(list(acting(event).values())).size == 1
