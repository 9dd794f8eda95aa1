"""Roster → iCalendar (RFC 5545) for the contractor alone: one entry a duty, of everybody or of one person.

Deterministic: the UID follows from desk, person and day, so that a later file replaces an entry instead of
adding one; DTSTAMP is the day on which the roster was written, not the clock.
"""

import hashlib
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Timezone, TimezoneStandard
from icalendar import Event as Entry

from planner.document.roster import CONTRACTOR_ONLY, SAMPLE, RosterSheet, away_words, duty_name, people_of
from planner.rosters.roster import Duty

_ZONE = "Asia/Tokyo"
_JAPAN = timedelta(hours=9)


def roster_calendar(sheet: RosterSheet, person: str = "") -> bytes:
    """Write the duties of one person (id), or of everybody with names ("")."""
    names = {p.id: p.name for p in people_of(sheet.desk, sheet.roster)}
    calendar = Calendar()
    calendar.add("prodid", "-//Madoguchi//JA")
    calendar.add("version", "2.0")
    sample = f" {SAMPLE}" if sheet.desk.is_sample else ""
    whose = f" {names[person]}" if person else ""
    title = f"{sheet.desk.name} 勤務表（{CONTRACTOR_ONLY}）{whose}{sample}"
    calendar.add("x-wr-calname", title, parameters={"VALUE": "TEXT"})
    calendar.add("x-wr-timezone", _ZONE, parameters={"VALUE": "TEXT"})
    calendar.add_component(_japan())
    seen: Counter[str] = Counter()
    for duty in sorted(d for d in sheet.roster.duties if person in {"", d.person}):
        uid = _identity(sheet.desk.id, duty)
        seen[uid] += 1
        told = duty_name(duty.seat, sheet.desk.shifts)
        entry = _entry(sheet, duty, f"{uid}-{seen[uid]}@madoguchi")
        entry.add("summary", told if person else f"{told} {names[duty.person]}")
        calendar.add_component(entry)
    written: bytes = calendar.to_ical()
    return written


def _identity(desk_id: str, duty: Duty) -> str:
    what = (desk_id, duty.person, duty.day.isoformat())
    return hashlib.sha256("\0".join(what).encode()).hexdigest()[:24]


def _entry(sheet: RosterSheet, duty: Duty, uid: str) -> Entry:
    seat = duty.seat
    told = (
        ("休憩", away_words(seat, "break")),
        ("運用管理業務", away_words(seat, "operations")),
        ("労働時間", f"{seat.work_min / 60:g}時間"),
    )
    entry = Entry()
    entry.add("uid", uid)
    entry.add("dtstamp", datetime.combine(sheet.dated, time(), UTC))
    # The zone stands in the file itself: a bare machine may lack the zone database.
    for name, minute in (("dtstart", seat.start_min), ("dtend", seat.end_min)):
        entry.add(name, _moment(duty.day, minute), parameters={"TZID": _ZONE})
    entry.add("description", "\n".join(f"{name} {words}" for name, words in told if words))
    entry.add("categories", ["応援" if seat.is_extra else "勤務"])
    entry.add("class", "CONFIDENTIAL")
    return entry


def _moment(day: date, minute: int) -> datetime:
    """Return a minute of a duty's day; from 24:00 on it falls on the next one."""
    return datetime.combine(day, time()) + timedelta(minutes=minute)


def _japan() -> Timezone:
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", _ZONE)
    standard.add("dtstart", datetime(1970, 1, 1))  # local time by definition (RFC 5545 3.6.5)
    standard.add("tzoffsetfrom", _JAPAN)
    standard.add("tzoffsetto", _JAPAN)
    standard.add("tzname", "JST")
    zone.add_component(standard)
    return zone
