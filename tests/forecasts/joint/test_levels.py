import numpy as np
import pytest

from forecasts.joint.levels import (
    MEMORY_DAYS,
    SWING_DAYS,
    WALK_DAYS,
    Knots,
    faded,
    steps_ahead,
    variance_ahead,
)

SPANS = pytest.mark.parametrize("span", [1, 13, 14, 60, 3650])


@SPANS
def test_one_knot_of_each_part_lies_on_the_last_day(span: int) -> None:
    knots = Knots.over(span)
    (row,) = knots.basis(np.array([float(span)])).toarray()
    expected = np.zeros(knots.size)
    expected[[knots.walk[-1], knots.swing[-1]]] = 1
    np.testing.assert_allclose(row, expected, atol=1e-12)


@SPANS
def test_every_day_lies_between_two_knots_of_each_part(span: int) -> None:
    knots = Knots.over(span)
    basis = knots.basis(np.arange(span + 1.0)).toarray()
    assert basis.min() >= 0
    np.testing.assert_allclose(basis[:, knots.walk].sum(axis=1), 1)
    np.testing.assert_allclose(basis[:, knots.swing].sum(axis=1), 1)
    assert sorted([*knots.walk, *knots.swing]) == list(range(knots.size))


def test_knots_are_numbered_by_time_so_that_a_day_touches_neighbours_alone() -> None:
    basis = Knots.over(3650).basis(np.arange(3651.0)).toarray()
    touched = [np.flatnonzero(row) for row in basis]
    assert max(t[-1] - t[0] for t in touched) <= 5


def test_lines_between_knots_follow_a_straight_course() -> None:
    knots = Knots.over(100)
    at = np.arange(101.0)
    course = np.zeros(knots.size)
    course[knots.walk] = 100 - WALK_DAYS * np.arange(knots.walk.size)[::-1]
    np.testing.assert_allclose(knots.basis(at) @ course, at, atol=1e-9)


def test_the_walk_is_one_of_independent_steps() -> None:
    knots = Knots.over(60)
    first, sd = 4.0, 0.3  # variance of the first knot, which a walk leaves open
    precision = knots.walk_precision().toarray()[np.ix_(knots.walk, knots.walk)] / sd**2
    precision[0, 0] += 1 / first
    steps = np.arange(knots.walk.size)
    covariance = first + sd**2 * np.minimum(steps[:, None], steps[None, :])
    np.testing.assert_allclose(np.linalg.inv(precision), covariance)


def test_the_swing_is_stationary_and_forgets_exponentially() -> None:
    knots = Knots.over(60)
    precision = knots.swing_precision().toarray()[np.ix_(knots.swing, knots.swing)]
    apart = SWING_DAYS * np.abs(np.subtract.outer(np.arange(knots.swing.size), np.arange(knots.swing.size)))
    np.testing.assert_allclose(np.linalg.inv(precision), np.exp(-apart / MEMORY_DAYS))


def test_each_part_has_a_precision_of_its_own_knots_alone() -> None:
    knots = Knots.over(60)
    assert not knots.walk_precision().toarray()[knots.swing].any()
    assert not knots.swing_precision().toarray()[knots.walk].any()


def test_the_level_goes_on_as_its_variance_says_and_the_swing_fades() -> None:
    ahead, sds = np.array([14.0, 28.0, 140.0]), (0.02, 0.05)
    last = (np.full(60_000, 0.4), np.full(60_000, 0.3))
    drawn = steps_ahead(last, ahead, sds, np.random.default_rng(1))
    np.testing.assert_allclose(drawn.mean(axis=0), 0.4 + 0.3 * np.exp(-ahead / MEMORY_DAYS), atol=0.002)
    np.testing.assert_allclose(drawn.var(axis=0), variance_ahead(ahead, sds), rtol=0.03)
    # What was pushed by day 14 goes on to day 28: the walk as it was, the swing faded.
    pushed = 0.05**2 * (1 - np.exp(-2 * 14 / MEMORY_DAYS))
    together = 0.02**2 + pushed * np.exp(-14 / MEMORY_DAYS)
    assert np.cov(drawn[:, 0], drawn[:, 1])[0, 1] == pytest.approx(together, rel=0.05)


def test_between_knots_the_level_varies_no_more_than_is_said() -> None:
    ahead, sds = np.arange(1.0, 29.0), (0.02, 0.05)
    drawn = steps_ahead((np.zeros(20_000), np.zeros(20_000)), ahead, sds, np.random.default_rng(1))
    told = variance_ahead(ahead, sds)
    assert (drawn.var(axis=0) <= 1.05 * told).all()
    assert (np.diff(told) > 0).all()


def test_of_days_before_the_last_one_all_of_the_swing_is_left() -> None:
    np.testing.assert_allclose(faded(np.array([-20_000.0, 0.0, MEMORY_DAYS])), [1, 1, np.exp(-1)])
