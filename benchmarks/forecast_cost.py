"""What a forecast costs: learning from 60 months of office days and drawing 500 paths of 13 weeks.

``cost_cpu_s``: processor seconds of one desk, the middle of five invented desks, each in a fresh process that
has only imported the model; ``cost_ratio_to_prophet``: that over Prophet's, the same desks and as many paths;
``cost_100_desks_s``: seconds on the clock for a hundred desks on two processes, without the time to start
them and to invent the desks; ``cost_100_desks_cpu_s``: the processor seconds of both, whatever else runs.
"""

import os
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_context
from statistics import median

from benchmarks.benchmark import Run
from benchmarks.forecast_sim import first_member, mapped, named
from benchmarks.simulated_desks import desk
from forecasts.model import Known

PROCESSES = 2
MONTHS, PATHS = 60, 500
_SHORT_MONTHS = 15
_ROUNDS, _DESKS = 5, 100
_VERSION, _RATE = 1, 80
_SEED = 20261128


def figures(run: Run) -> Mapping[str, float]:
    """Time the model that serves first, and Prophet where it is installed."""
    ours = first_member()
    out = {"cost_cpu_s": _cpu_s(run, ours)}
    if "prophet" in run.peers:
        out["cost_ratio_to_prophet"] = out["cost_cpu_s"] / _cpu_s(run, "prophet")
    wall_s, cpu_s = _many(run, ours)
    return out | {"cost_100_desks_s": wall_s, "cost_100_desks_cpu_s": cpu_s}


def _cpu_s(run: Run, model: str) -> float:
    """Return the median processor seconds over desks; Prophet's own processes count too."""
    if run.is_short:
        return _run(model, [0], _SHORT_MONTHS)[1]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        used = pool.map(partial(_run, model, months=MONTHS), [[case] for case in range(_ROUNDS)])
        return median(cpu_s for _, cpu_s in used)


def _used_s() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _many(run: Run, model: str) -> tuple[float, float]:
    """Return the clock's seconds of the slower process, each having half of the desks, and those of both."""
    desks, months, processes = run.of((_DESKS, MONTHS, PROCESSES), (1, _SHORT_MONTHS, 1))
    parts = [list(range(n, desks, processes)) for n in range(processes)]
    used = mapped(partial(_run, model, months=months), parts, processes)
    return max(wall_s for wall_s, _ in used), sum(cpu_s for _, cpu_s in used)


def _run(model: str, cases: Sequence[int], months: int) -> tuple[float, float]:
    """Forecast desks one after another; return seconds on the clock and of the processor."""
    asked, learning = [_asked(case, months) for case in cases], named(model)
    wall_s, cpu_s = time.perf_counter(), _used_s()
    for known, days in asked:
        learning.fit(known).forecast(days, PATHS, _SEED)
    return time.perf_counter() - wall_s, _used_s() - cpu_s


def _asked(case: int, months: int) -> tuple[Known, tuple[date, ...]]:
    one = desk(_VERSION, _RATE, case)
    return one.known(months), one.days
