"""Forecasts of the five real daily series: python -m benchmarks.forecast_real --models joint.

That call is a developer's view of our own models, in seconds; ``benchmarks.forecast`` keeps the figures.
A task is one model at one origin: whoever forecasts, ours or a peer, is handed the same ``Known``.
"""

import argparse
import importlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from benchmarks.benchmark import Run, table
from benchmarks.forecast_scores import MEASURE, OURS, Score, best_peer, figures_of, scored
from benchmarks.forecast_sets import FILES, DailySet, daily_set
from forecasts.backtest import Trial, trials
from forecasts.combine import mixed_trials
from forecasts.model import Model
from forecasts.models import MEMBERS, MODELS

MODULES_OF_PEERS = {
    "prophet": "prophet_model",
    "statsforecast": "statsforecast_models",
    "lightgbm": "lightgbm_quantiles",
    "statsmodels": "statsmodels_models",
}
PATHS = 500
PROCESSES = 2
SEED = 20261101
SHORT_SET = "servicenow"
AGAINST_PEERS = ("geo_mean_crps_vs_best_single_peer", "worst_set_vs_its_best_peer")


@dataclass(frozen=True, slots=True)
class Task:
    """A model, by name, at one origin of a set; ``horizon_days`` ahead."""

    name: str
    model: str
    origin: date
    horizon_days: int
    paths: int


def figures(run: Run) -> Mapping[str, float]:
    """Score our models, the combination of the members and the peers on every set."""
    ours = [m.name for m in MODELS]
    peers = [] if run.earlier else [p.name for p in peers_of(run.peers)]
    names = run.of(tuple(FILES), (SHORT_SET,))
    found = scores_of(names, [*ours, *peers], run)
    found |= _earlier(run.earlier, names)
    out = figures_of(found, {m for _, m in found if is_peer(m)})
    # Without one of the packages nobody knows which peer is the best.
    is_whole = bool(run.earlier) or run.peers >= MODULES_OF_PEERS.keys()
    return {k: v for k, v in out.items() if is_whole or k not in AGAINST_PEERS}


def best_of(figures: Mapping[str, float]) -> str:
    """Return the one peer that is the best over all sets by these figures; "" where that is not told."""
    if AGAINST_PEERS[0] not in figures:
        return ""
    over_all = {f.split(".")[1]: value for f, value in figures.items() if f.startswith("all.")}
    return best_peer(over_all, {m for m in over_all if is_peer(m)})


def is_peer(model: str) -> bool:
    """Tell a peer by its name, which starts with that of its package."""
    return model.partition("_")[0] in MODULES_OF_PEERS


def peers_of(packages: Collection[str]) -> list[Model]:
    """Return the models of these packages, which must be installed."""
    modules = [m for package, m in MODULES_OF_PEERS.items() if package in packages]
    return [p for m in modules for p in importlib.import_module(f"benchmarks.peers.{m}").PEERS]


def scores_of(names: Sequence[str], models: Sequence[str], run: Run) -> dict[tuple[str, str], Score]:
    """Score models by name, and what of them are members combined, on sets by name."""
    tasks = [t for name in names for model in models for t in _tasks(daily_set(name), model, run)]
    found: dict[tuple[str, str], list[Trial]] = {}
    for task, trial in zip(tasks, _tried(tasks, run.of(PROCESSES, 1)), strict=True):
        found.setdefault((task.name, task.model), []).append(trial)
    for name in names:
        by_member = {m: found[name, m] for m in models if (m in MEMBERS or ":" in m) and (name, m) in found}
        found[name, OURS] = list(mixed_trials(by_member, SEED))
    scores = {}
    for (name, model), of_model in found.items():
        counted = _origins(daily_set(name), run)
        kept = [t for t in of_model if t.origin in counted]
        if len(kept) == len(counted):
            scores[name, model] = scored(kept, SEED)
    return scores


def _origins(of: DailySet, run: Run) -> tuple[date, ...]:
    """Return the origins that are scored."""
    return run.of(of.folds.origins, of.folds.origins[-1:])


def _tasks(of: DailySet, model: str, run: Run) -> Iterator[Task]:
    """Yield what a model has to do on a set: at every origin where it has enough history before it."""
    least = named(model).min_office_days
    warm_up = () if is_peer(model) or run.is_short else of.folds.warm_up
    for origin in (*warm_up, *_origins(of, run)):
        if of.known.history.days.index(origin) + 1 >= least:
            yield Task(of.name, model, origin, of.folds.horizon_days, run.of(PATHS, 20))


def _tried(tasks: Sequence[Task], processes: int) -> list[Trial]:
    if processes == 1:
        return [tried(t) for t in tasks]
    # Spawned, not forked: peers start threads of their own.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return list(pool.map(tried, tasks))


def tried(task: Task) -> Trial:
    """Forecast from one origin."""
    known = daily_set(task.name).known
    try:
        return trials(named(task.model), known, (task.origin,), task.horizon_days, task.paths, SEED)[0]
    except Exception as e:
        e.add_note(f"{task.model} on {task.name} from {task.origin}")
        raise


def named(name: str) -> Model:
    """Return a model of ours or of a peer by name; or, while it is not listed, by module:Class."""
    if ":" in name:
        module, _, made = name.partition(":")
        model: Model = getattr(importlib.import_module(module), made)()
        return model
    listed = peers_of({name.partition("_")[0]}) if is_peer(name) else MODELS
    found = {m.name: m for m in listed}
    if name not in found:
        message = f"no model {name}; there are {', '.join(found)}"
        raise ValueError(message)
    return found[name]


def _earlier(figures: Mapping[str, float], names: Sequence[str]) -> dict[tuple[str, str], Score]:
    """Return the scores of peers out of the figures of an earlier run."""
    rows = {(parts[0], parts[1]) for f in figures if len(parts := f.split(".")) == 3}
    columns = ("crps", "coverage80", "coverage95", "wape")
    return {
        (name, model): Score(
            **{c: figures[f"{name}.{model}.{c}"] for c in columns}, window_coverage80=float("nan")
        )
        for name, model in sorted(rows)
        if name in names and is_peer(model)
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Score models of ours, beside peers of an earlier run if there is one, and print a line for each."""

    def parts(text: str) -> list[str]:
        return text.split(",")

    parser = argparse.ArgumentParser(prog="python -m benchmarks.forecast_real")
    parser.add_argument("--models", type=parts, default=[m.name for m in MODELS], metavar="NAME,module:Class")
    parser.add_argument("--sets", type=parts, default=list(FILES), metavar="NAME,NAME")
    parser.add_argument("--peers-from", type=Path, metavar="FILE", help="a result of benchmarks.forecast")
    asked = parser.parse_args(arguments)
    found = scores_of(asked.sets, list(dict.fromkeys([MEASURE, *asked.models])), Run())
    if asked.peers_from:
        found |= _earlier(json.loads(asked.peers_from.read_text(encoding="utf-8"))["figures"], asked.sets)
    print(table(figures_of(found, {m for _, m in found if is_peer(m)})))


if __name__ == "__main__":
    main()
