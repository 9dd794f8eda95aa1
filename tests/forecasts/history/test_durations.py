import numpy as np
import pandas as pd
import pytest

from forecasts.history.durations import Durations, figures

START = pd.Timestamp("2025-04-01 09:00")


def lognormal(rng: np.random.Generator, mean: float, cv: float, rows: int) -> np.ndarray:
    spread = np.sqrt(np.log(1 + cv**2))
    return rng.lognormal(np.log(mean) - spread**2 / 2, spread, rows)


def times(rng: np.random.Generator, rows: int, days: int = 200) -> pd.Series:
    return pd.Series(START + pd.to_timedelta(np.sort(rng.integers(0, days, rows)), unit="D"))


def test_intervals_of_mean_and_variation_hold_them_in_four_of_five_logs() -> None:
    rng = np.random.default_rng(1)
    mean, cv = [], []
    for _ in range(300):
        of = figures(Durations.of(pd.Series(rng.gamma(1 / 0.64, 15 * 0.64, 600)), times(rng, 600)))
        mean.append(of.log_mean.estimate(0))
        cv.append(of.log_cv.estimate(0))
    assert 0.75 <= np.mean([e.low <= 15.0 <= e.high for e in mean if e]) <= 0.86
    assert 0.70 <= np.mean([e.low <= 0.8 <= e.high for e in cv if e]) <= 0.86


def test_days_that_are_off_as_a_whole_widen_the_interval() -> None:
    rng = np.random.default_rng(2)
    at = times(rng, 2_000)
    alone = pd.Series(rng.gamma(2.0, 7.0, 2_000))
    shared = alone * np.exp(0.5 * rng.normal(size=200))[(at - START).dt.days]
    widths = [figures(Durations.of(m, at)).log_mean.variance[0] for m in (alone, shared)]
    assert widths[1] > 3 * widths[0]


def test_intervals_of_categories_hold_them_in_four_of_five_cases() -> None:
    rng = np.random.default_rng(3)
    held, errors, raw = [], [], []
    for _ in range(60):
        mean = 15.0 * np.exp(0.25 * rng.normal(size=12))
        rows = rng.choice([3, 15, 80, 400], 12)
        group = np.repeat(np.arange(12), rows)
        minutes = pd.Series(
            np.concatenate([lognormal(rng, m, 0.9, n) for m, n in zip(mean, rows, strict=True)])
        )
        of = figures(Durations.of(minutes, times(rng, len(group)), group))
        ends = [of.log_mean.estimate(k) for k in range(12)]
        held += [e.low <= m <= e.high for e, m in zip(ends, mean, strict=True) if e]
        errors.append(np.log([e.value for e in ends if e] / mean))
        raw.append(np.log(of.mean / mean))
    assert 0.74 <= np.mean(held) <= 0.86
    assert np.std(errors) < 0.75 * np.std(raw)
    assert abs(np.mean(errors)) < 0.04


def test_one_duration_alone_has_a_mean_and_no_interval() -> None:
    of = figures(Durations.of(pd.Series([30.0]), pd.Series([START])))
    assert (of.mean.tolist(), of.cv.tolist(), of.rows.tolist()) == ([30.0], [0.0], [1])
    assert all(e.estimate(0) is None for e in (of.log_mean, of.log_cv, of.change, of.step))


def test_categories_of_a_few_durations_each_break_nothing() -> None:
    at = pd.Series([START + pd.Timedelta(days=n) for n in range(5)])
    of = figures(Durations.of(pd.Series([5.0, 5.0, 5.0, 9.0, 1.0]), at, np.array([0, 0, 1, 2, 2])))
    assert np.isfinite(of.log_mean.value).all()
    assert np.isfinite(np.exp(of.log_cv.value)).all()


def test_equal_durations_have_no_variation() -> None:
    at = pd.Series([START + pd.Timedelta(days=n) for n in range(40)])
    of = figures(Durations.of(pd.Series([7.0] * 40), at, np.arange(40) % 2))
    assert np.exp(of.log_mean.value) == pytest.approx([7.0, 7.0])
    assert of.cv.tolist() == [0.0, 0.0]
    assert of.log_cv.estimate(0) is None
