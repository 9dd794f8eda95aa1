"""Is the exact day right, and what does it cost? python -m benchmarks.staffing --json FILE.

Parts: processor time (``staffing_cost``), Erlang A at 500 people (``staffing_erlang``), drawn desks against
the lane simulator (``staffing_exact``), what other methods say (``staffing_methods``), whether a formation
delivers what was promised (``staffing_promise``), and what an exact day leaves out (``staffing_limits``).
What a figure means stands in the docstring of its part.
"""

import importlib
import sys
from collections.abc import Mapping

from benchmarks.benchmark import Run
from benchmarks.goals import Goal, verdicts
from benchmarks.staffing_day import FILE

QUESTION = "is the service told for a formation right, beside others' methods, and what does it cost to tell?"
NEEDS = (FILE,)
PEERS = ("ciw", "pyworkforce", "simpy")
# Processor time first: nothing else has filled a cache by then.
PARTS = (
    "staffing_cost",
    "staffing_erlang",
    "staffing_exact",
    "staffing_methods",
    "staffing_promise",
    "staffing_limits",
)
GOALS: Mapping[str, Goal] = {
    "slot_rms_z": Goal(0.85, 1.15),
    "day_max_z": Goal(most=4.0),
    "largest_day_error": Goal(most=0.1),
    "largest_slot_error": Goal(most=0.3),
    "day_vs_simpy": Goal(most=0.0002),
    "day_vs_own_simulation": Goal(most=0.005),
    "own_simulation_vs_simpy": Goal(most=0.05),
    "month_vs_day": Goal(most=6.0),
    "single_slot_what_if_vs_day": Goal(most=0.02),
    "erlang_a_500_vs_pyworkforce": Goal(most=0.001),
    "promised_minus_delivered_points": Goal(most=0.5),
}


def figures(run: Run) -> Mapping[str, float]:
    """Measure all parts."""
    out: dict[str, float] = {}
    for part in PARTS:
        out |= importlib.import_module(f"benchmarks.{part}").figures(run)
    return out


def also_kept(figures: Mapping[str, float]) -> Mapping[str, object]:
    """Return what was to be reached, and what was."""
    return {"goals": list(verdicts(GOALS, figures))}


if __name__ == "__main__":
    from benchmarks.__main__ import main

    main(["staffing", *sys.argv[1:]])
