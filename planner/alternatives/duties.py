"""The shapes a duty may take: its start, its break, and operations work before and after the break."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forecasts.slots import Grid
from planner.alternatives.question import Crew
from planner.formation import Away, AwayKind, Seat

BREAK_AFTER_START_MIN = (3 * 60, 6 * 60)
BREAK_CLOCK_MIN = (11 * 60, 14 * 60 + 30)
BLOCK_MIN = 30  # operations work is split at whole half hours


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch away from reception: its length and the minutes of the day at which it may start."""

    kind: AwayKind
    length_min: int
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """Duties of a crew with the same start and the same lengths of operations work around the break.

    A part of no length has no place, except that a duty without a break keeps one to hold on to.
    """

    crew: Crew
    start_min: int
    before: Part
    pause: Part
    after: Part

    @property
    def end_min(self) -> int:
        """End of presence."""
        return self.start_min + self.crew.duty_min

    @property
    def parts(self) -> tuple[Part, Part, Part]:
        """Before, break, after: one of each, in this order."""
        return self.before, self.pause, self.after


def shapes(crew: Crew, grid: Grid) -> tuple[Shape, ...]:
    """Return every shape of a crew's duty on the desk's grid.

    Operations work is one block before or after the break, or half before and half after it: finer splits
    gained nothing in trials and took the solver three times as long.

    Raises ValueError where operations work does not fit into the duty.
    """
    found = tuple(
        shape
        for start in crew.starts_min
        for before_min in _splits(crew.operations_min)
        if (shape := _shape(crew, start, before_min, grid))
    )
    if not found:
        message = f"{crew.operations_min} min of operations work do not fit into a duty of {crew}"
        raise ValueError(message)
    return found


def seats(shape: Shape, heads: int, counts: Sequence[Mapping[int, int]]) -> list[Seat]:
    """Return the duties of ``heads`` people, given how many start each part where.

    The i-th block, the i-th break and the i-th later block belong to one person; they fit if and only if
    the running totals of the parts do.
    """
    columns = [
        [Away(at, at + part.length_min, part.kind) for at in sorted(count) for _ in range(count[at])]
        for part, count in zip(shape.parts, counts, strict=True)
        if part.length_min
    ]
    crew = shape.crew
    return [
        Seat(crew.grade, shape.start_min, shape.end_min, tuple(c[i] for c in columns), crew.is_extra)
        for i in range(heads)
    ]


def break_starts(crew: Crew, start_min: int, grid: Grid) -> range:
    """Return when the break of a duty may start: 3-6 h after its start, around noon where that is possible.

    Always within the duty (労働基準法34条1項: 労働時間の途中), on the desk's grid.
    """
    after, before = BREAK_AFTER_START_MIN
    first = min(start_min + after, start_min + crew.work_min // 2)
    last = min(start_min + before, start_min + crew.work_min - grid.slot_min)
    if max(first, BREAK_CLOCK_MIN[0]) <= min(last, BREAK_CLOCK_MIN[1]):
        first, last = max(first, BREAK_CLOCK_MIN[0]), min(last, BREAK_CLOCK_MIN[1])
    on_grid = -(-first // grid.slot_min) * grid.slot_min
    return range(on_grid, max(last, on_grid) + 1, grid.slot_min)


def _shape(crew: Crew, start_min: int, before_min: int, grid: Grid) -> Shape | None:
    after_min, end_min = crew.operations_min - before_min, start_min + crew.duty_min
    breaks = tuple(
        at
        for at in break_starts(crew, start_min, grid)
        if start_min + before_min <= at <= end_min - crew.break_min - after_min
    )
    if not breaks:
        return None
    return Shape(
        crew,
        start_min,
        _operations(before_min, start_min, breaks[-1], grid),
        Part("break", crew.break_min, breaks),
        _operations(after_min, breaks[0] + crew.break_min, end_min, grid),
    )


def _operations(length_min: int, since: int, until: int, grid: Grid) -> Part:
    """A block may start at the first possible minute and on the grid, as long as it ends by ``until``."""
    on_grid = range(-(-since // grid.slot_min) * grid.slot_min, until - length_min + 1, grid.slot_min)
    return Part("operations", length_min, tuple(sorted({since, *on_grid})) if length_min else ())


def _splits(operations_min: int) -> list[int]:
    """Return the possible lengths of the block before the break: none, half of it, all."""
    half = operations_min // 2 // BLOCK_MIN * BLOCK_MIN
    return sorted({0, half, operations_min - half if half else 0, operations_min})
