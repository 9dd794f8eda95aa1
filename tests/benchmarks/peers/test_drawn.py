"""Whatever a package says of days comes out as whole counts in our form."""

from datetime import date

import numpy as np
import pytest

from benchmarks.peers.drawn import Peer, of_samples, samples_of
from tests.forecasts.simulated import CALENDAR, known

KNOWN = known(date(2025, 4, 1), date(2026, 3, 31))
DAYS = CALENDAR.office_days(date(2026, 4, 1), date(2026, 4, 15))


def test_samples_have_the_quantiles_they_were_made_of() -> None:
    levels = np.array([0.1, 0.5, 0.9])
    samples = samples_of(levels, np.array([[10.0, 1.0], [20.0, 2.0], [40.0, 3.0]]), 1000)
    assert np.quantile(samples, levels, axis=0) == pytest.approx(
        np.array([[10, 1], [20, 2], [40, 3]]), abs=0.1
    )
    assert np.quantile(samples[:, 0], 0.3) == pytest.approx(15, abs=0.1)
    # Nothing is known outside of the levels: what lies there is put on their ends.
    assert (samples[0, 0], samples[-1, 0]) == (10.0, 40.0)


def test_quantiles_that_cross_are_put_in_order() -> None:
    levels = np.array([0.25, 0.5, 0.75])
    crossed, straight = (np.array([[a], [b], [3.0]]) for a, b in ((2.0, 1.0), (1.0, 2.0)))
    assert samples_of(levels, crossed, 9).tolist() == samples_of(levels, straight, 9).tolist()


def test_a_forecast_holds_whole_counts_that_are_not_negative() -> None:
    samples = np.full((50, len(DAYS)), -3.2)
    samples[:, 0] = 7.6
    forecast = of_samples(samples, DAYS, KNOWN, "theirs")
    total = forecast.day_count.sum(axis=2)
    assert total[:, 0].tolist() == [8] * 50
    assert not total[:, 1:].any()
    assert forecast.day_rate.sum(axis=2)[0, 0] == pytest.approx(7.6)
    assert forecast.days == DAYS


def test_a_peer_stands_in_for_a_model() -> None:
    def drawn(_known: object, days: object, paths: int, seed: int) -> np.ndarray:  # type: ignore[type-arg] # shape follows days
        assert days == DAYS
        return np.full((paths, len(DAYS)), float(seed))

    fitted = Peer("theirs", drawn).fit(KNOWN)
    forecast = fitted.forecast(DAYS, 5, 3)
    assert (forecast.model, forecast.day_count.sum()) == ("theirs", 5 * 3 * len(DAYS))
    assert fitted.explain(DAYS).days == ()
    with pytest.raises(NotImplementedError, match="theirs"):
        fitted.given(())
