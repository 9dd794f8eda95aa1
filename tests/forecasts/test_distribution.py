from datetime import date
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.distribution import Forecast
from forecasts.slots import Grid

DAYS = (date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 3))
OPEN = slice(17, 37)  # 8:30 to 18:30
PATHS = 40


def forecast(seed: int = 5, paths: int = PATHS, firmness: tuple[float, float] = (60.0, np.inf)) -> Forecast:
    """Two channels, three days, 30-minute slots; nothing comes while the desk is closed."""
    rng = np.random.default_rng(seed)
    rate = rng.gamma(20.0, 2.0, size=(paths, len(DAYS), 2))
    share = np.zeros((len(DAYS), 48, 2))
    share[:, OPEN] = rng.uniform(0.2, 1.0, size=(len(DAYS), 20, 2))
    share /= share.sum(axis=1, keepdims=True)
    count = rng.poisson(rate)
    return Forecast(DAYS, Grid(30), ("phone", "mail"), rate, count, share, np.array(firmness), seed, "made")


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.sampled_from([0.5, 3.0, 200.0, np.inf]))
def test_slots_sum_to_days_and_closed_slots_stay_empty(seed: int, firmness: float) -> None:
    made = forecast(seed, firmness=(firmness, firmness))
    counts, rates = made.slot_counts(), made.slot_rates()
    assert counts.shape == rates.shape == (PATHS, 3, 48, 2)
    assert (counts.sum(axis=2) == made.day_count).all()
    np.testing.assert_allclose(rates.sum(axis=2), made.day_rate, rtol=1e-12)
    closed = np.ones(48, dtype=bool)
    closed[OPEN] = False
    assert not counts[:, :, closed].any()
    assert not rates[:, :, closed].any()
    assert (counts >= 0).all()
    assert (rates >= 0).all()


def test_the_same_seed_draws_the_same_slots() -> None:
    assert (forecast().slot_counts() == forecast().slot_counts()).all()
    other = forecast()
    reseeded = Forecast(
        other.days,
        other.grid,
        other.channels,
        other.day_rate,
        other.day_count,
        other.share,
        other.concentration,
        6,
    )
    assert (other.slot_counts() != reseeded.slot_counts()).any()


def test_some_of_the_days_draw_what_all_of_them_draw() -> None:
    whole = forecast()
    some = whole.only([DAYS[2], DAYS[0]])
    assert some.days == (DAYS[2], DAYS[0])
    assert some.model == "made"
    assert (some.slot_counts() == whole.slot_counts()[:, [2, 0]]).all()
    assert (some.slot_rates() == whole.slot_rates()[:, [2, 0]]).all()
    assert (some.day_count == whole.day_count[:, [2, 0]]).all()


def test_a_day_that_is_not_forecast_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        forecast().only([date(2026, 4, 4)])


def test_counts_follow_the_rates_of_their_own_path() -> None:
    """One draw of a day's shares serves both: a busy half hour of a path is busy in rates and counts."""
    made = forecast(paths=2_000, firmness=(2.0, 2.0))
    rates, counts = made.slot_rates()[:, 0, OPEN, 0], made.slot_counts()[:, 0, OPEN, 0]
    by_share = np.array([np.corrcoef(rates[:, s], counts[:, s])[0, 1] for s in range(20)])
    assert (by_share > 0.9).all()


def test_slot_rates_average_to_the_mean_rate() -> None:
    made = forecast(paths=4_000)
    np.testing.assert_allclose(made.slot_rates().mean(axis=0), made.mean_rate(), rtol=0.1, atol=0.05)
    np.testing.assert_allclose(made.mean_rate().sum(axis=1), made.day_rate.mean(axis=0))


def test_a_firm_day_keeps_exactly_to_its_share() -> None:
    made = forecast(firmness=(np.inf, np.inf))
    np.testing.assert_array_equal(made.slot_rates(), made.day_rate[:, :, None, :] * made.share[None])


def test_a_looser_day_strays_further_from_its_share() -> None:
    """Dirichlet variance: m (1 - m) / (firmness + 1)."""
    for firmness in (5.0, 50.0):
        made = forecast(paths=4_000, firmness=(firmness, firmness))
        drawn = made.slot_rates()[:, 0, 20, 0] / made.day_rate[:, 0, 0]
        mean = float(made.share[0, 20, 0])
        assert drawn.var() == pytest.approx(mean * (1 - mean) / (firmness + 1), rel=0.15)


def test_quantiles_are_those_of_joint_sums() -> None:
    made = forecast(paths=500)
    levels = (0.1, 0.5, 0.9)
    by_day, total = made.day_quantiles(levels), made.total_quantiles(levels)
    assert by_day.shape == (3, 3)
    assert (np.diff(by_day, axis=0) >= 0).all()
    sums = [sum(int(n) for n in np.ravel(path)) for path in made.day_count]
    np.testing.assert_allclose(total, np.quantile(sums, levels, method="inverted_cdf"))
    widths = cast("np.ndarray[tuple[int], np.dtype[np.float64]]", by_day[2] - by_day[0])
    assert total[2] - total[0] < widths.sum()  # the days of this forecast are independent


def test_a_day_on_which_nobody_comes_draws_nothing() -> None:
    made = forecast()
    empty = Forecast(
        DAYS,
        made.grid,
        made.channels,
        made.day_rate * 0,
        made.day_count * 0,
        made.share,
        made.concentration,
        1,
    )
    assert not empty.slot_counts().any()
    assert not empty.slot_rates().any()
