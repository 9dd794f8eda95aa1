"""Runs the river: history → forecast → work → alternatives → roster → content of a proposal. Pure.

Used by the command line, background jobs and screens alike. The same question and settings give the same
answer, byte for byte.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.metadata import version

import numpy as np

from forecasts.backtest import HORIZONS
from forecasts.choose import Choice, Rehearsal, chosen
from forecasts.distribution import Forecast
from forecasts.events import Event
from forecasts.features import expected_rounds
from forecasts.model import Explanation, Known, as_known
from forecasts.models import MEMBERS, MODELS
from forecasts.slots import Period
from planner import evidence
from planner.alternatives.alternative import Alternative
from planner.alternatives.compare import Settings as JudgeSettings
from planner.alternatives.compare import compared
from planner.alternatives.feasible import Feasible, feasible
from planner.alternatives.robustness import stressed
from planner.alternatives.what_if import PlanFigures
from planner.alternatives.window import change_window
from planner.content import Content, Parties, Texts
from planner.desk import Target, Terms
from planner.ending import end_rule
from planner.grounds import assumptions_of
from planner.intake import Question
from planner.proposing import with_feasible_roster
from planner.rosters.past import NO_PAST, Past
from planner.rosters.roster import Roster
from planner.workload import workload

_WEEK = timedelta(days=7)

Progress = Callable[[str, float], None]
"""Told what is being done (a code for ``planner.wording``) and how much of all is done (0 to 1)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How much is computed. More paths and replications: finer figures, longer waiting.

    Many paths and few replications: a risk of 0.13 has a standard error of 0.021 from 250 paths; the noise
    that 4 replications leave in a path's month moves it by 0.01-0.02 (measured on the sample against 64).
    """

    seed: int = 20260302
    paths: int = 250
    replications: int = 4
    backtest_paths: int = 200
    backtest_origins: int = 24


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """What is coming: the chosen model, its paths from the day after ``as_of``, and why."""

    choice: Choice
    known: Known
    forecast: Forecast
    explanation: Explanation


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The answer. ``roster`` (contractor only) is for the proposed alternative, None where there is none.

    ``figures``: of every lever on every day, from which another change is answered at once.
    """

    outlook: Outlook
    content: Content
    roster: Roster | None
    figures: PlanFigures


def looked_ahead(question: Question, settings: Settings, progress: Progress) -> Outlook:
    """Choose a model on the desk's own past and draw the paths to the end of the period."""
    progress("choosing_model", 0.02)
    calendar = question.desk.calendar
    known = as_known(question.history, question.events, calendar, question.as_of)
    days = calendar.office_days(question.as_of + timedelta(days=1), question.period.end)
    rehearsal = Rehearsal(
        horizon_days=_horizon_days(question),
        origins=settings.backtest_origins,
        paths=settings.backtest_paths,
        seed=settings.seed,
    )
    choice = chosen(
        known, MODELS, rehearsal, MEMBERS, lambda share: progress("choosing_model", 0.02 + 0.38 * share)
    )
    progress("forecasting", 0.4)
    fitted = choice.model.fit(known)
    forecast = fitted.forecast(days, settings.paths, settings.seed)
    return Outlook(choice, known, forecast, fitted.explain(days))


def _fresh(seen: Outlook, days: Sequence[date], settings: Settings) -> Forecast:
    """Draw paths anew, on which what was chosen on the first ones is judged."""
    return seen.choice.model.fit(seen.known).forecast(days, settings.paths, settings.seed + 1)


def _later(
    seen: Outlook, acting: Sequence[Event], days: Sequence[date], settings: Settings
) -> Forecast | None:
    """Draw the same paths were the coming acting events a week later; None where none is still to come."""
    coming = {e for e in acting if e.start > seen.known.as_of}
    if not coming:
        return None
    every = (*seen.known.events, *expected_rounds(seen.known.events, seen.known.as_of))
    moved = [replace(e, start=e.start + _WEEK, end=e.end + _WEEK) if e in coming else e for e in every]
    fitted = seen.choice.model.fit(seen.known).given(moved)
    return fitted.forecast(days, settings.paths, settings.seed)


def _horizon_days(question: Question) -> int:
    """Return how far ahead the past is forecast again: 13 weeks, or as far as the plan looks.

    Counted from the end of the history, which may have dried up long before ``as_of``.
    """
    end = question.history.period.end
    ahead = len(question.desk.calendar.office_days(end, question.period.end))
    return max(ahead, HORIZONS["quarter"])


