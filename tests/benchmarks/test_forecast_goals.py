from benchmarks.forecast_goals import GOALS, MONTHS


def test_every_length_of_history_has_its_goals() -> None:
    assert "coverage95_min" in GOALS
    for months in MONTHS:
        assert {f"sim_crps_vs_prophet_{months}", f"sim_window_coverage80_{months}"} <= set(GOALS)
