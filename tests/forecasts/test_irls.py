import numpy as np
import pytest

from forecasts.irls import Block, fitted_negative_binomial, pearson_dispersion


def ridge(size: int, sd: float = 1.0, held: float = 3.0) -> Block:
    return Block(slice(0, size), np.eye(size), sd, held)


def test_coefficients_and_dispersion_of_drawn_counts_are_recovered() -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=(1500, 3))
    truth = np.array([0.4, -0.3, 0.1])
    y = rng.poisson(np.exp(3 + x @ truth) * rng.gamma(1 / 0.1, 0.1, 1500)).astype(float)
    posterior = fitted_negative_binomial(x, y, 3.0, [ridge(3)])
    np.testing.assert_allclose(posterior.mean, truth, atol=0.04)
    assert posterior.dispersion == pytest.approx(0.1, rel=0.2)


def test_draws_have_the_posteriors_spread() -> None:
    rng = np.random.default_rng(2)
    x = rng.normal(size=(100, 2))
    posterior = fitted_negative_binomial(x, rng.poisson(20, 100).astype(float), 3.0, [ridge(2)])
    draws = posterior.draws(20_000, rng)
    np.testing.assert_allclose((draws @ x[:5].T).var(axis=0), posterior.variance(x[:5]), rtol=0.06)


def test_a_kind_of_day_on_which_nobody_called_stays_finite() -> None:
    """Without a penalty its coefficient runs to minus infinity."""
    flag = np.zeros((60, 1))
    flag[:4] = 1
    y = np.where(flag[:, 0] > 0, 0.0, 50.0)
    posterior = fitted_negative_binomial(flag, y, np.log(50), [ridge(1, 0.3, float("inf"))])
    assert -5 < posterior.mean[0] < -0.5


def test_no_counts_at_all_stay_finite() -> None:
    posterior = fitted_negative_binomial(np.ones((50, 1)), np.zeros(50), np.log(1e-3), [ridge(1)])
    assert np.isfinite(posterior.draws(10, np.random.default_rng(1))).all()


def test_poisson_counts_are_not_overdispersed() -> None:
    y = np.random.default_rng(3).poisson(30, 400).astype(float)
    assert pearson_dispersion(y, np.full(400, 30.0), 400) < 0.01


def test_dispersion_makes_the_chi_squared_equal_its_freedom() -> None:
    y, mu = np.array([2.0, 30.0, 11.0, 25.0]), np.full(4, 17.0)
    found = pearson_dispersion(y, mu, 3)
    assert np.sum((y - mu) ** 2 / (mu + found * mu**2)) == pytest.approx(3, rel=1e-4)
