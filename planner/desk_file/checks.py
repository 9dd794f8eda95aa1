"""What must agree across the entries of a desk file. Works on whatever has the right shape so far.

So a file with a misspelt key and an unknown grade is told both at once. Entries count from 1, as people do.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forecasts.calendar import Calendar
from forecasts.events import OWN
from forecasts.faults import Fault
from forecasts.slots import DAY_MIN, clock
from planner.desk import Channel, Grade, Labour, Lead, PastHours, Person, Reception, Shift, Target, Terms
from planner.desk_file.schema import HeadTable
from planner.desk_levers import AIMS, ExtraPeople, Following, Levers
from planner.wording.dates import clock_span
from planner.wording.terms import EVENT_KINDS

RECEPTION_LEAST_MIN = 60


@dataclass(slots=True)
class Draft:
    """The parts of a desk file that have the right shape; the others are None or absent.

    Entries of a list are kept by their number in the file. ``ids``: the codes written in each list,
    those of faulty entries too, so that one fault does not make a second one elsewhere. ``whole``: the
    lists of which every entry could be read.
    """

    place: str
    ids: Mapping[str, frozenset[str]]
    whole: frozenset[str]
    head: HeadTable | None
    calendar: Calendar | None
    reception: Reception | None
    channels: Mapping[int, Channel]
    grades: Mapping[int, Grade]
    shifts: Mapping[int, Shift]
    people: Mapping[int, Person]
    levers: Levers | None
    following: Following | None
    past_hours: Mapping[int, PastHours]
    extra_people: Mapping[int, ExtraPeople]
    leads: Mapping[int, Lead]
    target: Target | None
    labour: Labour | None
    terms: Terms | None

    def fault(self, code: str, column: str, value: object, allowed: str) -> Fault:
        """Make a fault of this file; ``column`` is the path of the key."""
        return Fault(code, self.place, None, column, str(value), allowed)


def faults_across(draft: Draft) -> Iterator[Fault]:
    """Yield the faults between entries that each look right alone."""
    for check in (
        _twice,
        _synonyms,
        _references,
        _order,
        _grid,
        _span,
        _reach,
        _extra,
        _crew,
        _work,
        _measured,
        _deadlines,
        _agreement,
        _leave,
    ):
        yield from check(draft)


def _twice(draft: Draft) -> Iterator[Fault]:
    """A code is given once in its list; a day is not both closed and opened."""
    codes = {
        "channels": {n: c.id for n, c in draft.channels.items()},
        "grades": {n: g.id for n, g in draft.grades.items()},
        "shifts": {n: s.id for n, s in draft.shifts.items()},
        "people": {n: p.id for n, p in draft.people.items()},
    }
    for section, ids in codes.items():
        first = {code: n for n, code in reversed(ids.items())}
        for number, code in ids.items():
            if first[code] != number:
                yield draft.fault("duplicate", f"{section}[{number}].id", code, "")
    if draft.calendar is not None:
        for day in sorted(draft.calendar.closed & draft.calendar.opened):
            yield draft.fault("duplicate", "calendar.opened", day, "")


def _synonyms(draft: Draft) -> Iterator[Fault]:
    """A written name belongs to one channel, however wide or large its letters are."""
    owner: dict[str, int] = {}
    for number, channel in draft.channels.items():
        for word in (channel.id, channel.name, *channel.synonyms):
            folded = unicodedata.normalize("NFKC", word).casefold()
            if owner.setdefault(folded, number) != number:
                yield draft.fault("duplicate", f"channels[{number}].synonyms", word, "")


def _references(draft: Draft) -> Iterator[Fault]:
    """Grades and shifts that are named must be defined; a resident has a standing shift."""
    grades, shifts = ", ".join(sorted(draft.ids["grades"])), ", ".join(sorted(draft.ids["shifts"]))
    for number, person in draft.people.items():
        if person.grade not in draft.ids["grades"]:
            yield draft.fault("unknown_reference", f"people[{number}].grade", person.grade, grades)
        shift = person.standing_shift
        if shift not in draft.ids["shifts"] and (shift or person.is_resident):
            yield draft.fault("unknown_reference", f"people[{number}].standing_shift", shift, shifts)
    if (levers := draft.levers) and levers.extra_heads and levers.extra_grade not in draft.ids["grades"]:
        yield draft.fault("unknown_reference", "levers.extra_grade", levers.extra_grade, grades)


def _order(draft: Draft) -> Iterator[Fault]:
    """What ends, ends after its start; a break is shorter than the duty around it."""
    if (hours := draft.reception) and hours.closes_min <= hours.opens_min:
        opens = clock(hours.opens_min)
        yield draft.fault("closes_before_opens", "reception.closes", clock(hours.closes_min), opens)
    for number, shift in draft.shifts.items():
        if shift.end_min <= shift.start_min:
            start, end = clock(shift.start_min), clock(shift.end_min)
            yield draft.fault("closes_before_opens", f"shifts[{number}].end", end, start)
        elif shift.work_min <= 0:
            most = shift.end_min - shift.start_min
            yield draft.fault("bad_value", f"shifts[{number}].break_min", shift.break_min, f"< {most}")


def _grid(draft: Draft) -> Iterator[Fault]:
    """Times stand on the slot grid: a slot half open would promise service that is not there."""
    step = draft.head.slot_min if draft.head else 1
    allowed = ", ".join(clock(8 * 60 + n * step) for n in range(3)) + ", …"
    for column, minute in _times(draft):
        if minute % step:
            yield draft.fault("bad_value", column, clock(minute), allowed)
    if levers := draft.levers:
        for key, minutes in (("earlier_min", levers.earlier_min), ("later_min", levers.later_min)):
            if minutes % step:
                yield draft.fault("bad_value", f"levers.{key}", minutes, f"0, {step}, {2 * step}, …")


def _times(draft: Draft) -> Iterator[tuple[str, int]]:
    """Yield every time of day of the file with its path."""
    if hours := draft.reception:
        yield "reception.opens", hours.opens_min
        yield "reception.closes", hours.closes_min
    for number, shift in draft.shifts.items():
        yield f"shifts[{number}].start", shift.start_min
        yield f"shifts[{number}].end", shift.end_min
    for number, start in enumerate(draft.levers.starts_min if draft.levers else (), 1):
        yield f"levers.starts[{number}]", start
    for number, past in draft.past_hours.items():
        yield f"past_hours[{number}].opens", past.opens_min
        yield f"past_hours[{number}].closes", past.closes_min


def _span(draft: Draft) -> Iterator[Fault]:
    """The widest reception hours stay within the day, from 0:00 to 24:00."""
    if not (draft.reception and draft.levers):
        return
    before, after = draft.reception.opens_min, DAY_MIN - draft.reception.closes_min
    if draft.levers.earlier_min > before:
        yield draft.fault("bad_value", "levers.earlier_min", draft.levers.earlier_min, f"<= {before}")
    if draft.levers.later_min > after:
        yield draft.fault("bad_value", "levers.later_min", draft.levers.later_min, f"<= {after}")


def _reach(draft: Draft) -> Iterator[Fault]:
    """Shifts and starts lie within the widest hours that the levers allow."""
    if not (draft.reception and draft.levers) or draft.reception.closes_min <= draft.reception.opens_min:
        return  # the hours themselves are the fault
    first = draft.reception.opens_min - draft.levers.earlier_min
    last = draft.reception.closes_min + draft.levers.later_min
    allowed = clock_span(first, last)
    for number, shift in draft.shifts.items():
        for key, minute in (("start", shift.start_min), ("end", shift.end_min)):
            if not first <= minute <= last:
                yield draft.fault("bad_value", f"shifts[{number}].{key}", clock(minute), allowed)
    for number, start in enumerate(draft.levers.starts_min, 1):
        if not first <= start < last:
            yield draft.fault("bad_value", f"levers.starts[{number}]", clock(start), allowed)


def _extra(draft: Draft) -> Iterator[Fault]:
    """Extra people are there from a first day on; each aim of the order stands once."""
    for number, there in draft.extra_people.items():
        if there.last < there.first:
            least = f"{there.first}以後"
            yield draft.fault("end_before_start", f"extra_people[{number}].to", there.last, least)
    if (levers := draft.levers) and sorted(levers.order) != sorted(AIMS):
        yield draft.fault("bad_value", "levers.order", ", ".join(levers.order), ", ".join(AIMS))


def _crew(draft: Draft) -> Iterator[Fault]:
    """Somebody sits at the desk, and enough of them for the minimum."""
    if "people" not in draft.whole:
        return
    residents = sum(p.is_resident for p in draft.people.values())
    if not residents:
        yield draft.fault("desk_with_nobody", "people", "", "is_resident = true")
    elif draft.head and draft.head.minimum_heads > residents:
        yield draft.fault("bad_value", "minimum_heads", draft.head.minimum_heads, f"1〜{residents}")


def _work(draft: Draft) -> Iterator[Fault]:
    """Operations work leaves each resident an hour for reception, so that a day can be laid out."""
    work_min = {s.id: s.work_min for s in draft.shifts.values()}
    for number, grade in draft.grades.items():
        crew = [p for p in draft.people.values() if p.is_resident and p.grade == grade.id]
        shortest = min((work_min[p.standing_shift] for p in crew if p.standing_shift in work_min), default=0)
        if (most := max(shortest - RECEPTION_LEAST_MIN, 0)) < grade.operations_min and shortest > 0:
            column = f"grades[{number}].operations_min"
            yield draft.fault("bad_value", column, grade.operations_min, f"<= {most}")


def _measured(draft: Draft) -> Iterator[Fault]:
    """The target for quick answers counts at least one channel, and only those on which somebody waits."""
    for number, channel in draft.channels.items():
        if channel.is_measured and channel.waiting == "deferred":
            yield draft.fault("bad_value", f"channels[{number}].is_measured", "true", "false")
    if (
        draft.channels
        and "channels" in draft.whole
        and not any(c.is_measured for c in draft.channels.values())
    ):
        yield draft.fault("bad_value", "channels", "is_measured = false", "is_measured = true")


def _deadlines(draft: Draft) -> Iterator[Fault]:
    """Propose, decide, notify: in this order."""
    if draft.terms:
        yield from _ordered(draft, "terms", draft.terms.lead_days())
    seen: set[str] = set()
    for number, lead in draft.leads.items():
        yield from _ordered(draft, f"leads[{number}]", lead.days)
        if lead.kind in seen:
            yield draft.fault("duplicate", f"leads[{number}].kind", lead.kind, "")
        if lead.kind not in EVENT_KINDS and not lead.kind.startswith(OWN):
            yield draft.fault("bad_value", f"leads[{number}].kind", lead.kind, ", ".join(EVENT_KINDS))
        seen.add(lead.kind)


def _ordered(draft: Draft, at: str, days: tuple[int, int, int]) -> Iterator[Fault]:
    propose, decide, notify = days
    if propose < decide:
        yield draft.fault("bad_value", f"{at}.propose_before_days", propose, f"{decide}以上")
    if decide < notify:
        yield draft.fault("bad_value", f"{at}.decide_before_days", decide, f"{notify}以上")


def _agreement(draft: Draft) -> Iterator[Fault]:
    """What needs a 36協定, a first day or another law is refused without it."""
    if not (labour := draft.labour):
        return
    if labour.working_hours == "yearly_variable":
        allowed = "weekly, monthly_variable"
        yield draft.fault("yearly_variable_hours", "labour.working_hours", labour.working_hours, allowed)
    if labour.rest_days == "four_weeks" and labour.rest_cycle_start is None:
        yield draft.fault("rest_cycle_unknown", "labour.rest_cycle_start", "", "2026-04-05")
    if labour.has_art36_agreement:
        return
    if labour.has_special_clause:
        yield draft.fault("needs_art36_agreement", "labour.has_special_clause", "true", "false")
    if labour.rest_day_work_days:
        days = labour.rest_day_work_days
        yield draft.fault("needs_art36_agreement", "labour.rest_day_work_days", days, "0")


def _leave(draft: Draft) -> Iterator[Fault]:
    """Leave is asked for on office days: on any other it would be without effect, and most likely a slip."""
    if (calendar := draft.calendar) is None:
        return
    for number, person in draft.people.items():
        for day in sorted(day for day in person.leave if not calendar.is_office_day(day)):
            yield draft.fault("leave_on_closed_day", f"people[{number}].leave", day, "開庁日")
