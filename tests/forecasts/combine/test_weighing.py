from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts import scores
from forecasts.combine import LEAST_TRIALS, best_weights, losses_of, mixed_samples, weights_of
from tests.forecasts.trial_builder import FIRST, drawn, mean_crps_pool

EQUAL = np.full(2, 0.5)


def test_the_matrix_is_the_crps_of_every_pool() -> None:
    tried = drawn({"low": 40.0, "high": 65.0}, count=1)
    (losses,) = losses_of(tried)
    (low,), (high,) = tried.values()
    np.testing.assert_allclose(losses.matrix[:, 0, 0], scores.crps(low.actual, low.samples))
    np.testing.assert_allclose(losses.matrix[:, 1, 1], scores.crps(high.actual, high.samples))
    half = scores.crps(low.actual, mixed_samples([low.samples, high.samples], (1, 1), 1)[:200]).mean()
    both = scores.crps(low.actual, np.concatenate([low.samples, high.samples])).mean()
    assert mean_crps_pool(losses.matrix.mean(axis=0), (0.5, 0.5)) == pytest.approx(both)
    assert half == pytest.approx(both, rel=0.1)


def test_the_right_member_gets_more_and_more() -> None:
    tried = drawn({"right": 50.0, "wrong": 90.0}, count=30)
    losses = losses_of(tried)
    right = [weights_of(losses, tuple(tried), one.origin).values[0] for one in losses[4::5]]
    assert right == sorted(right)
    assert right[-1] > 0.9
    assert weights_of(losses, tuple(tried), None).reason == "learned"


def test_two_halves_of_the_truth_share() -> None:
    """One too low, one too high: together they are better than each."""
    losses = losses_of(drawn({"low": 44.0, "high": 56.0}, count=30))
    low, high = weights_of(losses, ("low", "high"), None).values
    assert low == pytest.approx(0.5, abs=0.15)
    assert low + high == pytest.approx(1)


def test_few_trials_leave_equal_weights_and_say_so() -> None:
    tried = drawn({"right": 50.0, "wrong": 90.0}, count=LEAST_TRIALS + 2)
    losses = losses_of(tried)
    found = [weights_of(losses, tuple(tried), one.origin) for one in losses]
    assert [w.origins for w in found] == list(range(LEAST_TRIALS + 2))
    assert [w.reason for w in found] == ["equal"] * LEAST_TRIALS + ["learned"] * 2
    assert found[0].of == (("right", 0.5), ("wrong", 0.5))


def test_only_days_that_had_come_count() -> None:
    """Trials of 10 days every day: an origin knows one day of the last one, two of the one before."""
    tried = drawn({"right": 50.0, "wrong": 90.0}, count=8, step=1)
    losses = losses_of(tried)
    at = FIRST + timedelta(days=7)
    cut = drawn({"right": 50.0, "wrong": 90.0}, count=8, step=1)
    for trials in cut.values():
        for trial in trials:
            late = np.array([d > at for d in trial.days])
            trial.samples[:, late] = 0
    assert weights_of(losses, tuple(tried), at) == weights_of(losses_of(cut), tuple(cut), at)
    assert weights_of(losses, tuple(tried), None) != weights_of(losses_of(cut), tuple(cut), None)


def test_a_member_that_came_later_neither_gains_nor_loses_before() -> None:
    tried = drawn({"right": 50.0, "wrong": 90.0, "late": 50.0})
    tried["late"] = tried["late"][8:]
    losses = losses_of(tried)
    of_two = losses_of({name: tried[name] for name in ("right", "wrong")})
    before = losses[0].matrix
    np.testing.assert_allclose(before[:, :2, :2], of_two[0].matrix)
    np.testing.assert_allclose(before[:, 2, :2], of_two[0].matrix.mean(axis=1))
    right, wrong, late = weights_of(losses, ("right", "wrong", "late"), None).values
    assert right > late > wrong


def test_one_member_stands_alone() -> None:
    losses = losses_of(drawn({"right": 50.0}))
    assert weights_of(losses, ("right",), None).reason == "alone"


def test_members_must_be_tried_on_the_same_days() -> None:
    short, long = drawn({"a": 50.0}, days=5), drawn({"b": 50.0}, days=6)
    with pytest.raises(ValueError, match="same days after 2024-01-01"):
        losses_of({**short, **long})


@given(st.lists(st.floats(0, 30), min_size=12, max_size=12), st.floats(1e-4, 10))
def test_no_other_weights_are_better(values: list[float], held: float) -> None:
    half = np.array(values).reshape(4, 3)
    matrix, prior = half.T @ half / 4 + np.eye(3), np.array([0.5, 0.3, 0.2])
    pull = held * np.trace(matrix) / 3

    def loss(w: np.ndarray) -> float:
        return float(w @ matrix @ w + pull * np.square(w - prior).sum())

    best = best_weights(matrix, prior, held)
    assert best.sum() == pytest.approx(1)
    assert (best >= 0).all()
    others = np.random.default_rng(1).dirichlet(np.ones(3), 200)
    assert loss(best) <= min(loss(w) for w in others) * (1 + 1e-3)


def test_the_prior_holds_where_nothing_was_missed() -> None:
    assert best_weights(np.zeros((2, 2)), EQUAL, 1.0).tolist() == [0.5, 0.5]
    assert best_weights(np.diag([1.0, 2.0]), EQUAL, 1e6) == pytest.approx([0.5, 0.5], abs=1e-3)
