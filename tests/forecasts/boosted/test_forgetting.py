import numpy as np
import pytest

from forecasts.boosted.forgetting import current_level, learned_level


def test_a_steady_level_is_forgotten_slowly_and_a_restless_one_fast() -> None:
    rng = np.random.default_rng(1)
    factor = np.full(600, 2.0)
    steady = learned_level(rng.poisson(40, 600).astype(float), factor)
    walk = 40 * np.exp(np.cumsum(rng.normal(0, 0.08, 600)))
    restless = learned_level(rng.poisson(walk).astype(float), factor)
    assert steady.half_life_days >= 80
    assert restless.half_life_days <= 20
    assert steady.level == pytest.approx(20, rel=0.05)
    assert restless.level == pytest.approx(walk[-20:].mean() / 2, rel=0.3)


def test_the_rehearsal_knows_no_day_before_it_came() -> None:
    rng = np.random.default_rng(2)
    count, factor = rng.poisson(30, 400).astype(float), np.ones(400)
    changed = count.copy()
    changed[300:] *= 5
    before, after = (learned_level(c, factor) for c in (count, changed))
    origins = np.arange(400 // 3, 399, 5)
    same = before.half_life_days == after.half_life_days
    early = origins < 300
    if same:
        np.testing.assert_allclose(before.expected[early][:, 0], after.expected[early][:, 0])
    half_life = 20
    assert current_level(count[:300], factor[:300], half_life) == current_level(
        changed[:300], factor[:300], half_life
    )


def test_days_after_the_end_are_unknown() -> None:
    found = learned_level(np.full(200, 10.0), np.ones(200))
    assert np.isnan(found.actual[-1, -1])
    assert np.isfinite(found.actual[0]).all()
    assert (np.isnan(found.actual) == np.isnan(found.expected)).all()


def test_a_silent_desk_has_the_level_zero() -> None:
    assert learned_level(np.zeros(200), np.ones(200)).level == 0
