"""The cheapest way out: which demands to loosen so that the others can all be kept.

Elastic re-solve: rows of rules that may be loosened (``Rule.loosening``) carry a price instead of a must;
rows of law stay. Of equally cheap ways the mildest is
taken. What is proposed is solved once more without these rows, and read by every checker.
"""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.rosters.check import violations
from planner.rosters.engine import Ask, Engine, Watch
from planner.rosters.engines.cp_sat import cp_sat
from planner.rosters.explain.conflict import Conflict, conflict_of, days_of, people_of
from planner.rosters.explain.trials import Trials
from planner.rosters.linear import Charge, Linear, Row, is_kept, total
from planner.rosters.roster import Duty, Roster, RosterProblem, Stage, Violation
from planner.rosters.rule import Literal, Rule
from planner.rosters.rules import RULES

LIMIT_S = 3.0
"""Deterministic seconds for the cheapest loosening; later the best found is proposed without proof."""
SPARED = "leave"
"""Of equally cheap ways one is taken that moves nobody's leave, though the rule is soft."""
About = tuple[str, frozenset[str], tuple[date, ...]]
"""A row's rule, the people and the days whose decisions it reads."""

PRICED: Stage = "service"
PRICE = 10_000
"""Points for one unit of ``Rule.loosening``; a person who lacks and a day of leave are one point each."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to loosen, in the words of its checker: from what is allowed to what would be found."""

    rule: str
    person: str
    days: tuple[date, ...]
    allowed: str
    found: str


@dataclass(frozen=True, slots=True)
class Loosening:
    """The cheapest set of steps after which there is a roster.

    ``rows``: number of a row of the hard rules → what is left of it (None: nothing); ``duties``: a roster
    that keeps all the rest. ``stuck``: laws and facts that clash whatever is loosened (then no steps).
    ``is_proved_cheapest``: no cheaper set exists. Neither steps nor ``stuck``: nothing was found in time, or
    (with a weight of 0, proved) nothing needs to be loosened.
    """

    steps: tuple[Step, ...] = ()
    weight: int = 0
    is_proved_cheapest: bool = False
    rows: tuple[tuple[int, Row | None], ...] = ()
    duties: tuple[Duty, ...] = ()
    stuck: Conflict | None = None

    def applied(self, linear: Linear) -> Linear:
        """Return the question with the loosened rows; ``linear``: of the same problem and hard rules."""
        left = dict(self.rows)
        rows = [left.get(n, row) for n, row in enumerate(linear.rows)]
        out = copy.copy(linear)
        out.rows = [row for row in rows if row is not None]
        return out


def loosening(
    problem: RosterProblem,
    rules: Sequence[Rule] = RULES,
    engine: Engine = cp_sat,
    seed: int = 0,
    watch: Watch = lambda: True,
) -> Loosening:
    """Return the cheapest set of steps after which a roster keeps everything else, checked."""
    hard = {rule.code: rule for rule in rules if rule.is_hard}
    linear = Linear(problem, (rule for rule in rules if rule.is_hard or rule.code == SPARED))
    prices = _prices(linear, hard)
    elastic = _elastic(linear, prices)
    answer = engine(Ask(elastic, PRICED, seed=seed, limit_s=LIMIT_S, watch=watch))
    if answer.is_infeasible:
        laws = [n for n in range(len(linear.rows)) if n not in prices]
        stuck = conflict_of(Trials(linear, engine, seed, watch), hard, laws)
        return Loosening(is_proved_cheapest=True, stuck=stuck)
    if answer.values is None:
        return Loosening()
    values = answer.values[: linear.size]
    rows = {n: _left(linear.rows[n], values) for n in prices if not is_kept(linear.rows[n], values)}
    duties = linear.duties(values)
    steps = _steps(linear, hard, [linear.rows[n] for n in rows], duties)
    weight = sum(prices[n] for n in rows)
    found = Loosening(steps, weight, answer.is_optimal, tuple(rows.items()), duties)
    if engine(Ask(found.applied(linear), None, seed=seed, limit_s=LIMIT_S, watch=watch)).is_infeasible:
        message = f"the loosening does not hold when solved again: {steps}"
        raise RuntimeError(message)
    return found


