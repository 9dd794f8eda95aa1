"""Minutes of contacts: when they are spent, from which plan, and which nobody gives back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.queueing.line import Conventions
from planner.queueing.simulated.bins import BIN_MIN
from planner.queueing.simulated.spans import Spans, busy_by_bin, overtime_by_row, planned_by_bin

FULL, ON_TIME = Conventions(), Conventions(returns="on_time")


def spans(*items: tuple[float, float, float, float], stretch_min: float = 300.0) -> Spans:
    """Items (start, end, leaves, returns), a row each; the next stretch is that long."""
    start, end, leaves, returns = np.array(items, dtype=float).T
    return Spans(np.arange(len(items)), start, end, leaves, returns, returns + stretch_min)


@pytest.mark.parametrize(
    ("end", "returns", "conventions", "planned", "overtime"),
    [
        (715, 780, FULL, 15, 0),
        (740, 780, FULL, 40, 0),  # 20 minutes in the stretch, 20 taken from the next one
        (740, 780, ON_TIME, 20, 20),  # the break is cut
        (800, 780, ON_TIME, 40, 60),  # the whole break, and 20 minutes of the next stretch
        (740, np.inf, FULL, 20, 20),
        (740, np.inf, ON_TIME, 20, 20),
        (740, 720, FULL, 20, 20),  # stays after closing
        (740, 720, ON_TIME, 20, 20),
    ],
)
def test_by_hand(
    end: float, returns: float, conventions: Conventions, planned: float, overtime: float
) -> None:
    one = spans((700, end, 720, returns))
    assert busy_by_bin(one, 1).sum() == end - 700
    assert planned_by_bin(one, 1, conventions).sum() == planned
    assert overtime_by_row(one, 1, conventions).tolist() == [overtime]


def test_what_is_taken_from_the_next_stretch_is_booked_there() -> None:
    for conventions, end in ((FULL, 740), (ON_TIME, 800)):
        taken = planned_by_bin(spans((700, end, 720, 780)), 1, conventions)[0]
        assert np.flatnonzero(taken).tolist() == [
            b // BIN_MIN for b in (700, 705, 710, 715, 780, 785, 790, 795)
        ]


@pytest.mark.parametrize(("conventions", "overtime"), [(FULL, 50), (ON_TIME, 70)])
def test_who_is_late_by_more_than_the_next_stretch_works_overtime(
    conventions: Conventions, overtime: float
) -> None:
    """80 minutes too long: a break of 60 and a stretch of 30, or with the break cut 20 of the stretch."""
    one = spans((700, 800, 720, 780), stretch_min=30.0 if conventions == FULL else 10.0)
    assert overtime_by_row(one, 1, conventions).tolist() == [overtime]
    assert planned_by_bin(one, 1, conventions).sum() == 100 - overtime


span = st.tuples(
    st.floats(500, 700), st.floats(0, 60), st.floats(0, 100), st.sampled_from([0.0, 70.0, np.inf])
)


@given(items=st.lists(span, min_size=1, max_size=8), conventions=st.sampled_from([FULL, ON_TIME]))
def test_every_minute_is_planned_or_overtime(
    items: list[tuple[float, float, float, float]], conventions: Conventions
) -> None:
    some = spans(*((s, s + long, s + stays, s + stays + away) for s, long, stays, away in items))
    rows = len(items)
    planned = planned_by_bin(some, rows, conventions).sum(axis=1)
    found = overtime_by_row(some, rows, conventions)
    assert (found >= 0).all()
    assert planned + found == pytest.approx(some.end - some.start, abs=1e-9)
    kept = some.only(np.arange(rows) == 0)
    assert overtime_by_row(kept, rows, conventions)[0] == found[0]
