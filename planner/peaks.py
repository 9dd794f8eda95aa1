"""The coming peaks of a desk and what is to be done about each, and by when: 提案, 承認, 周知."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from forecasts.calendar import Calendar
from forecasts.slots import Period
from planner.alternatives.window import usual_of, windows
from planner.desk import Desk
from planner.evidence import events_of, known_events, last_days
from planner.outlook import KeptOutlook
from planner.proposal import Proposal, State

Step = Literal["propose", "decide", "notify"]
_LOW, _HIGH = 0.1, 0.9
_STEP_OF: dict[State, Step] = {
    State.DRAFT: "propose",
    State.REVIEWED: "propose",
    State.RETURNED: "propose",
    State.SUBMITTED: "decide",
    State.APPROVED: "notify",
    State.APPROVED_WITH_CONDITIONS: "notify",
}
"""What a proposal waits for, by its state."""
_WITHOUT_EFFECT = {State.REJECTED, State.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class ComingPeak:
    """Office days in a row on which inquiries lie well above the usual.

    ``expected``: inquiries of all its days, ``low`` to ``high`` their 80 % interval (the days of a path
    together, so that it is wider than that of independent days). ``ratio``: to the usual. ``events``: as the
    client may see them. The dates are the last office days, included; they may be past.
    """

    period: Period
    office_days: int
    events: tuple[str, ...]
    ratio: float
    expected: float
    low: float
    high: float
    propose_by: date
    decide_by: date
    notify_by: date

    def by(self, step: Step) -> date:
        """Return the last day of a step."""
        return {"propose": self.propose_by, "decide": self.decide_by, "notify": self.notify_by}[step]


@dataclass(frozen=True, slots=True)
class Due:
    """A peak and its next step; ``step`` None: nothing is left to do before it.

    ``proposal``: number of the latest proposal that covers one of its days, "" where there is none.
    ``days_left``: office days after today up to the last day of the step, 0 = today, negative = past.
    """

    peak: ComingPeak
    step: Step | None
    by: date | None
    days_left: int
    proposal: str


def coming_peaks(seen: KeptOutlook, desk: Desk) -> tuple[ComingPeak, ...]:
    """Return all peaks of a kept outlook in order of time; empty where no day is lifted."""
    days = seen.facts.days
    ahead = Period.through(days[0], days[-1])
    found = windows(seen.facts.explanation.days, desk.calendar, ahead)
    return tuple(_peak(seen, desk, window) for window in found)


def due(
    peaks: Iterable[ComingPeak], proposals: Iterable[Proposal], calendar: Calendar, today: date
) -> tuple[Due, ...]:
    """Return the peaks that are not over, each with its next step, in order of time."""
    live = [p for p in proposals if p.state not in _WITHOUT_EFFECT]
    return tuple(_due(peak, live, calendar, today) for peak in peaks if peak.period.last >= today)


def _peak(seen: KeptOutlook, desk: Desk, window: Period) -> ComingPeak:
    facts = seen.facts
    reasons = [r for r in facts.explanation.days if r.day in window]
    at = [n for n, day in enumerate(facts.days) if day in window]
    totals = seen.count[:, at].sum(axis=(1, 2))
    expected, usual = sum(r.expected for r in reasons), sum(usual_of(r) for r in reasons)
    low, high = (float(x) for x in np.quantile(totals, (_LOW, _HIGH)))
    events = events_of(facts.events, desk.calendar, window)
    acting = known_events(events)
    names = tuple(dict.fromkeys(event.name for event in acting))
    return ComingPeak(
        window, len(at), names, expected / usual if usual else 1.0, float(seen.rate[at].sum()), low, high,
        *last_days(window.start, desk.terms, desk.calendar, [e.kind for e in events]),
    )  # fmt: skip


def _due(peak: ComingPeak, live: Iterable[Proposal], calendar: Calendar, today: date) -> Due:
    covering = [p for p in live if _overlap(p.content.change_period, peak.period)]
    latest = max(covering, key=lambda p: (p.number, p.version_no), default=None)
    step = "propose" if latest is None else _STEP_OF.get(latest.state)
    number = latest.number if latest else ""
    if step is None:
        return Due(peak, None, None, 0, number)
    by = peak.by(step)
    return Due(peak, step, by, _office_days_between(calendar, today, by), number)


def _overlap(one: Period, other: Period) -> bool:
    return one.start < other.end and other.start < one.end


def _office_days_between(calendar: Calendar, today: date, by: date) -> int:
    """Count office days after ``today`` up to ``by``; negative where ``by`` is past."""
    first, last = min(today, by), max(today, by)
    count = sum(day > first for day in calendar.office_days(first, Period.through(first, last).end))
    return count if by >= today else -max(count, 1)
