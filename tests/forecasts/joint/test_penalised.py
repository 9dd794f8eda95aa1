from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse
from scipy.optimize import minimize

from forecasts.distribution import Floats
from forecasts.joint.levels import MEMORY_DAYS, SWING_DAYS, Knots
from forecasts.joint.penalised import Design, Estimate, Prior, fitted

FIXED = float("inf")
LEVEL = (Prior(slice(0), 0.012, 4.0), Prior(slice(0), 0.03, 4.0))
PRIORS = (Prior(slice(0, 7), 0.2, 3.0), Prior(slice(7, 8), 0.5, FIXED))
ANCHOR = 0.05  # precision of each knot of the walk
BUSY = np.array([0.2, 0.05, 0.0, -0.05, -0.1, -0.05, -0.05])


def design(days: int, dispersion: float = 0.02, mean: float = 50.0, seed: int = 1) -> Design:
    """Days of a steady desk: seven weekdays, and an event of 1.5 times on every twentieth day."""
    rng = np.random.default_rng(seed)
    at = np.arange(days)
    x = np.zeros((days, 8))
    x[at, at % 7] = 1
    x[::20, 7] = 1
    rate = mean * np.exp(BUSY[at % 7] + np.log(1.5) * x[:, 7])
    y = rng.poisson(rate * rng.gamma(1 / dispersion, dispersion, size=days)).astype(float)
    return of_days(x, y)


def of_days(x: Floats, y: Floats) -> Design:
    knots = Knots.over(y.size - 1)
    each = sparse.csr_array(np.eye(y.size))
    offset = float(np.log(max(y.mean(), 1e-3)))
    return Design(knots, knots.basis(np.arange(float(y.size))), x, each, y, offset, np.zeros(x.shape[1]))


def summed(days: Design, groups: Floats) -> Design:
    return replace(days, sums=sparse.csr_array(groups), y=groups @ days.y)


def changed(days: Design, at: dict[int, float]) -> Design:
    y = days.y.copy()
    y[list(at)] = list(at.values())
    return replace(days, y=y)


def prior_precision(of: Design, level: tuple[Prior, Prior], priors: tuple[Prior, ...]) -> Floats:
    """The prior of the level and the coefficients, written down anew: differences and correlations."""
    knots, size = of.knots, of.knots.size
    out = np.zeros((size + of.x.shape[1],) * 2)
    differences = np.diff(np.eye(knots.walk.size), axis=0) / level[0].sd
    walk = differences.T @ differences + ANCHOR * np.eye(knots.walk.size)
    apart = SWING_DAYS * np.abs(np.subtract.outer(np.arange(knots.swing.size), np.arange(knots.swing.size)))
    out[np.ix_(knots.walk, knots.walk)] = walk
    out[np.ix_(knots.swing, knots.swing)] = np.linalg.inv(level[1].sd ** 2 * np.exp(-apart / MEMORY_DAYS))
    for prior in priors:
        rows = np.arange(size + prior.columns.start, size + prior.columns.stop)
        out[rows, rows] = 1 / prior.sd**2
    return out


def held(priors: tuple[Prior, ...]) -> tuple[Prior, ...]:
    return tuple(replace(p, held=FIXED) for p in priors)


def optimum(of: Design, weights: Floats, precision: Floats, dispersion: float) -> Floats:
    """The penalised negative-binomial likelihood's mode, by a general optimiser on all values at once."""

    def loss(values: Floats) -> tuple[float, Floats]:
        mu = np.exp(of.offset + weights @ values)
        likelihood = of.y @ np.log(mu) - (of.y + 1 / dispersion) @ np.log1p(dispersion * mu)
        slope = weights.T @ ((of.y - mu) / (1 + dispersion * mu))
        return float(values @ precision @ values / 2 - likelihood), precision @ values - slope

    found = minimize(loss, np.zeros(weights.shape[1]), jac=True, method="BFGS", options={"gtol": 1e-5})
    return np.asarray(found.x)


