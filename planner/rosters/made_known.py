"""A roster against the one made known: a cell is one person on one day, and holds the same hours or others.

Which of equal seats somebody fills does not matter, nor when the breaks lie.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from planner.formation import Seat
from planner.rosters.roster import Duty, Roster
from planner.wording.dates import clock_span

Hours = tuple[int, int, int]
Cell = tuple[str, date]


def hours_of(seat: Seat) -> Hours:
    """Return what makes two duties the same to who works them: start, end, minutes of work."""
    return seat.start_min, seat.end_min, seat.work_min


def changed(known: Mapping[Cell, Seat | None], roster: Roster) -> Iterator[tuple[Cell, str, str]]:
    """For checkers: yield the cells that hold something else than known, with what was found and known."""
    planned: dict[Cell, list[Duty]] = {}
    for duty in sorted(roster.duties):
        planned.setdefault((duty.person, duty.day), []).append(duty)
    for cell, seat in known.items():
        found = [duty.seat for duty in planned.get(cell, ())]
        told = [seat] if seat else []
        if [*map(hours_of, found)] != [*map(hours_of, told)]:
            yield cell, _words(found), f"{_words(told)}（周知済み）"


def _words(seats: list[Seat]) -> str:
    words = (f"{clock_span(s.start_min, s.end_min)}（休憩{s.break_min}分）" for s in seats)
    return "・".join(words) or "勤務なし"
