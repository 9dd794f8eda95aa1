"""One candidate change, judged: what it changes, what it delivers, what it takes. By role, never by name."""

from dataclasses import dataclass
from datetime import date

from planner.formation import Formation, FormationChange, Pattern


@dataclass(frozen=True, slots=True)
class Interval:
    """An expected value with its 80 % interval over the rate paths (shares 0–1, minutes, inquiries)."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """Service over the planned period, and over the window of the change where so named.

    ``in_time``, ``answer_rate``, ``same_day``: shares of inquiries. ``worst_hour``: in-time share of the
    worst clock hour of the window (0 = nobody answered in time), which begins at ``worst_hour_min``; hours
    with less than a call a day are passed over.
    ``risk``: share of rate paths whose expected service misses a target in a measured month;
    ``day_miss``: chance that a single realised office day of the window misses the in-time target.
    ``backlog``: inquiries left at closing on a day of the window; ``wait_min``: mean wait of a call in the
    window; ``occupancy``: 業務占有率, the share of the time at reception in the window that inquiries of any
    channel take; ``overtime_h``: of the period, all people together.
    ``window_in_time``: in-time share over the window alone.
    """

    in_time: Interval
    answer_rate: Interval
    same_day: Interval
    window_in_time: Interval
    worst_hour: Interval
    worst_hour_min: int
    risk: float
    risk_in_time: float
    risk_answer_rate: float
    risk_same_day: float
    day_miss: float
    backlog: Interval
    wait_min: Interval
    occupancy: float
    overtime_h: float
    standard_error: float


@dataclass(frozen=True, slots=True)
class Effort:
    """What a change takes: people and hours beyond the standing formation, money at the contract's prices.

    ``reference_cost_yen`` is the price of the extra people for the days of the change (参考額);
    ``contract_cost_yen`` what the client would pay more (0 within the contract). ``training_days``: office
    days before the change on which the extra people learn (引継ぎ・研修); hours and money hold them too.
    """

    extra_heads: int
    extra_person_hours: float
    extra_reception_hours: float
    reference_cost_yen: int
    contract_cost_yen: int
    training_days: int = 0


@dataclass(frozen=True, slots=True)
class PatternProof:
    """What the solver proved of a pattern: status, expected late calls a day, and the bound under it."""

    status: str
    late_calls: float
    bound: float


@dataclass(frozen=True, slots=True)
class Alternative:
    """One alternative. ``key``: status_quo, hours, plus_1, plus_2, plus_1_hours, plus_2_hours.

    ``needed`` and ``scheduled`` (S,): people at reception per slot of a mean day of the window.
    ``slot_in_time`` (S,): expected in-time share per slot over the window were the change in force on all of
    its days, None without calls.
    ``days_changed``: office days on which the change is in effect. ``reasons``: codes with values that
    say why this one was or was not recommended; ``planner.wording`` makes sentences of them.
    """

    key: str
    change: FormationChange
    formation: Formation
    pattern: Pattern
    outcome: Outcome
    effort: Effort
    proof: PatternProof
    needed: tuple[float, ...]
    scheduled: tuple[float, ...]
    slot_in_time: tuple[float | None, ...]
    days_changed: tuple[date, ...]
    is_recommended: bool = False
    reasons: tuple[tuple[str, str], ...] = ()