def test_a_fit_is_the_optimum_that_a_dense_optimiser_finds_and_knows_what_the_dense_inverse_knows() -> None:
    of = design(80, seed=3)
    level, priors = (replace(LEVEL[0], held=FIXED), replace(LEVEL[1], held=FIXED)), held(PRIORS)
    found = fitted(of, level, priors)
    assert found.incidents.size == 0
    weights = np.hstack([of.level.toarray(), of.x])
    precision = prior_precision(of, level, priors)
    values = optimum(of, weights, precision, found.dispersion)
    mu = np.exp(of.offset + weights @ values)
    far = (np.sqrt(of.y + 0.375) - np.sqrt(mu + 0.375)) * 2 / np.sqrt(1 + found.dispersion * mu)
    assert np.abs(far).max() < 3  # else days would count less than in the likelihood
    told = [of.knots.walk[-1], of.knots.swing[-1], *range(of.knots.size, weights.shape[1])]
    np.testing.assert_allclose(found.past_rate, mu, rtol=2e-3)
    np.testing.assert_allclose(found.mean, values[told], atol=2e-3)
    information = weights.T @ (weights * (mu / (1 + found.dispersion * mu))[:, None])
    covariance = np.linalg.inv(information + precision)[np.ix_(told, told)]
    np.testing.assert_allclose(found.covariance, covariance, rtol=0.01, atol=1e-6)
    row = np.random.default_rng(1).normal(size=(3, covariance.shape[0]))
    np.testing.assert_allclose(found.variance(row), np.diag(row @ covariance @ row.T), rtol=0.01)


def test_coefficients_are_drawn_to_their_centre_where_days_say_nothing() -> None:
    of = design(120)
    of = replace(of, x=np.hstack([of.x, np.zeros((120, 1))]), centre=np.array([0.0] * 8 + [0.4]))
    found = fitted(of, LEVEL, (*PRIORS, Prior(slice(8, 9), 0.1, FIXED)))
    assert found.mean[-1] == pytest.approx(0.4)
    assert found.covariance[-1, -1] == pytest.approx(0.01)


def test_the_effect_and_the_weekdays_are_recovered() -> None:
    found = fitted(design(700), LEVEL, PRIORS)
    effect, sd = found.mean[-1], np.sqrt(found.covariance[-1, -1])
    assert abs(effect - np.log(1.5)) < 2.5 * sd
    assert sd < 0.06
    weekdays = found.mean[2:9] - found.mean[2:9].mean()
    np.testing.assert_allclose(weekdays, BUSY, atol=0.05)


def test_a_block_is_spread_as_wide_as_its_members() -> None:
    steady = design(400)
    flat = of_days(steady.x, np.random.default_rng(1).poisson(50.0, size=400).astype(float))
    wide, narrow = (fitted(d, LEVEL, PRIORS).sds[0] for d in (steady, flat))
    assert narrow < wide < 0.2
    assert fitted(steady, LEVEL, PRIORS).sds[1] == 0.5


def test_totals_tell_the_level_that_their_days_tell() -> None:
    days = design(400)
    rise = np.exp(np.linspace(-0.5, 0.5, 400))
    days = replace(days, y=np.round(days.y * rise))
    by_20 = np.repeat(np.eye(20), 20, axis=1)
    of_days_, of_spans = (fitted(d, LEVEL, PRIORS).past_rate for d in (days, summed(days, by_20)))
    np.testing.assert_allclose(by_20 @ of_spans, by_20 @ of_days_, rtol=0.05)
    assert of_spans[-20:].sum() > 2 * of_spans[:20].sum()


