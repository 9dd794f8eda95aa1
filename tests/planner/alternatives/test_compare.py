"""planner/alternatives/compare.py, end to end on a desk of three: all judged on the same paths."""

from datetime import date

import numpy as np
import pytest

from forecasts.slots import Period
from planner.alternatives.alternative import Alternative
from planner.alternatives.compare import Settings, compared
from planner.alternatives.levers import KEYS
from planner.desk import Target
from planner.desk_levers import Levers
from tests.planner.alternatives.small_desk import make_desk, make_work

DESK = make_desk()
DAYS = DESK.calendar.office_days(date(2026, 4, 1), date(2026, 4, 15))
WINDOW = Period(DAYS[0], DAYS[5])
HEARD: list[tuple[str, float]] = []


def found_on(day_calls: float = 60.0, window: Period = WINDOW, **changes: object) -> tuple[Alternative, ...]:
    desk = make_desk(**changes)
    work = make_work(desk, DAYS, [day_calls] * 5 + [20.0] * (len(DAYS) - 5))
    return compared(work, desk, window, Settings(2, 3), lambda *heard: HEARD.append(heard)).alternatives


@pytest.fixture(scope="module")
def found() -> dict[str, Alternative]:
    return {a.key: a for a in found_on()}


def test_status_quo_comes_first_and_one_is_recommended(found):
    assert tuple(found) == tuple(key for key in KEYS if key in found)
    assert len(found) == 5  # one of the two that do both is dropped
    assert sum(a.is_recommended for a in found.values()) == 1


def test_status_quo_changes_nothing_and_costs_nothing(found):
    now = found["status_quo"]
    assert now.days_changed == ()
    assert now.effort.extra_person_hours == now.effort.reference_cost_yen == 0
    assert sorted(s.start_min for s in now.pattern.seats) == [510, 510, 540]


def test_more_people_answer_more_in_time(found):
    shares = [found[key].outcome.window_in_time.mean for key in ("status_quo", "plus_1", "plus_2")]
    assert shares == sorted(shares)
    assert shares[0] < shares[2]
    assert found["plus_2"].outcome.in_time.mean >= found["plus_1"].outcome.in_time.mean


def test_outcomes_are_shares_and_intervals_hold_their_means(found):
    for a in found.values():
        o = a.outcome
        for share in (o.in_time, o.answer_rate, o.same_day, o.window_in_time, o.worst_hour):
            assert 0 <= share.low <= share.high <= 1
            assert share.low <= share.mean <= share.high
        assert max(o.risk_in_time, o.risk_answer_rate, o.risk_same_day) <= o.risk <= 1
        assert 0 <= o.day_miss <= 1
        assert o.worst_hour.mean <= o.window_in_time.mean + 1e-9
        assert a.formation.opens_min - 60 < o.worst_hour_min < a.formation.closes_min


def test_effort_counts_extra_duties_hours_and_prices(found):
    effort = found["plus_2"].effort
    days = len(found["plus_2"].days_changed)
    assert effort.extra_person_hours == 2 * 8 * days
    assert effort.reference_cost_yen == 2 * 800_000 * days // 20
    assert effort.contract_cost_yen == 0
    change = found["hours"].change
    minutes = change.opens_earlier_min + change.closes_later_min
    assert found["hours"].effort.extra_reception_hours == minutes * len(found["hours"].days_changed) / 60


def test_needed_and_scheduled_people_stand_per_slot(found):
    now = found["status_quo"]
    assert len(now.needed) == len(now.scheduled) == len(now.slot_in_time) == DESK.grid.slots
    assert np.allclose(now.scheduled, now.pattern.heads(DESK.grid))
    outside = [n for n in range(DESK.grid.slots) if not 540 <= n * 30 < 1080]
    assert all(now.slot_in_time[n] is None and now.needed[n] == 0 for n in outside)


def test_moved_hours_say_which_calls_they_take_in_or_leave_out(found):
    change = found["hours"].change
    codes = {code for code, _ in found["hours"].reasons}
    moved = {change.opens_earlier_min, change.closes_later_min}
    assert ("calls_gained" in codes) == (60 in moved)
    assert ("calls_lost" in codes) == (-60 in moved)


def test_the_same_seed_gives_the_same_alternatives(found):
    assert found_on() == tuple(found.values())


