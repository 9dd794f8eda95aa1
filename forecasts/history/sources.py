"""What each kind of record tells of a desk's inquiries: so many in a slot of a day, or of a day alone."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasts.calendar import Calendar
from forecasts.distribution import Wholes
from forecasts.history.placing import share_of
from forecasts.history.records import Records
from forecasts.slots import DAY_MIN, Grid

LONGEST_INTERVAL_MIN = 120
"""A longer interval (half a day, a whole one) tells a total, not a time."""
SOURCES = ("intervals", "inquiries", "totals")
"""Which source tells a channel's count of a day: the first that has it. An exchange also counts calls that
nobody wrote a ticket for."""
_MINUTE_US = 60_000_000

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """The days from ``first`` (days since 1970) on that fall into office days.

    ``row`` (R,): the row of the office day that a day belongs to, -1 = to none. ``is_open`` (R,).
    """

    first: int
    row: Wholes
    is_open: Bools

    @classmethod
    def of(cls, days: tuple[date, ...], calendar: Calendar) -> "Span":
        """Map each office day, and the closing days right before it, to the office day's row."""
        if not days:
            return cls(0, np.full(1, -1), np.zeros(1, dtype=np.bool_))
        first = days[0] - timedelta(days=calendar.closed_days_before(days[0]))
        at = np.array([(d - first).days for d in days])
        all_days = np.arange(at[-1] + 1)
        return cls((first - date(1970, 1, 1)).days, np.searchsorted(at, all_days), np.isin(all_days, at))

    def index(self, day: Wholes) -> Wholes:
        """Return where days since 1970 lie in the span; -1 = outside."""
        at = day - self.first
        inside: Wholes = np.where((at >= 0) & (at < len(self.row)), at, -1)
        return np.where(self.row[inside] >= 0, inside, -1)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What one source tells, row by row: day of the span, slot (-1 = not known), channel, inquiries."""

    day: Wholes
    slot: Wholes
    channel: Wholes
    n: Wholes

    def taken(self, rows: Bools) -> "Part":
        """Return some of the rows."""
        return self if rows.all() else Part(*(a[rows] for a in (self.day, self.slot, self.channel, self.n)))


def parts_of(records: Records, grid: Grid, span: Span, channels: tuple[str, ...]) -> dict[str, Part]:
    """Return what each of ``SOURCES`` tells of the days of a span; other channels are left out."""
    return {
        "intervals": _intervals(records.intervals, grid, span, channels),
        "inquiries": _inquiries(records.inquiries, grid, span, channels),
        "totals": _totals(records.totals, span, channels),
    }


def _inquiries(frame: pd.DataFrame, grid: Grid, span: Span, channels: tuple[str, ...]) -> Part:
    day, minute = _day_and_minute(frame["received_at"])
    slot = np.where(frame["is_timed"].to_numpy(np.bool_), minute // grid.slot_min, -1)
    return _part(span, day, slot, _channel(frame["channel"], channels), np.ones(len(frame), dtype=np.int64))


def _intervals(frame: pd.DataFrame, grid: Grid, span: Span, channels: tuple[str, ...]) -> Part:
    """Return offered inquiries by slot; an interval over several slots is cut into them."""
    day, minute = _day_and_minute(frame["start_at"])
    length = frame["length_min"].to_numpy(np.int64)
    offered, channel = frame["offered"].to_numpy(np.int64), _channel(frame["channel"], channels)
    start, is_long = minute // grid.slot_min, length > LONGEST_INTERVAL_MIN
    slots = np.where(is_long, 1, np.clip(length // grid.slot_min, 1, grid.slots - start))
    row = np.repeat(np.arange(len(frame)), slots)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(slots) - slots, slots)
    # The phase of an interval: else the first slot of every hour would get what cannot be shared out.
    share = share_of(offered[row], nth, slots[row], (day * DAY_MIN + minute)[row])
    slot = np.where(is_long[row], -1, start[row] + nth)
    return _part(span, day[row], slot, channel[row], share)


def _totals(frame: pd.DataFrame, span: Span, channels: tuple[str, ...]) -> Part:
    frame = frame[(frame["span"] == "day").to_numpy(np.bool_)]
    day, _ = _day_and_minute(frame["day"])
    slot = np.full(len(frame), -1, dtype=np.int64)
    return _part(span, day, slot, _channel(frame["channel"], channels), frame["count"].to_numpy(np.int64))


def _part(span: Span, day: Wholes, slot: Wholes, channel: Wholes, n: Wholes) -> Part:
    at = span.index(day)
    return Part(at, slot, channel, n).taken((at >= 0) & (channel >= 0))


def _day_and_minute(moments: "pd.Series[pd.Timestamp]") -> tuple[Wholes, Wholes]:
    """Return days since 1970 and minutes of the day, as whole numbers: dates as objects are slow."""
    minute = moments.to_numpy("datetime64[us]").astype(np.int64) // _MINUTE_US
    return minute // DAY_MIN, minute % DAY_MIN


def _channel(written: "pd.Series[str]", channels: tuple[str, ...]) -> Wholes:
    """Return which of ``channels`` each row names; -1 = none of them."""
    as_codes = pd.Categorical(written)
    at = pd.Index(channels).get_indexer(as_codes.categories)
    found: Wholes = np.append(at, -1)[as_codes.codes].astype(np.int64)
    return found
