from datetime import date

import numpy as np
import pytest

from forecasts.calendar import Calendar
from forecasts.misses import GUESS, Misses, learned_misses, office_days_ahead


def drawn(
    misses: Misses, mean: float, origins: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    factors = misses.factors(range(1, 66), origins, rng)
    return rng.poisson(mean * factors).astype(float), np.full(factors.shape, mean)


@pytest.mark.parametrize("mean", [4.0, 60.0, 800.0])
def test_planted_noise_level_and_drift_are_found_at_every_size(mean: float) -> None:
    planted = Misses(noise=0.03, level=0.01, drift=0.0003)
    found = learned_misses(*drawn(planted, mean, 600, np.random.default_rng(1)))
    assert found.noise == pytest.approx(0.03, rel=0.25)
    assert found.common([1])[0] == pytest.approx(0.01, abs=0.004)
    assert found.common([65])[0] == pytest.approx(0.0295, rel=0.3)


def test_poisson_noise_alone_is_no_miss() -> None:
    rng = np.random.default_rng(2)
    mean = np.full((200, 65), 10.0)
    found = learned_misses(rng.poisson(mean).astype(float), mean)
    assert found.noise < 0.005
    assert found.common([65])[0] < 0.005


def test_nearly_empty_days_do_not_hide_what_the_full_ones_tell() -> None:
    rng = np.random.default_rng(3)
    actual, mean = drawn(Misses(0.03, 0.01, 0.0), 60.0, 300, rng)
    mean[:, ::3] = 0.05
    actual[:, ::3] = rng.poisson(mean[:, ::3])
    assert learned_misses(actual, mean).noise == pytest.approx(0.03, rel=0.35)


def test_nothing_seen_is_the_guess() -> None:
    found = learned_misses(np.full((1, 65), np.nan), np.full((1, 65), np.nan))
    assert (found.noise, found.level, found.drift) == pytest.approx((GUESS.noise, GUESS.level, GUESS.drift))


def test_factors_have_mean_one_and_the_variance_they_say() -> None:
    misses = Misses(0.02, 0.01, 0.0005)
    factors = misses.factors([1, 5, 40], 100_000, np.random.default_rng(4))
    np.testing.assert_allclose(factors.mean(axis=0), 1, atol=0.005)
    common = misses.common([1, 5, 40])
    np.testing.assert_allclose(factors.var(axis=0), common + 0.02 * (1 + common), rtol=0.05)
    assert np.cov(factors.T)[0, 1] == pytest.approx(common[0], rel=0.1)


def test_office_days_ahead_are_counted_over_closures() -> None:
    days = (date(2026, 4, 28), date(2026, 4, 30), date(2026, 5, 7))
    assert office_days_ahead(days, date(2026, 4, 24), Calendar()) == [2, 3, 5]


def test_beyond_what_was_rehearsed_a_level_that_never_moved_may_move() -> None:
    still = Misses(0.02, 0.01, 0.0)
    near, year, two_years = still.common([65, 310, 555])
    assert near == pytest.approx(0.01)
    assert year - near == pytest.approx(two_years - year)
    assert np.sqrt(year - near) == pytest.approx(0.08, abs=0.01)
    moving = Misses(0.02, 0.01, 0.0005)
    np.testing.assert_allclose(moving.common([65, 310]), [0.01 + 65 * 0.0005, 0.01 + 310 * 0.0005])


def test_later_growth_is_shared_by_all_days_and_nothing_before() -> None:
    misses = Misses(0.02, 0.01, 0.0005)
    factors = misses.later_factors([1, 65, 300, 301], 50_000, np.random.default_rng(5))
    assert (factors[:, :2] == 1).all()
    np.testing.assert_allclose(factors.mean(axis=0), 1, atol=0.01)
    assert np.corrcoef(factors[:, 2:].T)[0, 1] > 0.99
    near, far = misses.common([65, 300])
    assert factors[:, 2].var() == pytest.approx((1 + far) / (1 + near) - 1, rel=0.05)
