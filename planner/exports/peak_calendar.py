"""Coming peaks → iCalendar (RFC 5545): the peak itself and the last day of each step, as whole days.

No person stands in it. Deterministic: the UID follows from the desk, the step, and the month of the peak, so
that a later file moves an entry instead of adding one.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar
from icalendar import Event as Entry

from planner.desk import Desk
from planner.peaks import ComingPeak
from planner.wording.dates import short_span
from planner.wording.numbers import count, times
from planner.wording.peaks import STEPS

_DAY = timedelta(days=1)


def peak_calendar(desk: Desk, peaks: Iterable[ComingPeak], as_of: date) -> bytes:
    """Write the peaks and their dates; ``as_of``: the day of the outlook."""
    calendar = Calendar()
    calendar.add("prodid", "-//Madoguchi//JA")
    calendar.add("version", "2.0")
    sample = " 架空データ" if desk.is_sample else ""
    title = f"{desk.name} 繁忙期と提案の期限{sample}"
    calendar.add("x-wr-calname", title, parameters={"VALUE": "TEXT"})
    seen: Counter[str] = Counter()
    for peak in peaks:
        month = f"{peak.period.start:%Y-%m}"
        seen[month] += 1
        for what, summary, first, end in _entries(peak):
            identity = "\0".join((desk.id, what, month, str(seen[month])))
            entry = Entry()
            entry.add("uid", f"{hashlib.sha256(identity.encode()).hexdigest()[:24]}@madoguchi")
            entry.add("dtstamp", datetime.combine(as_of, time(), UTC))
            entry.add("dtstart", first)
            entry.add("dtend", end)
            entry.add("summary", f"{desk.name} {summary}")
            entry.add("description", _told(peak))
            entry.add("transp", "TRANSPARENT")
            calendar.add_component(entry)
    written: bytes = calendar.to_ical()
    return written


def _entries(peak: ComingPeak) -> Iterable[tuple[str, str, date, date]]:
    """Yield the identity, the title, and the days of each entry."""
    yield "peak", "繁忙の見込み", peak.period.start, peak.period.end
    span = short_span(peak.period.start, peak.period.last)
    for step, by in (("propose", peak.propose_by), ("decide", peak.decide_by), ("notify", peak.notify_by)):
        yield step, f"{STEPS[step]}の期限（{span}の山）", by, by + _DAY


def _told(peak: ComingPeak) -> str:
    events = "、".join(peak.events) or "行事は登録されていない"
    return (
        f"行事 {events}\n平常比 {times(peak.ratio)}\n"
        f"問合せ {count(peak.expected)}件（80%の確率で{count(peak.low)}〜{count(peak.high)}件）"
    )