def test_days_beside_totals_keep_their_dispersion() -> None:
    """As many values are learned as there are days: most of them from the totals."""
    days = design(1000, dispersion=0.03)
    first = np.repeat(np.eye(47), 20, axis=1)
    groups = np.zeros((47 + 60, 1000))
    groups[:47, :940], groups[47:, 940:] = first, np.eye(60)
    found = fitted(summed(days, groups), LEVEL, PRIORS)
    assert 0.015 < found.dispersion < 0.045


@pytest.mark.parametrize("dispersion", [0.01, 0.05, 0.2])
def test_the_dispersion_of_the_days_is_recovered(dispersion: float) -> None:
    assert fitted(design(800, dispersion), LEVEL, PRIORS).dispersion == pytest.approx(dispersion, rel=0.25)


def test_surges_are_told_apart_and_are_no_dispersion() -> None:
    days = design(400)
    surges = {50: 200.0, 151: 250.0, 303: 180.0}
    calm, found = (fitted(d, LEVEL, PRIORS) for d in (days, changed(days, surges)))
    assert found.incidents.size == 3
    assert (np.sort(found.incidents) > 3).all()
    assert found.incident_share == pytest.approx(3 / 410)
    assert found.incident_factor == pytest.approx(1 + 3 / 410 * (found.incidents.mean() - 1))
    assert found.dispersion == pytest.approx(calm.dispersion, rel=0.2)
    assert calm.incident_factor == 1


def differs(one: Estimate, other: Estimate, but: int) -> float:
    near = np.abs(np.arange(one.past_rate.size) - but) < 14
    return float(np.abs(np.log(one.past_rate / other.past_rate))[~near].max())


@pytest.mark.parametrize("at", [0, 200, 395])
def test_one_absurd_day_hardly_moves_the_fit(at: int) -> None:
    days = design(400)
    calm, found = (fitted(d, LEVEL, PRIORS) for d in (days, changed(days, {at: 100_000.0})))
    assert differs(found, calm, at) < 0.03
    assert found.past_rate.max() < 1.2 * calm.past_rate.max()
    assert found.dispersion == pytest.approx(calm.dispersion, rel=0.2)
    assert found.incident_factor < 1.05


def test_a_day_without_any_call_moves_the_fit_little() -> None:
    days = design(400)
    calm, found = (fitted(d, LEVEL, PRIORS) for d in (days, changed(days, {205: 0.0})))
    assert differs(found, calm, 205) < 0.03
    assert found.incidents.size == 0


def test_a_rise_that_stays_is_no_surge() -> None:
    days = design(400)
    y = days.y.copy()
    y[200:] *= 20
    found = fitted(replace(days, y=y, offset=float(np.log(y.mean()))), LEVEL, PRIORS)
    assert found.past_rate[-50:].mean() == pytest.approx(y[-50:].mean(), rel=0.1)


def test_a_desk_that_nobody_calls_has_a_finite_level() -> None:
    days = design(200)
    found = fitted(of_days(days.x, np.zeros(200)), LEVEL, PRIORS)
    assert np.isfinite(found.mean).all()
    assert np.isfinite(found.covariance).all()
    assert (found.past_rate < 0.1).all()
    assert (np.diag(found.covariance) > 0).all()


def test_a_week_of_surges_is_a_level_of_its_own_and_no_incident() -> None:
    days = design(400)
    found = fitted(changed(days, {n: 4 * days.y[n] for n in range(201, 209)}), LEVEL, PRIORS)
    assert found.incidents.size <= 3
    assert found.past_rate[201:209].sum() > 1.15 * found.past_rate[181:189].sum()


def test_an_event_seen_once_is_learned_and_no_incident() -> None:
    days = design(400)
    x, y = days.x.copy(), days.y.copy()
    x[:, 7] = 0
    x[[203, 204], 7] = 1
    y[[203, 204]] *= 3
    found = fitted(replace(days, x=x, y=y), LEVEL, PRIORS)
    effect, sd = found.mean[-1], np.sqrt(found.covariance[-1, -1])
    assert abs(effect - np.log(3)) < 2.5 * sd
    assert sd < 0.3
