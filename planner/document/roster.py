"""A named roster as files and the page show it: people, names of duties, what is broken, numbered.

For the contractor alone, apart from ``Document``, which can hold no person (昭和61年労働省告示第37号).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from planner.desk import Desk, Person, Shift
from planner.formation import AwayKind, Seat
from planner.rosters.roster import STAGES, Roster, Violation
from planner.rosters.rule import Rule
from planner.rosters.rules import RULES
from planner.wording.dates import clock_span
from planner.wording.rosters import days_words

CONTRACTOR_ONLY = "受託事業者限り"
SAMPLE = "架空データ"
STAGE_NAMES = {
    "service": "受付の体制",
    "cost": "費用",
    "change": "通常からの変更",
    "fairness": "負担の公平",
}


@dataclass(frozen=True, slots=True)
class RosterSheet:
    """What the files show: a desk's roster on some office days, written on a day."""

    desk: Desk
    roster: Roster
    days: tuple[date, ...]
    dated: date


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule broken by one person (id; "" = the whole desk) in one way, on all its days."""

    number: int
    rule: Rule
    person: str
    days: tuple[date, ...]
    found: str
    allowed: str

    @property
    def kind(self) -> str:
        """必須 = the roster must not be used; 配慮 = to be weighed."""
        return "必須" if self.rule.is_hard else "配慮"

    @property
    def mark(self) -> str:
        """The mark beside a cell: told apart without colour, with the number in the list."""
        return f"{'×' if self.rule.is_hard else '△'}{self.number}"

    @property
    def articles(self) -> str:
        """Where the rule comes from."""
        return "、".join(dict.fromkeys(figure.article for figure in self.rule.source))

    @property
    def days_ja(self) -> str:
        """The days in words."""
        return days_words(self.days)

    @property
    def words(self) -> str:
        """The finding in one line, for a cell's note."""
        return f"{self.mark} {self.rule.name_ja}: {self.found}（{self.allowed}）"


def findings(violations: Iterable[Violation]) -> tuple[Finding, ...]:
    """Gather what is broken, hard rules first, then by stage; equal ones on other days are one."""
    by_code = {rule.code: rule for rule in RULES}
    days: dict[tuple[str, str, str, str], list[date]] = {}
    for v in violations:
        days.setdefault((v.rule, v.person, v.found, v.allowed), []).append(v.day)
    order = sorted(days, key=lambda key: _weight(by_code[key[0]]))
    return tuple(
        Finding(n, by_code[code], person, tuple(sorted(days[code, person, found, allowed])), found, allowed)
        for n, (code, person, found, allowed) in enumerate(order, start=1)
    )


def _weight(rule: Rule) -> tuple[bool, int]:
    return (not rule.is_hard, 0 if rule.is_hard else STAGES.index(rule.stage))


def people_of(desk: Desk, roster: Roster) -> list[Person]:
    """Return the people of a roster: the desk's, then temporary staff, who appear only in duties."""
    known = {p.id for p in desk.people}
    grades = {d.person: d.seat.grade for d in roster.duties if d.person not in known}
    return [*desk.people, *(Person(p, p, grade, title="応援要員") for p, grade in sorted(grades.items()))]


def duty_name(seat: Seat, shifts: Sequence[Shift]) -> str:
    """Name a duty as the desk does (早番), else by its times."""
    return shift_name(seat, shifts) or clock_span(seat.start_min, seat.end_min)


def shift_name(seat: Seat, shifts: Sequence[Shift]) -> str:
    """Return the desk's name of a duty; "" where it has none."""
    span = seat.start_min, seat.end_min
    return next((shift.name for shift in shifts if (shift.start_min, shift.end_min) == span), "")


def away_words(seat: Seat, kind: AwayKind) -> str:
    """Write when a duty is on a break or on operations work."""
    return "、".join(clock_span(a.start_min, a.end_min) for a in sorted(seat.away) if a.kind == kind)
