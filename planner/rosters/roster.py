"""Plain data: the question (RosterProblem) and the answer (Roster). Contractor's side only."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from planner.desk import Grade, Labour, Person
from planner.formation import Seat

Proof = Literal["optimal", "feasible"]
Wants = Literal["off", "on", "early", "late"]
Stage = Literal["service", "cost", "change", "fairness"]
STAGES: tuple[Stage, ...] = ("service", "cost", "change", "fairness")
"""Soft rules in the order in which they are settled: an earlier one is never given up for a later one."""


@dataclass(frozen=True, slots=True, order=True)
class Duty:
    """One person's work on one day."""

    day: date
    person: str
    seat: Seat


@dataclass(frozen=True, slots=True, order=True)
class Need:
    """Heads wanted at reception from ``start_min`` to ``end_min``; with a ``skill``, people who have it."""

    start_min: int
    end_min: int
    heads: int
    skill: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Wish:
    """What somebody asks for on a day: no duty, a duty, an early or a late one; ``weight`` from 1 to 10."""

    person: str
    day: date
    wants: Wants
    weight: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Lock:
    """A cell that stays as it is: a duty, or (None) no duty."""

    person: str
    day: date
    seat: Seat | None = None


@dataclass(frozen=True, slots=True, order=True)
class Elsewhere:
    """Work of a shared person for the sister contract: presence on a day, and working minutes in it."""

    person: str
    day: date
    start_min: int
    end_min: int
    work_min: int


@dataclass(frozen=True, slots=True)
class Record:
    """What a person brings along from before the period (and its tail).

    Minutes by month (its first day): ``overtime_min``, and ``rest_day_min`` on statutory rest days, both for
    whole months or the part of the current month before the tail. Duties in the last year: ``early``,
    ``late``, and on ``peak`` days.
    """

    overtime_min: tuple[tuple[date, int], ...] = ()
    rest_day_min: tuple[tuple[date, int], ...] = ()
    early: int = 0
    late: int = 0
    peak: int = 0


@dataclass(frozen=True, slots=True)
class RosterProblem:
    """Who may do what, when.

    ``seats``: for every day the duties to fill, one entry per duty (equal entries are allowed); ``menu``:
    duties that any number of people may take (grade "" = of any grade); ``needs``: heads wanted at reception.
    ``open_min``: reception hours (opens, closes) by day. ``people``: everybody who may fill a duty
    (temporary staff too) or be reached; ``standing``: person → usual (start, end) in minutes;
    ``reachable``: days on which a person who is not at the desk can be called as 管理責任者.
    ``tail``: duties before the period, newest last, so that intervals and weeks hold across its edge.
    ``extra_people``: temporary staff (応援要員); ``handover_min``: presence together with a resident that
    each needs on the first day. ``grades``: from the lowest to the highest; a higher grade may fill a lower
    seat (grades that are not listed fill only their own).
    ``locks``: cells that stay; ``published``: the roster made known before, whose hours of work are fixed on
    days before ``frozen_until`` (32条の2). ``elsewhere``: work for the sister contract. ``records``: overtime
    and duties of the past by person. ``peak_days``: days of expected peaks, shared fairly.
    """

    days: tuple[date, ...]
    people: tuple[Person, ...]
    seats: dict[date, tuple[Seat, ...]]
    open_min: dict[date, tuple[int, int]]
    standing: dict[str, tuple[int, int]]
    reachable: frozenset[tuple[str, date]]
    labour: Labour
    tail: tuple[Duty, ...] = ()
    extra_people: frozenset[str] = frozenset()
    grades: tuple[Grade, ...] = ()
    menu: dict[date, tuple[Seat, ...]] = field(default_factory=dict)
    needs: dict[date, tuple[Need, ...]] = field(default_factory=dict)
    wishes: tuple[Wish, ...] = ()
    locks: tuple[Lock, ...] = ()
    published: tuple[Duty, ...] = ()
    frozen_until: date | None = None
    elsewhere: tuple[Elsewhere, ...] = ()
    records: dict[str, Record] = field(default_factory=dict)
    peak_days: frozenset[date] = frozenset()
    handover_min: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A rule that a roster breaks: which, whose, when, what was found and what is allowed.

    ``cost`` > 0 for soft rules (points lost), 0 for hard ones.
    """

    rule: str
    day: date
    person: str = ""
    found: str = ""
    allowed: str = ""
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Settled:
    """One stage of the answer: points charged, points proved to be unavoidable, who found and proved it."""

    stage: Stage
    value: int
    bound: float
    engine: str

    @property
    def gap(self) -> float:
        """(value - bound) / value; 0 where nothing is charged."""
        return max(0.0, self.value - self.bound) / self.value if self.value else 0.0


@dataclass(frozen=True, slots=True)
class Roster:
    """The answer. ``objective`` is the cost of soft rules, ``bound`` what was proved to be unavoidable.

    ``stages``: the same by stage, each settled with the earlier ones held. ``absent``: who could not come
    on which day, known since the question was written (it counts as leave).
    """

    duties: tuple[Duty, ...]
    proof: Proof = "feasible"
    objective: int = 0
    bound: float = 0.0
    violations: tuple[Violation, ...] = field(default_factory=tuple)
    stages: tuple[Settled, ...] = ()
    absent: tuple[tuple[str, date], ...] = ()

    def of(self, person: str) -> tuple[Duty, ...]:
        """Return one person's duties in order."""
        return tuple(sorted(d for d in self.duties if d.person == person))


class NoRoster(Exception):  # a fact about the question, not a mishap
    """No roster keeps every hard rule. ``clashing`` names hard rules that cannot all be kept.

    Empty: none was found in time, and nothing was proved.
    """

    def __init__(self, clashing: tuple[str, ...]) -> None:
        """Keep the codes of the rules."""
        self.clashing = clashing
        super().__init__(", ".join(clashing))
