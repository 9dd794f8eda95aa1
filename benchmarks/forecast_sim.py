"""Forecasts of invented desks whose true rate is known: python -m benchmarks.forecast_sim --models joint.

A view for whoever works on a model; ``benchmarks.forecast`` keeps the figures of a whole run, which are
``figures``: for a history of m months, ``sim_`` (version 1) or ``sim2_`` (version 2) and
``crps_vs_prophet_m``, ``crps_vs_lightgbm_m``, ``crps_vs_oracle_m`` (geometric means over desks, both rates),
``event_rate_error_m``, ``window_coverage80_m``; then a row for every model. What these mean stands in
``simulated_scores``, what the desks are in ``simulated_desks``.

Names: those of ``forecasts.models``, ``module:Class``, ``prophet`` and ``lightgbm`` (the peers, told
of events by ``peers.event_columns``), and ``madoguchi``: the choice that the product makes on the desk's own
past. A whole run has 480 fits of each model; those of both peers take ten minutes of two cores.
"""

import argparse
import importlib
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import product
from multiprocessing import get_context
from typing import TypeVar

import numpy as np

from benchmarks import forecast_real
from benchmarks.benchmark import Run, table
from benchmarks.product_model import Product
from benchmarks.simulated_desks import RATES
from benchmarks.simulated_scores import Case, Score, scored
from forecasts.model import Model
from forecasts.models import MEMBERS, MODELS

PROCESSES = 2
CASES = 40
MONTHS = (15, 27, 60)
PATHS = 500
PEERS = ("prophet", "lightgbm")
VERSIONS = {1: "sim", 2: "sim2"}
_EACH_PEER = [[p] for p in PEERS]
_Of = TypeVar("_Of")
_Is = TypeVar("_Is")
_WHAT = ("crps_vs_oracle", "event_rate_error", "window_coverage80")


def main(arguments: Sequence[str] | None = None) -> None:
    """Score models, print a line for each length of history."""
    asked = _asked(arguments)
    start = time.perf_counter()
    scores = scores_of(asked.models, desks_of(asked.version, asked.cases), asked.months)
    print(table(dict(rows_of(scores))))
    print(f"{len(scores)} fits, {time.perf_counter() - start:.0f} s")


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    def numbers(text: str) -> list[int]:
        return [int(part) for part in text.split(",")]

    parser = argparse.ArgumentParser(prog="python -m benchmarks.forecast_sim")
    parser.add_argument("--models", type=lambda text: text.split(","), default=[first_member()])
    parser.add_argument("--cases", type=int, default=10, help=f"desks a cell; a whole run has {CASES}")
    parser.add_argument("--months", type=numbers, default=list(MONTHS))
    parser.add_argument("--version", type=numbers, default=[1])
    return parser.parse_args(arguments)


def figures(run: Run) -> Mapping[str, float]:
    """Score the model that serves first and the peers that are installed, on both versions.

    Peers are taken from an earlier run's rows where there is one: the desks are always the same.
    """
    ours = first_member()
    peers = [] if run.earlier else [p for p in PEERS if p in run.peers]
    desks = desks_of(tuple(VERSIONS), run.of(CASES, 1))
    scores = scores_of((ours, *peers), desks, run.of(MONTHS, MONTHS[:1]), run.of(PROCESSES, 1))
    rows = dict(rows_of(scores))
    rows |= {k: v for k, v in run.earlier.items() if k.startswith("sim") and k.split(".")[1:2] in _EACH_PEER}
    return dict(_figures(rows, ours)) | rows


def first_member() -> str:
    """Return the name of the model that serves first, alone or among others."""
    return next(m.name for m in MODELS if m.name in MEMBERS)


def desks_of(versions: Sequence[int], cases: int) -> list[Case]:
    """Return so many desks of each version and rate."""
    return [Case(*of) for of in product(versions, RATES, range(cases))]


def scores_of(
    models: Sequence[str], desks: Sequence[Case], months: Sequence[int], processes: int = PROCESSES
) -> list[Score]:
    """Score models by name; the order of the answer does not depend on timing."""
    work = partial(_scored, models=tuple(models), months=tuple(months))
    return [score for found in mapped(work, desks, processes) for score in found]


def mapped(work: Callable[[_Of], _Is], on: Sequence[_Of], processes: int) -> list[_Is]:
    """Do the same work on each of ``on``; one process is this one."""
    if processes == 1:
        return [work(one) for one in on]
    # Spawned, not forked: peers start threads of their own.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return list(pool.map(work, on))


def _scored(case: Case, models: Sequence[str], months: Sequence[int]) -> list[Score]:
    return scored(case, months, [named(name) for name in models], PATHS)


def named(name: str) -> Model:
    """Return a model by its name; raises ValueError where there is none."""
    if name in PEERS:
        logging.getLogger("prophet.plot").setLevel(logging.CRITICAL)  # it misses a package for pictures
        peer: Model = importlib.import_module(f"benchmarks.peers.{name}_events").PEERS[0]
        return peer
    return Product() if name == Product.name else forecast_real.named(name)


def _figures(rows: Mapping[str, float], ours: str) -> Iterator[tuple[str, float]]:
    """Yield the figures of ours that the issue names, by version and length of history."""
    for name, value in rows.items():
        cell, model, what = name.split(".")
        if model != ours:
            continue
        prefix, _, months = cell.partition("_")
        yield f"{prefix}_{what}_{months}", value
        for peer in PEERS if what == _WHAT[0] else ():
            # Geometric means over the same desks: what both are beside the oracle drops out.
            if theirs := rows.get(f"{cell}.{peer}.{what}"):
                yield f"{prefix}_crps_vs_{peer}_{months}", value / theirs


def rows_of(scores: Sequence[Score]) -> Iterator[tuple[str, float]]:
    """Yield a row for each model by version and length of history, to read beside each other."""
    for version, months, name in sorted({(s.case.version, s.months, s.model) for s in scores}):
        found = [s for s in scores if (s.case.version, s.months, s.model) == (version, months, name)]
        for what, value in zip(_WHAT, _summary(found), strict=True):
            # Totals of windows mean nothing where paths are not joint; no window, no share of them.
            if not np.isnan(value) and (what, name) != ("window_coverage80", "lightgbm"):
                yield f"{VERSIONS[version]}_{months}.{name}.{what}", value


def _summary(scores: Sequence[Score]) -> tuple[float, float, float]:
    """Return, of one model in one cell, what ``_WHAT`` names: a geometric mean and means over desks."""
    beside = float(np.exp(np.mean([np.log(s.crps / s.oracle) for s in scores])))
    errors = [s.rate_error for s in scores if not np.isnan(s.rate_error)]
    windows = sum(s.windows for s in scores)
    hits = sum(s.hits * s.windows for s in scores if s.windows)
    nan = float("nan")
    return beside, float(np.mean(errors)) if errors else nan, hits / windows if windows else nan


if __name__ == "__main__":
    main()
