import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import gamma

from forecasts.copula import (
    GUESS,
    Dependence,
    joint_uniforms,
    learned_dependence,
    normal_scores,
    through_quantiles,
)

LEVELS = np.linspace(0.02, 0.98, 25)


def autoregressive(memory: float, shape: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    out = rng.standard_normal(shape)
    for n in range(1, shape[1]):
        out[:, n] = memory * out[:, n - 1] + np.sqrt(1 - memory**2) * out[:, n]
    return out


@pytest.mark.parametrize("memory", [0.0, 0.5, 0.9])
def test_sums_of_windows_vary_as_those_of_known_autoregressive_errors(memory: float) -> None:
    rng = np.random.default_rng(1)
    dependence = learned_dependence(autoregressive(memory, (60, 65), rng))
    window = ndtri(joint_uniforms(dependence, range(10), 20_000, rng)).sum(axis=1)
    truth = sum(memory ** abs(i - j) for i in range(10) for j in range(10))
    assert window.var() == pytest.approx(truth, rel=0.15)


def test_a_common_level_is_told_from_a_short_memory() -> None:
    rng = np.random.default_rng(2)
    level = rng.standard_normal((80, 1))
    found = learned_dependence(np.sqrt(0.4) * level + np.sqrt(0.6) * autoregressive(0.5, (80, 65), rng))
    assert found.level == pytest.approx(0.4, abs=0.12)
    assert found.correlation([0, 60])[0, 1] == pytest.approx(0.4, abs=0.12)
    assert found.correlation([0, 1])[0, 1] == pytest.approx(0.7, abs=0.1)


def test_noise_that_the_paths_do_not_carry_hides_no_memory() -> None:
    rng = np.random.default_rng(3)
    seen = np.sqrt(0.5) * autoregressive(0.9, (80, 65), rng) + np.sqrt(0.5) * rng.standard_normal((80, 65))
    found = learned_dependence(seen, reliability=0.5)
    assert found.correlation([0, 1])[0, 1] == pytest.approx(0.9, abs=0.1)
    assert learned_dependence(seen).correlation([0, 1])[0, 1] == pytest.approx(0.45, abs=0.1)


def test_few_errors_leave_the_guess_nearly_as_it_is() -> None:
    rng = np.random.default_rng(4)
    assert learned_dependence(np.full((1, 1), np.nan)) == GUESS
    found = learned_dependence(rng.standard_normal((1, 8)))
    lags = list(range(7))
    np.testing.assert_allclose(found.correlation(lags), GUESS.correlation(lags), atol=0.1)


def test_unknown_errors_are_passed_over() -> None:
    rng = np.random.default_rng(5)
    errors = autoregressive(0.8, (60, 40), rng)
    holed = np.where(rng.uniform(size=errors.shape) < 0.3, np.nan, errors)
    assert learned_dependence(holed).correlation([0, 1])[0, 1] == pytest.approx(0.8, abs=0.1)


def test_every_days_marginal_is_kept_exactly() -> None:
    rng = np.random.default_rng(6)
    uniforms = joint_uniforms(Dependence(0.3, 0.5, 0.9), [0, 3, 9], 200, rng)
    np.testing.assert_allclose(np.sort(uniforms, axis=0), np.tile((np.arange(200) + 0.5) / 200, (3, 1)).T)
    assert np.corrcoef(uniforms.T)[0, 1] > 0.5


def test_quantiles_come_back_and_tails_go_on_beyond_them() -> None:
    quantiles = np.stack([gamma.ppf(LEVELS, 20, scale=m / 20) for m in (40, 90)], axis=1)
    even = np.tile((np.arange(4000) + 0.5) / 4000, (2, 1)).T
    paths = through_quantiles(LEVELS, quantiles, even)
    np.testing.assert_allclose(np.quantile(paths, LEVELS, axis=0), quantiles, rtol=2e-3)
    np.testing.assert_allclose(paths.mean(axis=0), [40, 90], rtol=0.01)
    np.testing.assert_allclose(paths.std(axis=0), [40 / 20**0.5, 90 / 20**0.5], rtol=0.03)
    assert (np.diff(paths, axis=0) >= 0).all()
    assert (paths >= 0).all()


def test_quantiles_that_cross_and_days_without_any_give_no_nonsense() -> None:
    crossed = np.array([[5.0, 0.0], [4.0, 0.0], [9.0, 0.0]])
    paths = through_quantiles(np.array([0.1, 0.5, 0.9]), crossed, np.array([[0.5, 0.01], [0.999, 0.999]]))
    np.testing.assert_allclose(paths[0], [5, 0])
    assert 9 < paths[1, 0] < 40
    assert paths[1, 1] == 0


def test_normal_scores_are_normal_whatever_the_errors_are() -> None:
    errors = np.random.default_rng(7).gamma(0.3, size=(20, 50))
    errors[3, 4] = np.nan
    scores = normal_scores(errors)
    assert np.isnan(scores[3, 4])
    assert np.nanstd(scores) == pytest.approx(1, abs=0.02)
    assert np.nanmean(scores) == pytest.approx(0, abs=1e-9)
