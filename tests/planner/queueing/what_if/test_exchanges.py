"""Exchanges of people in stacks: one by one they are those of ``shifts``, and the adjoints are theirs."""

import numpy as np
import pytest

from planner.queueing.exact.shifts import busy_of, joined_by, without
from planner.queueing.what_if.exchanges import before_leaving, before_return, left, taken

RNG = np.random.default_rng(3)
LAWS = RNG.dirichlet(np.ones(12), 3)
VALUES = RNG.random((3, 12))
HELD = RNG.dirichlet(np.ones(3), 3)


@pytest.mark.parametrize(("heads", "leavers"), [(0, 0), (4, 0), (4, 1), (4, 4), (2, 1)])
def test_leavers_go_in_a_stack_as_alone(heads: int, leavers: int) -> None:
    chances = taken(4, 12)[heads, leavers]
    gone, _ = without(LAWS, heads, leavers)
    assert left(LAWS, chances) == pytest.approx(gone, abs=1e-14)
    seen = (LAWS * before_leaving(VALUES, chances)).sum(axis=1)
    assert seen == pytest.approx((gone * VALUES).sum(axis=1), abs=1e-14)


def test_who_comes_back_is_seen_before() -> None:
    """At the last state too, which takes nobody more."""
    seen = (LAWS * before_return(VALUES, HELD)).sum(axis=1)
    assert seen == pytest.approx((joined_by(LAWS, HELD) * VALUES).sum(axis=1), abs=1e-14)


def test_of_people_beyond_the_heads_none_is_busy() -> None:
    assert busy_of(LAWS, 1, 3) == pytest.approx(np.pad(busy_of(LAWS, 1, 1), ((0, 0), (0, 2))))
    assert busy_of(LAWS, 0, 2)[:, 0] == pytest.approx(np.ones(3))
