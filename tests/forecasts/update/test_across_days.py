from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts import scores
from forecasts.distribution import Floats, Forecast, Wholes
from forecasts.update import updated_period
from tests.forecasts.update_builder import made, mixed

PAST = 5


def desk(paths: int = 800, seed: int = 1) -> Forecast:
    """Two weeks and a half of days: a level known to 15 %, days that stray by 15 %."""
    return made(paths, 12, mean=60.0, level_sd=0.15, shape=1 / 0.15**2, seed=seed)


def times(forecast: Forecast, factor: float) -> Wholes:
    """What is expected of the days that came, so many times."""
    return np.round(factor * forecast.day_rate[:, :PAST].mean(axis=0)).astype(np.int64)


def growth(forecast: Forecast, actual: Wholes) -> Floats:
    """How many times the expected inquiries are now expected of the days that remain: (C,)."""
    after = updated_period(forecast, forecast.days[:PAST], actual, 3).day_rate.mean(axis=(0, 1))
    out: Floats = after / forecast.day_rate[:, PAST:].mean(axis=(0, 1))
    return out


def test_a_shift_is_carried_over_as_far_as_it_is_no_chance() -> None:
    """Gain of a level seen n times: its variance over itself plus that of a day / n."""
    gain = 0.15**2 / (0.15**2 + (0.15**2 + 1 / 60) / PAST)
    assert growth(desk(), times(desk(), 1.2))[0] == pytest.approx(1.2**gain, abs=0.02)
    assert growth(desk(), times(desk(), 0.8))[0] == pytest.approx(0.8**gain, abs=0.02)


def test_what_was_expected_moves_nothing() -> None:
    assert growth(desk(), times(desk(), 1.0))[0] == pytest.approx(1.0, abs=0.015)


def test_days_that_are_independent_tell_nothing_of_each_other() -> None:
    forecast = made(800, 12, mean=60.0, shape=20.0)
    assert growth(forecast, times(forecast, 1.5))[0] == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize("past", [1, 8])
def test_totals_and_days_stay_calibrated_and_become_sharper(past: int) -> None:
    forecast, world = desk(paths=400), desk(paths=160, seed=2)
    totals, days, after, before = [], [], [], []
    for n in range(world.paths):
        rng = np.random.default_rng(n)
        updated = updated_period(forecast, forecast.days[:past], world.day_count[n, :past], n)
        samples, truth = updated.day_count.sum(axis=2), world.day_count[n, past:].sum(axis=1)
        totals.append(float(scores.randomised_pit(truth.sum(), samples.sum(axis=1), rng)))
        days.extend(scores.randomised_pit(truth, samples, rng))
        after.append(scores.crps(truth.sum(), samples.sum(axis=1)[:, None]))
        before.append(scores.crps(truth.sum(), forecast.day_count[:, past:].sum(axis=(1, 2))[:, None]))
    assert 0.72 < scores.coverage(totals) < 0.88
    assert 0.77 < scores.coverage(days) < 0.83
    assert np.mean(after) < (0.9 if past == 1 else 0.72) * np.mean(before)


def test_one_odd_day_is_not_taken_for_a_level() -> None:
    odd = times(desk(), 1.0)
    odd[2] *= 10
    assert growth(desk(), odd)[0] < 1.15
    assert growth(desk(), times(desk(), 10.0))[0] > 1.3


LONG = 10


def followed(forecast: Forecast, factors: list[float]) -> float:
    """How many times the expected inquiries are now expected, so many times as many having come each day."""
    past, mean = forecast.days[: len(factors)], forecast.day_rate.mean(axis=0)
    actual = np.round(np.array(factors)[:, None] * mean[: len(factors)]).astype(np.int64)
    after = updated_period(forecast, past, actual, 3)
    return float(after.day_rate.mean() / forecast.day_rate[:, len(factors) :].mean())


def long_desk(level_sd: float) -> Forecast:
    return made(800, 25, mean=60.0, level_sd=level_sd, shape=1 / 0.15**2)


@pytest.mark.parametrize("level_sd", [0.0, 0.15])
def test_a_level_that_no_path_knows_is_followed(level_sd: float) -> None:
    """Also where the paths take their level for sure: then they are wrong, not ten days in a row."""
    forecast = long_desk(level_sd)
    assert 2.2 < followed(forecast, [3.0] * LONG) < 3.1
    assert 2.2 < followed(forecast, [3.0] * 20) < 3.1
    assert 2.2 < followed(forecast, [1.0] * LONG + [3.0] * LONG) < 3.1
    assert 0.3 < followed(forecast, [1 / 3] * LONG) < 1 / 2.2


@pytest.mark.parametrize("level_sd", [0.0, 0.15])
@pytest.mark.parametrize("odd", [0, 4, LONG - 1])
def test_one_day_among_ten_is_no_level_however_odd(level_sd: float, odd: int) -> None:
    forecast, usual = long_desk(level_sd), [1.0] * LONG
    came = [20.0 if n == odd else 1.0 for n in range(LONG)]
    assert followed(forecast, came) / followed(forecast, usual) == pytest.approx(1.0, abs=0.1)


