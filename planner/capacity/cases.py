"""What a scenario would take: residents and temporary weeks at least price, against the present formation."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from planner.alternatives.levers import extra_grade
from planner.capacity.answer import Block, Case, CasePlan, MonthLeft
from planner.capacity.calendar import Span
from planner.capacity.crews import Crew, Residents, choices
from planner.capacity.decision import Limits, Placed, placed
from planner.capacity.months import month_choices
from planner.capacity.scenario import Scenario
from planner.capacity.tables import Solved
from planner.cost import reference_cost_yen

OFFICE_DAYS_A_WEEK = 5
"""A temporary person is had by the week, whatever holidays are in it: a quarter of a month's price."""
Spans = tuple[Sequence[Span], Sequence[Span]]
"""The months and the weeks of a horizon."""
Best = tuple[CasePlan, Placed]
"""A plan, and where its temporary people stand week by week."""


def case_of(solved: Solved, scenario: Scenario, spans: Spans, limits: Limits) -> tuple[Case, Placed]:
    """Return the case of a scenario. ``spans``: its months and weeks.

    Residents are chosen among ``crews.choices`` (one fewer: among those). What is compared, in this order:
    shortfall, months missed, price; then the least change of residents, and the order of the choices.
    """
    offered = [r for r in choices(solved.desk) if solved.has(Crew(r.fewer, 0))]
    if scenario.is_one_fewer:
        offered = [r for r in offered if r.fewer] or offered
    found = [(r, *_best(solved, scenario, r, spans, limits)) for r in offered]
    _, plan, levels = min(found, key=lambda one: _value(*one))
    alone = _alone(found, scenario)
    missed, worst = _missed(solved, scenario, alone, spans)
    return Case(scenario, alone.heads, missed, worst, plan), levels


def _value(residents: Residents, plan: CasePlan, levels: Placed) -> tuple[float, ...]:
    short, missed, _, room = levels.value
    return short, missed, plan.yen, abs(residents.change), room


def _alone(found: Sequence[tuple[Residents, CasePlan, Placed]], scenario: Scenario) -> Residents:
    """Return the residents whose months are counted: the present ones, or the best with one fewer."""
    if scenario.is_one_fewer:
        return min(found, key=lambda one: _value(*one))[0]
    return next(r for r, _, _ in found if not r.change)


def _missed(
    solved: Solved, scenario: Scenario, residents: Residents, spans: Spans
) -> tuple[tuple[date, ...], float]:
    months, weeks = spans
    demand, target = solved.demand.under(scenario), solved.desk.target
    own = [solved.served(Crew(residents.fewer, residents.more), scenario)]
    found = [month_choices(demand, own, month, weeks, target) for month in months]
    missed = tuple(m.first for m, c in zip(months, found, strict=True) if c.room[0] < 0)
    return missed, max(float(c.risk[0]) for c in found)


def _best(
    solved: Solved,
    scenario: Scenario,
    residents: Residents,
    spans: Spans,
    limits: Limits,
) -> Best:
    """Place temporary people beside some residents."""
    months, weeks = spans
    desk, demand = solved.desk, solved.demand.under(scenario)
    steps = (Crew(residents.fewer, residents.more + n) for n in range(desk.levers.extra_heads + 1))
    crews = [solved.served(crew, scenario) for crew in steps if solved.has(crew)]
    ways = [month_choices(demand, crews, month, weeks, desk.target) for month in months]
    levels = placed(ways, limits)
    price = desk.grade(extra_grade(desk)).monthly_price_yen
    temporary = reference_cost_yen(1, price, OFFICE_DAYS_A_WEEK * levels.person_weeks)
    plan = CasePlan(
        residents=residents.heads,
        change=residents.change,
        blocks=blocks(levels.levels, weeks),
        person_weeks=levels.person_weeks,
        yen=residents.monthly_yen(desk) * len(months) + temporary,
        left=tuple(
            MonthLeft(month.first, risk, -room)
            for month, risk, room in zip(months, levels.risk, levels.room, strict=True)
            if room < 0
        ),
    )
    return plan, levels


def blocks(levels: Sequence[int], weeks: Sequence[Span]) -> tuple[Block, ...]:
    """Return stretches of weeks with the same number of temporary people, none left out."""
    found = []
    for level, group in groupby(range(len(levels)), key=lambda n: levels[n]):
        inside = list(group)
        if level:
            found.append(Block(weeks[inside[0]].first, weeks[inside[-1]].last, len(inside), level))
    return tuple(found)
