"""Whether a roster keeps an instance of Curtois and Qu, and what it costs: read from the text alone.

Shares no line with the model: it walks through everybody's days and counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

Lines = Mapping[str, Sequence[str]]
"""Person → the shift of every day, "" for a day off."""

_SATURDAY, _SUNDAY, _WEEK = 5, 6, 7


def sections(text: str) -> dict[str, list[list[str]]]:
    """Return the comma-separated fields of every section, comments left out."""
    out: dict[str, list[list[str]]] = {}
    name = ""
    for line in (raw.strip() for raw in text.splitlines()):
        if line.startswith("SECTION_"):
            name = line.removeprefix("SECTION_")
            out[name] = []
        elif line and not line.startswith("#"):
            out[name].append(line.split(","))
    return out


def faults(text: str, lines: Lines) -> list[str]:
    """Return every hard rule that a roster breaks."""
    read = sections(text)
    days = int(read["HORIZON"][0][0])
    found = [
        fault for staff in read["STAFF"] for fault in _faults_of(read, staff, lines.get(staff[0], ()), days)
    ]
    return found + [f"{who}: nobody of the instance" for who in lines.keys() - {s[0] for s in read["STAFF"]}]


def penalty(text: str, lines: Lines) -> int:
    """Return what the soft rules charge."""
    read = sections(text)
    cost = sum(
        int(weight)
        for who, day, shift, weight in read.get("SHIFT_ON_REQUESTS", [])
        if lines[who][int(day)] != shift
    )
    cost += sum(
        int(weight)
        for who, day, shift, weight in read.get("SHIFT_OFF_REQUESTS", [])
        if lines[who][int(day)] == shift
    )
    for day, shift, wanted, under, over in read.get("COVER", []):
        missing = int(wanted) - sum(line[int(day)] == shift for line in lines.values())
        cost += int(under) * max(0, missing) + int(over) * max(0, -missing)
    return cost


def _faults_of(
    read: Mapping[str, list[list[str]]], staff: Sequence[str], line: Sequence[str], days: int
) -> Iterator[str]:
    who = staff[0]
    shifts = {shift[0]: (int(shift[1]), [s for s in shift[2].split("|") if s]) for shift in read["SHIFTS"]}
    if len(line) != days or not set(line) <= {"", *shifts}:
        yield f"{who}: {len(line)} days of shifts {sorted(set(line))}, {days} of {sorted(shifts)} asked for"
        return
    for day, (shift, after) in enumerate(pairwise(line)):
        if shift and after in shifts[shift][1]:
            yield f"{who}: {after} after {shift} on day {day + 1}"
    for shift, most in (limit.split("=") for limit in staff[1].split("|")):
        if line.count(shift) > int(most):
            yield f"{who}: {line.count(shift)} shifts {shift}, {most} at most"
    off = [d for row in read.get("DAYS_OFF", []) if row[0] == who for d in row[1:] if line[int(d)]]
    yield from (f"{who}: works on day off {day}" for day in off)
    yield from _counted(staff, line, sum(shifts[shift][0] for shift in line if shift))


def _counted(staff: Sequence[str], line: Sequence[str], minutes: int) -> Iterator[str]:
    who, (most, least, in_row, in_row_least, off_least, weekends) = staff[0], map(int, staff[2:8])
    if not least <= minutes <= most:
        yield f"{who}: {minutes} minutes, {least} to {most} allowed"
    n_weekends = len(
        {d // _WEEK for d, shift in enumerate(line) if shift and d % _WEEK in {_SATURDAY, _SUNDAY}}
    )
    if n_weekends > weekends:
        yield f"{who}: {n_weekends} weekends, {weekends} at most"
    day = 0
    for works, group in groupby(line, key=bool):
        length = len(list(group))
        touches_edge = day == 0 or day + length == len(line)
        if works and length > in_row:
            yield f"{who}: {length} days in a row from day {day}, {in_row} at most"
        if not touches_edge and length < (in_row_least if works else off_least):
            yield f"{who}: only {length} days {'of work' if works else 'off'} from day {day}"
        day += length
