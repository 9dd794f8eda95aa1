"""The events of a desk: the list kept in the store, before the first one the desk's event files."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from forecasts.calendar import Calendar
from forecasts.events import Event, calendar_with, event_faults, in_order, read_events
from forecasts.faults import Fault, FaultyFile
from planner import session
from planner.actions.keep_events import keep_events
from planner.desk import Desk
from planner.desk_file import event_paths
from planner.desk_folder import desk_files
from planner.parts import markup, steps
from planner.store import EventList
from planner.wording.events import event_fault_line

_OF_CALENDAR = {"closure_on_closing_day", "opening_on_office_day"}


@dataclass(frozen=True, slots=True)
class Kept:
    """The events of a desk as the page sees them. ``version`` 0: those of the desk's event files."""

    desk: Desk
    version: int
    events: tuple[Event, ...]
    versions: tuple[EventList, ...]
    from_files: tuple[Event, ...]

    @property
    def calendar(self) -> Calendar:
        """The desk's calendar with the exceptions among the events."""
        return calendar_with(self.desk.calendar, self.events)


def kept(desk: Desk) -> Kept:
    """Return the events of a desk. Raises FaultyFile where nothing is kept and its files cannot be used."""
    versions = session.store().event_lists(desk.id)
    try:
        from_files = read_events(event_paths(desk, desk_files(session.store().home)[desk.id]))
    except FaultyFile:
        if not versions:
            raise
        from_files = ()  # the list kept stands without them
    if not versions:
        return Kept(desk, 0, from_files, (), from_files)
    newest = versions[-1]
    return Kept(desk, newest.version, in_order(newest.events), versions, from_files)


def faults_of(now: Kept, events: Sequence[Event], touched: Sequence[Event]) -> tuple[Fault, ...]:
    """Return what is wrong with a list, the place being the event's name.

    Exceptions that change nothing are told only of the events touched: the calendar may have changed since.
    """
    together = [replace(f, place=events[(f.row or 0) - 2].name) for f in event_faults(events)]
    alone = [
        replace(f, place=touched[(f.row or 0) - 2].name) for f in event_faults(touched, now.desk.calendar)
    ]
    return (*together, *(f for f in alone if f.code in _OF_CALENDAR))


def keep(
    now: Kept, events: Sequence[Event], touched: Sequence[Event], done: str, **remembered: object
) -> None:
    """Keep a list as the next version and show the page anew; where it cannot be kept say why.

    ``remembered``: what the session keeps in mind once it is done.
    """
    ordered = in_order(events)
    if faults := faults_of(now, ordered, touched):
        say_faults(faults)
        return
    actor = session.actor(now.desk.terms)
    at = session.time_on(session.day_of(now.desk.id))
    saved = steps.attempted(
        lambda: keep_events(session.store(), now.desk.id, ordered, now.version, actor, at)
    )
    if saved is not None:
        st.session_state.update(remembered)
        steps.say(done)


def without(now: Kept, event: Event) -> tuple[Event, ...]:
    """Return the list without one event (of equal ones, without the first)."""
    at = now.events.index(event)
    return now.events[:at] + now.events[at + 1 :]


def say_faults(faults: Sequence[Fault], kind: str = "") -> None:
    """Say everything that is wrong; what was typed stays in its fields."""
    lines = dict.fromkeys(event_fault_line(fault, kind) for fault in faults)
    st.error("保存していない。次の点を直してください。\n\n" + markup.listed(lines))
