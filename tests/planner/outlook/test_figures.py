"""What the page asks of a kept outlook: sums run along paths, bands lie within each other."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from planner import charts
from planner.outlook import HORIZON_WEEKS
from planner.outlook.figures import (
    LEVELS,
    View,
    day_bands,
    days_of,
    hour_rates,
    past_of,
    past_points,
    paths_of,
    peak_of,
    rates_of,
    reception_hours,
    total_of,
    usual_of,
    week_bands,
    weekday_hours,
)
from tests.planner.outlook_builder import AS_OF, DAYS, PEAK, make_outlook

OUTLOOK = make_outlook()


@pytest.mark.parametrize("weeks", HORIZON_WEEKS)
def test_a_view_ends_with_its_last_week(weeks: int) -> None:
    days = days_of(OUTLOOK, View(weeks))
    assert days[0] == DAYS[0]
    assert days[-1] <= AS_OF + timedelta(weeks=weeks) < next((d for d in DAYS if d > days[-1]), date.max)
    assert paths_of(OUTLOOK, View(weeks)).shape == (60, len(days))


def test_channels_add_up_and_each_is_its_own() -> None:
    parts = [paths_of(OUTLOOK, View(4, channel)) for channel in ("phone", "mail", "form", "walk_in")]
    np.testing.assert_array_equal(sum(parts), paths_of(OUTLOOK, View(4)))
    assert rates_of(OUTLOOK, View(4, "phone")).sum() == pytest.approx(0.6 * rates_of(OUTLOOK, View(4)).sum())
    np.testing.assert_array_equal(past_of(OUTLOOK, View(4, "mail")), OUTLOOK.past_count[:, 1])


def test_bands_lie_within_each_other() -> None:
    for band in (*day_bands(OUTLOOK, View(64)), *week_bands(OUTLOOK, View(64))):
        assert list(band.quantiles) == sorted(band.quantiles)
        (low95, high95), (low80, high80), (low50, high50) = (band.interval(p) for p in (95, 80, 50))
        assert low95 <= low80 <= low50 <= band.median <= high50 <= high80 <= high95


def test_a_week_is_the_mean_of_its_office_days_on_each_path() -> None:
    band = next(b for b in week_bands(OUTLOOK, View(13)) if b.first == date(2026, 3, 16))
    assert (band.last, band.office_days) == (date(2026, 3, 19), 4)  # the 20th is a holiday
    days = days_of(OUTLOOK, View(13))
    at = [n for n, d in enumerate(days) if band.first <= d <= band.last]
    mean = paths_of(OUTLOOK, View(13))[:, at].mean(axis=1)
    assert band.quantiles == pytest.approx(np.quantile(mean, LEVELS))


def test_totals_are_sums_along_paths_not_of_quantiles() -> None:
    paths = np.array([[1, 9], [9, 1], [5, 5]], dtype=np.int32)
    assert total_of(paths) == (10.0,) * len(LEVELS)


def test_the_peak_tells_how_much_more_comes() -> None:
    peak = peak_of(OUTLOOK, View(13))
    assert (peak.period, peak.office_days) == (PEAK, 10)
    assert peak.ratio == pytest.approx(1.8, rel=0.1)
    assert 50 < peak.low < peak.busiest.median < peak.high
    assert peak.total[0] <= peak.total[3] <= peak.total[-1]


def test_without_events_the_same_days_are_as_usual() -> None:
    calm = peak_of(OUTLOOK, View(13, has_events=False))
    assert calm.period == peak_of(OUTLOOK, View(13)).period
    assert calm.ratio == pytest.approx(1.0, abs=0.1)


def test_the_usual_level_of_a_channel_is_what_comes_without_events() -> None:
    view = View(13, "phone")
    np.testing.assert_allclose(usual_of(OUTLOOK, view), rates_of(OUTLOOK, replace(view, has_events=False)))
    assert peak_of(OUTLOOK, view).ratio == pytest.approx(1.8)


def test_hours_of_a_day_sum_to_the_day() -> None:
    hours = hour_rates(OUTLOOK, View(13))
    np.testing.assert_allclose(hours.sum(axis=1), rates_of(OUTLOOK, View(13)))
    inside = [n for n, d in enumerate(days_of(OUTLOOK, View(13))) if d in PEAK]
    assert (hours[inside].argmax(axis=1) == 9).all()
    assert reception_hours(OUTLOOK) == range(8, 19)
    assert [*weekday_hours(OUTLOOK, View(13))] == [0, 1, 2, 3, 4]


def test_weekdays_are_those_of_the_office_days() -> None:
    """A desk that is open from Tuesday to Saturday, each day in the place of the one before."""
    facts = replace(OUTLOOK.facts, days=tuple(d + timedelta(days=1) for d in DAYS))
    found = weekday_hours(replace(OUTLOOK, facts=facts), View(4))
    assert [*found] == [1, 2, 3, 4, 5]
    assert found[5][9] == pytest.approx(weekday_hours(OUTLOOK, View(4))[4][9], rel=0.2)
    assert "土" in charts.svg(charts.heat(found, range(8, 18), "題", ""))


def test_past_points_are_days_or_means_of_weeks() -> None:
    days = (date(2026, 2, 5), date(2026, 2, 6), date(2026, 2, 9))
    assert past_points(days, [4, 6, 8], by_week=False)[1] == (days[1], days[1], 6.0)
    assert past_points(days, [4, 6, 8], by_week=True) == ((days[0], days[1], 5.0), (days[2], days[2], 8.0))


def test_the_kept_paths_are_a_forecast_again() -> None:
    forecast = OUTLOOK.forecast()
    np.testing.assert_array_equal(forecast.day_count, OUTLOOK.count)
    assert forecast.channels == ("phone", "mail", "form", "walk_in")
    assert forecast.only(DAYS[:1]).slot_rates()[0, 0, :, 0].sum() == pytest.approx(
        float(OUTLOOK.path_rate[0, 0, 0])
    )
