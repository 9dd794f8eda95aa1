"""Counts per office day, slot and channel: what every model learns from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from forecasts.calendar import Calendar
from forecasts.distribution import Wholes
from forecasts.history.placing import even_slots, placed
from forecasts.history.records import Records
from forecasts.history.sources import SOURCES, Bools, Part, Span, parts_of
from forecasts.history.span_totals import SpanTotal, span_totals
from forecasts.slots import Grid, Period

USUAL_HOURS = (8 * 60 + 30, 17 * 60 + 15)
"""Into which minutes of the day inquiries without a time are put where nothing tells their usual times."""
LEAST_TIMED = 100
"""The usual times of a channel are known from so many inquiries on."""


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Inquiries counted. Closing days are absent, never zero.

    ``count`` (D, S, C): inquiries by office day, slot of the day (0:00 to 24:00) and channel. What came
    on a closing day is counted in the first slot of the next office day. ``left_out``: office days that
    happened but must not be learned from (outages, marked days), kept in ``count`` all the same.
    ``untimed``: office day and channel whose slots teach nothing of usual days: those of a part of the count
    are not known (it is put into slots by the usual times of the channel), or reception hours were others.
    ``totals``: totals of whole weeks and months, all channels together, of which no day is in ``days``; they
    may lie before, between and after them.
    """

    days: tuple[date, ...]
    grid: Grid
    channels: tuple[str, ...]
    count: Wholes
    left_out: frozenset[date] = frozenset()
    untimed: frozenset[tuple[date, str]] = frozenset()
    totals: tuple[SpanTotal, ...] = ()

    def before(self, day: date) -> "History":
        """Return what was known before ``day``: a total only once its last day has passed."""
        n = sum(d < day for d in self.days)
        ended = tuple(t for t in self.totals if t.period.end <= day)
        return replace(self, days=self.days[:n], count=self.count[:n], totals=ended)

    def since(self, day: date) -> "History":
        """Return what happened on ``day`` and after; a total that began earlier is left out."""
        n = sum(d < day for d in self.days)
        begun = tuple(t for t in self.totals if t.period.start >= day)
        return replace(self, days=self.days[n:], count=self.count[n:], totals=begun)

    @property
    def day_count(self) -> Wholes:
        """Inquiries by office day and channel: (D, C)."""
        total: Wholes = self.count.sum(axis=1)
        return total

    @property
    def is_learned(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Which days may be learned from: (D,)."""
        return np.array([d not in self.left_out for d in self.days], dtype=np.bool_)

    @property
    def spread(self) -> frozenset[date]:
        """The office days on which a part of the count has no known slot."""
        return frozenset(day for day, _ in self.untimed) & frozenset(self.days)

    @property
    def period(self) -> Period:
        """From the first to the last office day."""
        return Period.through(self.days[0], self.days[-1])


@dataclass(frozen=True, slots=True)
class Basis:
    """What the counts of a channel rest on.

    ``days``: source (``SOURCES``) → days, closing days too, that it tells. ``is_even``: there are inquiries
    without a time and too few with one, so that they are put evenly into the usual hours.
    """

    channel: str
    days: Mapping[str, int]
    is_even: bool


def refuse_impossible(history: History) -> None:
    """Raise ValueError, naming day and channel, where a count is negative, broken, or no number at all.

    Such counts come from figures that were computed (differences, shares), and no model could answer for
    them: a rate below 0, a total that is not a number.
    """
    shape = (len(history.days), history.grid.slots, len(history.channels))
    if history.count.shape != shape:
        message = f"count must have the shape days x slots x channels {shape}, not {history.count.shape}"
        raise ValueError(message)
    # The quick way first: this is asked at every origin of a backtest.
    if history.count.dtype.kind in "iu" and not (history.count.size and history.count.min() < 0):
        return
    is_right = (history.count >= 0) & np.isfinite(history.count) & (history.count == np.floor(history.count))
    for day, slot, channel in np.argwhere(~is_right).tolist():
        message = (
            f"{history.count[day, slot, channel]} inquiries on {history.days[day]} in channel "
            f"{history.channels[channel]!r}: counts are whole numbers from 0 up; correct the figure"
        )
        raise ValueError(message)


def counted(
    records: Records,
    calendar: Calendar,
    grid: Grid,
    channels: tuple[str, ...],
    period: Period,
    hours: tuple[int, int] = USUAL_HOURS,
) -> History:
    """Count over the office days of a period; each channel and day by the first source that has it.

    The first office day takes over what came on the closing days before it, even where they lie before
    the period: a day's count does not depend on where the period starts. What came on closing days after
    the last office day belongs to a day outside the period and is left out, as are other channels.

    Totals of weeks and months are in no day, see ``with_totals``. ``hours``: first and last minute of the day
    between which inquiries without a time are put where ``LEAST_TIMED`` is not reached.
    """
    return counted_with_basis(records, calendar, grid, channels, period, hours)[0]


def counted_with_basis(
    records: Records,
    calendar: Calendar,
    grid: Grid,
    channels: tuple[str, ...],
    period: Period,
    hours: tuple[int, int] = USUAL_HOURS,
) -> tuple[History, tuple[Basis, ...]]:
    """Count as ``counted`` does, and say for each channel what its counts rest on."""
    days = calendar.office_days(period.start, period.end)
    span = Span.of(days, calendar)
    parts = parts_of(records, grid, span, channels)
    told = np.zeros((len(span.row), len(channels)), dtype=np.bool_)
    here = _Counts(len(days), grid.slots, len(channels))
    told_by: dict[str, list[int]] = {}
    for source in SOURCES:
        part = parts[source]
        part = part.taken(~told[part.day, part.channel])
        has = np.zeros_like(told)
        has[part.day, part.channel] = True
        told |= has
        told_by[source] = has.sum(axis=0).tolist()
        here.add(part, span)
    count, is_even = here.placed_by_usual_times(days, even_slots(grid, *hours))
    untimed = frozenset((days[d], channels[c]) for d, c in np.argwhere(here.untimed > 0).tolist())
    bases = tuple(
        Basis(channel, {s: told_by[s][c] for s in SOURCES if told_by[s][c]}, bool(is_even[c]))
        for c, channel in enumerate(channels)
    )
    return History(days, grid, channels, count, untimed=untimed), bases


def with_totals(history: History, records: Records) -> History:
    """Add the totals of weeks and months of which no day is counted (``History.totals``).

    An office day without any inquiry in a span that has a total above 0 was not counted, where that holds
    for all days of the span: such days leave the history, else they would be learned as days of rest.
    """
    zero = {d for d, n in zip(history.days, history.day_count.sum(axis=1), strict=True) if n == 0}
    counted = {*history.days} - zero
    totals = span_totals(records.totals, history.channels, counted)
    untold = zero & {day for total in totals if total.count for day in total.period.days}
    rows = np.array([day not in untold for day in history.days], dtype=np.bool_)
    days = tuple(day for day in history.days if day not in untold)
    totals = tuple(total for total in totals if not zero - untold & {*total.period.days})
    return replace(history, days=days, count=history.count[rows], totals=totals)


class _Counts:
    """Counts by office day while they are added up: with their slot, without, left from closing days."""

    def __init__(self, days: int, slots: int, channels: int) -> None:
        """Start with nothing."""
        self.timed: Wholes = np.zeros((days, slots, channels), dtype=np.int64)
        self.untimed: Wholes = np.zeros((days, channels), dtype=np.int64)
        self.waiting: Wholes = np.zeros((days, channels), dtype=np.int64)

    def add(self, part: Part, span: Span) -> None:
        """Add what a source tells."""
        is_open, is_timed = span.is_open[part.day], part.slot >= 0
        row, (_, slots, channels) = span.row[part.day], self.timed.shape
        of_day = row * channels + part.channel
        of_slot = (row * slots + part.slot) * channels + part.channel
        self.timed += _sums(of_slot, part.n, is_open & is_timed, self.timed.shape)
        self.untimed += _sums(of_day, part.n, is_open & ~is_timed, self.untimed.shape)
        self.waiting += _sums(of_day, part.n, ~is_open, self.waiting.shape)

    def placed_by_usual_times(
        self, days: tuple[date, ...], even: NDArray[np.float64]
    ) -> tuple[Wholes, Bools]:
        """Return all counts (D, S, C), and for which channels nothing told the usual times (C,)."""
        usual = self.timed.sum(axis=0).astype(np.float64)
        is_unknown = usual.sum(axis=0) < LEAST_TIMED
        usual[:, is_unknown] = even[:, None]
        phase = np.array([d.toordinal() for d in days], dtype=np.int64)
        count = self.timed + placed(self.untimed, usual, phase)
        count[:, 0, :] += self.waiting
        return count, is_unknown & (self.untimed.sum(axis=0) > 0)


def _sums(at: Wholes, n: Wholes, rows: Bools, shape: tuple[int, ...]) -> Wholes:
    """Add up ``n`` by flat index, of some of the rows."""
    # As weights, n is added in double precision: exact below 2^53.
    total = np.bincount(at[rows], weights=n[rows], minlength=int(np.prod(shape)))
    return total.astype(np.int64).reshape(shape)