def test_days_of_an_incident_are_no_level_once_they_are_over() -> None:
    assert followed(long_desk(0.0), [10.0] * 2 + [1.0] * 3) < 1.1
    assert followed(long_desk(0.0), [10.0] * 5 + [1.0] * LONG) < 1.1


def test_within_the_reach_of_the_paths_nothing_but_the_gain_counts() -> None:
    gain = 0.15**2 / (0.15**2 + (0.15**2 + 1 / 60) / LONG)
    assert followed(long_desk(0.15), [1.2] * LONG) == pytest.approx(1.2**gain, abs=0.02)


def test_days_may_come_in_any_order() -> None:
    forecast = long_desk(0.15)
    counts = np.arange(15, dtype=np.int64)[:, None] * 20
    straight = updated_period(forecast, forecast.days[:15], counts, 3)
    turned = updated_period(forecast, forecast.days[14::-1], counts[::-1], 3)
    np.testing.assert_array_equal(straight.day_rate, turned.day_rate)


def test_a_channel_that_takes_over_goes_on_doing_so() -> None:
    level = made(800, 12, mean=60.0, level_sd=0.1, shape=100.0)
    mix = np.random.default_rng(4).dirichlet([18.0, 12.0], size=(800, 1))
    forecast = mixed(level, 1e6)
    forecast = type(forecast)(
        forecast.days, forecast.grid, forecast.channels, level.day_rate * mix,
        np.random.default_rng(5).poisson(level.day_rate * mix), forecast.share, forecast.concentration, 1,
    )  # fmt: skip
    expected = times(forecast, 1.0)
    moved = growth(forecast, np.stack([expected[:, 0] - 9, expected[:, 1] + 9], axis=1))
    assert moved[0] < 0.85
    assert moved[1] > 1.2
    total = updated_period(forecast, forecast.days[:PAST], expected, 3).day_rate.sum(axis=2).mean()
    assert total == pytest.approx(60, rel=0.03)


def test_paths_stay_joint_and_the_forecast_whole() -> None:
    forecast = desk()
    updated = updated_period(forecast, forecast.days[:1], times(forecast, 1.2)[:1], 3)
    assert updated.days == forecast.days[1:]
    assert updated.day_rate.shape == updated.day_count.shape == (800, 11, 1)
    sums = updated.day_rate.sum(axis=(1, 2))
    assert sums.std() > 1.5 * np.sqrt(updated.day_rate.var(axis=0).sum())  # the level is still shared
    again = updated_period(forecast, forecast.days[:1], times(forecast, 1.2)[:1], 3)
    assert (again.day_rate == updated.day_rate).all()
    assert (again.day_count == updated.day_count).all()


def test_without_a_day_nothing_changes() -> None:
    forecast = desk()
    same = updated_period(forecast, (), np.zeros((0, 1), dtype=np.int64), 3)
    assert same.days == forecast.days
    assert (same.day_count == forecast.day_count).all()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 100_000), min_size=2 * PAST, max_size=2 * PAST),
    st.sampled_from([0.0, 1e-5, 0.5, 60.0, 5_000.0]),
    st.sampled_from([0.0, 0.2, 1.0]),
    st.sampled_from([0.3, 30.0, np.inf]),
    st.sampled_from([1, 2, 3, 7, 200]),
)
def test_nothing_breaks_it(came: list[int], mean: float, level_sd: float, shape: float, paths: int) -> None:
    forecast = mixed(made(paths, 8, mean=mean, level_sd=level_sd, shape=shape), 20.0)
    actual = np.array(came).reshape(PAST, 2)
    updated = updated_period(forecast, forecast.days[:PAST], actual, 3)
    assert np.isfinite(updated.day_rate).all()
    assert (updated.day_rate >= 0).all()
    assert (updated.day_count >= 0).all()
    assert (updated.day_rate.sum(axis=2) <= 10.01 * forecast.day_rate[:, PAST:].sum(axis=2)).all()


def test_zeros_lower_the_level_of_a_desk_where_little_comes() -> None:
    forecast = made(400, 12, mean=2.0, level_sd=0.3, shape=20.0)
    assert 0.5 < growth(forecast, np.zeros((PAST, 1), dtype=np.int64))[0] < 0.9


def test_bad_input_is_refused() -> None:
    forecast = desk(paths=20)
    with pytest.raises(ValueError, match="days of the forecast"):
        updated_period(forecast, (date(2026, 5, 1),), np.ones((1, 1), dtype=np.int64), 3)
    with pytest.raises(ValueError, match="each once"):
        updated_period(forecast, forecast.days[:1] * 2, np.ones((2, 1), dtype=np.int64), 3)
    with pytest.raises(ValueError, match="nothing of the forecast is left"):
        updated_period(forecast, forecast.days, np.ones((12, 1), dtype=np.int64), 3)
    with pytest.raises(ValueError, match="whole numbers"):
        updated_period(forecast, forecast.days[:1], -np.ones((1, 1), dtype=np.int64), 3)