def test_an_idle_desk_keeps_its_formation():
    found = found_on(day_calls=5.0, levers=Levers(earlier_min=0, later_min=0, extra_heads=1))
    assert [a.key for a in found] == ["status_quo", "plus_1"]
    assert found[0].is_recommended


def test_a_change_holds_on_days_in_a_row_and_no_fewer_than_the_desk_allows(found):
    for key, one in found.items():
        first = DAYS.index(one.days_changed[0]) if one.days_changed else 0
        assert one.days_changed == DAYS[first : first + len(one.days_changed)]
        assert (len(one.days_changed) >= DESK.levers.shortest_days) == (key != "status_quo")


def test_training_comes_on_top_and_changes_no_service():
    levers = {"extra_grade": "junior", "starts_min": (480, 540, 600)}
    usual, trained = (
        {a.key: a for a in found_on(levers=Levers(training_days=days, **levers))}["plus_1"] for days in (0, 2)
    )
    assert trained.outcome == usual.outcome
    assert trained.effort.training_days == 2
    assert trained.effort.extra_person_hours == usual.effort.extra_person_hours + 2 * 8
    assert trained.effort.reference_cost_yen == usual.effort.reference_cost_yen + 2 * 800_000 // 20


def test_what_is_not_allowed_is_not_compared():
    work = make_work(DESK, DAYS, [60.0] * len(DAYS))
    only_hours = compared(
        work, DESK, WINDOW, Settings(2, 3, lambda lever, _: lever.heads == 0), lambda *_: None
    )
    assert [a.key for a in only_hours.alternatives] == ["status_quo", "hours"]
    assert any(lever.heads for lever in only_hours.figures.levers)  # still known to whoever asks


def test_a_floor_lifts_the_worst_hour():
    plain, floored = (
        {a.key: a for a in found_on(day_calls=80.0, target=Target(least_hour=floor))}["plus_1"]
        for floor in (0.0, 0.75)
    )
    assert floored.outcome.worst_hour.mean >= plain.outcome.worst_hour.mean
    assert floored.pattern != plain.pattern


def test_a_change_falls_on_the_busy_days():
    people_only = Levers(earlier_min=0, later_min=0, extra_heads=1, shortest_days=2)
    desk = make_desk(levers=people_only)
    work = make_work(desk, DAYS, [20.0] * 3 + [80.0] * 3 + [20.0] * (len(DAYS) - 6))
    one = compared(work, desk, WINDOW, Settings(2, 3), lambda *_: None).alternatives[1]
    assert set(one.days_changed) & set(DAYS[3:6])
    assert len(one.days_changed) < len(DAYS)


def test_what_is_chosen_is_judged_on_fresh_paths():
    desk = make_desk()
    work, fresh = (make_work(desk, DAYS, [calls] * len(DAYS)) for calls in (40.0, 60.0))
    same, other = (
        compared(work, desk, WINDOW, Settings(2, 3), lambda *_: None, on).alternatives[0]
        for on in (None, fresh)
    )
    assert other.outcome.in_time.mean < same.outcome.in_time.mean


def test_without_temporaries_only_hours_move():
    found = found_on(levers=Levers(extra_heads=0))
    assert [a.key for a in found] == ["status_quo", "hours"]
    assert sum(a.is_recommended for a in found) == 1


def test_a_target_that_no_lever_reaches_gets_the_best_reachable_and_how_far_it_falls_short():
    found = found_on(day_calls=200.0, target=Target(within_share=0.999, answer_rate=0.999))
    best = next(a for a in found if a.is_recommended)
    assert best.key != "status_quo"
    assert best.outcome.risk > 0.99
    assert best.outcome.in_time.mean == pytest.approx(max(a.outcome.in_time.mean for a in found), abs=0.02)
    assert best.outcome.in_time.mean < 0.999


def test_progress_runs_from_none_to_all(found):
    assert HEARD[0] == ("designing_pattern", 0.0)
    assert HEARD[-1] == ("judging", 1.0)


def test_a_window_without_days_of_the_work_is_refused():
    desk = make_desk()
    with pytest.raises(ValueError, match="no day of the work"):
        compared(
            make_work(desk, DAYS, [5.0] * len(DAYS)), desk, Period(date(2027, 1, 1), date(2027, 2, 1)),
            Settings(), lambda *_: None,
        )  # fmt: skip
