"""What is written in one cell of a roster: hours of work, breaks, or no duty."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isnan

from forecasts.history.clocks import span_of
from forecasts.history.numbers import duration_of
from forecasts.history.text import DASHES, key_of
from forecasts.slots import DAY_MIN
from planner.desk import Shift
from planner.rosters.rule import Span

_DAYS_OFF = (
    "休", "休み", "休日", "休暇", "公休", "有休", "有給", "年休", "年次休暇", "代休", "振休", "振替休日",
    "夏季休暇", "特休", "特別休暇", "欠", "欠勤", "産休", "育休", "非番", "なし", "無", "off", "x", "×",
    "・", "/", "―",
)  # fmt: skip
OFF = frozenset(key_of(word) for word in ("", *_DAYS_OFF, *DASHES))
"""What says that somebody has no duty."""
_IN_BRACKETS = re.compile(r"(.+?)[(（]\s*(?:休憩?)?[::]?\s*([^()（）]+)[)）]")
_NEXT_DAY = re.compile(r"翌[日朝]?")
_BETWEEN = re.compile(r"[、,，;\n]+")


class Unreadable(Exception):  # told as a fault with its place
    """A cell says neither hours nor that there is no duty."""


class UnreadableBreak(Unreadable):
    """What is said of the breaks or the operations work of a duty is no time within it."""


@dataclass(frozen=True, slots=True)
class Hours:
    """A duty's hours; ``breaks``: where they are told, ``break_min``: where only their length is."""

    start_min: int
    end_min: int
    breaks: tuple[Span, ...] | None = None
    break_min: int | None = None
    operations: tuple[Span, ...] = ()


def shift_names(shifts: Sequence[Shift]) -> Mapping[str, Shift]:
    """Return how each shift may be written: name, code, and the first character where it tells them apart."""
    out = {key_of(name): shift for shift in shifts for name in (shift.id, shift.name)}
    firsts = [shift.name[:1] for shift in shifts]
    return {
        key_of(first): s for first, s in zip(firsts, shifts, strict=True) if firsts.count(first) == 1
    } | out


def duty_hours(text: str, names: Mapping[str, Shift]) -> Hours | None:
    """Read a cell: 早番, 8:30-17:30, 8:30〜17:30（12:00〜13:00）, 休 … Raises Unreadable.

    A cell may hold a day off and a duty in two lines, as the roster sheet writes a duty on a day of leave.
    """
    lines = [line for line in text.splitlines() if key_of(line) not in OFF]
    if not lines:
        return None
    whole = " ".join(lines)
    if shift := names.get(key_of(whole)):
        return Hours(shift.start_min, shift.end_min, break_min=shift.break_min)
    if match := _IN_BRACKETS.fullmatch(whole):
        inner = duty_hours(match[1], names)
        if inner is None:
            raise Unreadable(text)
        return with_breaks(inner, match[2])
    return Hours(*_span(whole))


def said_hours(said: Mapping[str, str], names: Mapping[str, Shift]) -> Hours | None:
    """Read a line of a list: ``hours``, or ``start`` and ``end``, with ``break`` and ``operations``.

    Raises Unreadable.
    """
    start, end = said.get("start", ""), said.get("end", "")
    if key_of(start) in OFF and key_of(end) in OFF:
        hours = duty_hours(said.get("hours", ""), names)
    else:
        hours = Hours(*_span(f"{start}〜{end}"))
    if hours is None:
        return None
    hours = with_breaks(hours, said.get("break", ""))
    work = said.get("operations", "")
    return hours if key_of(work) in OFF else replace(hours, operations=tuple(within(hours, work)))


def with_breaks(hours: Hours, text: str) -> Hours:
    """Add what a cell tells of the breaks: 12:00〜13:00 (several), 60分, 1:00, nothing. Raises Unreadable."""
    if not text.strip() or key_of(text) in OFF:
        return hours
    minutes = duration_of(text, "min")
    if minutes is not None and 0 <= minutes < hours.end_min - hours.start_min:
        return replace(hours, break_min=round(minutes))
    return replace(hours, breaks=tuple(within(hours, text)), break_min=None)


def within(hours: Hours, text: str) -> list[Span]:
    """Read spans of time that lie within a duty. Raises UnreadableBreak."""
    try:
        spans = sorted(_placed(hours, _span(part)) for part in _BETWEEN.split(text) if part.strip())
    except Unreadable:
        raise UnreadableBreak(text) from None
    ends = [hours.start_min, *(end for _, end in spans)]
    if any(start < end for (start, _), end in zip(spans, ends, strict=False)) or ends[-1] > hours.end_min:
        raise UnreadableBreak(text)
    return spans


def _placed(hours: Hours, span: Span) -> Span:
    """Past midnight a break may be written by the clock of the next day."""
    later = DAY_MIN if span[0] < hours.start_min and span[0] + DAY_MIN < hours.end_min else 0
    return span[0] + later, span[1] + later


def _span(text: str) -> Span:
    plain = _NEXT_DAY.sub("", text)
    found = span_of(plain)
    if found is None or isnan(found[1]):
        raise Unreadable(text)
    start, end = round(found[0]), round(found[1])
    if plain != text and end < DAY_MIN:
        end += DAY_MIN
    if not 0 < end - start <= DAY_MIN:
        raise Unreadable(text)
    return start, end
