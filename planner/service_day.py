"""Service through a mean day of the window: present against chosen, where it breaks first, and why. Pure.

Everything comes from the content of a plan, old ones too. A content holds the in-time share by slot, but no
calls by slot: inquiries of all channels by weekday and hour (``heat``) stand for them, spread evenly over the
slots of an hour.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf
from typing import Literal

import numpy as np

from forecasts.slots import DAY_MIN
from planner.alternatives.alternative import Alternative
from planner.content import Content
from planner.formation import AwayKind, Pattern
from planner.wording.findings import NOTICEABLE

CauseCode = Literal["arrivals", "present", "reception", "break", "operations", "backlog", "shortage", "even"]


@dataclass(frozen=True, slots=True)
class Duties:
    """People of a formation by slot (S,), means over its minutes: on a break, on operations work.

    The contractor's own affair (昭和61年労働省告示第37号): the client's page is made without.
    """

    on_break: tuple[float, ...]
    on_operations: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """One formation through the day: in-time share (None: no calls), people at reception and needed (S,)."""

    key: str
    opens_min: int
    closes_min: int
    in_time: tuple[float | None, ...]
    at_reception: tuple[float, ...]
    needed: tuple[float, ...]
    duties: Duties | None = None

    @property
    def present(self) -> tuple[float, ...]:
        """People at reception, and those on a break or on operations work where that is known (S,)."""
        if self.duties is None:
            return self.at_reception
        counted = (self.at_reception, self.duties.on_break, self.duties.on_operations)
        return tuple(sum(those) for those in zip(*counted, strict=True))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Slots in a row in which the in-time share lies below the target, and the lowest of their shares."""

    first_slot: int
    slots: int
    lowest: float

    @property
    def inside(self) -> slice:
        """The slots as a part of what goes by slot."""
        return slice(self.first_slot, self.first_slot + self.slots)

    def span(self, slot_min: int) -> tuple[int, int]:
        """Return start and end in minutes of the day."""
        return self.first_slot * slot_min, (self.first_slot + self.slots) * slot_min


@dataclass(frozen=True, slots=True)
class Cause:
    """What makes a stretch short. ``factor``: load per head as it is over that without this cause.

    ``number`` and what stands ``beside`` it: arrivals over those of the day's mean slot; people there and
    the most of the day; people away; people at reception and needed.
    """

    code: CauseCode
    factor: float = 1.0
    number: float = 0.0
    beside: float = 0.0


@dataclass(frozen=True, slots=True)
class ServiceDay:
    """The present formation and the chosen one (equal where nothing changes) through a mean day.

    ``inquiries`` (S,): of all channels, expected per slot.
    """

    slot_min: int
    within_min: float
    within_share: float
    inquiries: tuple[float, ...]
    now: Course
    chosen: Course

    @property
    def hours(self) -> tuple[int, int]:
        """From the earlier opening to the later closing, in minutes of the day."""
        return (
            min(self.now.opens_min, self.chosen.opens_min),
            max(self.now.closes_min, self.chosen.closes_min),
        )


def service_day(content: Content, key: str, *, has_duties: bool) -> ServiceDay:
    """Return the day of the present formation and of alternative ``key``; raises KeyError.

    ``has_duties``: whether breaks and operations work are told apart, which only the contractor may see.
    """
    now, chosen = (
        _course(a, content.slot_min, has_duties=has_duties)
        for a in (content.alternatives[0], content.alternative(key))
    )
    targets = dict(content.targets)
    return ServiceDay(
        content.slot_min, targets["within_min"], targets["within_share"], _inquiries(content), now, chosen
    )


def _course(alternative: Alternative, slot_min: int, *, has_duties: bool) -> Course:
    formation, pattern = alternative.formation, alternative.pattern
    duties = Duties(_away(pattern, "break", slot_min), _away(pattern, "operations", slot_min))
    return Course(
        alternative.key,
        formation.opens_min,
        formation.closes_min,
        alternative.slot_in_time,
        alternative.scheduled,
        alternative.needed,
        duties if has_duties else None,
    )


def _away(pattern: Pattern, kind: AwayKind, slot_min: int) -> tuple[float, ...]:
    minutes = np.zeros(2 * DAY_MIN)
    for seat in pattern.seats:
        for away in seat.away:
            minutes[away.start_min : away.end_min] += away.kind == kind
    return tuple(float(n) for n in minutes[:DAY_MIN].reshape(-1, slot_min).mean(axis=1))


def _inquiries(content: Content) -> tuple[float, ...]:
    """Spread the inquiries by weekday and hour over the slots of the window's mean day."""
    weekdays = [d.day.weekday() for d in content.outlook if d.day in content.window]
    rows = [content.heat[w] for w in weekdays if w < len(content.heat)] or [*content.heat]
    by_hour = np.asarray(rows, dtype=np.float64).mean(axis=0)
    slots = 60 // content.slot_min
    return tuple(float(n) for n in np.repeat(by_hour / slots, slots))


