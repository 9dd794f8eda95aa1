"""What is known of a desk → the question of a plan. Reads only; faults of all files are raised together."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from forecasts.calendar import Calendar
from forecasts.events import Event, calendar_with, known_on, read_events
from forecasts.faults import Fault, FaultyFile, Notice
from forecasts.history.account import listed
from forecasts.history.counts import Basis, History, counted_with_basis, with_totals
from forecasts.history.handling import Handling, handling_times, talk_times
from forecasts.history.kinds import KINDS
from forecasts.history.overlap import Batch, known_before, merged
from forecasts.history.patience import Patience, patience
from forecasts.history.records import Records
from forecasts.history.sheets import raw_of, read_sheets
from forecasts.history.tail import begun, dried_up
from forecasts.slots import Period
from planner import imports
from planner.desk import Desk
from planner.desk_file import event_paths, read_desk
from planner.learned_following import learned_following, with_other_hours

LEAST_OFFICE_DAYS = 20
"""A history shorter than four office weeks carries no weekday pattern."""
LONGEST_PERIOD_DAYS = 366
FARTHEST_DAYS = 3 * 366
"""How far after what is known a period may end: beyond, a forecast would be a guess, and take an hour."""
LATE_LOG_DAYS = 31
"""A log that ends longer than this before ``as_of`` is told: the file may be an old one."""


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
    """A file of a desk's past: where it is, and field → column (empty: the columns are recognised)."""

    path: Path
    columns: Mapping[str, str] = field(default_factory=dict)


def read_question(sources: Sources, log: LogSource) -> Question:
    """Read desk, events and a file of the desk's past. Raises FaultyFile with the faults of all of them."""
    faults: list[Fault] = []
    desk, events = desk_and_events(sources.desk, faults)
    past = _past(log, desk, sources.known_until, faults)
    calendar = None if desk is None else calendar_of(desk, events, sources.known_until)
    faults.extend(period_faults(sources, calendar))
    if faults or desk is None or past is None:
        raise FaultyFile(faults)
    known = (past.digest, *digests((sources.desk, *event_paths(desk, sources.desk))))
    origin = Origin(desk, events, known, str(log.path))
    asked = question(origin, past.records, sources.period, sources.known_until)
    return replace(asked, notices=(*past.notices, *asked.notices))


