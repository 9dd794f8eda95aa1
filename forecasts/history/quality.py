"""The quality of a history at a glance: how long, how whole, how steady, what its gaps mean downstream.

Codes and numbers: ``planner.wording.history`` makes sentences of them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from forecasts.calendar import Calendar
from forecasts.distribution import Floats
from forecasts.history.breaks import Gap, LevelChange, gaps, level_changes
from forecasts.history.counts import History
from forecasts.history.months import MonthTotal, month_totals
from forecasts.history.records import Records
from forecasts.slots import DAY_MIN, Period

LENGTHS = ("too_short", "weeks", "one_year", "two_years")
LEAST_WEEKS_DAYS, YEAR_DAYS = 52, 365
"""Calendar days from the first to the last: eight office weeks (Monday to a Thursday), a year."""
LATE_CLOSING_DAYS = 31
FEW_MISSING = 0.2
"""From so many missing handling times on, those measured may not be typical."""
_NEAR_DAYS = 20  # a channel's change this near to that of the total, and as strong, is not told again
_AS_STRONG = 1.2
_LEAST_A_DAY = 2.0  # inquiries of a channel whose breaks are told

HANDLING_CODES = ("handling_from_log", "handling_partly", "handling_from_talk", "handling_from_desk_file")


@dataclass(frozen=True, slots=True)
class ChannelQuality:
    """One channel: inquiries counted, share of all; shares in the first and last year (NaN under two years).

    ``handling``: where its handling times come from (``HANDLING_CODES``), ``missing_handling``: share of
    its answered inquiries without one (NaN: no single inquiries are known).
    """

    channel: str
    inquiries: int
    share: float
    first_year_share: float
    last_year_share: float
    handling: str
    missing_handling: float


@dataclass(frozen=True, slots=True)
class Odd:
    """Rows of single inquiries that are usable but odd: ``rows`` of ``of`` rows that can be judged."""

    code: str  # untimed | on_closing_day | outside_reception | late_closing
    rows: int
    of: int

    @property
    def share(self) -> float:
        """Share of the rows."""
        return self.rows / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Quality:
    """A history at a glance; ``period`` None where there is nothing."""

    period: Period | None
    office_days: int
    inquiries: int
    left_out: int
    length: str  # LENGTHS
    gaps: tuple[Gap, ...]
    changes: tuple[LevelChange, ...]
    channels: tuple[ChannelQuality, ...]
    odd: tuple[Odd, ...]
    months: tuple[MonthTotal, ...] = ()

    @property
    def per_day(self) -> float:
        """Inquiries an office day."""
        return self.inquiries / self.office_days if self.office_days else 0.0


def quality(
    records: Records,
    history: History,
    calendar: Calendar,
    reception: tuple[int, int] | None = None,
    eventful: Collection[date] = (),
) -> Quality:
    """Look a history over, as counted from ``records``.

    ``reception``: minutes of the day, from and to. ``eventful``: days on which events act
    (``features.event_days``): weeks of events are no change of the level.
    """
    total = history.day_count.sum(axis=1).astype(float)
    return Quality(
        period=history.period if history.days else None,
        office_days=len(history.days),
        inquiries=int(total.sum()),
        left_out=sum(d in history.left_out for d in history.days),
        length=_length(history),
        gaps=_gaps(history, total),
        changes=_changes(history, total, eventful),
        channels=tuple(_channel(records, history, c) for c in range(len(history.channels))),
        odd=_odd(records.inquiries, calendar, reception),
        months=month_totals(records, history, calendar),
    )


def _length(history: History) -> str:
    span = (history.days[-1] - history.days[0]).days + 1 if history.days else 0
    return LENGTHS[sum(span >= least for least in (LEAST_WEEKS_DAYS, YEAR_DAYS, 2 * YEAR_DAYS))]


def _gaps(history: History, total: Floats) -> tuple[Gap, ...]:
    """Find the gaps of all channels together, and those of single channels beyond them."""
    whole = gaps(history.days, total)
    covered = {d for g in whole for d in Period.through(g.first, g.last).days}
    single = [
        gap
        for c, channel in enumerate(history.channels if len(history.channels) > 1 else ())
        for gap in gaps(history.days, history.day_count[:, c].astype(float), channel)
        if not {gap.first, gap.last} <= covered
    ]
    return tuple(sorted((*whole, *single), key=lambda g: (g.first, g.channel)))


def _changes(history: History, total: Floats, eventful: Collection[date]) -> tuple[LevelChange, ...]:
    learned = history.is_learned & np.array([d not in eventful for d in history.days], dtype=np.bool_)
    days = tuple(d for d, use in zip(history.days, learned, strict=True) if use)
    whole = level_changes(days, total[learned])
    out = list(whole)
    for c, channel in enumerate(history.channels if len(history.channels) > 1 else ()):
        count = history.day_count[learned, c].astype(float)
        if count.size and count.mean() >= _LEAST_A_DAY:
            own = level_changes(days, count, channel)
            out += [change for change in own if not any(_is_same(change, w) for w in whole)]
    return tuple(sorted(out, key=lambda c: (c.day, c.channel)))


def _is_same(one: LevelChange, other: LevelChange) -> bool:
    ratio = one.factor / other.factor
    return abs((one.day - other.day).days) <= _NEAR_DAYS and 1 / _AS_STRONG <= ratio <= _AS_STRONG


def _channel(records: Records, history: History, c: int) -> ChannelQuality:
    channel, count = history.channels[c], history.day_count
    missing, code = _handling(records, channel)
    first, last = float("nan"), float("nan")
    if _length(history) == "two_years":
        year = timedelta(days=YEAR_DAYS)
        first = _share(history.before(history.days[0] + year).day_count, c)
        last = _share(history.since(history.days[-1] - year).day_count, c)
    return ChannelQuality(channel, int(count[:, c].sum()), _share(count, c), first, last, code, missing)


def _share(count: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]", c: int) -> float:
    total = int(count.sum())
    return int(count[:, c].sum()) / total if total else float("nan")


def _handling(records: Records, channel: str) -> tuple[float, str]:
    """Return the share of answered inquiries without a handling time, and where times come from."""
    rows = records.inquiries[records.inquiries["channel"] == channel]
    answered = rows[rows["abandoned_at"].isna()]
    measured = int((answered["handling_min"] > 0).sum())
    missing = 1 - measured / len(answered) if len(answered) else float("nan")
    if measured:
        return missing, "handling_from_log" if missing <= FEW_MISSING else "handling_partly"
    intervals = records.intervals[records.intervals["channel"] == channel]
    has_talk = bool((intervals["talk_s"] > 0).any())
    return missing, "handling_from_talk" if has_talk else "handling_from_desk_file"


def _odd(inquiries: pd.DataFrame, calendar: Calendar, reception: tuple[int, int] | None) -> tuple[Odd, ...]:
    """Count odd rows; only what occurs, in a fixed order."""
    if inquiries.empty:
        return ()
    received, timed = inquiries["received_at"], inquiries["is_timed"]
    days = received.dt.normalize()
    distinct = pd.Series(days.unique())
    closing_days = distinct[[not calendar.is_office_day(d.date()) for d in distinct]]
    on_closing = days.isin(closing_days)
    took = (inquiries["closed_at"] - received).dt.days
    found = [
        Odd("untimed", int((~timed).sum()), len(inquiries)),
        Odd("on_closing_day", int(on_closing.sum()), len(inquiries)),
        Odd("late_closing", int((took > LATE_CLOSING_DAYS).sum()), int(took.notna().sum())),
    ]
    if reception:
        judged = timed & ~on_closing
        minute = received.dt.hour * 60 + received.dt.minute
        # Reception past midnight reaches into the next morning.
        since = (minute - reception[0]) % DAY_MIN
        outside = judged & (since >= reception[1] - reception[0])
        found.insert(2, Odd("outside_reception", int(outside.sum()), int(judged.sum())))
    return tuple(odd for odd in found if odd.rows)