def stretches(day: ServiceDay, course: Course) -> tuple[Stretch, ...]:
    """Return where a formation's service lies below the target, in the order of the day.

    A slot is below where its share as it is shown, in whole percent, is below the target as shown: what
    would be read as "80 %, target 80 %" is no break. Hours with too few inquiries are passed over.
    """
    goal, heavy = _shown(day.within_share), _is_heavy(day)
    short = [
        share is not None and is_heavy and _shown(share) < goal
        for share, is_heavy in zip(course.in_time, heavy, strict=True)
    ]
    runs = (list(run) for is_short, run in groupby(range(len(short)), key=short.__getitem__) if is_short)
    return tuple(Stretch(run[0], len(run), min(_known(course.in_time[run[0] : run[-1] + 1]))) for run in runs)


def lowest(course: Course, stretch: Stretch) -> float | None:
    """Return the lowest share of a formation within a stretch; None where nobody calls, or it is closed."""
    return min(_known(course.in_time[stretch.inside]), default=None)


def is_whole_day(day: ServiceDay, course: Course, stretch: Stretch) -> bool:
    """Whether there is no other part of the day to compare with: all slots that count are in the stretch."""
    counted = zip(course.in_time, _is_heavy(day), strict=True)
    return sum(share is not None and is_heavy for share, is_heavy in counted) == stretch.slots


def _shown(share: float) -> int:
    return round(100 * share)


def _known(shares: Sequence[float | None]) -> list[float]:
    return [share for share in shares if share is not None]


def _is_heavy(day: ServiceDay) -> list[bool]:
    """Mark the slots of hours with enough inquiries to matter (S,).

    The rule of the worst hour (``alternatives.outcome``): one on a mean day, or the mean of the hours that
    have any where that is less. It counts calls; here are inquiries of all channels, so that what is passed
    over here has less than a call, too.
    """
    by_hour = np.asarray(day.inquiries).reshape(24, -1).sum(axis=1)
    enough = min(1.0, by_hour.sum() / max(np.count_nonzero(by_hour), 1))
    return [bool(n) for n in np.repeat(by_hour >= max(enough, 1e-9), len(day.inquiries) // 24)]


def causes(day: ServiceDay, course: Course, stretch: Stretch) -> tuple[Cause, ...]:
    """Return what makes a stretch short, the strongest first; never none.

    Load per head is inquiries over people at reception. A cause is named where the load falls by a twentieth
    without it: with the arrivals of the day's mean slot; with as many people as there are at most on the day;
    with those back who are on a break; with those back who are on operations work. Where the slot before was
    short too (and passed over for its few inquiries), who waits from then on comes last, as it has no factor.
    A stretch that is the whole day has no other part to be compared with: its people against the need.
    """
    here, at = stretch.inside, _mean(course.at_reception[stretch.inside])
    found = [] if is_whole_day(day, course, stretch) else [*_unlike_the_rest(day, course, here)]
    if course.duties is not None:
        away: tuple[tuple[CauseCode, Sequence[float]], ...] = (
            ("break", course.duties.on_break),
            ("operations", course.duties.on_operations),
        )
        means = ((code, _mean(those[here])) for code, those in away)
        found += [Cause(code, _ratio(at + n, at), n) for code, n in means]
    named = sorted((c for c in found if c.factor >= NOTICEABLE), key=lambda c: -c.factor)
    if _is_short_before(day, course, stretch):
        named.append(Cause("backlog"))
    return tuple(named) or (_shortage(course, here),)


def _unlike_the_rest(day: ServiceDay, course: Course, here: slice) -> Iterator[Cause]:
    open_slots = [
        n
        for n in range(len(day.inquiries))
        if course.opens_min < (n + 1) * day.slot_min and n * day.slot_min < course.closes_min
    ]
    usual = _mean([day.inquiries[n] for n in open_slots])
    times = _ratio(_mean(day.inquiries[here]), usual)
    yield Cause("arrivals", times, times)
    there, most = _mean(course.present[here]), max((course.present[n] for n in open_slots), default=0.0)
    yield Cause("reception" if course.duties is None else "present", _ratio(most, there), there, most)


def _is_short_before(day: ServiceDay, course: Course, stretch: Stretch) -> bool:
    before = course.in_time[stretch.first_slot - 1] if stretch.first_slot else None
    return before is not None and _shown(before) < _shown(day.within_share)


def _shortage(course: Course, here: slice) -> Cause:
    needed, at = _mean(course.needed[here]), _mean(course.at_reception[here])
    return Cause("shortage", 1.0, at, needed) if needed > at else Cause("even")


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else 0.0


def _ratio(part: float, whole: float) -> float:
    if whole > 0:
        return part / whole
    return inf if part > 0 else 1.0
