"""Bad input of a roster problem: what contradicts itself or names what is not there. All faults at once.

A fault's ``place`` is the kind of entry and whose it is (names: contractor's side only); its code is put into
words by ``planner.wording.rosters``. What is merely impossible to keep is for ``explain``.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date

from forecasts.faults import Fault
from planner.formation import Seat
from planner.rosters.check import violations
from planner.rosters.roster import Duty, Lock, Roster, RosterProblem
from planner.rosters.rule import Rule, grade_steps, seats_by_day
from planner.rosters.rules import RULES
from planner.wording.dates import clock_span

WEIGHTS = range(1, 11)

Check = Callable[[RosterProblem], Iterator[Fault]]


def problems_with(problem: RosterProblem, rules: Iterable[Rule] = RULES) -> tuple[Fault, ...]:
    """Return everything that is wrong with a problem, each fault once, in the order of the checks."""
    if not problem.days:
        return (Fault("roster_without_days", "期間"),)
    found = [fault for check in _CHECKS for fault in check(problem)]
    hard = (rule for rule in rules if rule.is_hard)
    return tuple(dict.fromkeys((*found, *_broken_freeze(problem, hard))))


def _period(problem: RosterProblem) -> Iterator[Fault]:
    if not any(problem.seats.get(day) or problem.menu.get(day) for day in problem.days):
        yield Fault("roster_without_duties", "期間", value=_span(problem.days[0], problem.days[-1]))
    for duty in problem.tail:
        if duty.day >= problem.days[0]:
            place = f"前期の勤務 {_name(problem, duty.person)}"
            yield Fault("tail_in_period", place, value=_day(duty.day), allowed=_day(problem.days[0]))


def _people(problem: RosterProblem) -> Iterator[Fault]:
    known = [grade.id for grade in problem.grades]
    for person_id, n in Counter(person.id for person in problem.people).items():
        if n > 1:
            yield Fault("person_twice", "要員", value=person_id)
    for person in problem.people:
        place = f"要員 {person.name or person.id}"
        if not person.grade:
            yield Fault("person_without_grade", place, allowed=_listed(known))
        elif known and person.grade not in known:
            yield Fault("person_of_unknown_grade", place, value=person.grade, allowed=_listed(known))


def _names(problem: RosterProblem) -> Iterator[Fault]:
    """Yield entries for people who are not there."""
    named = {
        "前期の勤務": (duty.person for duty in problem.tail),
        "周知した勤務": (duty.person for duty in problem.published),
        "固定した欄": (lock.person for lock in problem.locks),
        "希望": (wish.person for wish in problem.wishes),
        "他窓口の勤務": (work.person for work in problem.elsewhere),
        "実績": problem.records,
        "連絡のつく日": (person for person, _ in sorted(problem.reachable)),
        "通常の勤務": problem.standing,
        "応援要員": sorted(problem.extra_people),
    }
    people = {person.id for person in problem.people}
    for place, who in named.items():
        for person in dict.fromkeys(who):
            if person not in people:
                yield Fault("roster_of_unknown_person", place, value=person, allowed=_listed(sorted(people)))


def _leave(problem: RosterProblem) -> Iterator[Fault]:
    """Yield leave that overlaps work. Everybody's leave on one day is no fault: its seats stay vacant."""
    busy = {(work.person, work.day): "他窓口の勤務" for work in problem.elsewhere}
    busy |= {(lock.person, lock.day): "固定した勤務" for lock in problem.locks if lock.seat}
    for person in problem.people:
        for day in sorted(person.leave):
            if kind := busy.get((person.id, day)):
                yield Fault("leave_against_work", f"休暇 {person.name}", value=_day(day), allowed=kind)


def _skills(problem: RosterProblem) -> Iterator[Fault]:
    has = Counter(skill for person in problem.people for skill in person.skills)
    wanted: dict[str, int] = {}
    for need in (need for day in problem.days for need in problem.needs.get(day, ()) if need.skill):
        wanted[need.skill] = max(need.heads, wanted.get(need.skill, 0))
    for skill, heads in sorted(wanted.items()):
        if not has[skill]:
            yield Fault("skill_of_nobody", "技能", value=skill, allowed=_listed(sorted(has)))
        elif has[skill] < heads:
            yield Fault("skill_of_too_few", "技能", value=f"{skill} {heads}人", allowed=f"{has[skill]}人")


def _locks(problem: RosterProblem) -> Iterator[Fault]:
    seats = seats_by_day(problem)
    people = {person.id: person for person in problem.people}
    for lock in sorted(set(problem.locks), key=_lock_key):
        place, person = f"固定した欄 {_name(problem, lock.person)} {_day(lock.day)}", people.get(lock.person)
        if lock.day not in problem.days:
            span = _span(problem.days[0], problem.days[-1])
            yield Fault("lock_outside_period", place, value=_day(lock.day), allowed=span)
        elif lock.seat and lock.seat not in seats.get(lock.day, ()):
            offered = _listed(sorted({_hours(seat) for seat in seats.get(lock.day, ())}))
            yield Fault("lock_of_unknown_duty", place, value=_hours(lock.seat), allowed=offered)
        elif lock.seat and person and grade_steps(problem, person, lock.seat) is None:
            yield Fault("lock_of_unfit_duty", place, value=_hours(lock.seat))
    yield from _clashing_locks(problem)


