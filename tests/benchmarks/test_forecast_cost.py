"""Seconds are measured; how many they are is not judged here."""

import math

from benchmarks.benchmark import Run
from benchmarks.forecast_cost import figures


def test_a_short_run_measures_seconds_without_peers() -> None:
    found = figures(Run(is_short=True))
    assert set(found) == {"cost_cpu_s", "cost_100_desks_s", "cost_100_desks_cpu_s"}
    assert all(math.isfinite(v) and v >= 0 for v in found.values())
    assert found["cost_100_desks_s"] > 0
