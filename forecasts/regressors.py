"""The columns of a regression of the day's total: level, weekday, season, closures and events.

Columns depend on the events alone, not on the days, so the table of the past and that of the future fit
together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from forecasts.calendar import LONG_CLOSURE_DAYS, Calendar
from forecasts.distribution import Floats
from forecasts.events import Event
from forecasts.features import CACHED, Round, days_around, family_of, rounds, window_of

BLOCKS = ("weekday", "season", "calendar", "event", "event_shape", "round_season", "round")
CALENDAR_KINDS = ("after_closure", "after_holiday", "before_closure", "fiscal_year_end")
HARMONICS = 3
KNOT_DAYS = 14
_YEAR_END_DAYS = 5  # last office days of March
_REACH_BEFORE, _REACH_AFTER = 5, 24  # office days over which a transfer is felt at most
_DECAY_DAYS = 6.0
_AGES = (0, 3, 7, 12, 20)  # office days since a transfer at which its shape is bent
_YEAR_DAYS = 365.2425


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: the ``block`` that shares one prior, what it is of, its round if it has one.

    ``part`` tells apart the columns of a block that are of the same: an age, a season.
    """

    block: str
    of: str
    round: Round | None = None
    part: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Features of some days: ``values`` (days, columns)."""

    columns: tuple[Column, ...]
    values: Floats

    def in_blocks(self, *blocks: str) -> NDArray[np.intp]:
        """Return the numbers of the columns of these blocks."""
        return np.array([n for n, c in enumerate(self.columns) if c.block in blocks], dtype=np.intp)

    def named(self, of: str) -> NDArray[np.intp]:
        """Return the numbers of the columns that are of this family of events or kind of closure."""
        return np.array([n for n, c in enumerate(self.columns) if c.of == of], dtype=np.intp)


def level_basis(days: Sequence[date], first: date, knots: int) -> Floats:
    """Return hat functions on knots every ``KNOT_DAYS`` from ``first`` on: (D, knots), rows sum to 1."""
    at = np.array([(d - first).days for d in days]) / KNOT_DAYS
    return np.maximum(0.0, 1.0 - np.abs(at[:, None] - np.arange(knots)[None, :]))


def feature_table(
    days: Sequence[date],
    events: Sequence[Event],
    calendar: Calendar,
    typical: Mapping[str, float] | None = None,
) -> Table:
    """Return all features but the level; the columns of a block stand together, in the order of BLOCKS.

    ``typical``: the headcount of a typical round by family of events; where it is not told, that of
    ``events``.
    """
    columns = [Column("weekday", str(n)) for n in range(7)]
    values: list[Floats] = [np.array([float(d.weekday() == n) for d in days]) for n in range(7)]
    for n in range(1, HARMONICS + 1):
        angle = np.array([2 * np.pi * n * d.timetuple().tm_yday / _YEAR_DAYS for d in days])
        columns += [Column("season", f"cos{n}"), Column("season", f"sin{n}")]
        values += [np.cos(angle) / n, np.sin(angle) / n]  # slow waves first: /n is a smoothness prior
    columns += [Column("calendar", kind) for kind in CALENDAR_KINDS]
    values += list(np.array([_calendar_flags(d, calendar) for d in days], dtype=float).reshape(-1, 4).T)
    found = rounds(events, calendar)
    heads = {**typical_heads(found), **(typical or {})}
    for column, value in _event_columns(days, found, calendar, heads):
        columns.append(column)
        values.append(value)
    order = sorted(range(len(columns)), key=lambda n: BLOCKS.index(columns[n].block))
    return Table(tuple(columns[n] for n in order), np.stack([values[n] for n in order], axis=1))


@lru_cache(CACHED)
def _calendar_flags(day: date, calendar: Calendar) -> tuple[bool, bool, bool, bool]:
    """Tell of a day, in the order of CALENDAR_KINDS, what the calendar does to it."""
    closed = calendar.closed_days_before(day)
    is_plain_monday = day.weekday() == 0 and closed == 2
    following = calendar.first_office_day(day + timedelta(days=1))
    second = calendar.first_office_day(following + timedelta(days=1))
    is_year_end = calendar.country == "JP" and day.month == 3 and day.day > 20
    left = len(calendar.office_days(day, date(day.year, 4, 1))) if is_year_end else 0
    return (
        closed >= LONG_CLOSURE_DAYS,
        0 < closed < LONG_CLOSURE_DAYS and not is_plain_monday,
        _is_gap(day, following) or _is_gap(following, second),
        0 < left <= _YEAR_END_DAYS,
    )


def _is_gap(day: date, following: date) -> bool:
    return (following - day).days > LONG_CLOSURE_DAYS


def _kernels(event: Event, calendar: Calendar) -> dict[str, dict[date, float]]:
    """Return how strongly an event acts on each day: "main", and kernels that bend the shape of it."""
    if event.kind != "transfer":
        return {"main": dict.fromkeys(window_of(event, calendar), 1.0)}
    offsets = range(-_REACH_BEFORE, _REACH_AFTER + 1)
    reach = tuple(zip(offsets, days_around(event.start, calendar, _REACH_BEFORE, _REACH_AFTER), strict=True))
    main = {d: float(np.exp(-t / _DECAY_DAYS)) for t, d in reach if t >= 0}
    out = {"main": main, "before": {d: float(np.exp(t / 2)) for t, d in reach if t < 0}}
    for n, age in enumerate(_AGES):
        weights = np.interp(offsets, _AGES, np.arange(len(_AGES)) == n)
        out[f"age {age}"] = {
            d: main[d] * float(w) for (t, d), w in zip(reach, weights, strict=True) if t >= 0
        }
    return out


def _event_columns(
    days: Sequence[date], all_rounds: Sequence[Round], calendar: Calendar, typical: Mapping[str, float]
) -> Iterable[tuple[Column, Floats]]:
    """Yield per family the pooled effect, its shape, its seasons' deviations, each round's own deviation."""
    row_of = {d: n for n, d in enumerate(days)}
    for family in sorted({family_of(r.kind) for r in all_rounds}):
        members = [r for r in all_rounds if family_of(r.kind) == family]
        sizes = _sizes(members, typical.get(family, 1.0))
        shapes = [_round_values(r, sizes, row_of, calendar) for r in members]
        for kernel in shapes[0]:
            block = "event" if kernel == "main" else "event_shape"
            yield Column(block, family, part=kernel), np.sum([s[kernel] for s in shapes], axis=0)
        for season in sorted({r.season for r in members}) if family == "transfer" else ():
            of_season = [s["main"] for r, s in zip(members, shapes, strict=True) if r.season == season]
            yield Column("round_season", family, part=str(season)), np.sum(of_season, axis=0)
        for member, shape in zip(members, shapes, strict=True):
            yield Column("round", family, member), shape["main"]


def typical_heads(all_rounds: Sequence[Round]) -> dict[str, float]:
    """Return the median headcount of the rounds of each family in which any is known."""
    known: dict[str, list[int]] = {}
    for found in all_rounds:
        if found.headcount:
            known.setdefault(family_of(found.kind), []).append(found.headcount)
    return {family: float(np.median(counts)) for family, counts in known.items()}


def _sizes(members: Sequence[Round], typical: float) -> dict[Event, float]:
    """Return each event's size against the typical round of its family (1.0 where no headcount is known)."""
    return {e: (e.headcount or typical / len(r.events)) / typical for r in members for e in r.events}


def _round_values(
    member: Round, sizes: Mapping[Event, float], row_of: Mapping[date, int], calendar: Calendar
) -> dict[str, Floats]:
    """Return a round's features by kernel.

    The dates of a round add up in inquiries, so the main feature is log2(1 + load); a kernel of an age is
    the part of it that comes from people moved so many office days ago. Only the first date has days
    before it: those of later dates are days after the first.
    """
    loads: dict[str, Floats] = {}
    for event in member.events:
        for kernel, strengths in _kernels(event, calendar).items():
            if kernel == "before" and event.start > member.start:
                continue
            load = loads.setdefault(kernel, np.zeros(len(row_of)))
            for day, strength in strengths.items():
                if (row := row_of.get(day)) is not None:
                    load[row] += strength * sizes[event]
    main = loads["main"]
    per_load = np.log2(1 + main) / np.where(main > 0, main, 1.0)
    return {k: np.log2(1 + load) if k == "before" else per_load * load for k, load in loads.items()}
