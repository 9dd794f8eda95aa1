"""planner/peaks.py: what is coming and what is due."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import icalendar
import numpy as np
import pytest

from forecasts.slots import Period
from planner.desk import Desk
from planner.desk_file import read_desk
from planner.exports.peak_calendar import peak_calendar
from planner.peaks import coming_peaks, due
from planner.proposal import Proposal, State
from planner.wording import peaks as words
from tests.planner.content_builder import make_content
from tests.planner.outlook_builder import PEAK, make_outlook

TODAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def desk() -> Desk:
    return read_desk(Path("data/desks/lan-desk.toml"))


@pytest.fixture(scope="module")
def peaks(desk):
    return coming_peaks(make_outlook(), desk)


def proposal(state: State, start: date, days: int, number: str = "R8-001") -> Proposal:
    content = make_content()
    change = Period(start, start + timedelta(days=days))
    moved = tuple(replace(a, period=change) if hasattr(a, "period") else a for a in content.alternatives)
    return Proposal(number, 1, replace(content, window=change, alternatives=moved), state=state)


def test_the_first_peak_is_that_of_the_forecast(peaks):
    first = peaks[0]
    assert (first.period.start, first.period.last) == (PEAK.start, PEAK.last)
    assert first.office_days == 10
    assert first.ratio > 1.15
    assert first.low < first.expected < first.high
    assert "令和8年4月期人事異動" in first.events


def test_the_interval_is_of_the_sums_of_paths(desk):
    kept = make_outlook()
    at = [n for n, d in enumerate(kept.facts.days) if d in PEAK]
    totals = kept.count[:, at].sum(axis=(1, 2))
    first = coming_peaks(kept, desk)[0]
    assert (first.low, first.high) == tuple(np.quantile(totals, (0.1, 0.9)))


def test_each_step_has_its_last_office_day(desk, peaks):
    first, calendar = peaks[0], desk.calendar
    for by, days in ((first.propose_by, 15), (first.decide_by, 10), (first.notify_by, 5)):
        assert len(calendar.office_days(by, first.period.start)) == days


def test_a_peak_without_proposal_waits_for_one(desk, peaks):
    first = due(peaks, (), desk.calendar, TODAY)[0]
    assert (first.step, first.by, first.proposal) == ("propose", peaks[0].propose_by, "")
    after = len(desk.calendar.office_days(TODAY + timedelta(days=1), first.by + timedelta(days=1)))
    assert first.days_left == after
    assert first.days_left > 0


def test_a_past_date_is_late_and_the_day_itself_is_not(desk, peaks):
    by = peaks[0].propose_by
    assert due(peaks, (), desk.calendar, by)[0].days_left == 0
    assert due(peaks, (), desk.calendar, by + timedelta(days=1))[0].days_left < 0


def test_a_peak_that_is_over_is_gone(desk, peaks):
    found = due(peaks, (), desk.calendar, PEAK.end)
    assert peaks[0] not in [d.peak for d in found]
    assert due(peaks, (), desk.calendar, PEAK.last)[0].peak == peaks[0]


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (State.DRAFT, "propose"),
        (State.SUBMITTED, "decide"),
        (State.APPROVED, "notify"),
        (State.REJECTED, "propose"),
        (State.WITHDRAWN, "propose"),
    ],
)
def test_the_step_follows_from_the_proposal_that_covers_the_peak(desk, peaks, state, step):
    covering = proposal(state, PEAK.start, 5)
    first = due(peaks, (covering,), desk.calendar, TODAY)[0]
    assert first.step == step
    assert first.by == peaks[0].by(step)


def test_an_expected_event_does_not_give_its_name_away(desk):
    kept = make_outlook()
    secret = tuple(
        replace(e, name="内示前の異動") if e.status == "expected" else e for e in kept.facts.events
    )
    found = coming_peaks(replace(kept, facts=replace(kept.facts, events=secret)), desk)
    assert not any("内示前" in name for peak in found for name in peak.events)


def test_without_a_lifted_day_there_is_no_peak(desk):
    kept = make_outlook()
    calm = tuple(replace(r, expected=r.base * r.weekday * r.season) for r in kept.facts.explanation.days)
    facts = replace(kept.facts, explanation=replace(kept.facts.explanation, days=calm))
    assert coming_peaks(replace(kept, facts=facts), desk) == ()


def test_the_calendar_holds_the_peak_and_its_three_dates(desk, peaks):
    written = peak_calendar(desk, peaks[:1], TODAY)
    entries = icalendar.Calendar.from_ical(written).walk("VEVENT")
    starts = sorted(e["dtstart"].dt for e in entries)
    first = peaks[0]
    assert starts == sorted((first.propose_by, first.decide_by, first.notify_by, first.period.start))
    assert len({str(e["uid"]) for e in entries}) == 4
    assert "架空データ" in icalendar.Calendar.from_ical(written)["x-wr-calname"]
    assert written == peak_calendar(desk, peaks[:1], TODAY)


def test_an_entry_keeps_its_identity_when_the_peak_moves_within_its_month(desk, peaks):
    moved = replace(peaks[0], period=Period(PEAK.start + timedelta(days=1), PEAK.end))
    names = [
        [str(e["uid"]) for e in icalendar.Calendar.from_ical(peak_calendar(desk, (p,), TODAY)).walk("VEVENT")]
        for p in (peaks[0], moved)
    ]
    assert names[0] == names[1]


def test_days_of_another_year_stand_with_their_year():
    assert words.day(date(2026, 4, 1), TODAY) == "4月1日（水）"
    assert words.span(date(2027, 1, 4), date(2027, 1, 5), TODAY) == "令和9年1月4日（月）〜1月5日（火）"