def _prices(linear: Linear, rules: Mapping[str, Rule]) -> dict[int, int]:
    """Return what loosening each row weighs, for rows that may be loosened."""
    return {
        n: price
        for n, row in enumerate(linear.rows)
        if (price := rules[row.rule].loosening) is not None
        and not (rules[row.rule].has_fixed_limits and row.at_least is None)
    }


def _is_headcount(row: Row) -> bool:
    """Tell whether a row asks for a number of people."""
    return row.at_most is None and all(weight == 1 for weight, _ in row.terms)


def _elastic(linear: Linear, prices: Mapping[int, int]) -> Linear:
    """Return the question in which priced rows are charged; further decisions tell which rows are broken."""
    out = copy.copy(linear)
    out.places = dict(linear.places)
    out.rows = [row for n, row in enumerate(linear.rows) if n not in prices]
    out.charges = [replace(charge, stage=PRICED, cost=1) for charge in linear.charges]
    for n, price in prices.items():
        row = linear.rows[n]
        broken = Literal(out.size)
        out.places[broken] = ("", linear.problem.days[0], -1)
        out.rows += _unless(row, broken)
        out.charges.append(Charge(row.rule, PRICED, ((1, broken),), 0, price * PRICE))
        if row.at_least is not None and _is_headcount(row):
            lacking = tuple((-weight, literal) for weight, literal in row.terms)
            out.charges.append(Charge(row.rule, PRICED, lacking, -row.at_least, 1))
    return out


def _unless(row: Row, broken: Literal) -> list[Row]:
    """Return the row so that it holds unless ``broken`` is true; the sums say how far it can be broken."""
    out = []
    least, most = (sum(side(w, 0) for w, _ in row.terms) for side in (min, max))
    if row.at_least is not None:
        slack = (row.at_least - least, broken)
        out.append(replace(row, terms=(*row.terms, slack), at_most=None))
    if row.at_most is not None:
        slack = (row.at_most - most, broken)
        out.append(replace(row, terms=(*row.terms, slack), at_least=None))
    return out


def _left(row: Row, values: Sequence[int]) -> Row | None:
    """Return what remains of a loosened row: the people there are, or nothing."""
    return replace(row, at_least=kept) if _is_headcount(row) and (kept := total(row.terms, values)) else None


def _steps(
    linear: Linear, rules: Mapping[str, Rule], rows: Sequence[Row], duties: tuple[Duty, ...]
) -> tuple[Step, ...]:
    """Return what every checker finds broken; raises RuntimeError where that is not what was loosened."""
    roster = Roster(duties)
    found = violations(linear.problem, roster, rules.values())
    loosened = [(row.rule, people_of(linear, row), days_of(linear, row)) for row in rows]
    strange = [v for v in found if not any(_is_about(about, v) for about in loosened)]
    silent = [about for about in loosened if not any(_is_about(about, v) for v in found)]
    if strange or silent:
        message = f"solver and checkers disagree: not loosened {strange}, not found {silent}"
        raise RuntimeError(message)
    days: dict[tuple[str, str, str, str], list[date]] = {}
    for v in found:
        days.setdefault((v.rule, v.person, v.allowed, v.found), []).append(v.day)
    return tuple(_step(key, of) for key, of in days.items())


def _is_about(about: About, violation: Violation) -> bool:
    """Tell whether a violation may be that of a row, which may read no decision at all."""
    rule, people, days = about
    return violation.rule == rule and (
        not days or (days[0] <= violation.day <= days[-1] and violation.person in {"", *people})
    )


def _step(key: tuple[str, str, str, str], days: Sequence[date]) -> Step:
    rule, person, allowed, found = key
    return Step(rule, person, tuple(dict.fromkeys(days)), allowed, found)
