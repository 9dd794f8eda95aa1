"""A desk's past as it is kept in the store: what a plan is asked of, and what the page データ shows."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from forecasts.events import Event, known_on, read_events, write_events
from forecasts.faults import Fault, FaultyFile
from forecasts.history.counts import History, counted, with_totals
from forecasts.history.records import Records
from planner.desk import Desk, PastHours
from planner.desk_file import event_paths, read_desk
from planner.desk_folder import desk_files
from planner.intake import (
    Origin,
    Question,
    Sources,
    calendar_of,
    digests,
    left_out,
    period_faults,
    question,
)
from planner.learned_following import with_other_hours
from planner.proposal import Proposal, Step
from planner.store import Store

Digests = tuple[tuple[str, str], ...]
"""What was read and its SHA-256."""
_QUARTER = timedelta(weeks=13)


@dataclass(frozen=True, slots=True, eq=False)
class DeskPast:
    """What is known of a desk's past. ``history`` counts all of it, None where there is nothing to count.

    ``desk`` works on the days that its file and its events say. ``marks``: day → why it is not learned from.
    """

    desk: Desk
    events: tuple[Event, ...]
    records: Records
    history: History | None
    marks: Mapping[date, str]


def desk_past(store: Store, desk: Desk) -> DeskPast:
    """Gather what is kept of a desk. Raises FaultyFile where its event files cannot be used."""
    kept, records, marks = store.event_list(desk.id), store.records(desk.id), marks_of(store, desk.id)
    path = desk_files(store.home)[desk.id]
    events = kept.events if kept else read_events(event_paths(desk, path))
    period = records.counted_period
    if period is None:
        return DeskPast(desk, events, records, None, marks)
    known = known_on(events, period.last)
    desk = replace(desk, calendar=calendar_of(desk, events, period.last))
    hours = (desk.reception.opens_min, desk.reception.closes_min)
    history = counted(records, desk.calendar, desk.grid, desk.channel_ids, period, hours)
    history = with_totals(history, records)
    history = replace(history, left_out=left_out(history, known, marks))
    history = with_other_hours(history, _with_past_hours(store, desk))
    return DeskPast(desk, events, records, history, marks)


def marks_of(store: Store, desk_id: str) -> dict[date, str]:
    """Return the marked days of a desk, each with its reason."""
    return {mark.day: mark.reason for mark in store.marks(desk_id)}


def question_from_store(sources: Sources, store: Store) -> Question:
    """Make the question of a desk file and what was imported for that desk; raises FaultyFile.

    The desk's own list of events, where one was kept, stands for the event files. Marked days are left out.
    """
    faults: list[Fault] = []
    desk, events, files = _desk_and_events(sources.desk, store, faults)
    calendar = None if desk is None else calendar_of(desk, events, sources.known_until)
    faults.extend(period_faults(sources, calendar))
    if faults or desk is None:
        raise FaultyFile(faults)
    records = store.records(desk.id, datetime.combine(sources.known_until + timedelta(days=1), time()))
    if records.is_empty:
        raise FaultyFile([Fault("nothing_imported", desk.id)])
    imported = [(f"import-{r.id}", r.file_digest) for r in store.imports(desk.id) if r.is_active]
    written, desk = desk.past_hours, _with_past_hours(store, desk)
    if desk.past_hours != written:
        files = (*files, ("past-hours", hashlib.sha256(repr(desk.past_hours).encode()).hexdigest()))
    origin = Origin(desk, events, (*imported, *files), desk.id, marks_of(store, desk.id))
    return question(origin, records, sources.period, sources.known_until)


def outlook_question(store: Store, desk_id: str, as_of: date) -> Question:
    """Make the question of a desk's outlook as known on ``as_of``: of the quarter ahead. Raises FaultyFile.

    An outlook reaches farther; the quarter is how far ahead its model has to prove itself on the past.
    """
    tomorrow = as_of + timedelta(days=1)
    sources = Sources(desk_files(store.home)[desk_id], tomorrow, as_of + _QUARTER, as_of)
    return question_from_store(sources, store)


def past_hours(proposals: Iterable[Proposal]) -> tuple[PastHours, ...]:
    """Return when changes of reception hours were in effect: from 実施 to 解除, within the agreed days."""
    found = []
    for proposal in proposals:
        proposed = proposal.content.alternative(proposal.content.recommended)
        at = {decision.step: decision.at.date() for decision in proposal.history}
        if Step.START not in at or not (
            proposed.change.opens_earlier_min or proposed.change.closes_later_min
        ):
            continue
        window, hours = proposed.change.period, proposed.formation
        first, last = max(window.start, at[Step.START]), min(window.last, at.get(Step.REVERT, window.last))
        if first <= last:
            found.append(PastHours(first, last, hours.opens_min, hours.closes_min))
    return tuple(found)


def _with_past_hours(store: Store, desk: Desk) -> Desk:
    """Add to the past hours of a desk file those of its proposals, which come first: they were recorded."""
    moved = past_hours(filed.proposal for filed in store.proposals(desk.id))
    return replace(desk, past_hours=(*moved, *desk.past_hours))


def _desk_and_events(
    path: Path, store: Store, faults: list[Fault]
) -> tuple[Desk | None, tuple[Event, ...], Digests]:
    """Return a desk, its events, and the digests of what says so; faults of files are added to ``faults``."""
    try:
        desk = read_desk(path)
        kept = store.event_list(desk.id)
        if kept is not None:
            digest = hashlib.sha256(write_events(kept.events)).hexdigest()
            return desk, kept.events, (*digests((path,)), (f"events-{kept.version}", digest))
        paths = event_paths(desk, path)
        return desk, read_events(paths), digests((path, *paths))
    except FaultyFile as faulty:
        faults.extend(faulty.faults)
        return None, (), ()
