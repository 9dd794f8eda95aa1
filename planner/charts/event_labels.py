"""Names of events above a chart of days: none covers another, no dotted line runs through one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from planner.charts.style import LABEL_PX, WIDTH

_HALF_EM = 0.6  # width of a Latin letter or digit


class Named(Protocol):
    """What is told of an event above a chart: of a plan's content, or of the calendar of events."""

    @property
    def kind(self) -> str:
        """Its kind."""
        ...

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def start(self) -> date:
        """The first day."""
        ...

    @property
    def end(self) -> date:
        """The last day."""
        ...

    @property
    def headcount(self) -> int | None:
        """The people it moves, if known."""
        ...


def event_labels(span: Sequence[date], events: Sequence[Named]) -> list[dict[str, Any]]:
    """Place the events' names on levels: none covers another, no dotted line runs through one."""
    shown = sorted((e for e in events if e.start <= span[-1] and e.end >= span[0]), key=lambda e: e.start)
    named = [
        (max((e.start - span[0]).days, 0), name)
        for e, name in zip(shown, _event_names(shown, span[0]), strict=True)
    ]
    leftwards = [n for n in named if _sides(*n, len(span))[0].align == "right"]
    placed: list[_Label] = []
    # What a name runs over stands below it: begin with the days at the edge to which the names run.
    for at, name in (*leftwards, *(n for n in reversed(named) if n not in leftwards)):
        placed.append(_placed(_sides(at, name, len(span)), placed))
    lowest = min((p.level for p in placed), default=0)
    return [
        {"day": span[p.at].isoformat(), "name": p.name, "level": p.level - lowest, "align": p.align}
        for p in sorted(placed, key=lambda p: p.at)
    ]


def _event_names(events: Sequence[Named], first: date) -> Iterator[str]:
    """Name each event with its people; a further date of one already named by the date alone."""
    named: set[tuple[str, str]] = set()
    for event in events:
        name = event.name if event.start >= first else f"{event.name}（継続中）"
        if (event.kind, event.name) in named:
            name = f"{event.start.month}/{event.start.day}"
        named.add((event.kind, event.name))
        yield name if event.headcount is None else f"{name} {event.headcount:,}名"


@dataclass(frozen=True, slots=True)
class _Label:
    """An event's name: the day of its dotted line, its level above the band, and to which side it runs."""

    name: str
    at: int
    level: int
    align: str
    room: tuple[float, float]

    def collides(self, other: "_Label") -> bool:
        """Tell whether one covers the other, or its line runs through it on the way up."""
        if self.level == other.level:
            return self.room[0] < other.room[1] and other.room[0] < self.room[1]
        high, low = (self, other) if self.level > other.level else (other, self)
        return low.room[0] < high.at < low.room[1]


def _sides(at: int, name: str, days: int) -> list[_Label]:
    """Return the ways a name can run from its day within the drawing: rightwards first."""
    ems = sum(_HALF_EM if c.isascii() else 1 for c in name)
    width = ems * LABEL_PX * days / WIDTH + 1
    right, left = (
        _Label(name, at, 0, "left", (at, at + width)),
        _Label(name, at, 0, "right", (at - width, at)),
    )
    return [label for label in (right, left) if label.room[0] >= 0 and label.room[1] <= days] or [right]


def _placed(sides: Sequence[_Label], placed: Sequence[_Label]) -> _Label:
    """Put a name as low as it can stand free among the others, else below or above them all."""
    levels = [p.level for p in placed] or [0]
    low, high = min(levels), max(levels)
    tried = [replace(label, level=level) for label in sides for level in (*range(low, high + 2), low - 1)]
    return next(
        (t for t in tried if not any(t.collides(p) for p in placed)), replace(sides[0], level=high + 1)
    )
