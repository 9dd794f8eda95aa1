"""Slots of the sets are those of their files; scores of slots and of the update within the day make sense."""

from datetime import timedelta

import numpy as np
import pytest

from benchmarks.benchmark import Run
from benchmarks.forecast_sets import FILES, daily_set
from benchmarks.forecast_slot_sets import BUSYNESS, slot_set
from benchmarks.forecast_slots import REAL, figures, over_all, row_of, weekday_slot_mean
from benchmarks.shared_data import REASON, is_missing
from forecasts.model import as_known

needs_data = pytest.mark.skipif(is_missing("data"), reason=REASON)


@needs_data
@pytest.mark.parametrize("name", FILES)
def test_slots_add_up_to_the_days_of_the_daily_sets(name: str) -> None:
    of, daily = slot_set(name), daily_set(name)
    assert of.known.history.days == daily.known.history.days
    assert np.array_equal(of.known.history.day_count, daily.known.history.day_count)
    assert (of.known.history.count.sum(axis=(0, 2)) > 0).sum() > 10
    assert (of.origins, of.horizon_days) == (daily.folds.origins, daily.folds.horizon_days)


@pytest.mark.parametrize("name", BUSYNESS)
def test_days_of_an_invented_desk_are_as_busy_as_said(name: str) -> None:
    count = slot_set(name).known.history.day_count[:, 0]
    beyond_poisson = np.sqrt(count.var() / count.mean() ** 2 - 1 / count.mean())
    # Weekdays differ too, by 8 %.
    assert beyond_poisson == pytest.approx(np.hypot(BUSYNESS[name], 0.08), rel=0.15)


def test_the_mean_of_a_slot_is_that_of_the_same_weekday() -> None:
    one = slot_set("invented_busy")
    then = as_known(one.known.history, (), one.known.calendar, one.origins[0])
    at = then.history.days.index(one.origins[0])
    days = one.known.history.days[at + 1 : at + 6]
    mean = weekday_slot_mean(then, days)
    weeks = {days[0] - timedelta(weeks=n) for n in range(1, 13)}
    same = [n for n in range(at + 1) if then.history.days[n] in weeks]
    assert mean[0] == pytest.approx(then.history.count[same, :, 0].mean(axis=0))
    assert mean.shape == (5, 24)


def test_on_a_busy_desk_the_update_helps() -> None:
    found = row_of("invented_busier", "recent_mean", origins=3)
    assert 0.4 < found["update_wape_ratio"] < 0.9
    assert 0.4 < found["update_crps_ratio"] < 0.9
    assert found["busyness"] == pytest.approx(BUSYNESS["invented_busier"], abs=0.2)
    assert 0.8 < found["slots_crps_ratio"] < 1.1


def row(busyness: float, ratio: float) -> dict[str, float]:
    return {
        "busyness": busyness,
        "slots_crps_ratio": 0.9,
        "update_wape_ratio": ratio,
        "update_crps_ratio": ratio / 2,
    }


def test_figures_over_all_sets() -> None:
    found = {name: row(0.1, 1.0) for name in REAL[1:]} | {
        REAL[0]: row(0.3, 0.4),
        "invented_busy": row(0.25, 0.9),
    }
    assert dict(over_all(found)) == pytest.approx(
        {
            "slots_crps_vs_weekday_slot_mean": 0.9,
            "within_day_update_ratio_busy": 0.6,
            "within_day_update_ratio_max": 1.0,
            "within_day_update_ratio_busy_crps": 0.3,
            "within_day_update_ratio_max_crps": 0.5,
        }
    )


def test_a_mean_over_the_real_sets_needs_all_of_them() -> None:
    assert "slots_crps_vs_weekday_slot_mean" not in dict(over_all({REAL[0]: row(0.3, 0.4)}))


def test_a_short_run_needs_no_shared_data() -> None:
    assert {name.partition(".")[0] for name in figures(Run(is_short=True)) if "." in name} <= set(BUSYNESS)
