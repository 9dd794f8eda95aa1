"""Scores by hand, and the comparison with peers."""

from datetime import date, timedelta

import numpy as np
import pytest

from benchmarks.forecast_scores import Score, best_peer, figures_of, means, scored
from forecasts.backtest import Trial

ORIGIN = date(2026, 3, 31)


def trial(actual: list[int], samples: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> Trial:
    days = tuple(ORIGIN + timedelta(days=n + 1) for n in range(len(actual)))
    lead = np.arange(1, len(actual) + 1)
    is_event = np.zeros(len(actual), dtype=np.bool_)
    return Trial(ORIGIN, days, np.array(actual), samples, samples.mean(axis=0), is_event, lead)


def score(crps: float, coverage80: float = 0.8) -> Score:
    return Score(crps, coverage80, 0.95, 0.1, 0.8)


FOUND = {
    ("one", "recent_mean"): score(10.0),
    ("two", "recent_mean"): score(20.0),
    ("one", "madoguchi"): score(8.0, 0.76),
    ("two", "madoguchi"): score(18.0, 0.86),
    ("one", "prophet"): score(8.0),
    ("two", "prophet"): score(20.0),
    ("one", "lightgbm"): score(12.0),
    ("two", "lightgbm"): score(15.0),
    ("one", "boosting"): score(5.0),  # too short a history on the other set
}
PEERS = {"prophet", "lightgbm"}


def test_a_sure_forecast_scores_its_distance() -> None:
    # One value everywhere: each pinball is level x gap or (1 - level) x gap, their mean half the gap.
    found = scored([trial([10] * 7, np.full((20, 7), 13))], seed=1)
    assert found.crps == pytest.approx(3.0)
    assert found.wape == pytest.approx(0.3)
    assert (found.coverage80, found.window_coverage80) == (0.0, 0.0)


def test_counts_drawn_from_the_truth_are_covered() -> None:
    rng = np.random.default_rng(5)
    rounds = [trial(rng.poisson(40, 70).tolist(), rng.poisson(40, (500, 70))) for _ in range(20)]
    found = scored(rounds, seed=1)
    assert found.coverage80 == pytest.approx(0.8, abs=0.04)
    assert found.coverage95 == pytest.approx(0.95, abs=0.02)
    assert found.window_coverage80 == pytest.approx(0.8, abs=0.1)


def test_paths_that_keep_their_rank_are_too_wide_for_a_week() -> None:
    rng = np.random.default_rng(5)
    rounds = [trial(rng.poisson(40, 70).tolist(), np.sort(rng.poisson(40, (500, 70)), axis=0)) for _ in "ab"]
    found = scored(rounds, seed=1)
    assert found.coverage80 == pytest.approx(0.8, abs=0.1)
    assert found.window_coverage80 == 1.0


def test_the_best_single_peer_is_one_for_all_sets() -> None:
    over_all = means(FOUND)
    assert over_all["prophet"] == pytest.approx(np.sqrt(0.8 * 1.0))
    assert over_all["lightgbm"] == pytest.approx(np.sqrt(1.2 * 0.75))
    assert "boosting" not in over_all
    assert best_peer(over_all, PEERS) == "prophet"
    assert best_peer(over_all, set()) == ""


def test_ours_is_compared_by_set_and_over_all() -> None:
    figures = figures_of(FOUND, PEERS)
    assert figures["geo_mean_crps_vs_best_single_peer"] == pytest.approx(np.sqrt(0.8 * 0.9 / 0.8))
    assert figures["worst_set_vs_its_best_peer"] == pytest.approx(18 / 15)
    assert (figures["coverage80_min"], figures["coverage80_max"]) == (0.76, 0.86)
    assert figures["coverage95_min"] == 0.95
    assert figures["two.madoguchi.crps_ratio"] == pytest.approx(0.9)
    assert "one.madoguchi.window_coverage80" in figures
    assert "one.prophet.window_coverage80" not in figures


def test_without_peers_there_is_nothing_to_compare_with() -> None:
    figures = figures_of({k: v for k, v in FOUND.items() if k[1] not in PEERS}, set())
    assert not any(name.startswith(("geo_mean", "worst_set")) for name in figures)
    assert figures["all.madoguchi.crps_ratio"] == pytest.approx(np.sqrt(0.8 * 0.9))
