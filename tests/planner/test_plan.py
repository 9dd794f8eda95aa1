"""The river on a desk of three: what a short history and a distant period must not break."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from forecasts.events import Event
from forecasts.history.counts import History
from forecasts.slots import Period
from planner.content import Content, canonical_json, content_from_json
from planner.document import document, text_of
from planner.exports.data_annex import data_annex
from planner.intake import Question
from planner.plan import Settings, planned
from planner.proposal import Proposal
from planner.proposing import problem_of, with_proposed
from planner.rosters.past import Kept, Past
from planner.rosters.roster import Duty, Roster
from planner.rosters.soundness import problems_with
from planner.staff_names import names_in
from tests.planner.alternatives.small_desk import make_desk

DESK = make_desk()
SETTINGS = Settings(seed=1, paths=20, replications=1, backtest_paths=20, backtest_origins=2)
APRIL = Period(date(2026, 4, 1), date(2026, 4, 18))


def planned_from(first: date, as_of: date, events: tuple[Event, ...] = ()) -> Content:
    """Plan April 2026 on 40 inquiries a day since ``first``, twice as many in the first half of April."""
    days = DESK.calendar.office_days(first, date.fromordinal(as_of.toordinal() + 1))
    mean = np.array([80.0 if d.month == 4 and d.day <= 15 else 40.0 for d in days])
    count = np.zeros((len(days), DESK.grid.slots, 2), dtype=np.int64)
    count[:, 18:36] = np.random.default_rng(1).poisson(mean[:, None, None] / 36, (len(days), 18, 2))
    history = History(days, DESK.grid, DESK.channel_ids, count)
    question = Question(DESK, history, events, APRIL, as_of, {}, {}, ())
    return planned(question, SETTINGS, lambda _code, _share: None).content


@pytest.fixture(scope="module")
def short() -> Content:
    return planned_from(date(2026, 2, 24), date(2026, 3, 31))


def test_a_history_too_short_to_test_on_still_gives_a_plan(short: Content) -> None:
    assert short.accuracy.origins == 0
    assert canonical_json(content_from_json(canonical_json(short))) == canonical_json(short)


def test_its_documents_say_that_nothing_was_tested(short: Content) -> None:
    paper = document(Proposal("x", 1, short))
    assert "過去の期間による検証はできていない" in text_of(paper)
    assert "nan" not in text_of(paper).lower()
    assert data_annex(paper)


def test_a_transfer_not_yet_announced_is_answered_as_expected() -> None:
    """Seen from 10 February, when nobody has announced April, but two Aprils have come."""
    april = [date(year, 4, 1) for year in (2024, 2025)]
    events = tuple(
        Event(d, d, "transfer", "人事異動", date(d.year, 3, 10), group=f"{d.year}", headcount=100)
        for d in april
    )
    content = planned_from(date(2023, 10, 2), date(2026, 2, 10), events)
    assert [(e.status, e.start) for e in content.events] == [("expected", APRIL.start)]
    assert [p.name for p in content.past] == ["2024", "2025"]
    assert content.texts.background.startswith("公表前の人事異動（4月1日、対象計100名）に伴い")


def test_no_roster_is_sought_for_a_question_that_contradicts_itself(short: Content) -> None:
    """Two people of one code: the plan stands, without a roster; the contractor is told why."""
    desk = replace(DESK, people=(*DESK.people, DESK.people[0]))
    content, roster = with_proposed(short, short.recommended, desk)
    assert roster is None
    assert not next(check for check in content.checks if check.code == "full_strength").is_passed
    assert "person_twice" in {f.code for f in problems_with(problem_of(content, desk))}
    assert not names_in(content, desk.people)


def test_a_day_on_which_nobody_of_the_desk_comes_stays_vacant_in_the_roster(short: Content) -> None:
    day = short.period.start
    people = tuple(replace(p, leave=frozenset({day}) if p.is_resident else p.leave) for p in DESK.people)
    _, roster = with_proposed(short, short.recommended, replace(DESK, people=people))
    assert roster is not None
    assert any(v.rule == "vacancy" and v.day == day for v in roster.violations)


def test_a_sound_question_has_its_roster(short: Content) -> None:
    _, roster = with_proposed(short, short.recommended, DESK)
    assert roster is not None


def test_a_roster_continues_the_kept_ones(short: Content) -> None:
    """Work from Sunday to Tuesday: with three full days more it is beyond 40 hours."""
    seat = short.alternatives[0].pattern.seats[0]
    days = [date(2026, 3, n) for n in (29, 30, 31)]
    kept = Past(APRIL.start, (Kept(Roster(tuple(Duty(d, p, seat) for d in days for p in ("p1", "p2")))),))
    assert len(problem_of(short, DESK, kept).tail) == 6
    _, roster = with_proposed(short, short.recommended, DESK)
    assert roster is not None
    assert {d.day for d in roster.of("p1")} >= {date(2026, 4, n) for n in (1, 2, 3)}
    content, roster = with_proposed(short, short.recommended, DESK, kept)
    assert roster is None
    assert not next(check for check in content.checks if check.code == "weekly_hours").is_passed
