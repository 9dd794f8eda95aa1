"""What makes a forecast doubtful in what it was learned from: each cause by name, none of them refused.

Codes with values: ``planner.wording.soundness`` makes sentences of them. What cannot be (negative or broken
counts) is refused before, by ``forecasts.model.as_known``.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from forecasts.distribution import Floats
from forecasts.faults import Notice
from forecasts.features import (
    event_days,
    expected_rounds,
    is_alike,
    is_learned,
    learned_rows,
    rounds,
    window_of,
)
from forecasts.history.breaks import SIDE_DAYS, Gap, gaps, level_changes
from forecasts.history.tail import dried_up
from forecasts.model import Known

CODES = (
    "no_inquiries",
    "few_weeks",
    "under_a_year",
    "under_two_years",
    "no_recent_days",
    "dries_up",
    "level_jump",
    "huge_day",
    "days_missing",
    "many_empty_days",
    "event_never_seen",
    "many_left_out",
)
"""In the order in which they are told."""
LEAST_DAYS, YEAR_DAYS = 52, 365
"""Calendar days from the first to the last: eight office weeks (Monday to a Thursday), a year."""
LATE_DAYS = 21
"""A history that ends longer than this before what is known is told."""
JUMP = 3.0
"""From so many times the former level, or its inverse, on a jump is told."""
LEFT_OUT_SHARE, EMPTY_SHARE = 0.2, 0.02
"""From which share of the days on it is told that they are left out, or are without an inquiry."""
_USUAL_DAYS, _LATE_DAYS = 40, 3  # office days of the former level; at least at the end on another
_LEAST_BEFORE = 20  # office days without which no level is known
_LEAST_LEVEL = 0.1  # inquiries a day: what an empty stretch counts as
_HUGE, _COUNTED = 10.0, 3.0  # times the usual of its neighbours, or this many inquiries where they had fewer
_NEAR_DAYS = 20
_CHANCE_DEVIATIONS = 6.0
_LEAST_FOR_EMPTY = 10  # inquiries on a usual day; on smaller desks a day without any is chance
_MISSING_DAYS = 10  # office days in a row that are absent or empty: two weeks


def soundness(known: Known, days: Sequence[date] = ()) -> tuple[Notice, ...]:
    """Return what makes a forecast of ``days`` from what is known doubtful, in the order of ``CODES``.

    ``value`` of a notice, its parts parted by spaces: weeks (few_weeks, under_a_year, under_two_years); last
    day and weeks since (no_recent_days); day (dries_up); day and factor (level_jump); day, inquiries and
    usual inquiries (huge_day); first and last day and office days (days_missing); days without an inquiry
    and days (many_empty_days); kind of event (event_never_seen); days left out and days (many_left_out).
    """
    if not known.history.days or not known.history.count.any():
        return (Notice("no_inquiries"), *_length(known), *_unseen(known, days))
    return (
        *_length(known),
        *_end(known),
        *_levels(known),
        *_missing(known),
        *_unseen(known, days),
        *_left_out(known),
    )


def _length(known: Known) -> Iterator[Notice]:
    days = known.history.days
    span = (days[-1] - days[0]).days + 1 if days else 0
    codes = (("few_weeks", LEAST_DAYS), ("under_a_year", YEAR_DAYS), ("under_two_years", 2 * YEAR_DAYS))
    code = next((code for code, least in codes if span < least), "")
    if code:
        yield Notice(code, str((span + 6) // 7))


def _end(known: Known) -> Iterator[Notice]:
    days = known.history.days
    late = (known.as_of - days[-1]).days
    if late > LATE_DAYS and not any(t.period.end > days[-1] for t in known.history.totals):
        yield Notice("no_recent_days", f"{days[-1].isoformat()} {late // 7}")
    dry = dried_up([int(n) for n in known.history.day_count.sum(axis=1)], days)
    if dry is not None:
        yield Notice("dries_up", dry.isoformat())


def _levels(known: Known) -> Iterator[Notice]:
    """Tell jumps of the level, and single days beyond measure, on learned days without events."""
    days, count = _calm(known)
    if len(days) < _LEAST_BEFORE:
        return
    late_days, factor = _late_jump(count)
    jumps = {days[-late_days]: factor} if late_days else {}
    early = count[: len(count) - late_days]
    usual = _usual(early)
    is_huge = early > _HUGE * np.maximum(usual, _COUNTED)
    kept = [d for d, huge in zip(days, is_huge.tolist(), strict=False) if not huge]
    changes = level_changes(kept, early[~is_huge])
    jumps |= {c.day: c.factor for c in changes if not 1 / JUMP < c.factor < JUMP}
    for day in sorted(jumps):
        yield Notice("level_jump", f"{day.isoformat()} {jumps[day]:.2g}")
    for n in np.flatnonzero(is_huge).tolist():
        yield Notice("huge_day", f"{days[n].isoformat()} {early[n]:.0f} {usual[n]:.0f}")


def _calm(known: Known) -> tuple[list[date], Floats]:
    """Return the days that are learned and without events, and their inquiries."""
    history, eventful = known.history, event_days(known.events, known.calendar)
    use = learned_rows(history, known.events)
    use = use & np.array([d not in eventful for d in history.days], dtype=np.bool_)
    days = [d for d, u in zip(history.days, use.tolist(), strict=True) if u]
    return days, history.day_count.sum(axis=1)[use].astype(np.float64)


def _usual(count: Floats) -> Floats:
    """Return the median of the 41 days around each day; at the ends of those that there are, mirrored."""
    around = np.pad(count, _NEAR_DAYS, mode="symmetric")
    return np.median(sliding_window_view(around, 2 * _NEAR_DAYS + 1), axis=1)


def _late_jump(count: Floats) -> tuple[int, float]:
    """Return how many days at the end lie on another level, too few for ``level_changes``, and its factor.

    All of them are beyond the middle between the former level and that of a jump; (0, 1.0) where none is.
    """
    before, late = count[:-SIDE_DAYS][-_USUAL_DAYS:], count[-SIDE_DAYS:]
    if len(before) < _LEAST_BEFORE // 2:  # a short history: all but its last days
        before, late = count[:-_LATE_DAYS], count[-_LATE_DAYS:]
    level = float(np.median(before))
    for is_off in (late > level * np.sqrt(JUMP), late < level / np.sqrt(JUMP)):
        run = 0 if is_off.all() and len(late) == SIDE_DAYS else int(np.argmin([*is_off[::-1], False]))
        if run < _LATE_DAYS:  # or so many that the jump is an older one
            continue
        now, then = float(np.median(late[-run:])), max(level, _LEAST_LEVEL)
        by_chance = _CHANCE_DEVIATIONS * np.sqrt(run * max(now, then))
        if not 1 / JUMP < now / then < JUMP and abs(now - then) * run > by_chance:
            return run, max(now, _LEAST_LEVEL) / then
    return 0, 1.0


def _missing(known: Known) -> Iterator[Notice]:
    """Tell stretches of office days that are absent or empty, and many single days that are empty."""
    history = known.history
    use = is_learned(history.days, history.left_out, known.events)
    learned = [d for d, u in zip(history.days, use.tolist(), strict=True) if u]
    count = history.day_count.sum(axis=1)[use].astype(np.float64)
    empty = [gap for gap in gaps(learned, count) if gap.office_days >= _MISSING_DAYS]
    stretches = (*_absent(known), *(gap for gap in empty if not gap.is_end))
    for gap in sorted(stretches, key=lambda g: g.first):
        yield Notice("days_missing", f"{gap.first.isoformat()} {gap.last.isoformat()} {gap.office_days}")
    single = int((count == 0).sum()) - sum(gap.office_days for gap in empty)
    is_busy = count.any() and np.median(count[count > 0]) >= _LEAST_FOR_EMPTY
    if is_busy and single > EMPTY_SHARE * len(learned):
        yield Notice("many_empty_days", f"{single} {len(learned)}")


def _absent(known: Known) -> Iterator[Gap]:
    """Yield long stretches of office days that are not in the history, and that no total stands for."""
    told = {day for total in known.history.totals for day in total.period.days}
    for one, following in pairwise(known.history.days):
        if (following - one).days > _MISSING_DAYS:
            between = known.calendar.office_days(one + timedelta(days=1), following)
            absent = [d for d in between if d not in told]
            if len(absent) >= _MISSING_DAYS:
                yield Gap(absent[0], absent[-1], len(absent))


def _unseen(known: Known, days: Sequence[date]) -> Iterator[Notice]:
    """Tell the kinds of event that act on the asked days and that the history never saw alike."""
    asked, seen = set(days), set(known.history.days)
    every = rounds((*known.events, *expected_rounds(known.events, known.as_of)), known.calendar)
    acting = {r: {d for e in r.events for d in window_of(e, known.calendar)} for r in every}
    past = [r for r in every if acting[r] & seen]
    kinds = [r.kind for r in every if acting[r] & asked and not any(is_alike(r, p) for p in past)]
    for kind in dict.fromkeys(kinds):
        yield Notice("event_never_seen", kind)


def _left_out(known: Known) -> Iterator[Notice]:
    history = known.history
    out = int((~is_learned(history.days, history.left_out, known.events)).sum())
    if out > LEFT_OUT_SHARE * len(history.days):
        yield Notice("many_left_out", f"{out} {len(history.days)}")
