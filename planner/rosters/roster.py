"""Plain data: the question (RosterProblem) and the answer (Roster). Contractor's side only."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from planner.desk import Grade, Labour, Person
from planner.formation import Seat

Proof = Literal["optimal", "feasible"]


@dataclass(frozen=True, slots=True, order=True)
class Duty:
    """One person's work on one day."""

    day: date
    person: str
    seat: Seat


@dataclass(frozen=True, slots=True)
class RosterProblem:
    """Who may do what, when.

    ``seats``: for every office day the duties to fill (one entry per duty; equal entries are allowed).
    ``open_min``: reception hours (opens, closes) by day. ``people``: everybody who may fill a duty
    (temporary staff too) or be reached; ``standing``: person → usual (start, end) in minutes;
    ``reachable``: days on which a person who is not at the desk can be called as 管理責任者.
    ``tail``: duties before the period, newest last, so that intervals and weeks hold across its edge.
    ``extra_people``: temporary staff (応援要員). ``grades``: from the lowest to the highest; a higher
    grade may fill a lower seat (grades that are not listed fill only their own).
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
class Roster:
    """The answer. ``objective`` is the cost of soft rules, ``bound`` what was proved to be unavoidable."""

    duties: tuple[Duty, ...]
    proof: Proof = "feasible"
    objective: int = 0
    bound: float = 0.0
    violations: tuple[Violation, ...] = field(default_factory=tuple)

    def of(self, person: str) -> tuple[Duty, ...]:
        """Return one person's duties in order."""
        return tuple(sorted(d for d in self.duties if d.person == person))


class NoRoster(Exception):  # a fact about the question, not a mishap
    """No roster keeps every hard rule. ``clashing`` names hard rules that cannot all be kept."""

    def __init__(self, clashing: tuple[str, ...]) -> None:
        """Keep the codes of the rules."""
        self.clashing = clashing
        super().__init__(", ".join(clashing))
