"""Where the service of a formation breaks first and why: runs of slots, causes, moved hours, empty days."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.slots import Period
from planner.content import canonical_json, content_from_json
from planner.formation import Away, Formation, Pattern, Seat
from planner.service_day import (
    Cause,
    Course,
    Duties,
    ServiceDay,
    Stretch,
    causes,
    is_whole_day,
    lowest,
    service_day,
    stretches,
)
from planner.wording.findings import NOTICEABLE
from tests.planner.content_builder import GRID, WINDOW, make_alternative
from tests.planner.document_builder import real_content

SLOTS = 96
OPENS, CLOSES = 36, 68  # 9:00 to 17:00
NO_ONE = (0.0,) * SLOTS


def by_slot(value: float, **other: float) -> tuple[float, ...]:
    """One value in all open slots but for those named: s40=2."""
    named = {int(slot[1:]): v for slot, v in other.items()}
    return tuple(named.get(n, value) if OPENS <= n < CLOSES else 0.0 for n in range(SLOTS))


def make_course(**changes: Any) -> Course:
    shares = tuple(0.9 if OPENS <= n < CLOSES else None for n in range(SLOTS))
    course = Course("status_quo", OPENS * 15, CLOSES * 15, shares, by_slot(3.0), by_slot(3.0))
    return replace(course, **changes)


def with_duties(**by_kind: tuple[float, ...]) -> Course:
    duties = Duties(by_kind.get("on_break", NO_ONE), by_kind.get("on_operations", NO_ONE))
    return make_course(at_reception=by_kind.get("at_reception", by_slot(3.0)), duties=duties)


def make_day(now: Course | None = None, **changes: Any) -> ServiceDay:
    now = now or make_course()
    return replace(ServiceDay(15, 1.0, 0.8, by_slot(2.0), now, now), **changes)


def shares(**other: float | None) -> tuple[float | None, ...]:
    """0.9 in all open slots but for those named."""
    named = {int(slot[1:]): v for slot, v in other.items()}
    return tuple(named.get(n, 0.9 if OPENS <= n < CLOSES else None) for n in range(SLOTS))


def first_causes(day: ServiceDay) -> tuple[Cause, ...]:
    return causes(day, day.now, stretches(day, day.now)[0])


def test_slots_below_the_target_in_a_row_are_one_stretch() -> None:
    day = make_day(make_course(in_time=shares(s40=0.7, s41=0.6, s42=0.75, s50=0.5)))
    assert stretches(day, day.now) == (Stretch(40, 3, 0.6), Stretch(50, 1, 0.5))
    assert stretches(day, day.now)[0].span(15) == (600, 645)


def test_a_share_that_is_read_as_the_target_is_not_below_it() -> None:
    day = make_day(make_course(in_time=shares(s40=0.7951, s50=0.7949)))
    assert [s.first_slot for s in stretches(day, day.now)] == [50]


def test_never_below_the_target_breaks_nowhere() -> None:
    assert stretches(make_day(), make_course()) == ()


def test_a_slot_without_calls_parts_two_stretches() -> None:
    day = make_day(make_course(in_time=shares(s40=0.7, s41=None, s42=0.7)))
    assert [s.first_slot for s in stretches(day, day.now)] == [40, 42]


def test_an_hour_with_less_than_one_inquiry_a_day_is_passed_over() -> None:
    few = by_slot(2.0, s40=0.2, s41=0.2, s42=0.2, s43=0.2)
    day = make_day(make_course(in_time=shares(s41=0.1, s44=0.7)), inquiries=few)
    assert [s.first_slot for s in stretches(day, day.now)] == [44]


def test_where_no_hour_has_one_inquiry_a_day_the_mean_of_the_hours_is_enough() -> None:
    day = make_day(make_course(in_time=shares(s41=0.1)), inquiries=by_slot(0.1))
    assert [s.first_slot for s in stretches(day, day.now)] == [41]


def test_a_day_without_inquiries_breaks_nowhere() -> None:
    nobody = make_course(in_time=(None,) * SLOTS)
    assert stretches(make_day(nobody, inquiries=NO_ONE), nobody) == ()
    assert stretches(make_day(make_course(in_time=shares(s41=0.1)), inquiries=NO_ONE), nobody) == ()


@given(st.lists(st.none() | st.floats(0, 1), min_size=CLOSES - OPENS, max_size=CLOSES - OPENS))
def test_before_the_first_stretch_nothing_is_below_and_in_it_everything(found: list[float | None]) -> None:
    in_time = (*(None,) * OPENS, *found, *(None,) * (SLOTS - CLOSES))
    day = make_day(make_course(in_time=in_time))
    below = [share is not None and round(100 * share) < 80 for share in in_time]
    broken = stretches(day, day.now)
    assert sum(s.slots for s in broken) == sum(below)
    for stretch in broken:
        assert all(below[stretch.inside])
        assert not below[stretch.first_slot - 1]
        assert not below[stretch.first_slot + stretch.slots]
        assert lowest(day.now, stretch) == stretch.lowest < 0.8


@given(
    st.lists(st.floats(0, 5), min_size=8, max_size=8),
    st.lists(st.floats(0, 2), min_size=8, max_size=8),
    st.integers(OPENS, CLOSES - 4),
)
def test_causes_are_noticeable_and_the_strongest_comes_first(
    heads: list[float], away: list[float], first: int
) -> None:
    in_time = shares(**{f"s{n}": 0.5 for n in range(first, first + 4)})
    alternative = with_duties(
        at_reception=by_slot(3.0, **{f"s{OPENS + n}": v for n, v in enumerate(heads)}),
        on_break=by_slot(0.0, **{f"s{OPENS + n}": v for n, v in enumerate(away)}),
    )
    found = first_causes(make_day(replace(alternative, in_time=in_time)))
    assert found
    factors = [c.factor for c in found if c.code not in {"backlog", "shortage", "even"}]
    assert all(f >= NOTICEABLE for f in factors)
    assert factors == sorted(factors, reverse=True)


def short(course: Course, *slots: int, share: float = 0.5) -> Course:
    return replace(course, in_time=shares(**{f"s{n}": share for n in slots}))


def test_many_arrivals_are_named_with_their_share_of_the_mean() -> None:
    day = make_day(short(make_course(), 40, 41), inquiries=by_slot(2.0, s40=6.0, s41=6.0))
    (cause,) = first_causes(day)
    assert cause.code == "arrivals"
    assert cause.number == cause.factor == pytest.approx(6 / (2 + 2 * 4 / 32))


def test_people_on_a_break_are_named_and_not_taken_for_people_missing() -> None:
    course = with_duties(at_reception=by_slot(3.0, s40=2.0), on_break=by_slot(0.0, s40=1.0))
    assert first_causes(make_day(short(course, 40))) == (Cause("break", 1.5, 1.0),)


def test_without_duties_the_same_stretch_has_fewer_people_at_reception() -> None:
    course = make_course(at_reception=by_slot(3.0, s40=2.0))
    assert first_causes(make_day(short(course, 40))) == (Cause("reception", 1.5, 2.0, 3.0),)


def test_fewer_people_present_come_before_a_weaker_cause() -> None:
    course = with_duties(at_reception=by_slot(4.0, s40=1.0), on_operations=by_slot(0.0, s40=0.5))
    found = first_causes(make_day(short(course, 40)))
    assert [(c.code, c.number, c.beside) for c in found] == [("present", 1.5, 4.0), ("operations", 0.5, 0.0)]


def test_nobody_at_reception_is_the_strongest_cause_of_all() -> None:
    course = with_duties(at_reception=by_slot(2.0, s40=0.0), on_break=by_slot(0.0, s40=2.0))
    (cause,) = first_causes(make_day(short(course, 40)))
    assert (cause.code, cause.factor, cause.number) == ("break", float("inf"), 2.0)


def test_a_short_slot_before_that_was_passed_over_leaves_its_queue() -> None:
    few = by_slot(2.0, s40=0.1, s41=0.1, s42=0.1, s43=0.1)
    day = make_day(short(make_course(), 43, 44), inquiries=few)
    assert stretches(day, day.now)[0].first_slot == 44
    assert first_causes(day)[-1].code == "backlog"


def test_a_day_below_the_target_throughout_is_compared_with_the_need() -> None:
    course = make_course(at_reception=by_slot(2.0, s40=1.0), needed=by_slot(4.0))
    day = make_day(replace(course, in_time=tuple(s and 0.5 for s in course.in_time)))
    (whole,) = stretches(day, day.now)
    assert is_whole_day(day, day.now, whole)
    assert causes(day, day.now, whole) == (
        Cause("shortage", 1.0, pytest.approx((2 * 31 + 1) / 32), pytest.approx(4.0)),
    )


def test_a_stretch_like_the_rest_of_the_day_says_so() -> None:
    assert first_causes(make_day(short(make_course(needed=by_slot(3.0)), 40))) == (Cause("even"),)


def seat(start: int, end: int, *away: Away) -> Seat:
    return Seat("junior", start, end, away)


def test_people_of_a_pattern_are_counted_where_they_are() -> None:
    """Half a slot away is half a head; reception, break and operations work make up those present."""
    pattern = Pattern((seat(540, 1020, Away(720, 780, "break"), Away(795, 805, "operations")),))
    scheduled = tuple(float(n) for n in pattern.heads(GRID))
    content = real_content(
        alternatives=(make_alternative("status_quo", pattern=pattern, scheduled=scheduled),)
    )
    now = service_day(content, "status_quo", has_duties=True).now
    assert now.duties is not None
    assert now.duties.on_break[47:53] == (0.0, 1.0, 1.0, 1.0, 1.0, 0.0)
    assert now.duties.on_operations[53] == pytest.approx(10 / 15)
    assert set(now.present[36:68]) == {1.0}


def test_the_day_of_the_client_holds_no_duties() -> None:
    day = service_day(real_content(), "plus_1", has_duties=False)
    assert day.now.duties is None
    assert day.chosen.duties is None


def test_inquiries_are_those_of_the_weekdays_of_the_window() -> None:
    """Of 1 to 14 April 2026 (Wednesday to Tuesday): two of each weekday, so that the rows weigh the same."""
    content = real_content()
    assert [WINDOW.start.weekday(), WINDOW.last.weekday()] == [2, 1]
    day = service_day(content, "plus_1", has_duties=True)
    assert sum(day.inquiries[40:44]) == pytest.approx(sum(row[10] for row in content.heat) / 5)
    only_monday = replace(content, window=Period(date(2026, 4, 6), date(2026, 4, 7)))
    assert service_day(only_monday, "plus_1", has_duties=True).inquiries[40] == content.heat[0][10] / 4


@pytest.mark.parametrize("slot_min", [15, 30, 60])
def test_every_slot_length_gives_as_many_values_as_slots(slot_min: int) -> None:
    slots = 1440 // slot_min
    values = (0.5,) * slots
    now = make_alternative("status_quo", scheduled=values, needed=values, slot_in_time=values)
    day = service_day(real_content(slot_min=slot_min, alternatives=(now,)), "status_quo", has_duties=True)
    assert {len(day.inquiries), len(day.now.present)} == {slots}
    (whole,) = stretches(day, day.now)
    assert whole.span(slot_min) == (8 * 60, 18 * 60)  # the hours of the day with inquiries


def test_hours_that_move_leave_the_present_break_outside() -> None:
    late = make_alternative("hours", formation=Formation(660, 1155, ()), slot_in_time=shares(s40=None))
    now = make_alternative("status_quo", slot_in_time=shares(s40=0.5))
    day = service_day(real_content(alternatives=(now, late)), "hours", has_duties=True)
    assert day.hours == (510, 1155)
    assert lowest(day.chosen, stretches(day, day.now)[0]) is None


def test_a_kept_plan_opens_as_it_was_kept() -> None:
    content = real_content()
    kept = content_from_json(canonical_json(content))
    assert canonical_json(kept) == canonical_json(content)
    first, second = (service_day(c, "plus_1", has_duties=True) for c in (content, kept))
    spans = [[s.span(15) for s in stretches(day, day.now)] for day in (first, second)]
    assert spans[0] == spans[1] != []
