"""The exact chain against the published day (uniformization), row by row; dense matrices where it errs."""

from itertools import pairwise, product

import numpy as np
import pytest

from benchmarks.shared_data import REASON, is_missing
from forecasts.distribution import Floats
from planner.queueing.exact.chain import exact_days
from planner.queueing.line import Conventions, Line
from tests.planner.queueing.day_plans import REFERENCE, Published, published
from tests.planner.queueing.dense_day import DenseDay

pytestmark = pytest.mark.skipif(is_missing(REFERENCE), reason=REASON)

EXHAUSTIVE, HANDOVER = Conventions("exhaustive"), Conventions("handover")
CONVENTIONS = pytest.mark.parametrize("conventions", [EXHAUSTIVE, HANDOVER], ids=["exhaustive", "handover"])
LIMITS = (1 / 3, 1.0, 5.0, 20.0)
LINE = Line(9.0, 5.0)
STAYS = Line(9.0, 5.0, measured_patience_min=float("inf"))
COLUMNS = {
    "delayed": "delayed",
    "wait_min": "EQ_minutes",
    "busy_min": "busy_minutes",
    "waiting": "EQ_end",
    "overtime_min": "overtime_minutes",
}


def kinked(day: Published, limit_min: float) -> list[int]:
    """Slots whose callers see a change of heads within the limit from a moment inside the slot on.

    There the reference's shares, a rule of five nodes over a kink, are off: by up to 1.6e-6 where callers
    hang up, 8.2e-5 where the caller never does (dense matrices say the same as the chain, below).
    """
    bounds, plan = day.timeline.bounds_min, day.timeline
    turns = [b for b, gone, come in zip(bounds, plan.leaves, plan.joins, strict=False) if gone or come]
    return [
        k
        for k, (start, end) in enumerate(pairwise(bounds))
        if limit_min >= end - start and any(start < turn - limit_min < end for turn in turns)
    ]


@CONVENTIONS
@pytest.mark.parametrize("limit_min", LIMITS)
def test_every_column_of_the_reference(conventions: Conventions, limit_min: float) -> None:
    day = published(conventions.shift_end, limit_min)
    found = exact_days(LINE, day.timeline, day.rates, [limit_min], conventions)
    for name, column in COLUMNS.items():
        assert np.abs(getattr(found, name)[0] - day.columns[column]).max() < 1e-9, name
    off = np.abs(found.late[0, 0] - day.columns["late"])
    bad = kinked(day, limit_min)
    assert np.delete(off, bad).max() < 1e-9
    assert off[bad].max(initial=0.0) < 2e-6


@CONVENTIONS
@pytest.mark.parametrize("limit_min", LIMITS)
def test_the_virtual_wait_of_one_who_never_hangs_up(conventions: Conventions, limit_min: float) -> None:
    day = published(conventions.shift_end, limit_min)
    found = exact_days(STAYS, day.timeline, day.rates, [limit_min], conventions).late[0, 0]
    off = np.abs(found - day.columns["late_virtual"])
    bad = kinked(day, limit_min)
    assert np.delete(off, bad).max() < 1e-9
    assert off[bad].max(initial=0.0) < 1e-4


@CONVENTIONS
@pytest.mark.parametrize(("line", "column"), [(LINE, "late"), (STAYS, "late_virtual")])
def test_dense_matrices_say_the_same_where_the_reference_is_off(
    conventions: Conventions, line: Line, column: str
) -> None:
    day = published(conventions.shift_end, 20.0)
    bad = kinked(day, 20.0)
    assert len(bad) >= 5
    rates = day.columns["lam_per_min"].tolist()
    dense = DenseDay(
        line, day.timeline, rates, is_handover=conventions.shift_end == "handover", states=44
    ).late(20.0, only=bad)
    found = exact_days(line, day.timeline, day.rates, [20.0], conventions).late[0, 0]
    assert np.abs(found - dense)[bad].max() < 1e-9
    assert np.abs(day.columns[column] - dense)[bad].max() > 1e-7


def test_limits_and_rows_do_not_touch_each_other() -> None:
    day = published("exhaustive", 1.0)
    rates = np.concatenate((day.rates, 0.5 * day.rates, 2 * day.rates))
    together = exact_days(LINE, day.timeline, rates, LIMITS)
    for (n, limit), b in product(enumerate(LIMITS), range(3)):
        alone: Floats = exact_days(LINE, day.timeline, rates[b : b + 1], [limit]).late[0, 0]
        assert np.abs(together.late[n, b] - alone).max() < 1e-9
