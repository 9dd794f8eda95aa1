"""Outages, shortfalls and one-off surges of a history, with events, seasons and repetition considered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from forecasts.abnormal.day import AbnormalDay
from forecasts.abnormal.holes import holes
from forecasts.abnormal.usual import Bools, Regression, Usual, looks_usual, usual
from forecasts.calendar import Calendar
from forecasts.distribution import Floats
from forecasts.events import Event
from forecasts.features import event_days, is_learned
from forecasts.history.counts import History
from forecasts.irls import Block
from forecasts.regressors import KNOT_DAYS, Table, feature_table, level_basis

LEAST_SPAN_DAYS = 52
"""Eight weeks, from the Monday of the first to a Thursday of the last."""
CHANCE = 2e-4
"""A day is abnormal if chance brings one so extreme, in its direction, less often."""
SURGE_RATIO, SHORTFALL_RATIO, OUTAGE_RATIO = 1.5, 0.6, 0.2
"""What is statistically certain but no larger spoils no forecast, and is not worth a decision."""
USUAL_SHARE = 0.95
_LEAST_LEARNED = 20
_LEAST_A_DAY = 2.0  # inquiries; below, a day tells nothing
_ABSENT_DAYS = 20  # office days without any inquiry after which a channel is taken for not in use
_YEAR_DAYS = 365
_NEAR_DAYS = 4
_REPEATED_CHANCE = 5e-3
_POSITIONS = 3  # office days from the start and from the end of a month

# Prior sd of log effects and how many pseudo-observations hold it (see forecasts.joint.table).
_PRIORS = {
    "weekday": (0.3, 3.0),
    "season": (0.1, 3.0),
    "calendar": (0.3, float("inf")),
    "event": (0.5, float("inf")),
    "event_shape": (0.2, 3.0),
    "round_season": (0.2, 3.0),
    "round": (0.2, 4.0),
}
_LEVEL_STEP = (0.05, 4.0)
_POSITION = (0.1, 3.0)


def abnormal_days(history: History, events: Sequence[Event], calendar: Calendar) -> tuple[AbnormalDay, ...]:
    """Propose days for marking, in the order of the days.

    Days left out already, and days of outage events, are not proposed again. Less than eight weeks of
    history give nothing.
    """
    may_learn = is_learned(history.days, history.left_out, events)
    if not _is_enough(history, may_learn):
        return ()
    past = _Past.of(history, events, calendar, may_learn)
    total = past.total()
    found = {f.day: f for f in past.findings("", past.count.sum(axis=1), total, CHANCE)}
    of_channel: dict[date, list[AbnormalDay]] = {}
    expected = {"": total}
    for c, channel in enumerate(history.channels if len(history.channels) > 1 else ()):
        if _is_told(past.count[:, c]):
            expected[channel] = past.of_channel(c, total)
            chance = CHANCE / len(history.channels)
            for f in past.findings(channel, past.count[:, c], expected[channel], chance):
                of_channel.setdefault(f.day, []).append(f)
    out = [f for d in sorted({*found, *of_channel}) for f in _told(found.get(d), of_channel.get(d, []))]
    gone = {f.day for f in out} | set(past.days_not(may_learn))
    out += holes(history, expected, gone)
    return tuple(sorted(out, key=lambda f: (f.day, f.hours or (-1, -1), f.channel)))


def _is_enough(history: History, may_learn: Bools) -> bool:
    is_long = may_learn.sum() >= _LEAST_LEARNED and _span_days(history.days) >= LEAST_SPAN_DAYS
    return is_long and _is_told(history.day_count.sum(axis=1).astype(float))


def _is_told(count: Floats) -> bool:
    """Tell whether a day of these counts can stand out at all."""
    return bool((present := count[~_absent(count)]).size and present.mean() >= _LEAST_A_DAY)


def _span_days(days: Sequence[date]) -> int:
    return (days[-1] - days[0]).days if days else 0


def _told(total: AbnormalDay | None, channels: list[AbnormalDay]) -> list[AbnormalDay]:
    """Return what is said of a day: the one channel that explains it, else all together, else each."""
    if total is None:
        return channels
    alike = [f for f in channels if (f.code == "surge") == (total.code == "surge")]
    if len(alike) == 1 and abs(alike[0].count - alike[0].expected) > abs(total.count - total.expected) / 2:
        return alike
    return [total]


@dataclass(frozen=True, slots=True, eq=False)
class _Past:
    """A history with its features: ``count`` (D, C)."""

    days: tuple[date, ...]
    count: Floats
    may_learn: Bools
    acting: Bools  # an event acts on the day, or it is the first after a long closure
    level: Floats
    table: Table
    position: Floats

    @classmethod
    def of(cls, history: History, events: Sequence[Event], calendar: Calendar, may_learn: Bools) -> "_Past":
        days = history.days
        acting = event_days(events, calendar)
        table = feature_table(days, events, calendar)
        after_closure = table.values[:, table.named("after_closure")].any(axis=1)
        return cls(
            days=days,
            count=history.day_count.astype(float),
            may_learn=may_learn,
            acting=np.array([d in acting for d in days]) | after_closure,
            level=level_basis(days, days[0], _span_days(days) // KNOT_DAYS + 2),
            table=table,
            position=_month_positions(days),
        )

    def days_not(self, rows: Bools) -> Iterator[date]:
        """Return the days outside of ``rows``."""
        return (d for d, r in zip(self.days, rows, strict=True) if not r)

    def total(self) -> Usual:
        """Return what is usual of all channels together."""
        count = self.count.sum(axis=1)
        first = looks_usual(count, self.days, self.may_learn, self.acting)
        names = [n for n in _PRIORS if n != "season" or _span_days(self.days) >= _YEAR_DAYS]
        offset = np.full(len(count), np.log(max(count[first].mean() if first.any() else 0.0, 1e-3)))
        return usual(count, self._regression(offset, names), self.may_learn, first)

    def of_channel(self, c: int, total: Usual) -> Usual:
        """Return what is usual of a channel: its share of the usual total, by weekday, closures, events."""
        count = self.count[:, c]
        learned = self.may_learn & ~_absent(count)
        first = looks_usual(count, self.days, learned, self.acting)
        share = count[first].sum() / max(total.mean[first].sum(), 1e-9)
        offset = np.log(total.mean * max(share, 1e-6))
        return usual(count, self._regression(offset, ("weekday", "calendar", "event")), learned, first)

    def _regression(self, offset: Floats, names: Sequence[str]) -> Regression:
        knots = self.level.shape[1]
        steps = np.diff(np.eye(knots), axis=0)
        blocks = [Block(slice(0, knots), steps.T @ steps, *_LEVEL_STEP)]
        parts = [self.level]
        named = [(self.table.values[:, self.table.in_blocks(n)], _PRIORS[n]) for n in names]
        for values, prior in (*named, (self.position, _POSITION)):
            start, size = sum(p.shape[1] for p in parts), values.shape[1]
            if size:
                parts.append(values)
                blocks.append(Block(slice(start, start + size), np.eye(size), *prior))
        return Regression(np.hstack(parts), offset, blocks)

    def findings(self, channel: str, count: Floats, expected: Usual, level: float) -> Iterator[AbnormalDay]:
        """Yield the days beyond chance and beyond what comes again each year."""
        little, much = expected.little(count), expected.much(count)
        little = np.minimum(little, _of_runs(little, count <= OUTAGE_RATIO * expected.least))
        is_little = (little < level) & (count <= SHORTFALL_RATIO * expected.least)
        is_much = (much < level) & (count >= SURGE_RATIO * expected.most)
        open_ = self.may_learn & (~_absent(count) if channel else True)
        low, high = expected.bounds(USUAL_SHARE)
        for n in np.flatnonzero((is_little | is_much) & open_):
            chance = little if is_little[n] else much
            if self._comes_again(int(n), chance < _REPEATED_CHANCE, count / expected.mean):
                continue
            code = "surge" if is_much[n] else "shortfall"
            if count[n] <= OUTAGE_RATIO * expected.mean[n]:
                code = "outage"
            mean, bounds = float(expected.mean[n]), (int(low[n]), int(high[n]))
            yield AbnormalDay(self.days[n], channel, code, int(count[n]), mean, *bounds, float(chance[n]))

    def _comes_again(self, row: int, is_extreme: Bools, ratio: Floats) -> bool:
        """Tell whether most other years had a like day about the same date, at least half as strong."""
        like = [
            any(
                is_extreme[n] and abs(np.log(max(ratio[n], 0.05))) >= abs(np.log(max(ratio[row], 0.05))) / 2
                for n in near
            )
            for near in self._other_years(self.days[row])
        ]
        return len(like) > 0 and sum(like) * 2 > len(like)

    def _other_years(self, day: date) -> Iterator[list[int]]:
        """Yield for each other year of the history the rows near the same date."""
        row_of = {d: n for n, d in enumerate(self.days)}
        for year in range(self.days[0].year, self.days[-1].year + 1):
            same = day + timedelta(days=round((year - day.year) * 365.2425))
            near = [same + timedelta(days=n) for n in range(-_NEAR_DAYS, _NEAR_DAYS + 1)]
            if year != day.year and self.days[0] <= same <= self.days[-1]:
                yield [row_of[d] for d in near if d in row_of]


def _month_positions(days: Sequence[date]) -> Floats:
    """Return flags of the first and the last office days of a month: (D, 2 × positions)."""
    months = np.array([d.year * 12 + d.month for d in days])
    from_start = np.arange(len(days)) - np.searchsorted(months, months)
    from_end = np.searchsorted(months, months, side="right") - 1 - np.arange(len(days))
    flags = [(at == n).astype(float) for at in (from_start, from_end) for n in range(_POSITIONS)]
    return np.stack(flags, axis=1)


def _absent(count: Floats) -> Bools:
    """Return the days (D,) in long runs without any inquiry."""
    out = np.zeros(len(count), dtype=np.bool_)
    for start, end in _runs(count == 0):
        out[start:end] = end - start >= _ABSENT_DAYS
    return out


def _of_runs(chance: Floats, is_low: Bools) -> Floats:
    """Return the chance of all low days in a row together; 1 on other days: (D,)."""
    out = np.ones(len(chance))
    for start, end in _runs(is_low):
        out[start:end] = chance[start:end].prod()
    return out


def _runs(flags: Bools) -> list[tuple[int, int]]:
    """Return (start, end) of the runs of true."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
