"""Work that follows reception hours: calls beside added time come in it, those of closed time may be lost.

What the judges do with rates outside reception hours stays as it is: mail and forms wait for the opening,
and so do calls that the log tells of at such times, as work that may wait (``queueing.simulated``); with
earlier hours both are begun earlier. But a log seldom tells of calls that found nobody. So hours that are
moved without this model open to silence, and all calls of an hour that is closed would be written down and
done the next morning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from forecasts.distribution import Floats
from forecasts.slots import Grid
from planner.desk import Reception
from planner.desk_levers import LEVELS, Following, Level
from planner.formation import Formation
from planner.moved_calls import Move, Moves, moves
from planner.workload import Workload


@dataclass(frozen=True, slots=True)
class MovedCalls:
    """Measured calls of a mean day of a change of hours.

    ``into_added``: that come in added time instead of beside it; ``new``: that come there besides;
    ``returning``: of closed time, that come at another time; ``lost``: the rest of them.
    """

    into_added: float
    new: float
    returning: float
    lost: float


def followed(
    work: Workload,
    standing: Formation,
    changed: Formation,
    following: Following,
    level: Level = "mid",
    days: Sequence[date] | None = None,
) -> Workload:
    """Return the work while ``changed`` holds on some days (default: all), ``standing`` on the others.

    Only channels on which somebody waits move: mail and forms come when they come. Totals are kept, but for
    the new calls of added time, the lost ones of closed time, and those that return after the last day.
    The same work where hours stay.
    """
    usual, now = _reception(standing), _reception(changed)
    immediate = [k for k, c in enumerate(work.classes) if c.waiting == "immediate"]
    if usual == now or not immediate:
        return work
    chosen = set(work.days if days is None else days)
    at = [d for d, day in enumerate(work.days) if day in chosen]
    rates = work.rates.copy()
    for k in immediate:
        _follow(work.rates[..., k], rates[..., k], at, _Days(work.grid, usual, now), following.at(level))
    return replace(work, rates=rates)


def followed_band(
    work: Workload,
    standing: Formation,
    changed: Formation,
    following: Following,
    days: Sequence[date] | None = None,
) -> tuple[Workload, Workload, Workload]:
    """Return the work where calls follow little, as expected, and much (``LEVELS``), as ``followed`` does."""
    low, mid, high = (followed(work, standing, changed, following, level, days) for level in LEVELS)
    return low, mid, high


def moved_calls(
    work: Workload,
    standing: Formation,
    changed: Formation,
    following: Following,
    level: Level = "mid",
    days: Sequence[date] | None = None,
) -> MovedCalls:
    """Return what a change of hours does to the measured calls of a mean day on which it holds."""
    measured = [k for k, c in enumerate(work.classes) if c.is_measured and c.waiting == "immediate"]
    chosen = [d for d, day in enumerate(work.days) if days is None or day in days]
    if not (measured and chosen):
        return MovedCalls(0.0, 0.0, 0.0, 0.0)
    calls = work.rates[:, chosen][..., measured].sum(axis=3).mean(axis=(0, 1))
    usual, now = _reception(standing), _reception(changed)
    found = moves(work.grid, usual, now, now)
    shares = following.at(level)
    sums = {"added": 0.0, "new": 0.0, "back": 0.0}
    for move in (*found.within, *([found.overnight] if found.overnight else [])):
        kind = {"earlier": "added", "later": "added", "new": "new"}.get(move.share, "back")
        sums[kind] += shares[move.share] * float(calls[list(move.source)].sum())
    closed = float(calls[list(found.closed)].sum())
    return MovedCalls(sums["added"], sums["new"], sums["back"], max(closed - sums["back"], 0.0))


@dataclass(frozen=True, slots=True)
class _Days:
    """The hours of the days of a work: usual ones, and those of the days of the change."""

    grid: Grid
    usual: Reception
    now: Reception

    def moves(self, *, is_over: bool = False) -> Moves:
        """Return the moves of a day of the change; ``is_over``: the next day has usual hours again."""
        return moves(self.grid, self.usual, self.now, self.usual if is_over else self.now)


def _follow(calls: Floats, out: Floats, at: Sequence[int], hours: _Days, shares: Mapping[str, float]) -> None:
    """Move the calls of a channel (P, D, S) into ``out``, a copy of them; ``at``: the days of the change."""
    found = hours.moves()
    for move in found.within:
        _move(calls, out, (at, at), move, shares[move.share])
    for is_over in (False, True):
        move_on = hours.moves(is_over=is_over).overnight
        nights = [d for d in at if d + 1 < calls.shape[1] and (d + 1 not in at) == is_over]
        if move_on and nights:
            _move(calls, out, (nights, [d + 1 for d in nights]), move_on, shares[move_on.share])
    out[:, at] = np.maximum(out[:, at], 0.0)  # what rounding leaves of a source that gave all
    for slot in found.closed:
        out[:, at, slot] = 0.0


def _move(
    calls: Floats, out: Floats, days: tuple[Sequence[int], Sequence[int]], move: Move, share: float
) -> None:
    """Bring a share of the calls of one day's source to the target of that or the next day."""
    leaving, coming = days
    source = list(move.source)
    amount = share * calls[:, leaving][:, :, source].sum(axis=2)
    for slot in move.target:
        out[:, coming, slot] += amount / len(move.target)
    if not move.is_new:
        for slot in source:
            out[:, leaving, slot] -= share * calls[:, leaving, slot]


def _reception(formation: Formation) -> Reception:
    return Reception(formation.opens_min, formation.closes_min)
