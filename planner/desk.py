"""The desk: who works there, what it promises, what it may change. Plain data, read from one TOML file."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from forecasts.calendar import Calendar
from forecasts.slots import Grid, Period
from planner.desk_levers import Following, Levers

Waiting = Literal["immediate", "deferred"]


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in which inquiries come.

    ``waiting``: ``immediate`` = somebody waits on the line or at the counter; ``deferred`` = mail and
    forms, due the same day. ``handling_min`` includes after-call work; ``handling_cv`` is the coefficient
    of variation. ``patience_min``: mean time until a caller hangs up (None = does not leave).
    ``is_measured``: whether the target for quick answers counts this channel.
    """

    id: str
    name: str
    waiting: Waiting
    handling_min: float
    handling_cv: float = 1.0
    patience_min: float | None = None
    is_measured: bool = False
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grade:
    """A skill grade. ``operations_min``: operations work (運用管理業務) of one person on an office day."""

    id: str
    name: str
    monthly_price_yen: int
    operations_min: int = 0


@dataclass(frozen=True, slots=True)
class Shift:
    """A duty as the desk knows it (早番, 遅番): presence from ``start_min`` to ``end_min``, with a break."""

    id: str
    name: str
    start_min: int
    end_min: int
    break_min: int = 60

    @property
    def work_min(self) -> int:
        """Working time without the break."""
        return self.end_min - self.start_min - self.break_min


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the contractor's staff. Never leaves the contractor's side.

    ``is_resident``: sits at the desk; others are shared or on call. ``may_manage``: 管理責任者 or deputy.
    ``standing_shift``: the shift id worked in normal times ("" for non-residents). ``skills``: what the
    person can do that not everybody can, by the desk's own names.
    """

    id: str
    name: str
    grade: str
    title: str = ""
    is_resident: bool = True
    may_manage: bool = False
    standing_shift: str = ""
    leave: frozenset[date] = frozenset()
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reception:
    """Reception hours in normal times, minutes of the day."""

    opens_min: int
    closes_min: int

    def slots(self, grid: Grid) -> tuple[int, ...]:
        """Return the slots of the day that start while reception is open."""
        return tuple(s for s in range(grid.slots) if self.opens_min <= grid.start_min(s) < self.closes_min)


@dataclass(frozen=True, slots=True)
class PastHours:
    """Reception hours other than usual, from ``first`` to ``last`` (included)."""

    first: date
    last: date
    opens_min: int
    closes_min: int

    @property
    def period(self) -> Period:
        """The days, closing days too."""
        return Period.through(self.first, self.last)

    @property
    def reception(self) -> Reception:
        """The hours."""
        return Reception(self.opens_min, self.closes_min)


@dataclass(frozen=True, slots=True)
class Target:
    """What the desk promises, measured over a calendar month and weighted by inquiries.

    ``within_share`` of calls answered within ``within_min``; ``answer_rate`` of calls answered at all;
    ``same_day_share`` of mail and forms done on the day they came. ``max_risk``: the chance of missing a
    target that is still accepted. ``is_reference``: the figures are 参考値, not part of the contract.
    ``least_hour``: least share of calls in time in each clock hour of the mean day of a peak (0 = none; a
    target of the day lets the worst hour sink).
    """

    within_min: float = 1.0
    within_share: float = 0.8
    answer_rate: float = 0.9
    same_day_share: float = 0.95
    max_risk: float = 0.2
    is_reference: bool = True
    least_hour: float = 0.0


WorkingHours = Literal["weekly", "monthly_variable", "yearly_variable"]
RestDays = Literal["weekly", "four_weeks"]


@dataclass(frozen=True, slots=True)
class Labour:
    """What the contractor agreed with its staff. Without a 36協定 overtime is 0 (労働基準法36条).

    ``has_special_clause``: 特別条項 (36条5項). ``rest_day_work_days``: days of work on the statutory rest day
    (法定休日, ``statutory_rest_weekday``, ISO 1 = Monday) that the 36協定 allows in a month.
    ``working_hours``: 40 h a week, or averaged over a calendar month (1か月単位の変形労働時間制, 32条の2).
    ``rest_days``: one a week, or four in four weeks counted from ``rest_cycle_start`` (35条2項, 則12条の2).
    """

    has_art36_agreement: bool = False
    overtime_month_h: float = 45.0
    overtime_year_h: float = 360.0
    rest_interval_h: float = 11.0
    has_special_clause: bool = False
    special_year_h: float = 720.0
    rest_day_work_days: int = 0
    statutory_rest_weekday: int = 7
    working_hours: WorkingHours = "weekly"
    rest_days: RestDays = "weekly"
    rest_cycle_start: date | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """Office days before a change for a kind of event (``planner.wording.terms.EVENT_KINDS``)."""

    kind: str
    propose_before_days: int
    decide_before_days: int
    notify_before_days: int

    @property
    def days(self) -> tuple[int, int, int]:
        """To propose, to decide, to notify."""
        return self.propose_before_days, self.decide_before_days, self.notify_before_days


@dataclass(frozen=True, slots=True)
class Terms:
    """The contract: parties by office title, ground quoted in a proposal, notice in office days, cost rule.

    ``cost_rule``: ``within_contract`` = 契約金額の変更なし, ``per_person_month`` = extra people are paid for.
    ``end_after_days``: office days in a row after which a change may end early (解除条件) if at most
    ``end_backlog`` inquiries were left at their closing.
    """

    ministry: str
    supervising_section: str
    addressee_title: str
    contractor: str
    sender_title: str
    ground: str
    propose_before_days: int = 15
    decide_before_days: int = 10
    notify_before_days: int = 5
    cost_rule: Literal["within_contract", "per_person_month"] = "within_contract"
    leads: tuple[Lead, ...] = ()
    end_after_days: int = 3
    end_backlog: int = 0

    def lead_days(self, kinds: Iterable[str] = ()) -> tuple[int, int, int]:
        """Return the office days to propose, to decide and to notify for events of some kinds.

        Of each step the longest: a kind without own ``leads`` has the contract's usual ones, and so has no
        event at all.
        """
        own = {lead.kind: lead.days for lead in self.leads}
        usual = self.propose_before_days, self.decide_before_days, self.notify_before_days
        found = [own.get(kind, usual) for kind in kinds] or [usual]
        propose, decide, notify = (max(step) for step in zip(*found, strict=True))
        return propose, decide, notify


@dataclass(frozen=True, slots=True)
class Desk:
    """One desk = one file.

    ``minimum_heads``: people at reception in every open slot. ``is_mail_interrupted``: who works on mail puts
    it down when a call comes; else a call waits until the piece in hand is done. ``past_hours``: when
    reception hours were others, from which ``following`` is learned. ``is_sample``: 架空データ, marked where
    shown. ``notes``: what else a proposal must state as an assumption.
    """

    id: str
    name: str
    calendar: Calendar
    grid: Grid
    reception: Reception
    channels: tuple[Channel, ...]
    grades: tuple[Grade, ...]
    people: tuple[Person, ...]
    shifts: tuple[Shift, ...]
    levers: Levers
    target: Target
    labour: Labour
    terms: Terms
    minimum_heads: int = 1
    is_mail_interrupted: bool = True
    following: Following = field(default_factory=Following)
    past_hours: tuple[PastHours, ...] = ()
    event_files: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_sample: bool = False

    @property
    def residents(self) -> tuple[Person, ...]:
        """The people who sit at the desk."""
        return tuple(p for p in self.people if p.is_resident)

    @property
    def channel_ids(self) -> tuple[str, ...]:
        """The codes of the channels, in the order of the file."""
        return tuple(c.id for c in self.channels)

    def grade(self, grade_id: str) -> Grade:
        """Return a grade by its code; raises KeyError."""
        return {g.id: g for g in self.grades}[grade_id]

    def shift(self, shift_id: str) -> Shift:
        """Return a shift by its code; raises KeyError."""
        return {s.id: s for s in self.shifts}[shift_id]
