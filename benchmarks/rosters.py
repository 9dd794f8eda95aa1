"""How near to the best are rosters, and how soon? python -m benchmarks.rosters --json FILE.

Two parts: published instances of Curtois and Qu (``rosters_curtois``), where our lines of single people stand
beside plain HiGHS and plain CP-SAT on the very same rows, and the desk itself (``rosters_desk``). Wall
seconds of one process on an otherwise idle machine. Figures of an instance: ``ours_value``, ``ours_bound``,
``ours_proven`` (1: value = bound), ``ours_s``; the same for the peers where they ran.
``curtois_time_vs_highs`` is the geometric mean over 1-7 of our seconds to HiGHS'; where HiGHS ended at its
limit without a proof, the limit counts, so that the true ratio is smaller. pyworkforce cannot say these
instances: its rosters know heads by shift and a number of working hours, no runs, weekends or requests.
"""

import sys
from collections.abc import Mapping
from math import exp, log

from benchmarks import rosters_desk
from benchmarks.benchmark import Run
from benchmarks.goals import Goal, verdicts
from benchmarks.rosters_curtois import Row, measured
from planner.rosters.engine import Engine
from planner.rosters.engines.cp_sat import cp_sat
from planner.rosters.engines.highs import highs
from planner.rosters.engines.lines import lines

QUESTION = "how near to the best are rosters, and how soon, beside plain models of the same rows?"
NEEDS = ("bench/rosters/Instance1.txt",)
PEERS = ()
PARTS = ("rosters_desk",)
TO_PROVE = (1, 2, 3, 4, 5, 6, 7, 10, 11)
BEYOND = (8, 9, 12)
COMPARED = (1, 2, 3, 4, 5, 6, 7)
LIMIT_S = 300.0
HIGHS_LIMIT_S = 120.0
BEYOND_LIMIT_S = 60.0
PLAIN_CP_SAT_LIMIT_S = 20.0
GOALS: Mapping[str, Goal] = {
    "curtois_proven_optimal": Goal(least=9),
    "curtois_time_vs_highs": Goal(most=0.7),
    "curtois_checked": Goal(least=1.0),
    "desk_13_weeks_gap": Goal(most=0.02),
    "desk_13_weeks.seconds": Goal(most=120.0),
    "forty_people_gap": Goal(most=0.03),
    "forty_people.seconds": Goal(most=300.0),
}


def figures(run: Run) -> Mapping[str, float]:
    """Measure both parts; the desk first, while nothing else has filled the memory."""
    return {**rosters_desk.figures(run), **_curtois(run)}


def _curtois(run: Run) -> dict[str, float]:
    """Solve every instance by lines, those compared by the plain models too."""
    out, rows = dict[str, float](), list[Row]()
    for number in run.of((*TO_PROVE, *BEYOND), (1,)):
        limit_s = LIMIT_S if number in TO_PROVE else BEYOND_LIMIT_S
        asked: dict[str, tuple[Engine, float]] = {"ours": (lines, limit_s)}
        if number in COMPARED:
            asked |= {"highs": (highs, HIGHS_LIMIT_S), "cp_sat": (cp_sat, PLAIN_CP_SAT_LIMIT_S)}
        for name, (engine, seconds) in asked.items():
            row = measured(number, name, engine, seconds)
            rows.append(row)
            out |= {f"curtois_{number}.{name}_{column}": x for column, x in _columns(row).items()}
    ours = {row.instance: row for row in rows if row.engine == "ours"}
    others = {row.instance: row for row in rows if row.engine == "highs"}
    ratios = [log(ours[n].seconds / others[n].seconds) for n in others]
    return out | {
        "curtois_proven_optimal": float(sum(row.is_proven for row in ours.values())),
        "curtois_time_vs_highs": exp(sum(ratios) / len(ratios)),
        "curtois_checked": min(float(row.is_checked) for row in rows),
    }


def _columns(row: Row) -> dict[str, float]:
    value = {} if row.value is None else {"value": float(row.value)}
    return {**value, "bound": row.bound, "proven": float(row.is_proven), "s": row.seconds}


def also_kept(figures: Mapping[str, float]) -> Mapping[str, object]:
    """Return what was to be reached, and what was."""
    return {"goals": list(verdicts(GOALS, figures))}


if __name__ == "__main__":
    from benchmarks.__main__ import main

    main(["rosters", *sys.argv[1:]])
