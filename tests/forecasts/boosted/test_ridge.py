import numpy as np
import pytest

from forecasts.boosted.ridge import fitted_log_linear, ramps


def test_planted_effects_are_found_and_drawn_a_little_towards_zero() -> None:
    rng = np.random.default_rng(1)
    x = np.hstack([np.ones((800, 1)), rng.integers(0, 2, size=(800, 3)).astype(float)])
    y = rng.poisson(50 * np.exp(x @ [0.1, 0.5, -0.3, 0.0])).astype(float)
    beta = fitted_log_linear(x, y, float(np.log(50)), np.array([1.0, 0.3, 0.3, 0.3]))
    np.testing.assert_allclose(beta, [0.1, 0.5, -0.3, 0.0], atol=0.03)


def test_a_kind_of_day_without_any_inquiry_does_not_explode() -> None:
    x = np.hstack([np.ones((100, 1)), (np.arange(100) % 10 == 0).astype(float)[:, None]])
    y = np.where(np.arange(100) % 10 == 0, 0.0, 40.0)
    beta = fitted_log_linear(x, y, float(np.log(36)), np.array([1.0, 0.3]))
    assert np.isfinite(beta).all()
    assert -4 < beta[1] < -0.5
    silent = fitted_log_linear(x, np.zeros(100), float(np.log(1e-3)), np.array([1.0, 0.3]))
    assert np.isfinite(silent).all()


def test_ramps_add_up_to_a_level_that_stays_flat_outside() -> None:
    found = ramps(np.array([-10.0, 0, 45, 91, 200, 400]), 182.0, 91.0)
    assert found.shape == (6, 2)
    assert found.sum(axis=1).tolist() == pytest.approx([0, 0, 45 / 91, 1, 2, 2])
