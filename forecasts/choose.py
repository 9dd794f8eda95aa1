"""Which model serves this desk: the one that would have served it best, event weeks weighing in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from forecasts.backtest import Backtest, backtest
from forecasts.features import is_learned, rounds
from forecasts.model import Known, Model

LEAD_DAYS = 20  # office days before an event at which its change is planned at best
LOOK_BACK_DAYS = 735  # three years of office days
LEAST_SCORED_DAYS = 10

Reason = Literal["best_score", "short_history", "untested"]


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen model, the scores of all that could be tested, and why.

    ``best_score``: least CRPS. ``short_history``: only one model can be tried on so little.
    ``untested``: too little past to try any, so the first (the baseline) is taken; no backtests.
    """

    model: Model
    backtests: tuple[Backtest, ...]
    reason: Reason


def chosen(
    known: Known, models: Sequence[Model], horizon_days: int, origins: int, paths: int, seed: int
) -> Choice:
    """Choose among ``models`` (the first is the baseline) by a backtest from at most ``origins`` origins.

    Raises ValueError if even the baseline has too short a history.
    """
    history = known.history
    learned = int(is_learned(history.days, history.left_out, known.events).sum())
    if learned < models[0].min_office_days:
        message = (
            f"{models[0].name} needs {models[0].min_office_days} office days to learn from, not {learned}"
        )
        raise ValueError(message)
    able = [m for m in models if m.min_office_days + LEAST_SCORED_DAYS <= learned]
    days = _origins(known, max(m.min_office_days for m in able), horizon_days, origins) if able else ()
    if not days:
        return Choice(models[0], (), "untested")
    tests = tuple(backtest(m, known, days, horizon_days, paths, seed) for m in able)
    best = min(range(len(able)), key=lambda n: _score(tests[n]))
    return Choice(able[best], tests, "best_score" if len(able) > 1 else "short_history")


def _score(test: Backtest) -> float:
    """Return the CRPS; where there were event days, its geometric mean with that of the event days."""
    return test.crps if test.crps_event is None else float(np.sqrt(test.crps * test.crps_event))


def _origins(known: Known, least_days: int, horizon_days: int, limit: int) -> tuple[date, ...]:
    """Return origins of the last three years, half of them evenly spread; none before days left out alone.

    The other half lie before the largest rounds: a lead before them, or at the announcement if it came later.
    """
    learned = is_learned(known.history.days, known.history.left_out, known.events)
    days = known.history.days
    first = int(np.searchsorted(np.cumsum(learned), least_days))
    last = len(days) - 1 - horizon_days
    if last < first:  # not even one whole horizon: what there is
        last = min(first, len(days) - 1 - LEAST_SCORED_DAYS)
    first = max(first, len(days) - LOOK_BACK_DAYS)
    span = range(first, last + 1)
    usable = {days[n]: n for n in span if learned[n + 1 : n + 1 + horizon_days].any()}
    if not usable:
        return ()
    first, last = min(usable.values()), max(usable.values())
    largest = sorted(rounds(known.events, known.calendar), key=lambda r: (-r.headcount, -r.start.toordinal()))
    leads = [
        max(
            known.calendar.shifted(r.start, -LEAD_DAYS),
            *(known.calendar.first_office_day(e.announced_on) for e in r.events),
        )
        for r in largest
    ]
    before_rounds = list(dict.fromkeys(d for d in leads if d in usable))[: limit // 2]
    spread = np.linspace(first, last, limit - len(before_rounds)).round().astype(int)
    return tuple(sorted({*before_rounds, *(d for d in (days[n] for n in spread) if d in usable)}))
