import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts import scores


def test_wape_is_the_error_over_what_came() -> None:
    assert scores.wape([10, 20, 0], [8, 25, 1]) == pytest.approx(8 / 30)
    assert np.isnan(scores.wape([0, 0], [1, 1]))


@pytest.mark.parametrize(
    ("mean", "floor"), [(3, 0.448), (10, 0.250), (40, 0.126), (60, 0.103), (200, 0.0564)]
)
def test_wape_floor_is_that_of_poisson_noise(mean: float, floor: float) -> None:
    assert scores.wape_floor([mean, mean]) == pytest.approx(floor, abs=6e-4)
    counts = np.random.default_rng(1).poisson(mean, 200_000)
    assert scores.wape(counts, np.full(counts.size, mean)) == pytest.approx(floor, rel=0.01)


def test_wape_floor_leaves_out_days_on_which_nothing_is_expected() -> None:
    assert scores.wape_floor([10, 0]) == scores.wape_floor([10])
    assert np.isnan(scores.wape_floor([0]))


def test_pinball_weighs_misses_by_the_level() -> None:
    assert scores.pinball([10, 10], [8, 12], 0.9).tolist() == pytest.approx([1.8, 0.2])


def test_crps_of_a_point_is_the_absolute_error() -> None:
    assert scores.crps([10, 3], [[7, 5]]).tolist() == [3, 2]
    assert scores.crps([10], [[7]] * 5).tolist() == pytest.approx([3])


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12), st.integers(0, 30))
def test_crps_is_its_definition(samples: list[int], actual: int) -> None:
    x = np.array(samples, dtype=float)
    by_definition = np.abs(x - actual).mean() - np.abs(x[:, None] - x).mean() / 2
    assert scores.crps([actual], x[:, None])[0] == pytest.approx(by_definition, abs=1e-9)


def test_crps_of_a_standard_normal_at_its_mean() -> None:
    """Gneiting & Raftery 2007: 2 phi(0) - 1/sqrt(pi) = 0.23369."""
    x = np.random.default_rng(1).standard_normal((200_000, 1))
    assert scores.crps([0.0], x)[0] == pytest.approx(0.23369, abs=0.002)


@pytest.mark.parametrize("mean", [0.5, 4.0, 60.0])
def test_randomised_pit_of_a_right_forecast_is_uniform(mean: float) -> None:
    rng = np.random.default_rng(2)
    pit = scores.randomised_pit(rng.poisson(mean, 4000), rng.poisson(mean, (200, 4000)), rng)
    found, _ = np.histogram(pit, bins=10, range=(0, 1))
    assert np.abs(found / 400 - 1).max() < 0.2
    assert scores.coverage(pit) == pytest.approx(0.8, abs=0.03)


def test_coverage_sees_a_forecast_that_is_too_sure() -> None:
    rng = np.random.default_rng(3)
    pit = scores.randomised_pit(rng.poisson(rng.gamma(4, 15, 2000)), rng.poisson(60, (200, 2000)), rng)
    assert scores.coverage(pit) < 0.5
