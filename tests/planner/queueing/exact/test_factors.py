"""A day of any volume, read between days that were solved."""

from math import inf

import numpy as np
import pytest

from forecasts.distribution import Floats
from planner.queueing.exact.chain import Days, exact_days
from planner.queueing.exact.factors import DayTable, Volumes, day_tables
from planner.queueing.line import Line
from planner.queueing.timeline import timeline
from tests.planner.queueing.day_plans import plan
from tests.planner.queueing_builder import make_shop

SHOP = make_shop(
    ((510, 690), (750, 900), (960, 1050)),
    ((510, 720), (780, 990)),
    ((555, 630), (690, 750), (810, 1095)),
    ((555, 600), (660, 780), (840, 1095)),
)
DAY = timeline(SHOP, 15)
MIDDLE = (np.array(DAY.bounds_min[1:]) + np.array(DAY.bounds_min[:-1])) / 2
HILL = 1 + np.exp(-(((MIDDLE - 600) / 60) ** 2)) + 0.6 * np.exp(-(((MIDDLE - 840) / 90) ** 2))
SHAPE = HILL / (HILL @ DAY.lengths_min)
LINES = {
    Line(19.0, 5.0): 45.0,
    Line(19.0, 6.0, 5.0): 45.0,
    Line(9.0): 80.0,
    Line(9.0, 1.0): 90.0,
    Line(9.0, 20.0, inf): 90.0,
}
USUAL, WIDE, HEAVY = (0.55, 1.8), (0.2, 3.0), (0.1, 8.0)


def smooth(calls: Floats, shape: Floats) -> Volumes:
    return Volumes(calls, shape, np.zeros((0, shape.size)))


def worst(line: Line, volumes: tuple[float, float], limit_min: float) -> tuple[float, float]:
    """Return the largest error of a day's and of a segment's late share, in points."""
    calls = LINES[line] * np.linspace(*volumes, 90)

    def solve(rates: Floats) -> Days:
        return exact_days(line, DAY, rates, (limit_min,))

    [table] = day_tables([smooth(calls, SHAPE)], solve)
    read, exact = table.read(calls), solve(calls[:, None] * SHAPE)
    of_day = (read.late_share * exact.offered).sum(axis=1) / exact.offered.sum(axis=1)
    assert (np.diff(read.late_share, axis=0) >= -1e-12).all()
    return (
        100 * float(np.abs(of_day - (1 - exact.in_time()[0])).max()),
        100 * float(np.abs(read.late_share - exact.late[0] / exact.offered).max()),
    )


@pytest.mark.parametrize("limit_min", [1 / 3, 5.0])
@pytest.mark.parametrize("line", LINES, ids=str)
def test_between_the_solved_days_it_is_within_a_tenth_of_a_point(line: Line, limit_min: float) -> None:
    day, segment = worst(line, USUAL, limit_min)
    assert day <= 0.1
    assert segment <= 0.15


@pytest.mark.parametrize("line", [x for x in LINES if x.patience_min < inf], ids=str)
def test_so_it_is_over_a_wide_range_of_volumes(line: Line) -> None:
    day, segment = worst(line, WIDE, 1.0)
    assert day <= 0.1
    assert segment <= 0.15


@pytest.mark.parametrize(("line", "volumes"), [(Line(9.0), WIDE), (Line(9.0, 20.0, inf), HEAVY)])
def test_so_it_is_in_overload_without_hang_ups_and_with_extreme_paths(
    line: Line, volumes: tuple[float, float]
) -> None:
    day, segment = worst(line, volumes, 1.0)
    assert day <= 0.1
    assert segment <= 0.3


def test_days_solved_are_read_as_they_are_and_sums_hold_all_that_happens() -> None:
    line, plan_, shape = Line(9.0, 5.0), plan([1, 2, 0, 2]), np.array([0.02, 0.03, 0.01, 0.0066])
    volumes = smooth(np.array([10.0, 30.0, 20.0]), shape)
    [table] = day_tables([volumes], lambda rates: exact_days(line, plan_, rates, (1.0,)))
    at = table.factors
    assert (at[0], at[-1]) == pytest.approx((10.0, 30.0))
    found, exact = table.read(at), exact_days(line, plan_, at[:, None] * shape, (1.0,))
    offered = exact.offered.sum(axis=1)
    assert found.late_share == pytest.approx(exact.late[0] / exact.offered, abs=1e-9)
    assert found.wait_min.sum(axis=1) == pytest.approx(exact.wait_min.sum(axis=1) + exact.closed.wait_min)
    assert found.lost.sum(axis=1) == pytest.approx(offered - exact.answered)
    overtime = exact.overtime_min.sum(axis=1) + exact.closed.busy_min
    assert found.overtime_min == pytest.approx(overtime)
    assert found.busy_min.sum(axis=1) == pytest.approx(exact.busy_min.sum(axis=1) + overtime)
    assert found.busy_min.sum(axis=1) / 9.0 + found.lost.sum(axis=1) == pytest.approx(offered)


