"""What is kept of a desk's rosters, and what a new question takes from it.

Days before the period go into tail and records (``carry``). Of the period itself hours that were made known
may be fixed already: under monthly variable hours (労働基準法32条の2) those of every month that has begun.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.rosters.carry import before, carried, told
from planner.rosters.hours import DAY
from planner.rosters.roster import Duty, Roster, RosterProblem


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept roster; the peak days of its period; whether it was made known (its proposal was approved)."""

    roster: Roster
    peak_days: tuple[date, ...] = ()
    is_made_known: bool = False


@dataclass(frozen=True, slots=True)
class Past:
    """A desk's kept rosters as of ``today``; where two tell of the same days, the later in order counts."""

    today: date
    kept: tuple[Kept, ...] = ()

    @property
    def rosters(self) -> tuple[Roster, ...]:
        """The rosters alone."""
        return tuple(kept.roster for kept in self.kept)


NO_PAST = Past(date.min)


def continued(problem: RosterProblem, past: Past) -> RosterProblem:
    """Return the problem with all that the kept rosters say of it."""
    peaks = {day for kept in past.kept for day in kept.peak_days}
    asked = carried(problem, past.rosters, peak_days=peaks)
    if asked.labour.working_hours != "monthly_variable":
        return asked
    known = _made_known(asked, past)
    if not known or known[0].day != asked.days[0]:  # what was told of a part does not say who is free before
        return asked
    until = min(_month_after(past.today), known[-1].day + DAY)
    return replace(asked, published=known, frozen_until=until if until > asked.days[0] else None)


def days_carried(problem: RosterProblem, past: Past) -> tuple[date, ...]:
    """Return the days of which duties stand behind the tail and the records of ``continued``, in order."""
    return tuple(sorted({duty.day for duty in before(problem, past.rosters)}))


def _made_known(problem: RosterProblem, past: Past) -> tuple[Duty, ...]:
    """Return the duties of the period that were made known, of people who are still there."""
    people, days = {person.id for person in problem.people}, set(problem.days)
    rosters: Sequence[Roster] = [kept.roster for kept in past.kept if kept.is_made_known]
    return tuple(duty for duty in told(rosters) if duty.person in people and duty.day in days)


def _month_after(day: date) -> date:
    """Return the first day of the next month."""
    return (day.replace(day=28) + 4 * DAY).replace(day=1)
