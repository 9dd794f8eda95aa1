"""How small is the change that is found, and how soon? python -m benchmarks.alternatives --json FILE.

Four parts: person-hours beside stationary covers (``alternatives_hours``), small days counted out
(``alternatives_counted``), small desks counted out (``alternatives_enumerated``), and what an answer costs
beside one Prophet fit (``alternatives_speed``).
"""

import sys
from collections.abc import Mapping

from benchmarks import (
    alternatives_counted,
    alternatives_enumerated,
    alternatives_hours,
    alternatives_speed,
)
from benchmarks.benchmark import Run
from benchmarks.goals import Goal, verdicts

QUESTION = "how few person-hours hold a target, is it what counting out says, and how soon is it known?"
NEEDS = ("facts/transient_reference_90calls.csv",)
PEERS = ("prophet",)
PARTS = ("alternatives_hours", "alternatives_counted", "alternatives_enumerated", "alternatives_speed")
GOALS: Mapping[str, Goal] = {
    "hours_vs_erlang_c": Goal(most=0.80),
    "hours_at_equal_service_mean": Goal(most=0.95),
    "hours_at_equal_service_max": Goal(most=1.00),
    "cases_failed": Goal(most=0),
    "promised_vs_simulated_points_max": Goal(most=0.5),
    "counted_days": Goal(least=200),
    "counted_differences": Goal(most=0),
    "patterns_enumerated": Goal(least=200),
    "pattern_differences": Goal(most=0),
    "choices_enumerated": Goal(least=200),
    "choice_differences": Goal(most=0),
    "monotone_violations": Goal(most=0),
    "chain_13_weeks_vs_prophet": Goal(most=10),
    "alternatives_vs_prophet": Goal(most=30),
    "what_if_vs_prophet": Goal(most=1),
}


def figures(run: Run) -> Mapping[str, float]:
    """Measure all parts; what is timed comes first, while nothing else runs."""
    return {
        **alternatives_speed.figures(run),
        **alternatives_counted.figures(run),
        **alternatives_enumerated.figures(run),
        **alternatives_hours.figures(run),
    }


def also_kept(figures: Mapping[str, float]) -> Mapping[str, object]:
    """Return what was to be reached, and what was."""
    return {"goals": list(verdicts(GOALS, figures))}


if __name__ == "__main__":
    from benchmarks.__main__ import main

    main(["alternatives", *sys.argv[1:]])
