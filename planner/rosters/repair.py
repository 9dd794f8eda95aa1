"""Somebody falls ill: the best service that is left, with as few changed cells as it takes.

Repaired is in another order than a roster is made: service, then changed cells, then cost, then the rest.
What was known to everybody is not turned over to save a grade step; and days on which no cell has to change
are left alone, to the breaks.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from planner.formation import Seat
from planner.rosters.engine import Watch
from planner.rosters.made_known import hours_of
from planner.rosters.roster import Duty, Lock, Roster, RosterProblem, Settled, Stage
from planner.rosters.rule import Rule
from planner.rosters.rules import RULES, kept_cells
from planner.rosters.solve import solved

Absent = Mapping[str, Collection[date]]
"""Person → days on which that person cannot come."""
Progress = Callable[[Stage, float], None]

Cell = tuple[str, date]

_LATER: Mapping[Stage, Stage] = {"cost": "change", "change": "fairness"}
"""Where a repair settles the rules of a stage: changed cells take the place of cost, which comes after."""
_NAMES: Mapping[Stage, Stage] = {"cost": "change", "change": "cost"}
"""What a repair settles in the place of a stage."""


@dataclass(frozen=True, slots=True, order=True)
class CellChange:
    """One person's day that is not as it was; None: no duty."""

    person: str
    day: date
    before: Seat | None
    after: Seat | None


def repaired(  # noqa: PLR0913  # each its own thing to say, by name
    problem: RosterProblem,
    roster: Roster,
    *,
    absent: Absent,
    locks: Collection[Lock] = (),
    from_day: date | None = None,
    seed: int = 0,
    watch: Watch = lambda: True,
    progress: Progress = lambda _stage, _share: None,
) -> Roster:
    """Return, of the rosters of best service without those who are absent, one with the fewest changed cells.

    What lies before ``from_day`` stays, absences or not; so do the ``locks``, of the problem too, but for who
    is absent. The stages of the answer stand in the order in which they were settled: service, change (10,000
    points a changed cell), cost, fairness (with the other points of the stage change); the bounds of the last
    two are for the days that change, the others as they are. Raises NoRoster, also where what stays breaks a
    hard rule by itself, and Cancelled.
    """

    def tell(stage: Stage, share: float) -> None:
        progress(_NAMES.get(stage, stage), share)

    asked = repair_problem(problem, roster, absent=absent, locks=locks, from_day=from_day)
    gone = {(lock.person, lock.day) for lock in asked.locks if lock.seat is None}
    rules = tuple(_in_order(RULES))
    first_rules = [rule for rule in rules if rule.is_hard or rule.stage in {"service", "cost"}]
    start = [duty for duty in roster.duties if (duty.person, duty.day) not in gone]
    least = solved(asked, seed, rules=first_rules, start=start, watch=watch, progress=tell)
    touched = {change.day for change in changed_cells(roster, least)}
    rest = _held(asked, least, [day for day in asked.days if day not in touched])
    best = solved(rest, seed, rules=rules, start=least.duties, watch=watch, progress=tell)
    return _proved(best, least)


def repair_problem(
    problem: RosterProblem,
    roster: Roster,
    *,
    absent: Absent,
    locks: Collection[Lock] = (),
    from_day: date | None = None,
) -> RosterProblem:
    """Return the question of a repair: ``roster`` made known, who is absent away, what stays locked."""
    away = {
        (person, day)
        for person, days in absent.items()
        for day in days
        if from_day is None or day >= from_day
    }
    asked = replace(
        problem,
        people=tuple(
            replace(person, leave=person.leave | {day for who, day in away if who == person.id})
            for person in problem.people
        ),
        reachable=problem.reachable - away,
        elsewhere=tuple(work for work in problem.elsewhere if (work.person, work.day) not in away),
        locks=_merged((*problem.locks, *locks, *(Lock(*cell) for cell in away if cell[1] in problem.days))),
        published=tuple(sorted(roster.duties)),
    )
    return _held(asked, roster, [day for day in problem.days if from_day and day < from_day])


def changed_cells(before: Roster, after: Roster) -> tuple[CellChange, ...]:
    """Return the cells whose hours differ; which of equal seats somebody has is no change."""
    old, new = _seats(before.duties), _seats(after.duties)
    return tuple(
        CellChange(person, day, was, now)
        for person, day in sorted(old.keys() | new.keys())
        for was, now in zip_longest(old.get((person, day), ()), new.get((person, day), ()))
        if (was and hours_of(was)) != (now and hours_of(now))
    )


def _in_order(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Yield the rules, each counted where a repair settles it: changed cells before cost."""
    for rule in rules:
        yield replace(rule, stage="cost" if rule is kept_cells.RULE else _LATER.get(rule.stage, rule.stage))


def _held(problem: RosterProblem, roster: Roster, days: Collection[date]) -> RosterProblem:
    """Lock all cells of these days as they are; what nobody has there is taken off the menu."""
    own, used = _seats(roster.duties), {(duty.day, duty.seat) for duty in roster.duties}
    locks = (
        Lock(person.id, day, seat)
        for person in problem.people
        for day in days
        for seat in own.get((person.id, day), [None])
    )
    few = {
        day: tuple(s for s in problem.menu[day] if (day, s) in used) for day in days if day in problem.menu
    }
    return replace(problem, locks=_merged((*problem.locks, *locks)), menu=problem.menu | few)


def _proved(best: Roster, least: Roster) -> Roster:
    """Return the roster, its stages named as a repair settles them, the first two as proved for all days."""
    whole = {stage.stage: stage for stage in least.stages[:2]}
    stages = tuple(_of_whole(stage, whole.get(stage.stage, stage)) for stage in best.stages)
    is_optimal = all(stage.value - stage.bound < 1 for stage in stages)
    bound = sum(stage.bound for stage in stages)
    return replace(best, stages=stages, bound=bound, proof="optimal" if is_optimal else "feasible")


def _of_whole(stage: Settled, whole: Settled) -> Settled:
    """A bound found while the earlier stage was worth more still holds: there were only more rosters."""
    bound, name = min(float(stage.value), whole.bound), _NAMES.get(stage.stage, stage.stage)
    return Settled(name, stage.value, bound, whole.engine)


def _merged(locks: Iterable[Lock]) -> tuple[Lock, ...]:
    """Return one lock a cell: the last one said."""
    held = {(lock.person, lock.day): lock for lock in locks}
    return tuple(held[cell] for cell in sorted(held))


def _seats(duties: Iterable[Duty]) -> dict[Cell, list[Seat]]:
    out: dict[Cell, list[Seat]] = {}
    for duty in sorted(duties):
        out.setdefault((duty.person, duty.day), []).append(duty.seat)
    return out
