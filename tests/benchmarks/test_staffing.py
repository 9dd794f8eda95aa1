"""All parts run, and what they measure is what was agreed."""

import json
from pathlib import Path

import pytest

from benchmarks import staffing
from benchmarks.__main__ import main
from benchmarks.benchmark import Run, installed
from benchmarks.shared_data import REASON, is_missing
from benchmarks.staffing_cost import figures

pytestmark = pytest.mark.skipif(is_missing(staffing.FILE), reason=REASON)

OF_PEERS = {"day_vs_simpy", "own_simulation_vs_simpy", "erlang_a_500_vs_pyworkforce"}


def test_a_short_run_measures_every_goal_and_tells_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "staffing.json"
    main(["staffing", "--short", "--json", str(path)])
    kept = json.loads(path.read_text(encoding="utf-8"))
    measured = set(staffing.GOALS) if len(installed(staffing.PEERS)) == 3 else set(staffing.GOALS) - OF_PEERS
    assert measured <= set(kept["figures"])
    assert len(kept["goals"]) >= len(measured)
    said = capsys.readouterr().out
    assert all(line in said for line in kept["goals"])


def test_the_cost_is_of_the_day_of_the_file() -> None:
    found = figures(Run(is_short=True))
    assert found["exact_error_calls"] < 1e-9
    assert found["what_if_error_calls"] < 1e-9
    assert min(found["month_vs_day"], found["day_vs_own_simulation"], found["days_for_a_tenth"]) > 0
    assert found["single_slot_what_if_vs_day"] < found["what_if_table_vs_day"]
    assert not any("simpy" in name for name in found)
