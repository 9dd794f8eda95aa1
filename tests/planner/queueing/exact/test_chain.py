"""A day solved: what comes out fits together, and what is no input is named."""

from dataclasses import fields
from math import inf, nan

import numpy as np
import pytest

from forecasts.distribution import Floats
from planner.queueing.exact import chain
from planner.queueing.exact.chain import Days, exact_days
from planner.queueing.line import Conventions, Line
from planner.queueing.simulated.crew import crew
from planner.queueing.simulated.estimates import estimates
from planner.queueing.timeline import Return, Timeline, timeline
from tests.planner.queueing.day_plans import plan
from tests.planner.queueing.dense_day import DenseDay
from tests.planner.queueing_builder import make_arrivals, make_kinds, make_shop

LINE = Line(9.0, 5.0)
PLAN = Timeline((0, 15, 30, 45), (3, 2, 3), (0, 2, 0), (0, 1, 1), (Return(1, 2, 1),))
SHOP = make_shop(
    ((510, 690), (750, 900), (960, 1050)),
    ((510, 720), (780, 990)),
    ((555, 630), (690, 750), (810, 1095)),
    ((555, 600), (660, 780), (840, 1095)),
)
RATES = np.array([[0.3, 0.4, 0.2], [0.1, 0.2, 0.3], [0.6, 0.1, 0.5]])


def differences(one: Days, other: Days) -> float:
    """Return the largest difference of any figure."""
    pairs = [(getattr(one, f.name), getattr(other, f.name)) for f in fields(Days) if f.name != "closed"]
    pairs += [(getattr(one.closed, f.name), getattr(other.closed, f.name)) for f in fields(one.closed)]
    return max(float(np.abs(a - b).max()) for a, b in pairs)


def test_shapes() -> None:
    found = exact_days(LINE, PLAN, RATES, [1.0, 5.0])
    assert found.late.shape == (2, 3, 3)
    assert found.in_time().shape == (2, 3)
    for f in fields(Days):
        if f.name not in {"late", "closed"}:
            assert getattr(found, f.name).shape == (3, 3), f.name
    assert all(getattr(found.closed, f.name).shape == (3,) for f in fields(found.closed))
    assert found.offered == pytest.approx(RATES * 15)
    assert found.answered.shape == (3,)


def test_sums_of_a_day_are_those_of_dense_matrices() -> None:
    plan_ = plan([3, 2, 0, 3], swaps=[1])
    rates = [0.3, 0.4, 0.2, 0.5]
    found = exact_days(LINE, plan_, np.array([rates]), [1.0])
    dense, number = DenseDay(LINE, plan_, rates), np.arange(70)
    heads = np.array(plan_.heads)[:, None]
    queued, busy = np.maximum(number - heads, 0), np.minimum(number, heads)
    assert found.wait_min[0] == pytest.approx(dense.number(queued), abs=1e-9)
    assert found.abandoned[0] == pytest.approx(dense.number(queued) / 5, abs=1e-9)
    assert found.busy_min[0] == pytest.approx(dense.number(busy), abs=1e-9)
    assert found.delayed[0] == pytest.approx(dense.number(number >= heads) * rates, abs=1e-9)
    ends = [(dense.starts[k] @ dense.flown(k, 15.0)) @ queued[k] for k in range(4)]
    assert found.waiting[0] == pytest.approx(ends, abs=1e-9)


def test_a_row_alone_is_the_same() -> None:
    together = exact_days(LINE, PLAN, RATES, [1.0, 5.0])
    for b in range(3):
        alone = exact_days(LINE, PLAN, RATES[b : b + 1], [1.0, 5.0])
        assert alone.late[:, 0] == pytest.approx(together.late[:, b], abs=1e-10)
        assert alone.wait_min[0] == pytest.approx(together.wait_min[b], abs=1e-9)
        assert alone.closed.busy_min[0] == pytest.approx(together.closed.busy_min[b], abs=1e-9)


def test_a_row_that_swings_is_the_same_among_others() -> None:
    rates = np.array([[180.0, 1.0, 180.0, 1.0], [1.0, 180.0, 1.0, 180.0]])
    plan_ = plan([500] * 4, 30)
    alone = exact_days(Line(3.0, 5.0), plan_, rates[:1], [1.0])
    together = exact_days(Line(3.0, 5.0), plan_, rates, [1.0])
    assert np.abs(together.delayed[0] - alone.delayed[0]).max() < 1e-10 * alone.offered.sum()
    assert np.abs(together.late[0, 0] - alone.late[0, 0]).max() < 1e-10 * alone.offered.sum()


def test_rows_in_parts_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rates = np.concatenate([RATES * f for f in (0.2, 0.6, 1.0, 1.4)])
    whole = exact_days(LINE, PLAN, rates, [1.0, 5.0])
    monkeypatch.setattr(chain, "_NUMBERS_AT_ONCE", 1200)
    assert differences(exact_days(LINE, PLAN, rates, [1.0, 5.0]), whole) < 1e-9


def test_more_states_are_taken_until_the_law_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = exact_days(LINE, PLAN, RATES, [1.0])
    monkeypatch.setattr("planner.queueing.exact.fluid._DEVIATIONS", 0.0)
    monkeypatch.setattr("planner.queueing.exact.fluid._BEYOND", 1)
    assert differences(exact_days(LINE, PLAN, RATES, [1.0]), whole) < 1e-10


