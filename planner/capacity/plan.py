"""Answers the question of a capacity plan: a desk's past and a model in, needs and cases out. Pure.

Drawing the paths, designing days and solving tables is done once; every scenario then reads its path-days.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version

from forecasts.calendar import Calendar
from forecasts.events import Event, known_on
from forecasts.features import event_days
from forecasts.model import Fitted
from planner.alternatives.levers import extra_grade
from planner.capacity.answer import Asked, CapacityAnswer
from planner.capacity.calendar import events_ahead, fiscal_year_start, months_ahead, months_of, weeks_of
from planner.capacity.cases import case_of
from planner.capacity.crews import Residents
from planner.capacity.decision import Limits
from planner.capacity.needs import needs, peaks
from planner.capacity.scenario import Scenario, usual_scenarios
from planner.capacity.tables import solved_for
from planner.desk import Desk, Target
from planner.formation import standing_formation
from planner.intake import Question

Progress = Callable[[str, float], None]
"""Told what is being done (a code for ``planner.wording``) and how much of all is done (0 to 1)."""


_NOTHING, _LIMITS = Scenario("asked"), Limits()


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked for. ``max_risk``: None = the desk's own. ``scenario``: compared beside the usual ones.

    ``limits``: blocks of two weeks at least (one is over when hand-over and training are), and a quarter of a
    year at most: who is there all year is no temporary person but a resident.
    """

    months: int = 12
    max_risk: float | None = None
    scenario: Scenario = _NOTHING
    limits: Limits = _LIMITS
    paths: int = 250
    seed: int = 20260302


def answered(question: Question, fitted: Fitted, ask: Ask, progress: Progress) -> CapacityAnswer:
    """Answer for a desk, with a model that has learned its past.

    Raises ValueError for a risk outside 0 … 1, a horizon without months, a desk without calls or visits.
    """
    desk = _checked(question.desk, ask)
    horizon = months_ahead(question.as_of, ask.months)
    days = desk.calendar.office_days(horizon.start, horizon.end)
    progress("drawing_years", 0.0)
    events = events_ahead(known_on(question.events, question.as_of), question.as_of)
    forecast = fitted.given(events).forecast(days, ask.paths, ask.seed)
    scenarios = usual_scenarios(fiscal_year_start(question.as_of), ask.scenario)
    progress("designing_pattern", 0.05)

    def designed(share: float) -> None:
        progress("designing_pattern", 0.05 + 0.35 * share)

    solved = solved_for(question, desk, forecast, scenarios, ask.seed, designed)
    months, weeks = months_of(days), weeks_of(days)
    found = []
    for number, scenario in enumerate(scenarios):
        progress("judging_year", 0.4 + 0.55 * number / len(scenarios))
        found.append(case_of(solved, scenario, (months, weeks), ask.limits))
    present = standing_formation(desk).heads
    method = solved.method()
    answer = CapacityAnswer(
        desk_id=desk.id,
        desk_name=desk.name,
        is_sample=desk.is_sample,
        asked=_asked(question, ask, desk),
        grades=tuple((g.id, g.name) for g in desk.grades),
        targets=_targets(desk.target),
        present=present,
        present_yen=Residents(present).monthly_yen(desk) * len(months),
        extra_heads=desk.levers.extra_heads,
        extra_grade=extra_grade(desk),
        months=needs(solved, months),
        peaks=peaks(solved, weeks, _acting(events, desk.calendar)),
        temporary=tuple(zip((w.first for w in weeks), found[0][1].levels, strict=True)),
        cases=tuple(case for case, _ in found),
        approximate="" if method.is_exact else method.reason,
        learned_until=question.history.days[-1],
        program_version=version("madoguchi"),
        input_digests=question.input_digests,
    )
    progress("done", 1.0)
    return answer


def _acting(events: Sequence[Event], calendar: Calendar) -> dict[date, tuple[str, ...]]:
    """Return the names of the events that act on each day; "" for those that nobody has announced."""
    unnamed = event_days([replace(e, name=e.kind) for e in events if not e.name], calendar)
    out = event_days(events, calendar)
    return {**out, **{day: (*out.get(day, ()), "") for day in unnamed}}


def _checked(desk: Desk, ask: Ask) -> Desk:
    """Return the desk with the risk that is asked for."""
    risk = desk.target.max_risk if ask.max_risk is None else ask.max_risk
    if not 0 <= risk < 1:
        message = f"max_risk is {risk}: a share from 0 to below 1 is wanted"
        raise ValueError(message)
    if ask.paths < 1 or ask.limits.least_weeks < 1:
        message = f"{ask.paths} paths, blocks of {ask.limits.least_weeks} weeks: 1 or more are wanted"
        raise ValueError(message)
    return replace(desk, target=replace(desk.target, max_risk=risk))


def _asked(question: Question, ask: Ask, desk: Desk) -> Asked:
    first = months_ahead(question.as_of, ask.months).start
    risk = desk.target.max_risk
    return Asked(question.as_of, first, ask.months, risk, ask.limits, ask.paths, ask.seed)


def _targets(target: Target) -> tuple[tuple[str, float], ...]:
    return (
        ("within_min", target.within_min),
        ("within_share", target.within_share),
        ("answer_rate", target.answer_rate),
        ("same_day_share", target.same_day_share),
        ("is_reference", float(target.is_reference)),
    )
