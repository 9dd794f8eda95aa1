"""What the forecast is to reach."""

from collections.abc import Mapping

from benchmarks.goals import Goal

MONTHS = (15, 27, 60)


def _by_months(name: str, most: tuple[float, ...]) -> dict[str, Goal]:
    return {f"{name}_{m}": Goal(most=bound) for m, bound in zip(MONTHS, most, strict=True)}


GOALS: Mapping[str, Goal] = {
    "geo_mean_crps_vs_best_single_peer": Goal(most=0.96),
    "worst_set_vs_its_best_peer": Goal(most=1.12),
    "coverage80_min": Goal(least=0.75),
    "coverage80_max": Goal(most=0.87),
    "coverage95_min": Goal(least=0.90),
    **_by_months("sim_crps_vs_prophet", (0.86, 0.91, 0.96)),
    **_by_months("sim_crps_vs_lightgbm", (0.89, 0.92, 0.93)),
    **_by_months("sim_crps_vs_oracle", (1.07, 1.06, 1.04)),
    **_by_months("sim_event_rate_error", (0.10, 0.08, 0.075)),
    **{f"sim_window_coverage80_{m}": Goal(0.75, 0.87) for m in MONTHS},
    "slots_crps_vs_weekday_slot_mean": Goal(most=0.95),
    "within_day_update_ratio_busy": Goal(most=0.80),
    "within_day_update_ratio_max": Goal(most=1.00),
    "cost_cpu_s": Goal(most=0.5),
    "cost_100_desks_s": Goal(most=60.0),
}
