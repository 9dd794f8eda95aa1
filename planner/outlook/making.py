"""Makes a kept outlook of a question: the plan's own choice of a model, drawn out to more than a year."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from importlib.metadata import version

import numpy as np

from forecasts.distribution import Floats
from forecasts.features import expected_rounds
from forecasts.model import Explanation
from forecasts.slots import Period
from forecasts.soundness import soundness
from planner import evidence
from planner.alternatives.window import change_window
from planner.intake import Question
from planner.outlook.kept import HORIZON_WEEKS, Counts, KeptOutlook, OutlookFacts
from planner.outlook.what_if import learned_year
from planner.plan import Outlook, Progress, Settings, looked_ahead

_BACK_WEEKS = 12
"""Closing days are told of the last weeks of the history too, which are drawn before the days ahead."""


def computed_outlook(question: Question, settings: Settings, progress: Progress) -> KeptOutlook:
    """Choose a model and look ahead; raises ValueError on a history too short for any."""
    seen = looked_ahead(question, settings, progress)
    progress("drawing_paths", 0.8)
    return kept_outlook(question, seen, settings)


def kept_outlook(question: Question, seen: Outlook, settings: Settings) -> KeptOutlook:
    """Draw an outlook out to the farthest horizon, from what a plan has chosen already."""
    ahead = _ahead(question, max(HORIZON_WEEKS))
    days = question.desk.calendar.office_days(ahead.start, ahead.end)
    fitted = seen.choice.model.fit(seen.known)
    drawn = fitted.forecast(days, settings.paths, settings.seed)
    calm = fitted.given(()).forecast(days, settings.paths, settings.seed)
    share, share_of = _classes(drawn.share)
    explanation, effects_from = _with_effects(fitted.explain(days), days, question, settings)
    facts = _facts(question, seen, settings, days, explanation)
    return KeptOutlook(
        facts=replace(facts, effects_from=effects_from),
        count=drawn.day_count.astype(np.int32),
        path_rate=drawn.day_rate.astype(np.float32),
        calm_count=calm.day_count.astype(np.int32),
        rate=drawn.day_rate.mean(axis=0),
        calm_rate=calm.day_rate.mean(axis=0),
        share=share,
        share_of=share_of,
        past_count=seen.known.history.day_count.astype(np.int32),
    )


def _ahead(question: Question, weeks: int) -> Period:
    first = question.as_of + timedelta(days=1)
    return Period(first, first + timedelta(weeks=weeks))


def _with_effects(
    explanation: Explanation, days: Sequence[date], question: Question, settings: Settings
) -> tuple[Explanation, str]:
    """Add what events do where the chosen model does not tell it, and the name of the model that does."""
    if explanation.effects:
        return explanation, ""
    year = learned_year(question, settings.paths, settings.seed)
    if year is None:
        return explanation, ""
    return replace(explanation, effects=year.fitted.explain(days).effects), year.model


def _facts(
    question: Question,
    seen: Outlook,
    settings: Settings,
    days: Sequence[date],
    explanation: Explanation,
) -> OutlookFacts:
    desk, known, choice = question.desk, seen.known, seen.choice
    coming = (*known.events, *expected_rounds(known.events, question.as_of))
    peaks = [
        (weeks, change_window(explanation.days, (), desk.calendar, _ahead(question, weeks)))
        for weeks in HORIZON_WEEKS
    ]
    around = Period.through(question.as_of - timedelta(weeks=_BACK_WEEKS), days[-1])
    return OutlookFacts(
        desk_id=desk.id,
        desk_name=desk.name,
        is_sample=desk.is_sample,
        as_of=question.as_of,
        days=tuple(days),
        past_days=known.history.days,
        slot_min=desk.grid.slot_min,
        channels=tuple((c.id, c.name) for c in desk.channels),
        hours=(desk.reception.opens_min, desk.reception.closes_min),
        closed_days=evidence.closed_days(desk.calendar, around.start, around),
        peaks=tuple(peaks),
        events=coming,
        explanation=explanation,
        chosen=choice.model.name,
        why=choice.reason,
        weights=choice.weights,
        weights_why=choice.weights_reason,
        backtests=choice.backtests,
        beside=choice.beside,
        notices=question.notices,
        doubts=soundness(known, days),
        seed=settings.seed,
        program_version=version("madoguchi"),
        input_digests=question.input_digests,
    )


def _classes(share: Floats) -> tuple[Floats, Counts]:
    """Return the different shapes of a day (K, S, C), and which one each day has (D,)."""
    shapes, which = np.unique(share, axis=0, return_inverse=True)
    return shapes, which.reshape(-1).astype(np.int32)
