"""The smallest set of demands that cannot all be kept: without any one of them there is a roster.

Sought over the rows of all hard rules, the earlier days first. No assumptions of the solver are relied on:
each trial is a plain model of its own rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.rosters.engine import Engine, Watch
from planner.rosters.engines.cp_sat import cp_sat
from planner.rosters.explain.minimal import minimal
from planner.rosters.explain.part import read_by
from planner.rosters.explain.trials import Trials
from planner.rosters.linear import Linear, Row
from planner.rosters.roster import Roster, RosterProblem
from planner.rosters.rule import Rule
from planner.rosters.rules import RULES


@dataclass(frozen=True, slots=True)
class Demand:
    """One row of a hard rule as people read it.

    ``people``: whom it binds (none: the desk as a whole); ``days``: on which; ``allowed``: what its checker
    allows ("" where no checker said), e.g. 週40時間以下.
    """

    rule: str
    people: tuple[str, ...]
    days: tuple[date, ...]
    allowed: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Demands that cannot all be kept, proved. None: nothing was proved (or there is a roster).

    ``rows``: their numbers among the rows of the hard rules (``Linear.rows``). ``is_proved_minimal``: without
    any one of them the others can be kept, proved for each.
    """

    demands: tuple[Demand, ...]
    rows: tuple[int, ...]
    is_proved_minimal: bool

    @property
    def rules(self) -> tuple[str, ...]:
        """The codes of the rules, in the order of the demands."""
        return tuple(dict.fromkeys(demand.rule for demand in self.demands))


def conflict(
    problem: RosterProblem,
    rules: Sequence[Rule] = RULES,
    engine: Engine = cp_sat,
    seed: int = 0,
    watch: Watch = lambda: True,
) -> Conflict:
    """Return a minimal set of demands of these hard rules that cannot all be kept."""
    hard = {rule.code: rule for rule in rules if rule.is_hard}
    trials = Trials(Linear(problem, hard.values()), engine, seed, watch)
    return conflict_of(trials, hard, range(len(trials.linear.rows)))


def conflict_of(trials: Trials, rules: Mapping[str, Rule], among: Iterable[int]) -> Conflict:
    """Return a minimal conflict among rows given by number."""
    members = minimal(trials, _ordered(trials.linear, rules, among))
    demands = (_demand(trials.linear, rules, n, values or ()) for n, values in members.items())
    is_proved = bool(members) and None not in members.values()
    return Conflict(tuple(dict.fromkeys(demands)), tuple(members), is_proved)


def _ordered(linear: Linear, rules: Iterable[str], among: Iterable[int]) -> list[int]:
    """Order rows by their last day, so that the conflict named is the one that comes first."""
    rank = {code: n for n, code in enumerate(rules)}

    def key(n: int) -> tuple[date, int, int]:
        days = [day for _, day, _ in linear.places_of(linear.rows[n].terms)]
        return max(days, default=linear.problem.days[0]), rank[linear.rows[n].rule], n

    return sorted(among, key=key)


def _demand(linear: Linear, rules: Mapping[str, Rule], number: int, values: Sequence[int]) -> Demand:
    """Describe a row in the words of its checker, over a roster of nothing but what breaks it."""
    row = linear.rows[number]
    people, days = people_of(linear, row), days_of(linear, row)
    read = read_by(linear, row.terms)
    breaking = [value if n in read else 0 for n, value in enumerate(values)]
    check, problem = rules[row.rule].check, linear.problem
    found = [
        violation
        for violation in check(problem, Roster(linear.duties(breaking) if values else ()))
        if violation.person in {"", *people} or not days
    ]
    if not found:
        return Demand(row.rule, tuple(people) if len(people) == 1 else (), days)
    always = set(check(problem, Roster(())))  # too few people, where perhaps too many are meant
    nearest = min(found, key=lambda v: (v in always, _distance(v.day, days), v))
    # Without a decision only the checker knows whose facts they are.
    return Demand(row.rule, tuple(filter(None, [nearest.person])), days or (nearest.day,), nearest.allowed)


def _distance(day: date, days: Sequence[date]) -> int:
    return min((abs((day - other).days) for other in days), default=0)


def people_of(linear: Linear, row: Row) -> frozenset[str]:
    """Return whose decisions a row reads."""
    return frozenset(person for person, _, _ in linear.places_of(row.terms))


def days_of(linear: Linear, row: Row) -> tuple[date, ...]:
    """Return the days on which a row reads decisions."""
    return tuple(sorted({day for _, day, _ in linear.places_of(row.terms)}))
