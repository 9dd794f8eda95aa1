"""Mail in the idle minutes: against a line kept by hand, and over the night."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from planner.queueing.simulated.backlog import Deferred, Drained, drained
from planner.queueing.simulated.bins import BIN_MIN, BINS, minutes_by_bin

CLOSES = np.array([120.0, 130.0, 120.0])
DAYS = CLOSES.size


def work(*items: tuple[int, float, float]) -> Deferred:
    """Items (day, minute, handling) of one path."""
    row, minute, handling = np.array(sorted(items), dtype=float).reshape(-1, 3).T
    return Deferred(row.astype(np.int64), minute, handling)


def idle(minutes_per_bin: float, until: float = 120.0) -> np.ndarray:
    each = np.where(np.arange(BINS) * BIN_MIN < until, minutes_per_bin, 0.0)
    return np.tile(each, (1, DAYS, 1))


def test_mail_is_carried_over_the_night_and_done_first() -> None:
    found = drained(work((0, 60, 100.0), (1, 0, 10.0)), idle(BIN_MIN), CLOSES)
    assert found.same_day.tolist() == [[0, 1, 0]]
    assert found.backlog.tolist() == [[1, 0, 0]]
    # With half the minutes the first mail takes the second day too, and the second waits behind it.
    found = drained(work((0, 60, 100.0), (1, 0, 10.0)), idle(BIN_MIN / 2), CLOSES)
    assert found.same_day.tolist() == [[0, 0, 0]]
    assert found.backlog.tolist() == [[1, 2, 0]]
    assert found.done_min.tolist() == [[30, 60, 20]]


def test_idle_minutes_before_the_mail_do_not_count() -> None:
    found = drained(work((0, 115, 6.0)), idle(BIN_MIN), CLOSES)
    assert found.backlog.tolist() == [[1, 0, 0]]
    assert drained(work((0, 115, 5.0)), idle(BIN_MIN), CLOSES).backlog.tolist() == [[0, 0, 0]]


def test_people_who_stay_after_closing_empty_the_line_for_tomorrow() -> None:
    found = drained(work((0, 100, 60.0), (1, 0, 118.0)), idle(BIN_MIN, until=180), CLOSES)
    assert found.backlog.tolist() == [[1, 0, 0]]
    assert found.same_day.tolist() == [[0, 1, 0]]
    assert found.done_min.tolist() == [[60, 118, 0]]


def by_hand(items: list[tuple[int, float, float]], each: float, until: float) -> Drained:
    """Keep the line item by item, bin by bin."""
    line: list[list[float]] = []
    due, same, left, done_min = np.zeros((4, 1, DAYS))
    for d in range(DAYS):
        todays = [i for i in sorted(items) if i[0] == d]
        due[0, d] = len(todays)
        for b in range(BINS):
            if b == int(np.ceil(CLOSES[d] / BIN_MIN)):
                left[0, d] = len(line)
                same[0, d] = len(todays) - sum(day == d for day, _ in line)
            line += [[d, h] for _, minute, h in todays if int(minute // BIN_MIN) == b]
            minutes = each if b * BIN_MIN < until else 0.0
            while line and minutes > 0:
                used = min(minutes, line[0][1])
                minutes -= used
                done_min[0, d] += used
                line[0][1] -= used
                if line[0][1] <= 1e-7:
                    line.pop(0)
    return Drained(due, same, left, done_min)


item = st.tuples(st.integers(0, DAYS - 1), st.floats(0, 119), st.integers(1, 40).map(float))


@given(
    items=st.lists(item, min_size=1, max_size=15),
    each=st.sampled_from([1.0, 2.0, 5.0]),
    until=st.sampled_from([60.0, 120.0, 150.0]),
)
def test_as_by_hand(items: list[tuple[int, float, float]], each: float, until: float) -> None:
    found, expected = drained(work(*items), idle(each, until), CLOSES), by_hand(items, each, until)
    assert found.due.tolist() == expected.due.tolist()
    assert found.backlog.tolist() == expected.backlog.tolist()
    assert found.same_day.tolist() == expected.same_day.tolist()
    assert np.allclose(found.done_min, expected.done_min, atol=1e-6)


spans = st.lists(st.tuples(st.integers(0, 2), st.floats(0, 1500), st.floats(0, 200)), max_size=20)


@given(spans=spans)
def test_minutes_by_bin_keep_every_minute_of_the_day(spans: list[tuple[int, float, float]]) -> None:
    row, start, length = np.array(spans, dtype=float).reshape(-1, 3).T
    end = start + length
    found = minutes_by_bin(row.astype(np.int64), start, end, 3)
    edges = np.arange(BINS) * float(BIN_MIN)
    overlap = np.clip(np.minimum(end[:, None], edges + BIN_MIN) - np.maximum(start[:, None], edges), 0, None)
    expected = np.array([overlap[row == r].sum(axis=0) for r in range(3)])
    assert np.allclose(found, expected, atol=1e-9)