def _clashing_locks(problem: RosterProblem) -> Iterator[Fault]:
    """Yield cells locked to several things, and duties locked for more people than they have places."""
    cells: dict[tuple[str, date], list[Seat | None]] = {}
    for lock in sorted(set(problem.locks), key=_lock_key):
        cells.setdefault((lock.person, lock.day), []).append(lock.seat)
    for (person, day), asked in cells.items():
        if len(asked) > 1:
            words = "、".join(_hours(seat) if seat else "勤務なし" for seat in asked)
            yield Fault("lock_against_lock", f"固定した欄 {_name(problem, person)} {_day(day)}", value=words)
    holders = Counter((day, seat) for (_, day), asked in cells.items() for seat in asked if seat)
    for (day, seat), n in holders.items():
        n_places = Counter(problem.seats.get(day, ()))[seat]
        if n > n_places > 0 and seat not in problem.menu.get(day, ()):
            value = f"{_hours(seat)} {n}人"
            yield Fault("lock_of_too_many", f"固定した欄 {_day(day)}", value=value, allowed=f"{n_places}人")


def _figures(problem: RosterProblem) -> Iterator[Fault]:
    """Yield figures that cannot be: of records and of work elsewhere."""
    for person, record in problem.records.items():
        minutes = (n for _, n in (*record.overtime_min, *record.rest_day_min))
        for n in (*minutes, record.early, record.late, record.peak):
            if n < 0:
                yield Fault("negative_record", f"実績 {_name(problem, person)}", value=str(n))
    for work in problem.elsewhere:
        if not 0 < work.work_min <= work.end_min - work.start_min:
            place = f"他窓口の勤務 {_name(problem, work.person)} {_day(work.day)}"
            hours = clock_span(work.start_min, work.end_min)
            yield Fault("impossible_hours", place, value=f"{hours}、実働{work.work_min}分")


def _asked(problem: RosterProblem) -> Iterator[Fault]:
    """Yield needs and wishes that cannot be."""
    for day, needs in problem.needs.items():
        for need in (need for need in needs if need.start_min >= need.end_min or need.heads < 1):
            value = f"{clock_span(need.start_min, need.end_min)}に{need.heads}人"
            yield Fault("impossible_need", f"必要人数 {_day(day)}", value=value)
    for wish in problem.wishes:
        if wish.weight not in WEIGHTS:
            place = f"希望 {_name(problem, wish.person)} {_day(wish.day)}"
            yield Fault("impossible_wish", place, value=str(wish.weight), allowed="1〜10")


def _freeze(problem: RosterProblem) -> Iterator[Fault]:
    if problem.frozen_until and problem.frozen_until > problem.days[0] and not problem.published:
        yield Fault("freeze_of_nothing", "周知した勤務", value=_day(problem.frozen_until))
    for (person, day), n in Counter((duty.person, duty.day) for duty in problem.published).items():
        if n > 1:
            place = f"周知した勤務 {_name(problem, person)} {_day(day)}"
            yield Fault("published_twice", place, value=f"{n}勤務")


def _broken_freeze(problem: RosterProblem, rules: Iterable[Rule]) -> Iterator[Fault]:
    """Yield what the hours that are fixed already break by themselves.

    Of temporary staff nothing is fixed: where there are some, only what fixed people break themselves counts.
    """
    until = problem.frozen_until
    days = tuple(day for day in problem.days if until and day < until)
    if not days or not problem.published:
        return
    roster = Roster(tuple(sorted(_fixed(problem, days))))
    frozen = replace(problem, days=days)
    by_code = {rule.code: rule for rule in rules}
    for v in violations(frozen, roster, by_code.values()):
        if v.person in problem.extra_people or (not v.person and problem.extra_people):
            continue
        place = " ".join(filter(None, ["周知した勤務", _name(problem, v.person), _day(v.day)]))
        name = by_code[v.rule].name_ja
        yield Fault("freeze_breaks_rule", place, column=name, value=v.found, allowed=v.allowed)


def _fixed(problem: RosterProblem, days: Collection[date]) -> Iterator[Duty]:
    """Yield the published duties on these days, each in a duty of the same hours that is offered now."""
    present = {(p.id, day) for p in problem.people for day in days if day not in p.leave}
    left = {day: list(seats) for day, seats in seats_by_day(problem).items()}
    for duty in sorted(problem.published):
        if (duty.person, duty.day) in present:
            offered = left.get(duty.day, [])
            like = [seat for seat in offered if _worked(seat) == _worked(duty.seat)]
            if like:
                offered.remove(like[0])
            yield replace(duty, seat=like[0] if like else duty.seat)


def _worked(seat: Seat) -> tuple[str, int, int, int]:
    return seat.grade, seat.start_min, seat.end_min, seat.work_min


def _lock_key(lock: Lock) -> tuple[date, str, str]:
    return lock.day, lock.person, repr(lock.seat)


def _name(problem: RosterProblem, person_id: str) -> str:
    return next((p.name for p in problem.people if p.id == person_id), person_id)


def _hours(seat: Seat) -> str:
    return clock_span(seat.start_min, seat.end_min)


def _day(day: date) -> str:
    return day.isoformat()


def _span(first: date, last: date) -> str:
    return f"{_day(first)}〜{_day(last)}"


def _listed(words: Iterable[str]) -> str:
    return "、".join(words)


_CHECKS: tuple[Check, ...] = (_period, _people, _names, _leave, _skills, _locks, _figures, _asked, _freeze)
