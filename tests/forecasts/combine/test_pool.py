import numpy as np
import pytest

from forecasts.combine import LEAST_TRIALS, mixed_samples, mixed_trials, mixed_with_weights
from tests.forecasts.trial_builder import drawn

LOW, HIGH = (np.full((100, 3), n, dtype=np.int64) for n in (10, 90))


def test_each_path_comes_whole_from_one_member_in_proportion() -> None:
    mixed = mixed_samples([LOW, HIGH], (0.7, 0.3), 1)
    assert mixed.shape == (100, 3)
    assert set(map(tuple, mixed.tolist())) == {(10, 10, 10), (90, 90, 90)}
    assert (mixed[:, 0] == 90).sum() == 30
    # Shuffled: the first paths are not all of one member.
    assert 0 < (mixed[:20, 0] == 90).sum() < 20


def test_the_total_keeps_the_spread_of_the_members() -> None:
    """The mean of the quantiles of both would be 50 each day; the totals are 30 or 270."""
    assert set(mixed_samples([LOW, HIGH], (1, 1), 1).sum(axis=1).tolist()) == {30, 270}


def test_members_may_have_drawn_different_numbers_of_paths() -> None:
    mixed = mixed_samples([LOW[:10], HIGH], (0.5, 0.5), 1)
    assert mixed.shape[0] == 100
    assert (mixed[:, 0] == 10).sum() == 50


def test_paths_of_a_member_are_taken_evenly() -> None:
    numbered = np.arange(100, dtype=np.int64)[:, None]
    taken = mixed_samples([numbered, numbered + 1000], (0.25, 0.75), 1)[:, 0]
    assert np.diff(np.sort(taken[taken < 1000])).max() == 4


@pytest.mark.parametrize("weights", [(0, 0), (-1, 2), (float("nan"), 1), (float("inf"), 1)])
def test_weights_that_are_none_are_refused(weights: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="weights must be"):
        mixed_samples([LOW, HIGH], weights, 1)


def test_the_seed_alone_decides() -> None:
    one, again, other = (mixed_samples([LOW, HIGH], (1, 1), seed) for seed in (1, 1, 2))
    assert one.tobytes() == again.tobytes() != other.tobytes()


def test_mixed_trials_turn_to_the_better_member() -> None:
    tried = drawn({"right": 50.0, "wrong": 90.0}, count=20)
    mixed = mixed_trials(tried, 1)
    assert [t.origin for t in mixed] == [t.origin for t in tried["right"]]
    assert mixed[0].mean.mean() == pytest.approx(70, abs=2)
    assert mixed[-1].mean.mean() < 56
    np.testing.assert_allclose(mixed[0].samples.mean(axis=0), mixed[0].mean, rtol=0.02)


def test_a_member_without_a_trial_at_an_origin_is_not_mixed_in_there() -> None:
    tried = drawn({"right": 50.0, "late": 90.0})
    tried["late"] = tried["late"][5:]
    found = list(mixed_with_weights(tried, 1))
    assert [w.names for _, w in found] == [("right",)] * 5 + [("right", "late")] * 7
    assert sorted(found[0][0].samples[:, 0]) == sorted(tried["right"][0].samples[:, 0])
    assert [w.reason for _, w in found[:5]] == ["alone"] * 5
    assert found[-1][1].origins >= LEAST_TRIALS
