"""The law through a day, against dense matrices; who is held up on return, against all cases told apart."""

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.stats import binom, hypergeom

from forecasts.distribution import Floats
from planner.queueing.exact.course import Course, course
from planner.queueing.exact.fluid import flow
from planner.queueing.exact.pieces import pieces
from planner.queueing.line import Conventions, Line
from planner.queueing.timeline import Return, Timeline
from tests.planner.queueing.day_plans import SmallDay, plan, small_days
from tests.planner.queueing.dense_day import DenseDay

STATES = 64
LINE = Line(9.0, 5.0)
# Two of four have a break of 15 minutes; somebody else leaves for good.
BREAK = Timeline((0, 30, 45, 75), (4, 1, 3), (0, 3, 0), (0, 0, 2), (Return(1, 2, 2),))
RATES = (0.5, 0.3, 0.4)


def solved(
    day: SmallDay, conventions: Conventions, cuts: tuple[float, ...] = (), states: int = STATES
) -> Course:
    steps = flow(day.line, day.timeline, conventions, day.calls_per_min).cuts
    cut = pieces(day.timeline, [3.0], (*cuts, *steps))
    return course(day.line, day.timeline, day.rates, conventions, cut, states)


@pytest.mark.parametrize("shift_end", ["exhaustive", "handover"])
@settings(max_examples=40)
@given(day=small_days())
def test_laws_are_those_of_dense_matrices(day: SmallDay, shift_end: str) -> None:
    is_handover = shift_end == "handover"
    found = solved(day, Conventions("handover" if is_handover else "exhaustive"), (1.0, 7.5))
    dense = DenseDay(day.line, day.timeline, day.calls_per_min, is_handover, STATES)
    assert np.abs(found.ends[-1, 0] - dense.starts[-1]).max() < 1e-9
    for k in range(len(day.timeline.heads)):
        first = next(n for n, p in enumerate(found.pieces) if p.segment == k)
        assert np.abs(found.starts[first, 0] - dense.starts[k]).max() < 1e-9
    assert found.spent.sum() == pytest.approx(day.timeline.bounds_min[-1], rel=1e-11)
    assert found.states == STATES
    number = np.arange(STATES)
    for k in range(1, len(day.timeline.heads)):
        before, after = found.ends[k - 1, 0] @ number, dense.starts[k] @ number
        assert found.gone[0, k] == pytest.approx(before - after, abs=1e-9)


def test_what_the_last_state_holds_shows() -> None:
    day = SmallDay(Line(9.0), plan([1, 1]), (2.0, 2.0))
    assert solved(day, Conventions(), states=40).lost() > 1e-3
    assert solved(day, Conventions(), states=160).lost() < 1e-13


def told_apart(still: float, people: int = 2) -> list[Floats]:
    """Return, by how many who come back are on a call, the law just after the return: nothing is averaged."""
    dense = DenseDay(LINE, BREAK, RATES, states=STATES)
    law, heads = dense.starts[0] @ dense.flown(0, 30.0), BREAK.heads[0]
    out = [np.zeros(STATES) for _ in range(people + 1)]
    back = dense.flown(1, 15.0)
    for n in range(STATES):
        busy = min(n, heads)
        for z in range(min(3, busy) + 1):
            chance = law[n] * hypergeom(heads, busy, 3).pmf(z)
            for mine in range(min(z, people) + 1):
                of_them = chance * hypergeom(3, z, people).pmf(mine)
                for held in range(mine + 1):
                    out[held] += of_them * binom(mine, still).pmf(held) * back[n - z]
    return out


@pytest.mark.parametrize(
    ("returns", "still"), [(Conventions(), 1.0), (Conventions(returns="on_time"), np.exp(-15 / 9))]
)
def test_who_comes_back_late_is_held_up_by_the_call(returns: Conventions, still: float) -> None:
    found = solved(SmallDay(LINE, BREAK, RATES), returns)
    apart = told_apart(still)
    assert found.held[2][0] == pytest.approx([law.sum() for law in apart], abs=1e-10)
    mean = float(found.held[2][0] @ np.arange(3))
    assert found.moved[0, 1] == pytest.approx(mean, abs=1e-12)
    busy = found.ends[0, 0] @ np.minimum(np.arange(STATES), 4)
    assert found.gone[0, 1] == pytest.approx(busy * 3 / 4 - mean, abs=1e-10)
    exact = sum(np.roll(law, held) for held, law in enumerate(apart))
    at = next(n for n, p in enumerate(found.pieces) if p.segment == 2)
    # Taken as independent of the line that they find: the law is off, its mean is not.
    assert found.starts[at, 0] @ np.arange(STATES) == pytest.approx(exact @ np.arange(STATES), abs=1e-9)
    assert 1e-5 < np.abs(found.starts[at, 0] - exact).sum() < 0.02


def test_two_groups_who_come_back_at_once_are_held_up_together() -> None:
    returns = (Return(1, 3, 1), Return(2, 3, 1))
    plan_ = Timeline((0, 30, 40, 50, 70), (3, 2, 1, 3), (0, 1, 1, 0), (0, 0, 0, 2), returns)
    found = solved(SmallDay(LINE, plan_, (0.4, 0.4, 0.4, 0.4)), Conventions())
    first, second = found.moved[0, 1], found.moved[0, 2]
    assert 0.3 < first < second < 1.0
    expected = [(1 - first) * (1 - second), first * (1 - second) + (1 - first) * second, first * second]
    assert found.held[3][0] == pytest.approx(expected, abs=1e-10)


def test_nobody_is_held_up_where_calls_are_handed_over() -> None:
    found = solved(SmallDay(LINE, BREAK, RATES), Conventions("handover"))
    assert not found.held
    assert not found.gone.any()
    assert not found.moved.any()
