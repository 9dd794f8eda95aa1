"""Folds are run as they are cut: warm-up origins teach weights, short histories leave a model out."""

import json
from pathlib import Path

import pytest

from benchmarks import forecast, forecast_real
from benchmarks.benchmark import Run
from benchmarks.forecast_real import AGAINST_PEERS, SHORT_SET, Task, best_of, figures, is_peer, named, tried
from benchmarks.forecast_sets import FILES, NEEDS, daily_set
from benchmarks.shared_data import REASON, is_missing
from forecasts.models import MEMBERS, MODELS

pytestmark = pytest.mark.skipif(any(is_missing(path) for path in NEEDS), reason=REASON)


def earlier(ratio: float) -> dict[str, float]:
    columns = {"crps": ratio * 30.0, "coverage80": 0.7, "coverage95": 0.9, "wape": 0.2}
    return {f"{name}.prophet.{c}": value for name in FILES for c, value in columns.items()}


def test_a_short_run_scores_our_models_and_their_combination() -> None:
    found = figures(Run(is_short=True))
    names = {name.split(".")[1] for name in found if name.startswith(SHORT_SET)}
    enough = len(daily_set(SHORT_SET).known.history.days) - 28
    assert names == {"madoguchi", *(m.name for m in MODELS if m.min_office_days <= enough)}
    assert found[f"{SHORT_SET}.recent_mean.crps_ratio"] == 1.0
    assert 0.0 <= found["coverage80_min"] <= found["coverage80_max"] <= 1.0
    assert not set(AGAINST_PEERS) & set(found)
    assert best_of(found) == ""


def test_a_part_of_the_peers_tells_no_best_one() -> None:
    pytest.importorskip("lightgbm")
    found = figures(Run(is_short=True, peers=frozenset({"lightgbm"})))
    assert found[f"{SHORT_SET}.lightgbm.crps_ratio"] > 0
    assert not set(AGAINST_PEERS) & set(found)


def test_peers_of_an_earlier_run_are_taken_from_it() -> None:
    near, far = (figures(Run(is_short=True, earlier=earlier(ratio))) for ratio in (1.0, 2.0))
    assert near["servicenow.prophet.coverage80"] == 0.7
    assert near[AGAINST_PEERS[0]] == pytest.approx(2 * far[AGAINST_PEERS[0]])
    assert best_of(near) == "prophet"
    assert forecast.also_kept(near)["peer"] == "prophet"


def test_the_same_task_gives_the_same_paths() -> None:
    task = Task(SHORT_SET, "recent_mean", daily_set(SHORT_SET).folds.origins[0], 28, 20)
    one, again = tried(task), tried(task)
    assert one.samples.tolist() == again.samples.tolist()
    assert one.samples.shape == (20, 28)


def test_a_failing_model_is_named_with_its_set_and_origin() -> None:
    first = daily_set(SHORT_SET).known.history.days[5]
    with pytest.raises(ValueError, match="needs 20 office days") as found:
        tried(Task(SHORT_SET, "recent_mean", first, 28, 20))
    assert found.value.__notes__ == ["recent_mean on servicenow from 2016-03-06"]


def test_models_are_found_by_name() -> None:
    assert named("recent_mean").name == "recent_mean"
    assert named("forecasts.models.recent_mean:RecentMean").name == "recent_mean"
    with pytest.raises(ValueError, match="no model recent; there are recent_mean"):
        named("recent")
    assert is_peer("prophet")
    assert is_peer("statsforecast_mstl")
    assert not any(is_peer(m) for m in (*MEMBERS, *(m.name for m in MODELS), "madoguchi"))


def test_a_result_tells_its_folds() -> None:
    kept = json.loads(json.dumps(forecast.also_kept({})))
    assert set(kept["folds"]) == set(FILES)
    assert len(kept["folds"]["helpdesk_italy"]["origins"]) == 9
    assert len(kept["folds"]["helpdesk_italy"]["warm_up"]) == 6
    assert kept["folds"]["anonbank"]["horizon_days"] == 13
    assert kept["peer"] == ""


def test_a_developer_reads_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "earlier.json"
    path.write_text(json.dumps({"figures": earlier(1.0)}), encoding="utf-8")
    call = ["--models", f"recent_mean,{MODELS[1].name}", "--sets", SHORT_SET, "--peers-from", str(path)]
    forecast_real.main(call)
    said = capsys.readouterr().out
    assert f"servicenow.{MODELS[1].name}" in said
    assert "servicenow.prophet" in said
    assert AGAINST_PEERS[0] in said
