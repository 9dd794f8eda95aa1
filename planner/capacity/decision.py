"""Which weeks have temporary people, at least cost: exact, by dynamic programming over the months.

A month's service depends on its own weeks alone; months hang together by the weeks that lie in two of them,
by the least length of a block and by the most weeks of a year: these make the state at a month's end.

Compared in this order: by how much the months fall short of a target at the accepted risk, added up; in how
many they do; the price (every person-week costs the same); the room that is left above the targets, added
up. So where no placement reaches the target the best reachable one is found, and among equally dear ones the
people come when they help most.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import floor

from planner.capacity.months import Choices, ways

YEAR_MONTHS = 12
_STEPS = 10_000
"""Shortfalls and room are compared in hundredths of a point."""

Value = tuple[int, int, int, int]
"""Shortfall, months missed, temporary person-weeks, room below 0: the least is the best."""
Runs = tuple[int, ...]
"""For how many weeks each of the people now there has been, up to the least length; as many as there are."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What temporary people can be had for: blocks of ``least_weeks``, in ``most_weeks`` of 12 months.

    The 12 months are counted from the first month; a week in two months belongs to the earlier one.
    """

    least_weeks: int = 2
    most_weeks: int = 13


@dataclass(frozen=True, slots=True)
class Placed:
    """Temporary people by week, and what it comes to. ``risk``, ``room``: of each month."""

    levels: tuple[int, ...]
    value: Value
    risk: tuple[float, ...]
    room: tuple[float, ...]

    @property
    def person_weeks(self) -> int:
        """Temporary people, week by week."""
        return self.value[2]


def month_value(room: float, person_weeks: int) -> Value:
    """Return what a month adds to the value of a placement; any shortfall counts, however small."""
    steps = floor(room * _STEPS + 1e-6)
    return max(-steps, 0), int(room < 0), person_weeks, -steps


def keeps_blocks(levels: Sequence[int], least_weeks: int) -> bool:
    """Tell whether every stretch of weeks with a first, a second … temporary person is long enough."""
    runs: Runs | None = ()
    for level in (*levels, 0):
        runs = None if runs is None else gone_on(runs, level, least_weeks)
    return runs is not None


def gone_on(runs: Runs, level: int, least_weeks: int) -> Runs | None:
    """Return the runs after another week with so many people; None where one who goes came too lately."""
    if any(run < least_weeks for run in runs[level:]):
        return None
    stayed = tuple(min(run + 1, least_weeks) for run in runs[:level])
    return (*stayed, *(1 for _ in range(level - len(runs))))


def added(one: Value, other: Value) -> Value:
    """Add two values up."""
    return one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3]


@dataclass(frozen=True, slots=True)
class _State:
    """How a month ended: the runs after its last week, and the weeks of the year that had somebody."""

    runs: Runs
    used: int


@dataclass(frozen=True, slots=True)
class _Path:
    """The best way to a state: its value, levels by week, and the way chosen in each month."""

    value: Value
    levels: tuple[int, ...]
    ways: tuple[int, ...]


def placed(months: Sequence[Choices], limits: Limits) -> Placed:
    """Return the best placement of temporary people; of equals the one with people later.

    Raises ValueError where there are no months, or where they do not follow one another week by week.
    """
    if not months:
        message = "no months to place people in: ask for a horizon with an office day"
        raise ValueError(message)
    best = {_State((), 0): _Path((0, 0, 0, 0), (), ())}
    last_week = -1
    for number, month in enumerate(months):
        is_shared = month.weeks[0] == last_week
        if month.weeks[0] != last_week + 1 - is_shared:
            message = f"weeks {month.weeks} do not follow week {last_week}"
            raise ValueError(message)
        if number % YEAR_MONTHS == 0:
            best = _fewest_used(best)
        best = _after(best, month, limits, is_shared=is_shared)
        last_week = month.weeks[-1]
    ended = [p for s, p in best.items() if gone_on(s.runs, 0, limits.least_weeks) is not None]
    found = min(ended, key=lambda p: (p.value, p.levels))
    chosen = list(zip(months, found.ways, strict=True))
    return Placed(
        found.levels,
        found.value,
        tuple(float(m.risk[w]) for m, w in chosen),
        tuple(float(m.room[w]) for m, w in chosen),
    )


def _fewest_used(best: dict[_State, _Path]) -> dict[_State, _Path]:
    """Begin a year: whatever was used before counts no more."""
    out: dict[_State, _Path] = {}
    for state, path in best.items():
        _keep(out, _State(state.runs, 0), path)
    return out


def _keep(known: dict[_State, _Path], state: _State, path: _Path) -> None:
    before = known.get(state)
    if before is None or (path.value, path.levels) < (before.value, before.levels):
        known[state] = path


def _after(
    before: dict[_State, _Path], month: Choices, limits: Limits, *, is_shared: bool
) -> dict[_State, _Path]:
    """Return the best ways to the states after a month."""
    out: dict[_State, _Path] = {}
    best_of: dict[Runs, tuple[_Step, ...]] = {}
    for state, path in before.items():
        if state.runs not in best_of:
            best_of[state.runs] = _steps(month, state.runs, limits, is_shared=is_shared)
        for step in best_of[state.runs]:
            used = state.used + step.used
            if used <= limits.most_weeks:
                total = added(path.value, step.value)
                levels = path.levels + step.levels
                _keep(out, _State(step.runs, used), _Path(total, levels, (*path.ways, step.way)))
    return out


@dataclass(frozen=True, slots=True)
class _Step:
    """One way of a month after some runs: the runs after it, weeks used, its value, its levels."""

    runs: Runs
    used: int
    value: Value
    levels: tuple[int, ...]
    way: int


def _steps(month: Choices, runs: Runs, limits: Limits, *, is_shared: bool) -> tuple[_Step, ...]:
    """Return the best step to each end of a month: others with the same end can only be worse."""
    out: dict[tuple[Runs, int], _Step] = {}
    most = int(month.levels.max(initial=0))
    for way, end, used, levels in _moves(len(month.weeks), most, runs, limits.least_weeks, is_shared):
        value = month_value(float(month.room[way]), sum(levels))
        known = out.get((end, used))
        if known is None or (value, levels) < (known.value, known.levels):
            out[end, used] = _Step(end, used, value, levels, way)
    return tuple(out.values())


@lru_cache(maxsize=512)
def _moves(
    weeks: int,
    most: int,
    runs: Runs,
    least_weeks: int,
    is_shared: bool,  # noqa: FBT001  # positional for the cache
) -> tuple[tuple[int, Runs, int, tuple[int, ...]], ...]:
    """Return the ways of a month that keep blocks after ``runs``: place, runs after, weeks used, new levels.

    The first week is the last of the month before where it ``is_shared``: its people are known.
    """
    out = []
    for way, row in enumerate(ways(weeks, most).tolist()):
        if is_shared and row[0] != len(runs):
            continue
        new = tuple(row[is_shared:])
        end: Runs | None = runs
        for level in new:
            end = None if end is None else gone_on(end, level, least_weeks)
        if end is not None:
            out.append((way, end, sum(level > 0 for level in new), new))
    return tuple(out)