def test_a_day_without_calls_is_empty() -> None:
    found = exact_days(LINE, PLAN, np.zeros((1, 3)), [1.0])
    assert np.isnan(found.in_time()).all()
    assert found.busy_min == pytest.approx(np.zeros((1, 3)), abs=1e-12)
    assert found.late.sum() == found.answered[0] == 0.0


def test_no_days_at_all_are_refused() -> None:
    with pytest.raises(ValueError, match=r"calls_per_min has shape \(0, 3\)"):
        exact_days(LINE, PLAN, np.zeros((0, 3)), [1.0])


@pytest.mark.parametrize("bad", [-0.1, nan, inf, -inf])
def test_a_rate_that_is_none_is_named_with_its_segment(bad: float) -> None:
    rates = RATES.copy()
    rates[2, 1] = bad
    with pytest.raises(ValueError, match=rf"day 2, segment 1 \(15-30 min\): {bad} calls a minute"):
        exact_days(LINE, PLAN, rates, [1.0])


def test_all_faults_are_told_at_once() -> None:
    rates = RATES.copy()
    rates[0, 0] = rates[1, 2] = nan
    with pytest.raises(ValueError, match=r"day 0, segment 0 .*day 1, segment 2 .*limit 1: -1"):
        exact_days(LINE, PLAN, rates, [1.0, -1.0])


@pytest.mark.parametrize("shape", [(3,), (1, 2), (1, 4), (3, 1), (1, 1, 3)])
def test_a_shape_that_does_not_fit_is_named(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"calls_per_min has shape \(.*\): \(days, 3\) is wanted"):
        exact_days(LINE, PLAN, np.full(shape, 0.1), [1.0])


@pytest.mark.parametrize("bad", [-1.0, nan, inf])
def test_a_limit_that_is_none_is_named(bad: float) -> None:
    with pytest.raises(ValueError, match=f"limit 1: {bad} min, a finite 0 or more is wanted"):
        exact_days(LINE, PLAN, RATES, [1.0, bad])


def test_a_limit_is_wanted() -> None:
    with pytest.raises(ValueError, match="no limit"):
        exact_days(LINE, PLAN, RATES, [])


def test_a_slot_open_with_nobody_says_so() -> None:
    found = exact_days(Line(9.0), plan([2, 0, 0, 0]), np.full((1, 4), 0.2), [1.0, 10.0], Conventions())
    assert found.late[:, 0, 1:] == pytest.approx(found.offered[:, 1:].repeat(2, axis=0), abs=1e-9)
    assert found.busy_min[0, 1:] == pytest.approx(np.zeros(3), abs=1e-9)
    assert found.closed.left[0] > 9.0
    assert found.closed.answered[0] == 0.0


@pytest.mark.parametrize("returns", [Conventions(), Conventions(returns="on_time")], ids=["full", "on_time"])
@pytest.mark.parametrize(
    ("calls", "line"), [(90.0, LINE), (60.0, Line(12.0))], ids=["90 calls", "nobody hangs up"]
)
def test_people_who_come_back_are_those_of_the_simulation(
    calls: float, line: Line, returns: Conventions
) -> None:
    """Breaks in turn, three stretches a person; callers' and people's laws as simulated, no chain inside."""
    start = np.arange(96) * 15.0
    hill = 1 + np.exp(-(((start - 600) / 60) ** 2)) + 0.6 * np.exp(-(((start - 840) / 90) ** 2))
    by_slot = np.where((start >= 510) & (start < 1095), hill, 0.0)
    by_slot *= calls / by_slot.sum()
    kinds = make_kinds(line.handling_min, patience_min=line.patience_min, law="exponential")
    simulated = estimates(
        make_arrivals(by_slot[None, None], kinds=kinds), crew([SHOP], returns), 1.0, 44_000, 3
    )
    assert simulated.day_error[0] <= 0.0005
    plan_ = timeline(SHOP, 15)
    slots = list(plan_.slots(15))
    found = exact_days(line, plan_, (by_slot / 15)[slots][None], [1.0], returns)
    assert abs(found.in_time()[0, 0] - simulated.day_share[0]) <= 4 * simulated.day_error[0]
    is_open = by_slot > 0
    late = np.bincount(slots, found.late[0, 0], minlength=96)[is_open] / by_slot[is_open]
    z = (simulated.slot_share[0][is_open] - 1 + late) / simulated.slot_error[0][is_open]
    assert 0.7 < np.sqrt(np.mean(z**2)) < 1.3
    mean, error = simulated.mean, simulated.error
    overtime = found.overtime_min.sum() + found.closed.busy_min[0]
    assert overtime == pytest.approx(mean.overtime_min.sum(), abs=4 * error.overtime_min.sum() + 0.05)
    assert found.busy_min.sum() + overtime == pytest.approx(mean.busy_min.sum(), rel=0.005)
    assert found.answered[0] == pytest.approx(mean.answered.sum(), rel=0.002)


def test_input_is_left_alone() -> None:
    rates: Floats = RATES.copy()
    rates.setflags(write=False)
    one, two = (exact_days(LINE, PLAN, rates, [1.0]) for _ in range(2))
    assert differences(one, two) == 0.0
