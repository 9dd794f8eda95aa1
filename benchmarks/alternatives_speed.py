"""What an answer costs beside one Prophet fit and 13-week forecast of the same history, in processor seconds.

The sample desk. ``chain_13_weeks_s``: history read → model chosen on the desk's past → paths of 13 weeks →
work → exact service and risk of the standing formation; ``forecast_13_weeks_s`` of it without choosing the
model. ``alternatives_s``: all levers designed, judged on every day, chosen, judged again on fresh paths.
``what_if_s``: every block of days of one lever, from figures that are kept. ``…_vs_prophet``: over
``prophet_s`` (defaults, daily, no MCMC).
"""

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from statistics import median
from typing import Any, TypeVar

import pandas as pd

from benchmarks.benchmark import Run
from forecasts.slots import Period
from planner.alternatives.blocks import DayFigures, block_risks, blocks
from planner.alternatives.compare import Settings as JudgeSettings
from planner.alternatives.compare import compared
from planner.alternatives.window import change_window
from planner.cli.demo import LOG, SOURCES
from planner.formation import standing_formation
from planner.intake import Question, read_question
from planner.plan import Outlook, Settings, looked_ahead
from planner.staffing import DayPlan, Service, measured_windows, risk, service
from planner.workload import Workload, workload

_WEEKS, _ROUNDS = 13, 3
_SHORT = Settings(paths=10, replications=1, backtest_paths=10, backtest_origins=2)

Answer = TypeVar("Answer")


def figures(run: Run) -> Mapping[str, float]:
    """Time the chain, the alternatives and a what-if; Prophet where it is installed."""
    settings = run.of(Settings(), _SHORT)
    asked = read_question(SOURCES, LOG)
    ahead = replace(asked, period=Period(asked.as_of + timedelta(1), asked.as_of + timedelta(1 + 7 * _WEEKS)))
    chain_s, (seen, standing) = _timed(lambda: _chain(ahead, settings))
    days = asked.desk.calendar.office_days(asked.period.start, asked.period.end)
    forecast_s, again = _timed(lambda: seen.choice.model.fit(seen.known).forecast(
        seen.forecast.days, settings.paths, settings.seed + 1
    ))  # fmt: skip
    work, fresh = (workload(f.only(days), asked.desk, asked.handling, asked.patience)
                   for f in (seen.forecast, again))  # fmt: skip
    window = change_window(seen.explanation.days, (), asked.desk.calendar, asked.period)
    alternatives_s, _ = _timed(lambda: _compared(asked, work, fresh, window, settings))
    what_if_s, _ = _timed(lambda: _what_if(asked, standing))
    used = {
        "chain_13_weeks": chain_s,
        "forecast_13_weeks": forecast_s,
        "alternatives": alternatives_s,
        "what_if": what_if_s,
    }
    out = {f"{name}_s": seconds for name, seconds in used.items()}
    if "prophet" in run.peers:
        prophet_s = median(_prophet_s(asked) for _ in range(run.of(_ROUNDS, 1)))
        out |= {"prophet_s": prophet_s}
        out |= {f"{name}_vs_prophet": seconds / prophet_s for name, seconds in used.items()}
    return out


def _chain(asked: Question, settings: Settings) -> tuple[Outlook, Service]:
    """Return what is coming, and what the standing formation makes of it; its risk is worked out too."""
    desk = asked.desk
    seen = looked_ahead(asked, settings, lambda _code, _share: None)
    work = workload(seen.forecast, desk, asked.handling, asked.patience)
    formation = standing_formation(desk)
    judge = JudgeSettings(settings.replications, settings.seed)
    now = compared(
        work, _without_levers(asked).desk, asked.period, judge, lambda _code, _share: None
    ).alternatives[0]  # fmt: skip
    found = service(work, [DayPlan(formation, now.pattern)] * len(work.days), desk.target, 1, settings.seed)
    risk(found, desk.target)
    return seen, found


def _without_levers(asked: Question) -> Question:
    levers = replace(asked.desk.levers, earlier_min=0, later_min=0, extra_heads=0)
    return replace(asked, desk=replace(asked.desk, levers=levers))


def _compared(asked: Question, work: Workload, fresh: Workload, window: Period, settings: Settings) -> object:
    judge = JudgeSettings(settings.replications, settings.seed)
    return compared(work, asked.desk, window, judge, lambda _code, _share: None, fresh)


def _what_if(asked: Question, kept: Service) -> object:
    """Answer for every block of days at once; a lever's figures have the size of the standing ones."""
    own, days = DayFigures.of(kept), kept.days
    some = list(blocks(len(days), asked.desk.levers.shortest_days))
    return block_risks(own, own, some, measured_windows(days), asked.desk.target)


def _prophet_s(asked: Question) -> float:
    from prophet import Prophet  # a peer, seldom installed

    logging.getLogger("cmdstanpy").setLevel(logging.ERROR)
    history = asked.history
    table = pd.DataFrame({"ds": pd.to_datetime(list(history.days)), "y": history.day_count.sum(axis=1)})

    def forecast() -> Any:
        model = Prophet()
        model.fit(table)
        return model.predict(model.make_future_dataframe(7 * _WEEKS))

    return _timed(forecast)[0]


def _timed(work: Callable[[], Answer]) -> tuple[float, Answer]:
    """Return processor seconds, those of child processes too, and the answer."""
    before = sum(os.times()[:4])
    answer = work()
    return sum(os.times()[:4]) - before, answer
