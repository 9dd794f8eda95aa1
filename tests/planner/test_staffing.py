"""Service of a formation, its shares and risk, and the people that calls need."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from forecasts.distribution import Floats
from forecasts.slots import Grid
from planner.desk import Target
from planner.formation import Away, Formation, Pattern, Seat
from planner.staffing import (
    DayPlan,
    Service,
    answer_rate,
    day_miss,
    in_time_share,
    late_table,
    measured_windows,
    needed_heads,
    risk,
    same_day_share,
    service,
)
from planner.workload import WorkClass, Workload

GRID = Grid(15)
DAYS = tuple(date(2026, 4, 1) + timedelta(days=n) for n in range(3))
TARGET = Target()
FORMATION = Formation(510, 1095, (("standard", 2), ("junior", 2)))
PHONE = WorkClass("phone", "immediate", 15.0, 0.8, 5.0, is_measured=True)
VISIT = WorkClass("visit", "immediate", 20.0, 0.8, None, is_measured=False)
MAIL = WorkClass("mail", "deferred", 15.0, 0.8, None, is_measured=False)


def make_work(
    a_day: tuple[float, ...] = (28.0, 3.0, 14.0),
    classes: tuple[WorkClass, ...] = (PHONE, VISIT, MAIL),
    days: tuple[date, ...] = DAYS,
) -> Workload:
    rng = np.random.default_rng(3)
    profile = np.zeros(GRID.slots)
    profile[30:76] = 1 / 46
    factor: Floats = rng.gamma(20.0, 1 / 20, (20, len(days), 1, 1))
    return Workload(days, GRID, classes, factor * profile[:, None] * np.array(a_day))


def seats(count: int, *, operations_min: int = 0) -> Pattern:
    """Duties from opening to closing, breaks in turn, operations work before the closing."""
    noon = [720 + 60 * (n % 2) for n in range(count)]
    operations = (Away(960, 960 + operations_min, "operations"),) if operations_min else ()
    return Pattern(tuple(Seat("junior", 510, 1095, (Away(b, b + 60, "break"), *operations)) for b in noon))


def judged(pattern: Pattern, work: Workload | None = None) -> Service:
    return service(work or make_work(), [DayPlan(FORMATION, pattern)] * 3, TARGET, replications=4, seed=1)


def test_shapes_and_staffed_minutes() -> None:
    found = judged(seats(4))
    assert found.offered.shape == found.busy_min.shape == (20, 3, 96)
    assert found.deferred.shape == found.overtime_min.shape == (20, 3)
    assert found.day_in_time.shape == (4, 20, 3)
    assert found.staffed_min == pytest.approx(np.tile(seats(4).heads(GRID) * 15, (3, 1)))
    assert found.method.kind == "two_phase"
    assert found.standard_error > 0


def test_only_measured_calls_within_reception_are_offered() -> None:
    work = make_work()
    found = judged(seats(4), work)
    inside = work.rates[:, :, 34:73, 0].sum()
    assert found.offered.sum() == pytest.approx(inside, rel=0.05)
    assert (found.offered[:, :, :34] == 0).all()
    assert (found.offered[:, :, 73:] == 0).all()


def test_operations_work_takes_heads_from_reception() -> None:
    free, occupied = judged(seats(4)), judged(seats(4, operations_min=120))
    assert in_time_share(occupied).mean() < in_time_share(free).mean()
    assert same_day_share(occupied).mean() < same_day_share(free).mean()


def test_plans_may_differ_by_day() -> None:
    few, many = DayPlan(FORMATION, seats(2)), DayPlan(FORMATION, seats(6))
    mixed = service(make_work(), [few, many, few], TARGET, 4, 1)
    assert mixed.in_time[:, 1] == pytest.approx(judged(seats(6)).in_time[:, 1], rel=1e-12)
    assert mixed.in_time[:, 0] == pytest.approx(judged(seats(2)).in_time[:, 0], rel=1e-12)


def test_shares_by_path() -> None:
    found = judged(seats(4))
    expected = found.in_time[:, 1].sum(axis=1) / found.offered[:, 1].sum(axis=1)
    assert in_time_share(found, [1]) == pytest.approx(expected)
    assert (answer_rate(found) >= in_time_share(found)).all()


def test_no_demand_has_no_share_and_no_risk() -> None:
    found = judged(seats(4), make_work((0.0, 0.0, 0.0)))
    assert np.isnan(in_time_share(found)).all()
    assert np.isnan(same_day_share(found)).all()
    assert risk(found, TARGET).any == 0.0
    assert day_miss(found, TARGET) == 0.0


def test_risk_falls_with_people() -> None:
    found = [risk(judged(seats(n)), TARGET) for n in (1, 4, 7)]
    assert found[0].any == 1.0
    assert found[-1].any < 0.5
    assert [r.any for r in found] == sorted((r.any for r in found), reverse=True)
    assert all(r.any >= max(r.in_time, r.answer_rate, r.same_day) for r in found)


def test_a_single_day_misses_more_often_than_the_month() -> None:
    found = judged(seats(5))
    assert risk(found, TARGET).in_time <= day_miss(found, TARGET) < 1.0
    assert day_miss(found, TARGET, [0]) == pytest.approx((found.day_in_time[:, :, 0] < 0.8).mean())


EXPONENTIAL = (replace(PHONE, handling_cv=1.0), replace(VISIT, handling_min=15.0, handling_cv=1.0), MAIL)


def test_calls_are_exact_whatever_the_seed_and_mail_is_simulated() -> None:
    work = make_work(classes=EXPONENTIAL)
    plans = [DayPlan(FORMATION, seats(4))] * 3
    one, other = service(work, plans, TARGET, 4, 1), service(work, plans, TARGET, 2, 7)
    assert one.method.kind == "exact"
    for name in ("offered", "in_time", "answered", "wait_min", "busy_min", "overtime_min"):
        assert (getattr(one, name) == getattr(other, name)).all(), name
    assert (one.deferred != other.deferred).any()
    assert (one.day_in_time[0] != other.day_in_time[0]).any()
    assert one.offered.sum() == pytest.approx(work.rates[:, :, 34:73, 0].sum())


def test_exact_calls_are_those_of_the_simulation_within_its_noise() -> None:
    """The same work, but for a flag that sends it to the simulation; there is too little mail to matter."""
    work = make_work((28.0, 2.0, 1e-6), EXPONENTIAL)
    plans = [DayPlan(FORMATION, seats(4))] * 3
    exact = service(work, plans, TARGET, 2, 1)
    simulated = service(replace(work, is_mail_interrupted=False), plans, TARGET, 150, 1)
    assert simulated.method.reason == "mail_not_interrupted"
    assert 0 < simulated.standard_error < 0.002
    sums = {
        n: (getattr(exact, n).sum(), getattr(simulated, n).sum()) for n in ("offered", "answered", "busy_min")
    }
    assert all(a == pytest.approx(b, rel=0.015) for a, b in sums.values()), sums
    in_time = [s.in_time.sum() / s.offered.sum() for s in (exact, simulated)]
    # The simulation draws lognormal handling times: 0.6 points at most beside the chain's exponential ones.
    assert in_time[0] == pytest.approx(in_time[1], abs=0.012)
    assert exact.overtime_min.sum() == pytest.approx(simulated.overtime_min.sum(), rel=0.1)


def test_without_mail_nothing_is_unsure() -> None:
    work = make_work((28.0, 3.0), EXPONENTIAL[:2])
    inside = work.rates.copy()
    inside[:, :, :34] = inside[:, :, 73:] = 0.0
    assert judged(seats(4), replace(work, rates=inside)).standard_error == 0.0


def test_mail_that_is_not_put_down_makes_callers_wait() -> None:
    work = make_work((28.0, 3.0, 20.0), EXPONENTIAL)
    put_down = judged(seats(3), work)
    finished = judged(seats(3), replace(work, is_mail_interrupted=False))
    assert finished.method.kind == "simulation"
    assert in_time_share(finished).mean() < in_time_share(put_down).mean() - 0.02


def test_a_day_with_nobody_answers_nobody() -> None:
    found = judged(Pattern(()), make_work(classes=EXPONENTIAL))
    assert in_time_share(found) == pytest.approx(np.zeros(20), abs=1e-9)
    assert risk(found, TARGET).any == 1.0


def test_where_nobody_is_there_nobody_is_answered_and_no_fewer() -> None:
    found = judged(Pattern(()), make_work(classes=EXPONENTIAL))
    assert answer_rate(found) == pytest.approx(np.zeros(20), abs=1e-6)


def days_of(*months: tuple[int, int]) -> tuple[date, ...]:
    """So many days of each month (month, count)."""
    return tuple(date(2026, month, n + 1) for month, count in months for n in range(count))


@pytest.mark.parametrize(
    ("months", "sizes"),
    [
        (((4, 20),), [20]),
        (((3, 12), (4, 20)), [12, 20]),
        (((3, 3), (4, 20), (5, 9)), [32]),
        (((3, 3), (4, 20), (5, 10)), [23, 10]),
        (((4, 2),), [2]),
        (((3, 4), (4, 4), (5, 20)), [8 + 20]),
    ],
)
def test_measured_windows(months: tuple[tuple[int, int], ...], sizes: list[int]) -> None:
    windows = measured_windows(days_of(*months))
    assert [len(w) for w in windows] == sizes
    assert [d for w in windows for d in w] == list(range(sum(sizes)))


def test_needed_heads_are_zero_outside_reception() -> None:
    needed = needed_heads(make_work(), DAYS, FORMATION, TARGET)
    assert (needed[:34] == 0).all()
    assert (needed[73:] == 0).all()
    assert (needed[34:73] >= 1).all()
    assert (needed_heads(make_work((56.0, 6.0, 14.0)), DAYS, FORMATION, TARGET) >= needed).all()


def test_late_table_falls_with_people() -> None:
    work = make_work()
    late = late_table(work, DAYS, FORMATION, TARGET, 8)
    assert late.shape == (96, 9)
    assert (np.diff(late[34:73], axis=1) < 0).all()
    assert (late[:34] == 0).all()
    assert late[34:73, 0] == pytest.approx(work.rates[:, :, 34:73, 0].mean(axis=(0, 1)))
    assert late[34:73, 8].sum() < 0.1 * late[34:73, 0].sum()


def test_a_desk_of_mail_alone_needs_nobody_for_calls() -> None:
    work = make_work((14.0,), (MAIL,))
    assert needed_heads(work, DAYS, FORMATION, TARGET).sum() == 0
    assert late_table(work, DAYS, FORMATION, TARGET, 3).sum() == 0
    assert np.isnan(in_time_share(judged(seats(2), work))).all()
