"""Quantiles of the wait, and how busy people are."""

from math import inf, log

import numpy as np
import pytest

from planner.queueing.exact.chain import exact_days
from planner.queueing.exact.waits import answered_within, occupancy
from planner.queueing.formulas.erlang import erlang_c
from planner.queueing.line import Line
from planner.queueing.timeline import Timeline

DAY = Timeline((510, 600, 690, 780), (3, 2, 4), (0, 1, 0), (0, 0, 2))
RATES = np.array([[0.3, 0.25, 0.35], [0.1, 0.1, 0.1], [0.0, 0.0, 0.0]])


def test_the_share_at_the_answer_is_the_share_asked_for() -> None:
    line, shares = Line(9.0, 5.0), (0.6, 0.65, 0.7)
    found = answered_within(line, DAY, RATES[:1], shares)
    for share, minutes in zip(shares, found[0], strict=True):
        reached = exact_days(line, DAY, RATES[:1], (minutes,)).in_time()[0, 0]
        assert reached == pytest.approx(share, abs=1e-5) or (minutes == 0.0 and reached >= share)
    assert (np.diff(found[0]) >= 0).all()


def test_what_is_answered_at_once_waits_nothing_and_what_never_is_waits_for_ever() -> None:
    found = answered_within(Line(9.0, 5.0), DAY, RATES, (0.0, 0.5, 1.0))
    assert found[1, 0] == found[1, 1] == 0.0
    assert found[0, 2] == inf
    assert np.isnan(found[2]).all()


def test_the_quantile_of_a_desk_in_balance_is_erlangs() -> None:
    """P(W > t) = C exp(-(s mu - lambda) t) where nobody hangs up."""
    long = Timeline((0, 3_000), (3,), (0,), (0,))
    found = answered_within(Line(9.0), long, np.full((1, 1), 0.25), (0.8, 0.9))
    delayed = float(erlang_c(2.25, 3))
    expected = [log(delayed / (1 - share)) / (3 / 9 - 0.25) for share in (0.8, 0.9)]
    # The desk opens empty: the first hour of three thousand minutes waits less.
    assert found[0] == pytest.approx(expected, rel=0.03)


def test_shares_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match=r"shares are \(1\.2,\)"):
        answered_within(Line(9.0), DAY, RATES, (1.2,))


def test_occupancy_lies_between_idle_and_full() -> None:
    plan = Timeline((0, 60, 120, 180), (2, 0, 2), (0, 2, 0), (0, 0, 2))
    found = occupancy(exact_days(Line(9.0, 5.0), plan, np.full((1, 3), 5.0), (1.0,)), plan)
    assert np.isnan(found[0, 1])
    assert found[0, 2] == pytest.approx(1.0, abs=1e-3)
    assert 0.5 < found[0, 0] < 1.0