def test_days_that_stray_scale_the_table_to_what_they_add_up_to() -> None:
    line, plan_, rng = Line(9.0, 5.0), plan([2, 1, 2, 2]), np.random.default_rng(4)
    rates = rng.gamma(2.0, 0.06, (60, 4))
    volumes = Volumes.of(rates, plan_.lengths_min)
    assert len(volumes.straying) == 60

    def solve(some: Floats) -> Days:
        return exact_days(line, plan_, some, (1.0,))

    exact = solve(rates)
    mean = smooth(volumes.calls, volumes.shape)
    told = [day_tables([v], solve)[0].read(volumes.calls) for v in (volumes, mean)]
    late = [float((t.late_share * exact.offered).sum()) for t in told]
    assert late[0] == pytest.approx(exact.late.sum(), rel=1e-9)
    assert late[1] < 0.97 * exact.late.sum()
    assert told[0].wait_min.sum() == pytest.approx(exact.wait_min.sum() + exact.closed.wait_min.sum())


def test_days_of_one_shape_do_not_stray() -> None:
    rates = np.array([1.0, 2.0, 3.0])[:, None] * np.array([0.1, 0.2])
    volumes = Volumes.of(rates, np.array([15.0, 15.0]))
    assert volumes.calls == pytest.approx([4.5, 9.0, 13.5])
    assert volumes.shape == pytest.approx([0.1 / 4.5, 0.2 / 4.5])
    assert not volumes.straying.size


def test_several_tables_are_solved_as_each_alone() -> None:
    line, plan_ = Line(9.0, 5.0), plan([1, 2, 0, 2])

    def solve(rates: Floats) -> Days:
        return exact_days(line, plan_, rates, (1.0,))

    asked = [
        smooth(np.array([5.0, 20.0]), np.full(4, 1 / 60)),
        Volumes(np.array([12.0]), np.full(4, 1 / 60), np.array([[0.3, 0.2, 0.1, 0.2]])),
        smooth(np.array([1.0, 40.0]), np.full(4, 1 / 60)),
    ]
    together = day_tables(asked, solve)
    assert [t.factors.size for t in together] == [17, 1, 17]
    for table, volumes in zip(together, asked, strict=True):
        [alone] = day_tables([volumes], solve)
        assert (alone.factors == table.factors).all()
        assert alone.values == pytest.approx(table.values, abs=1e-9)


def test_one_outside_takes_the_nearest() -> None:
    table = DayTable(np.array([1.0, 2.0]), np.array([[0.0, 1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 4.0, 5.0]]))
    found = table.read(np.array([0.0, 1.0, 1.5, 2.0, 9.0]))
    assert found.late_share[:, 0].tolist() == [0.0, 0.0, 0.5, 1.0, 1.0]
    assert found.overtime_min.tolist() == [4.0, 4.0, 4.5, 5.0, 5.0]
    one = DayTable(np.array([3.0]), np.array([[0.1, 1.0, 2.0, 3.0, 4.0]]))
    assert one.read(np.array([1.0, 3.0])).late_share[:, 0].tolist() == [0.1, 0.1]


@pytest.mark.parametrize(
    ("calls", "count"), [((7.0, 7.0), 1), ((10.0, 34.0), 11), ((10.0, 90.0), 17), ((0.0, 50.0), 17)]
)
def test_volumes_that_are_solved(calls: tuple[float, float], count: int) -> None:
    at = smooth(np.array(calls), np.ones(1)).solved_at()
    assert at.size == count
    assert (np.diff(at) > 0).all()
    assert (at[0], at[-1]) == pytest.approx(calls)


def test_where_nobody_calls_nobody_is_late() -> None:
    [table] = day_tables(
        [smooth(np.zeros(3), np.zeros(2))],
        lambda rates: exact_days(Line(9.0), plan([1, 1]), rates, (1.0,)),
    )
    found = table.read(np.zeros(3))
    assert found.late_share.tolist() == [[0.0, 0.0]] * 3
    assert np.abs(found.busy_min).max() < 1e-12