def file_faults(desk_path: Path, log: LogSource) -> tuple[Fault, ...]:
    """Return what is wrong with a plan's files, whatever else is wrong with the call."""
    faults: list[Fault] = []
    desk, _ = desk_and_events(desk_path, faults)
    _past(log, desk, None, faults)
    return tuple(faults)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a question keeps of its sources besides the records.

    ``marks``: day → why it is not as usual; it stays in the history and is not learned from.
    """

    desk: Desk
    events: tuple[Event, ...]
    input_digests: tuple[tuple[str, str], ...]
    place: str
    marks: Mapping[date, str] = field(default_factory=dict)


def question(origin: Origin, records: Records, period: Period, as_of: date) -> Question:
    """Make the question of what a desk's files say. What came after ``as_of`` is not used.

    The desk works on the days that its file and the events known on ``as_of`` say; calls follow other hours
    as its past ones tell. Raises FaultyFile where what is left is too short to learn from.
    """
    known = known_on(origin.events, as_of)
    desk = replace(origin.desk, calendar=calendar_of(origin.desk, origin.events, as_of))
    tomorrow = datetime.combine(as_of + timedelta(days=1), time())
    seen = Records(**{kind: known_before(kind, getattr(records, kind), tomorrow) for kind in KINDS})
    history, notices = _history(seen, desk, as_of)
    history = replace(history, left_out=left_out(history, known, origin.marks))
    desk = replace(desk, following=learned_following(history, desk, known))
    history = with_other_hours(history, desk)
    if (learned := int(history.is_learned.sum())) < LEAST_OFFICE_DAYS:
        least = str(LEAST_OFFICE_DAYS)
        raise FaultyFile([Fault("history_too_short", origin.place, None, "", str(learned), least)])
    handling, said = _handling(seen, desk)
    return Question(
        desk=desk,
        history=history,
        events=origin.events,
        period=period,
        as_of=as_of,
        handling=handling,
        patience=patience(seen.inquiries),
        input_digests=origin.input_digests,
        notices=(*notices, *said),
    )


def calendar_of(desk: Desk, events: Iterable[Event], as_of: date) -> Calendar:
    """Return the days on which a desk works, as its file and the events known on ``as_of`` say."""
    return calendar_with(desk.calendar, known_on(events, as_of))


def left_out(history: History, events: Iterable[Event], marks: Iterable[date]) -> frozenset[date]:
    """Return the days of a history that are not learned from: those of outages, and those marked."""
    out = {d for e in events if e.kind == "outage" for d in Period.through(e.start, e.end).days}
    return frozenset({*out, *marks} & set(history.days))


def _history(seen: Records, desk: Desk, as_of: date) -> tuple[History, tuple[Notice, ...]]:
    """Count to the last day that is told of (the log ends there); cut stray days at both ends, and say so."""
    period = seen.counted_period or Period(as_of, as_of)
    hours = (desk.reception.opens_min, desk.reception.closes_min)
    history, bases = counted_with_basis(seen, desk.calendar, desk.grid, desk.channel_ids, period, hours)
    notices: list[Notice] = []
    totals = [int(n) for n in history.day_count.sum(axis=1)]
    start, dry = begun(totals, history.days), dried_up(totals, history.days)
    if start is not None:
        history = history.since(start)
        notices.append(Notice("history_begins", start.isoformat()))
    if dry is not None:
        history = history.before(dry)
        notices.append(Notice("history_dried_up", dry.isoformat()))
    elif history.days and (as_of - period.last).days > LATE_LOG_DAYS:
        notices.append(Notice("history_ends_early", period.last.isoformat()))
    history = with_totals(history, seen)
    if history.totals:
        notices.append(Notice("totals_learned", str(len(history.totals))))
    return history, (*notices, *_basis_notices(history, desk, bases))


def _basis_notices(history: History, desk: Desk, bases: tuple[Basis, ...]) -> Iterator[Notice]:
    """Tell of every channel whose counts do not simply rest on single inquiries with their times."""
    names = {c.id: c.name for c in desk.channels}
    untimed = {channel for _, channel in history.untimed}
    for basis in bases:
        name = names[basis.channel]
        if len(basis.days) > 1:
            yield Notice("counts_mixed", name)
        elif set(basis.days) - {"inquiries"}:
            yield Notice(f"counts_from_{next(iter(basis.days))}", name)
        if basis.channel in untimed:
            yield Notice("times_even" if basis.is_even else "times_usual", name)


def _handling(seen: Records, desk: Desk) -> tuple[dict[str, Handling], tuple[Notice, ...]]:
    """Return measured handling times; where there are none but mean talk times, at least those.

    A report of a telephone exchange knows how long people talked, not the work after the call: the desk
    file's time stays unless even the talk takes longer.
    """
    measured, notices = handling_times(seen.inquiries), []
    talk = talk_times(seen.intervals)
    for channel in desk.channels:
        if channel.id in measured or channel.id not in talk:
            continue
        found = talk[channel.id]
        is_longer = found.mean_min > channel.handling_min
        if is_longer:
            measured[channel.id] = replace(found, cv=channel.handling_cv)
        value = f"{channel.name} {found.mean_min:.1f}"
        notices.append(Notice("talk_is_longer" if is_longer else "talk_not_used", value))
    return measured, tuple(notices)


def desk_and_events(path: Path, faults: list[Fault]) -> tuple[Desk | None, tuple[Event, ...]]:
    """Read a desk file and its event files; what is wrong with them is added to ``faults``."""
    desk = None
    try:
        desk = read_desk(path)
        return desk, read_events(event_paths(desk, path))
    except FaultyFile as faulty:
        faults.extend(faulty.faults)
        return desk, ()


@dataclass(frozen=True, slots=True, eq=False)
class _Past:
    """What the file of a plan says."""

    records: Records
    digest: tuple[str, str]
    notices: tuple[Notice, ...]


def _past(log: LogSource, desk: Desk | None, until: date | None, faults: list[Fault]) -> _Past | None:
    if desk is None:  # its channels are needed to read a log; that there is one can be told
        if not log.path.is_file():
            faults.append(Fault("missing_file", str(log.path)))
        return None
    try:
        return _read_past(log, desk, until)
    except FaultyFile as faulty:
        faults.extend(faulty.faults)
        return None


def _read_past(log: LogSource, desk: Desk, until: date | None) -> _Past:
    sheets = read_sheets(str(log.path), raw_of(log.path))
    found = imports.understood(desk, sheets, imports.Asked(columns=log.columns))
    if missing := imports.unmapped_faults(sheets.place, found):
        raise FaultyFile(missing)
    read = imports.reading(desk, sheets, found.mapping, until=until)
    if read.faults:
        raise FaultyFile(listed(read.faults))
    kind = found.mapping.kind
    records = Records(**{kind: merged(kind, [Batch(read.values, read.supplied)])})
    return _Past(records, (log.path.name, sheets.digest), (*found.suggestion.doubts, *read.notices))


def period_faults(sources: Sources, calendar: Calendar | None) -> list[Fault]:
    """Return what is wrong with the dates of a plan; ``calendar``: None where it is not known."""
    first, last = sources.first, sources.last
    if last < first:
        return [Fault("end_before_start", "--to", None, "", last.isoformat(), f"{first}以後")]
    faults = []
    if (last - first).days >= LONGEST_PERIOD_DAYS:
        allowed = f"{LONGEST_PERIOD_DAYS}日以内"
        faults.append(Fault("period_too_long", "--from, --to", None, "", f"{first}〜{last}", allowed))
    elif (last - sources.known_until).days > FARTHEST_DAYS:
        farthest = f"{sources.known_until + timedelta(days=FARTHEST_DAYS)}以前"
        faults.append(Fault("period_too_far", "--to", None, "", last.isoformat(), farthest))
    if sources.as_of is not None and sources.as_of >= first:
        faults.append(
            Fault("as_of_too_late", "--as-of", None, "", sources.as_of.isoformat(), f"{first}より前")
        )
    if calendar is not None and not calendar.office_days(first, last + timedelta(days=1)):
        faults.append(Fault("no_office_day", "--from, --to", None, "", f"{first}〜{last}"))
    return faults


def digests(paths: tuple[Path, ...]) -> tuple[tuple[str, str], ...]:
    """Return file name and SHA-256 of each file."""
    return tuple((p.name, hashlib.sha256(p.read_bytes()).hexdigest()) for p in paths)
