"""Files → the question of a plan. Reads only; every fault of every file is collected before it raises."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from forecasts.events import Event, read_events
from forecasts.faults import Fault, FaultyFile
from forecasts.history.counts import History, counted
from forecasts.history.handling import Handling, Patience, handling_times, patience
from forecasts.history.log import read_log
from forecasts.history.tail import begun, dried_up
from forecasts.slots import Period
from planner.desk import Desk
from planner.desk_file import event_paths, read_desk

LEAST_OFFICE_DAYS = 20
"""A history shorter than four office weeks carries no weekday pattern."""
LONGEST_PERIOD_DAYS = 366
FARTHEST_DAYS = 3 * 366
"""How far after what is known a period may end: beyond, a forecast would be a guess, and take an hour."""
LATE_LOG_DAYS = 31
"""A log that ends longer than this before ``as_of`` is told: the file may be an old one."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user must know that is no fault: code and values, for ``planner.wording``."""

    code: str
    value: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """All that a plan is made from. ``as_of``: the last day of which anything may be known."""

    desk: Desk
    history: History
    events: tuple[Event, ...]
    period: Period
    as_of: date
    handling: Mapping[str, Handling]
    patience: Mapping[str, Patience]
    input_digests: tuple[tuple[str, str], ...]
    notices: tuple[Notice, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Sources:
    """Desk file and dates of a plan, as typed. ``first`` and ``last`` bound the period, both included."""

    desk: Path
    first: date
    last: date
    as_of: date | None = None

    @property
    def period(self) -> Period:
        """The period; only after its dates were checked."""
        return Period.through(self.first, self.last)

    @property
    def known_until(self) -> date:
        """The last day of which anything may be known: the day before the period unless typed."""
        return self.as_of or self.first - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LogSource:
    """An inquiry log: its file, and field → column (empty: the columns are recognised)."""

    path: Path
    columns: Mapping[str, str] = field(default_factory=dict)


def read_question(sources: Sources, log: LogSource) -> Question:
    """Read desk, events and inquiries. Raises FaultyFile with the faults of all of them."""
    faults: list[Fault] = []
    desk, events = desk_and_events(sources.desk, faults)
    inquiries = _inquiries(log, desk, sources.known_until, faults)
    faults.extend(period_faults(sources, desk))
    if faults or desk is None or inquiries is None:
        raise FaultyFile(faults)
    paths = (log.path, sources.desk, *event_paths(desk, sources.desk))
    origin = Origin(desk, events, digests(paths), str(log.path))
    return question(origin, inquiries, sources.period, sources.known_until)


def read_import(desk_path: Path, log: LogSource) -> tuple[Desk, pd.DataFrame]:
    """Read desk, events and all rows of a log. Raises FaultyFile with the faults of all of them."""
    faults: list[Fault] = []
    desk, _ = desk_and_events(desk_path, faults)
    inquiries = _inquiries(log, desk, None, faults)
    if faults or desk is None or inquiries is None:
        raise FaultyFile(faults)
    return desk, inquiries


def file_faults(desk_path: Path, log: LogSource) -> tuple[Fault, ...]:
    """Return what is wrong with a plan's files, whatever else is wrong with the call."""
    try:
        read_import(desk_path, log)
    except FaultyFile as faulty:
        return faulty.faults
    return ()


@dataclass(frozen=True, slots=True)
class Origin:
    """What a question keeps of its sources besides the inquiries."""

    desk: Desk
    events: tuple[Event, ...]
    input_digests: tuple[tuple[str, str], ...]
    place: str


def question(origin: Origin, inquiries: pd.DataFrame, period: Period, as_of: date) -> Question:
    """Make the question of clean inquiries (``read_log``'s columns). Rows after ``as_of`` are not used.

    Raises FaultyFile where what is left is too short to learn from.
    """
    desk = origin.desk
    seen = inquiries[inquiries["received_at"] < pd.Timestamp(as_of) + pd.Timedelta(days=1)]
    history, notices = _history(seen, desk, as_of)
    out = {d for e in origin.events if e.kind == "outage" for d in Period.through(e.start, e.end).days}
    history = replace(history, left_out=frozenset(out & set(history.days)))
    if (learned := int(history.is_learned.sum())) < LEAST_OFFICE_DAYS:
        least = str(LEAST_OFFICE_DAYS)
        raise FaultyFile([Fault("history_too_short", origin.place, None, "", str(learned), least)])
    return Question(
        desk=desk,
        history=history,
        events=origin.events,
        period=period,
        as_of=as_of,
        handling=handling_times(seen),
        patience=patience(seen),
        input_digests=origin.input_digests,
        notices=notices,
    )


def synonyms_of(desk: Desk) -> dict[str, str]:
    """Return every written name of a channel → its code."""
    return {name: c.id for c in desk.channels for name in (c.id, c.name, *c.synonyms)}


def _history(seen: pd.DataFrame, desk: Desk, as_of: date) -> tuple[History, tuple[Notice, ...]]:
    """Count to the last day that has a row (the log ends there); cut stray rows at both ends, and say so."""
    received = seen["received_at"]
    if seen.empty:
        return counted(seen, desk.calendar, desk.grid, desk.channel_ids, Period(as_of, as_of)), ()
    period = Period.through(received.min().date(), received.max().date())
    history = counted(seen, desk.calendar, desk.grid, desk.channel_ids, period)
    notices: list[Notice] = []
    totals = [int(n) for n in history.day_count.sum(axis=1)]
    start, dry = begun(totals, history.days), dried_up(totals, history.days)
    if start is not None:
        history = history.since(start)
        notices.append(Notice("history_begins", start.isoformat()))
    if dry is not None:
        history = history.before(dry)
        notices.append(Notice("history_dried_up", dry.isoformat()))
    elif (as_of - period.last).days > LATE_LOG_DAYS:
        notices.append(Notice("history_ends_early", period.last.isoformat()))
    return history, tuple(notices)


def desk_and_events(path: Path, faults: list[Fault]) -> tuple[Desk | None, tuple[Event, ...]]:
    """Read a desk file and its event files; what is wrong with them is added to ``faults``."""
    desk = None
    try:
        desk = read_desk(path)
        return desk, read_events(event_paths(desk, path))
    except FaultyFile as faulty:
        faults.extend(faulty.faults)
        return desk, ()


def _inquiries(
    log: LogSource, desk: Desk | None, until: date | None, faults: list[Fault]
) -> pd.DataFrame | None:
    if desk is None:  # its channels are needed to read a log; that there is one can be told
        if not log.path.is_file():
            faults.append(Fault("missing_file", str(log.path)))
        return None
    try:
        return read_log(log.path, log.columns, synonyms_of(desk), until)
    except FaultyFile as faulty:
        faults.extend(faulty.faults)
        return None


def period_faults(sources: Sources, desk: Desk | None) -> list[Fault]:
    """Return what is wrong with the dates of a plan."""
    first, last = sources.first, sources.last
    if last < first:
        return [Fault("end_before_start", "--to", None, "", last.isoformat(), f"{first}以後")]
    faults = []
    if (last - first).days >= LONGEST_PERIOD_DAYS:
        allowed = f"{LONGEST_PERIOD_DAYS}日以内"
        faults.append(Fault("period_too_long", "--from, --to", None, "", f"{first} – {last}", allowed))
    elif (last - sources.known_until).days > FARTHEST_DAYS:
        farthest = f"{sources.known_until + timedelta(days=FARTHEST_DAYS)}以前"
        faults.append(Fault("period_too_far", "--to", None, "", last.isoformat(), farthest))
    if sources.as_of is not None and sources.as_of >= first:
        faults.append(
            Fault("as_of_too_late", "--as-of", None, "", sources.as_of.isoformat(), f"{first}より前")
        )
    if desk is not None and not desk.calendar.office_days(first, last + timedelta(days=1)):
        faults.append(Fault("no_office_day", "--from, --to", None, "", f"{first} – {last}"))
    return faults


def digests(paths: tuple[Path, ...]) -> tuple[tuple[str, str], ...]:
    """Return file name and SHA-256 of each file."""
    return tuple((p.name, hashlib.sha256(p.read_bytes()).hexdigest()) for p in paths)
