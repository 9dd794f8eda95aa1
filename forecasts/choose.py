"""Which model serves this desk: a combination of the members, or the one that would have served it best."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from forecasts.backtest import HORIZONS, Backtest, Comparison, Trial, compared, scored, trials
from forecasts.combine import LEAST_TRIALS, NAME, Weights, final_weights, mixed_trials, weighted
from forecasts.features import learned_rows, rounds
from forecasts.model import Known, Model

LEAD_DAYS = 20  # office days before an event at which its change is planned at best
LOOK_BACK_DAYS = 735  # three years of office days
LEAST_SCORED_DAYS = 10
MANY_ORIGINS = 8
"""From so many origins on, models that are only there to be beaten are tried on every second one."""

Reason = Literal["combined", "best_score", "short_history", "untested"]
Trials = Mapping[str, tuple[Trial, ...]]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """How the past is forecast again: from at most ``origins`` days, ``horizon_days`` office days ahead."""

    horizon_days: int
    origins: int
    paths: int
    seed: int


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen model, the scores of all that could be tested, and why.

    ``combined``: the members together, each counting by its weight. ``best_score``: one member alone had a
    lesser CRPS than all together. ``short_history``: only one model can be tried on so
    little, or none often enough to choose by scores.
    ``untested``: too little past to try any, so the first (the baseline) is taken; no backtests.

    ``weights``: what each member counts, empty for a single model; ``weights_reason``: ``learned`` from past
    scores, or ``equal`` for want of them. ``beside``: the chosen model compared with each other one, on the
    days that both could forecast.
    """

    model: Model
    backtests: tuple[Backtest, ...]
    reason: Reason
    weights: tuple[tuple[str, float], ...] = ()
    weights_reason: str = ""
    beside: tuple[Comparison, ...] = ()


def chosen(
    known: Known,
    models: Sequence[Model],
    rehearsal: Rehearsal,
    members: Container[str],
    progress: Callable[[float], None] = lambda _share: None,
) -> Choice:
    """Choose among the models named in ``members``, their combination, and the baseline (the first) alone.

    The others of ``models`` are measured, to be beaten: to save time, on every second origin. ``progress``
    is told the share that is done (0 to 1). Raises ValueError if even the baseline has too short a history.
    """
    seen = max(_seen(known).tolist(), default=0)
    if seen < models[0].min_office_days:
        message = f"{models[0].name} needs {models[0].min_office_days} office days to learn from, not {seen}"
        raise ValueError(message)
    able = [m for m in models if m.min_office_days + LEAST_SCORED_DAYS <= seen]
    days = _origins(known, _least_days(able, seen), rehearsal) if able else ()
    tried = {}
    for n, model in enumerate(able):
        progress(n / len(able))
        may_serve = model is models[0] or model.name in members
        step = 1 if may_serve or len(days) < MANY_ORIGINS else 2
        if of_model := _tried(model, known, days[::step], rehearsal):
            tried[model.name] = of_model
    if not tried:
        return Choice(models[0], (), "untested")
    return _choice(models, tried, {m: t for m, t in tried.items() if m in members}, rehearsal.seed)


def _seen(known: Known) -> NDArray[np.int64]:
    """Return how many days a model could learn from at the end of each day (D,)."""
    history = known.history
    seen: NDArray[np.int64] = np.cumsum(learned_rows(history, known.events))
    return seen


def _least_days(able: Sequence[Model], seen: int) -> int:
    """Return the history before the first origin: enough for all but those that need most of the past."""
    most = max(seen // 2, HORIZONS["quarter"])
    served = (m.min_office_days for m in able if m.min_office_days <= most)
    return max(served, default=able[0].min_office_days)


def _tried(model: Model, known: Known, days: Sequence[date], rehearsal: Rehearsal) -> tuple[Trial, ...]:
    """Let a model forecast from the days on which it had enough history."""
    seen = dict(zip(known.history.days, _seen(known).tolist(), strict=True))
    able_on = [d for d in days if seen[d] >= model.min_office_days]
    return trials(model, known, able_on, rehearsal.horizon_days, rehearsal.paths, rehearsal.seed)


def _choice(models: Sequence[Model], tried: Trials, of_members: Trials, seed: int) -> Choice:
    every, weights = dict(tried), None
    if len(of_members) > 1:
        every[NAME], weights = mixed_trials(of_members, seed), final_weights(of_members)
    name, reason = _best(every, {m: tried[m] for m in (next(iter(tried)), *of_members)}, weights)
    beside = (compared(name, every[name], other, t) for other, t in every.items() if other != name)
    choice = Choice(
        model=next((m for m in models if m.name == name), models[0]),
        backtests=tuple(scored(n, t, seed) for n, t in every.items()),
        reason=reason,
        beside=tuple(c for c in beside if c is not None),
    )
    if weights is None or name != NAME:
        return choice
    return replace(choice, model=weighted(models, weights), weights=weights.of, weights_reason=weights.reason)


def _best(every: Trials, alone: Trials, weights: Weights | None) -> tuple[str, Reason]:
    """Return what serves: the combination, unless a model tried long enough was better ``alone``."""
    first = NAME if weights is not None else next(iter(alone))
    if weights is not None and weights.reason == "equal":
        return NAME, "combined"  # so few trials tell chance from skill no better in choosing one
    if len(alone) == 1:
        return first, "short_history"
    if all(len(tried) < LEAST_TRIALS for tried in alone.values()):
        return list(alone)[-1], "short_history"  # the member: it knows events, and how little it knows
    best, least = first, 1.0
    for name, tried in alone.items():
        beside = compared(name, tried, first, every[first])
        is_long_enough = beside is not None and 2 * beside.origins > len(every[first])
        if beside is not None and is_long_enough and _score(beside) < least:
            best, least = name, _score(beside)
    return best, "combined" if best == NAME else "best_score"


def _score(beside: Comparison) -> float:
    """Return the ratio of CRPS; where there were event days, its geometric mean with that of event days."""
    on_events = beside.crps_ratio_event
    return beside.crps_ratio if on_events is None else float(np.sqrt(beside.crps_ratio * on_events))


def _origins(known: Known, least_days: int, rehearsal: Rehearsal) -> tuple[date, ...]:
    """Return origins of the last three years, half of them evenly spread; none before days left out alone.

    The other half lie before the largest rounds: a lead before them, or at the announcement if it came later.
    """
    horizon_days, limit = rehearsal.horizon_days, rehearsal.origins
    learned = learned_rows(known.history, known.events)
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
