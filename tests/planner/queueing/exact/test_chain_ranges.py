"""From nobody to 500 people, idle to five times too much, 0 seconds to an hour: finite, ordered, bounded."""

from dataclasses import dataclass, fields
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.distribution import Floats
from planner.queueing.exact import fluid
from planner.queueing.exact.chain import Days, exact_days
from planner.queueing.line import Conventions, Line
from planner.queueing.timeline import Timeline
from tests.planner.queueing.day_plans import plan

EXHAUSTIVE, HANDOVER = Conventions("exhaustive"), Conventions("handover")


@dataclass(frozen=True, slots=True)
class Case:
    """A day; ``load`` of its most people."""

    heads: tuple[int, ...]
    slot_min: int
    line: Line
    load: float
    limits_min: tuple[float, ...]
    conventions: Conventions = EXHAUSTIVE

    @property
    def timeline(self) -> Timeline:
        """A third of those who stay are replaced at every bound."""
        pairs = zip(self.heads, self.heads[1:], strict=False)
        return plan(self.heads, self.slot_min, swaps=[min(pair) // 3 for pair in pairs])

    @property
    def rates(self) -> Floats:
        """A day that rises, and one that falls (2, K)."""
        per_min = self.load * max(*self.heads, 1) / self.line.handling_min
        count = len(self.heads)
        return per_min * np.stack((np.linspace(0.5, 1.5, count), np.linspace(1.2, 0.1, count)))

    def solved(self) -> Days:
        """Solve both days."""
        return exact_days(self.line, self.timeline, self.rates, self.limits_min, self.conventions)


MIN20, MIN60, SEC20 = 20.0, 60.0, 1 / 3
SECONDS3 = 0.05
LARGE = (
    Case((500, 480), 15, Line(9.0, 5.0), 0.95, (1.0,)),
    Case((500, 450), 5, Line(9.0), 0.9, (0.0, MIN60)),
    Case((500, 0, 500), 5, Line(9.0, SECONDS3), 1.5, (SEC20,)),
    Case((500, 300), 15, Line(9.0), 1.2, (5.0,), HANDOVER),
    Case((0, 500), 15, Line(30.0, 60.0), 0.9, (1.0, MIN20)),
    Case((500, 500), 60, Line(0.5, 5.0), 0.5, (1.0,)),
    Case((120, 100, 120, 80), 15, Line(3.0, 5.0), 1.0, (1.0, MIN60)),
    Case((120, 60, 120), 30, Line(9.0, SECONDS3), 5.0, (0.0, SEC20), HANDOVER),
    Case((40, 20, 10), 15, Line(9.0, 5.0), 5.0, (MIN20,), HANDOVER),
    Case((20, 20, 20, 20), 15, Line(120.0), 5.0, (MIN60,)),
)
SMALL = (
    Case((40, 40), 30, Line(9.0), 1.0, (1.0, MIN20)),
    Case((16, 0, 16, 8), 60, Line(1.0, SECONDS3), 2.0, (SEC20, MIN60)),
    Case((8, 7, 6, 5, 4, 3, 2, 1), 15, Line(9.0, 5.0), 0.8, (0.0, 1.0, MIN20)),
    Case((8,) * 12, 5, Line(30.0), 0.95, (SEC20, MIN60), HANDOVER),
    Case((5, 5, 5), 15, Line(0.1, SECONDS3), 5.0, (1.0, MIN60)),
    Case((4, 0, 4, 0), 15, Line(9.0, 5.0), 1.0, (MIN60,)),
    Case((4, 0, 4, 0), 15, Line(9.0), 1.0, (MIN60,), HANDOVER),
    Case((4,) * 8, 60, Line(9.0), 5.0, (1.0, MIN60)),
    Case((2, 1, 2, 1), 5, Line(1.0, SECONDS3), 5.0, (0.0, MIN60)),
    Case((1,) * 8, 60, Line(30.0), 0.99, (MIN20,)),
    Case((1, 0, 0, 1), 60, Line(3.0, 60.0), 0.5, (MIN60,)),
    Case((0,) * 4, 60, Line(9.0, SECONDS3), 1.0, (MIN60,)),
    Case((0,) * 4, 60, Line(9.0), 5.0, (0.0, MIN60), HANDOVER),
    Case((0, 0, 3), 30, Line(9.0, 5.0), 5.0, (45.0,)),
    Case((3, 0, 0), 30, Line(9.0), 2.0, (45.0,)),
)


def check(case: Case, found: Days) -> None:
    """All that holds for any day."""
    calls = np.maximum(found.offered.sum(axis=1), 1.0)
    slack = 1e-9 * float(calls.max())
    for part in (found, found.closed):
        for f in fields(part):
            value = getattr(part, f.name)
            if f.name != "closed":
                assert np.isfinite(value).all(), f.name
                assert (value >= -slack).all(), f.name
    assert (found.late <= found.offered + slack).all()
    assert (np.diff(found.late, axis=0) <= 1e-8 * calls[:, None]).all()
    assert (found.late <= found.delayed + 1e-3 * calls[:, None]).all()
    assert (found.busy_min <= np.array(case.heads) * case.timeline.lengths_min + slack).all()
    if case.load:
        assert (found.in_time() >= 0).all()
        assert (found.in_time() <= 1).all()
    served = found.busy_min.sum(axis=1) + found.overtime_min.sum(axis=1) + found.closed.busy_min
    assert (np.abs(found.answered - served / case.line.handling_min) < 1e-9 * calls).all()


def test_measured_callers_of_seconds_in_a_line_of_the_patient() -> None:
    case = Case((4, 3, 4), 15, Line(9.0, inf, SECONDS3), 0.9, (SEC20, MIN60))
    check(case, case.solved())


@pytest.mark.parametrize("case", SMALL + LARGE, ids=str)
def test_corners(case: Case) -> None:
    check(case, case.solved())


@pytest.mark.parametrize("case", LARGE[:1] + LARGE[3:5] + SMALL[:5], ids=str)
def test_finer_steps_say_the_same(monkeypatch: pytest.MonkeyPatch, case: Case) -> None:
    usual = case.solved()
    monkeypatch.setattr(fluid, "_MOVED_A_STEP", 2.0)
    fine, calls = case.solved(), max(usual.offered.sum(axis=1).max(), 1.0)
    assert np.abs(usual.late - fine.late).max() < 1e-9 * calls
    assert np.abs(usual.delayed - fine.delayed).max() < 1e-9 * calls
    assert np.abs(usual.busy_min - fine.busy_min).max() < 1e-9 * calls * case.line.handling_min
    assert np.abs(usual.wait_min - fine.wait_min).max() < 1e-9 * max(1.0, usual.wait_min.sum())


# A desk that overflows for hours takes seconds: seldom more calls than its people can answer.
cases = st.builds(
    Case,
    heads=st.lists(st.integers(0, 6), min_size=1, max_size=4).map(tuple),
    slot_min=st.sampled_from([5, 15, 60]),
    line=st.builds(Line, st.sampled_from([0.5, 4.0, 30.0]), st.sampled_from([SECONDS3, 1.0, 5.0, inf])),
    load=st.sampled_from([0.0, 0.3, 1.0, 5.0]),
    limits_min=st.lists(st.sampled_from([0.0, SEC20, 1.0, MIN20, MIN60]), min_size=1, unique=True).map(
        lambda limits: tuple(sorted(limits))
    ),
    conventions=st.sampled_from([EXHAUSTIVE, HANDOVER]),
)


@settings(max_examples=100)
@given(case=cases)
def test_any_small_desk(case: Case) -> None:
    check(case, case.solved())
