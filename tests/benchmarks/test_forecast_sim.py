"""Figures of invented desks are put together as the issue names them."""

import numpy as np
import pytest

from benchmarks import forecast_sim
from benchmarks.benchmark import Run
from benchmarks.forecast_sim import PEERS, desks_of, figures, first_member, mapped, named, rows_of, scores_of
from benchmarks.simulated_scores import Case, Score


def score(case: int, model: str, crps: float, **changed: float) -> Score:
    given = {"rate_error": 0.1, "hits": 0.8, "windows": 1, **changed}
    return Score(
        Case(1, 30, case), 15, model, crps, 2.0, given["rate_error"], given["hits"], int(given["windows"])
    )


def test_a_cell_is_a_geometric_mean_and_means_over_desks() -> None:
    nan = float("nan")
    scores = [score(0, "joint", 2.0), score(1, "joint", 8.0, rate_error=nan, hits=nan, windows=0)]
    assert dict(rows_of(scores)) == {
        "sim_15.joint.crps_vs_oracle": pytest.approx(2.0),
        "sim_15.joint.event_rate_error": pytest.approx(0.1),
        "sim_15.joint.window_coverage80": pytest.approx(0.8),
    }


def test_every_window_counts_alike() -> None:
    scores = [score(0, "joint", 2.0, hits=1.0, windows=3), score(1, "joint", 2.0, hits=0.0, windows=1)]
    assert dict(rows_of(scores))["sim_15.joint.window_coverage80"] == pytest.approx(0.75)


def test_windows_of_a_peer_without_joint_paths_are_not_told() -> None:
    assert set(dict(rows_of([score(0, "lightgbm", 2.0)]))) == {
        "sim_15.lightgbm.crps_vs_oracle",
        "sim_15.lightgbm.event_rate_error",
    }


def test_ours_stands_beside_peers_of_an_earlier_run(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = first_member()
    monkeypatch.setattr(forecast_sim, "scores_of", lambda *_: [score(0, ours, 3.0)])
    earlier = {
        "sim_15.prophet.crps_vs_oracle": 2.0,
        f"sim_15.{ours}.crps_vs_oracle": 9.9,
        "all.prophet.crps_ratio": 0.7,
    }
    found = figures(Run(peers=frozenset(PEERS), earlier=earlier))
    assert found["sim_crps_vs_oracle_15"] == pytest.approx(1.5)
    assert found["sim_crps_vs_prophet_15"] == pytest.approx(0.75)
    assert found[f"sim_15.{ours}.crps_vs_oracle"] == pytest.approx(1.5)
    assert found["sim_15.prophet.crps_vs_oracle"] == 2.0
    assert "all.prophet.crps_ratio" not in found
    assert not any("lightgbm" in name for name in found)


def test_a_few_desks_are_scored_in_a_known_order() -> None:
    desks = desks_of((1, 2), 1)
    assert [(d.version, d.rate) for d in desks] == [(1, 30), (1, 80), (2, 30), (2, 80)]
    found = scores_of(("recent_mean",), desks[:2], (15,), processes=1)
    assert [s.case for s in found] == desks[:2]
    assert all(np.isfinite([s.crps, s.oracle]).all() for s in found)


def test_work_is_the_same_on_one_process_and_on_two() -> None:
    assert mapped(abs, (-1, 2, -3), 1) == mapped(abs, (-1, 2, -3), 2) == [1, 2, 3]


def test_models_have_names() -> None:
    assert named("recent_mean").name == "recent_mean"
    assert named("madoguchi").name == "madoguchi"
    assert named("forecasts.models.recent_mean:RecentMean").name == "recent_mean"
    with pytest.raises(ValueError, match="no model nobody"):
        named("nobody")