def planned(question: Question, settings: Settings, progress: Progress, past: Past = NO_PAST) -> Plan:
    """Answer the question: forecast, alternatives judged on the same paths, roster, content.

    ``past``: the desk's kept rosters, which the roster continues.
    """
    seen = looked_ahead(question, settings, progress)
    desk, period = question.desk, question.period
    days = desk.calendar.office_days(period.start, period.end)
    coming = (*seen.known.events, *expected_rounds(seen.known.events, question.as_of))
    acting = evidence.events_of(coming, desk.calendar, period)
    window = change_window(seen.explanation.days, acting, desk.calendar, period)
    work = workload(seen.forecast.only(days), desk, question.handling, question.patience)
    fresh = _fresh(seen, days, settings)
    judge = JudgeSettings(
        settings.replications, settings.seed, _feasible(question, days, window, acting).allows
    )
    answer = compared(
        work,
        desk,
        window,
        judge,
        lambda code, share: progress(code, 0.4 + 0.45 * share),
        workload(fresh, desk, question.handling, question.patience),
    )
    found = answer.alternatives
    progress("stressing", 0.85)
    later = _later(seen, acting, days, settings)
    shifted = None if later is None else workload(later, desk, question.handling, question.patience)
    stress = stressed(found, work, desk, shifted, settings.seed)
    progress("rostering", 0.9)
    assumed = assumptions_of(
        question,
        settings.replications,
        work.method(),
        max(a.outcome.standard_error for a in found),
        {a.key for a in found},
    )
    draft = _content(question, settings, seen, acting, window, found)
    draft = replace(
        draft, assumptions=assumed, robustness=stress, end_rule=end_rule(answer.figures, desk.terms)
    )
    content, roster = with_feasible_roster(draft, desk, past)
    progress("done", 1.0)
    return Plan(seen, content, roster, answer.figures)


def _feasible(question: Question, days: Sequence[date], window: Period, acting: Sequence[Event]) -> Feasible:
    """Return what can be done: today is the first office day after what is known."""
    calendar, terms = question.desk.calendar, question.desk.terms
    today = calendar.first_office_day(question.as_of + timedelta(days=1))
    propose_before_days, *_ = terms.lead_days(evidence.kinds_until(acting, window))
    return feasible(question.desk, days, window, today, propose_before_days)


def _content(
    question: Question,
    settings: Settings,
    seen: Outlook,
    acting: tuple[Event, ...],
    window: Period,
    found: tuple[Alternative, ...],
) -> Content:
    desk, history = question.desk, question.history
    days = evidence.outlook(seen.forecast, seen.explanation, history)
    inside = [d for d in days if d.day in window]
    now = found[0]
    return Content(
        desk_id=desk.id,
        desk_name=desk.name,
        is_sample=desk.is_sample,
        parties=_parties(desk.terms),
        as_of=question.as_of,
        learned_until=history.days[-1],
        period=question.period,
        window=window,
        slot_min=desk.grid.slot_min,
        grades=tuple((g.id, g.name) for g in desk.grades),
        channels=tuple((c.id, c.name) for c in desk.channels),
        targets=_targets(desk.target),
        events=evidence.known_events(acting),
        outlook=days,
        past=evidence.past_events(acting, seen.known.events, history, len(inside)),
        peak_ratio=float(sum(d.expected for d in inside) / max(sum(d.usual for d in inside), 1e-9)),
        left_out_days=tuple(sorted(history.left_out)),
        closed_days=evidence.closed_days(desk.calendar, question.as_of, question.period),
        channel_shares=evidence.channel_shares(seen.forecast, window),
        heat=evidence.heat_of(seen.forecast, window),
        accuracy=evidence.accuracy_of(seen.choice, _horizon_days(question)),
        alternatives=found,
        recommended=next(a.key for a in found if a.is_recommended),
        needed_peak=float(np.max(now.needed)),
        short_slots=tuple(
            n for n, (need, have) in enumerate(zip(now.needed, now.scheduled, strict=True)) if have < need
        ),
        cost_rule=desk.terms.cost_rule,
        dates=evidence.dates_of(
            window, desk.terms, desk.calendar, question.as_of, evidence.kinds_until(acting, window)
        ),
        checks=(),
        assumptions=(),
        texts=Texts("", "", "", ""),
        seed=settings.seed,
        paths=settings.paths,
        program_version=version("madoguchi"),
        input_digests=question.input_digests,
    )


def _parties(terms: Terms) -> Parties:
    return Parties(
        ministry=terms.ministry,
        supervising_section=terms.supervising_section,
        addressee_title=terms.addressee_title,
        contractor=terms.contractor,
        sender_title=terms.sender_title,
        ground=terms.ground,
    )


def _targets(target: Target) -> tuple[tuple[str, float], ...]:
    return (
        ("within_min", target.within_min),
        ("within_share", target.within_share),
        ("answer_rate", target.answer_rate),
        ("same_day_share", target.same_day_share),
        ("max_risk", target.max_risk),
    )
