"""The last minutes of a segment, whose callers may see people come or go before their limit is over.

A function of the moment and of the state is gathered through the window as a sum over the steps of the
uniformised chain: sum over n of P^n sum over m of weight[n, m] x function[m], by Horner's rule (see
``uniformised``). Columns are Gauss' nodes, as in ``lateness``, or a whole span whose callers see no change.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from forecasts.distribution import Floats
from planner.queueing.exact.caller import Caller, Turn
from planner.queueing.exact.lateness import missed, nodes_within
from planner.queueing.exact.uniformised import step_chances, step_minutes

_SAME_MIN = 1e-9
_MOST_NUMBERS = 8_000_000  # 64 MB of views


class Seen(NamedTuple):
    """A turn that callers of a segment see, ``after_min`` past the segment's end; see ``caller.Turn``.

    ``held``: the chances by row, of so many ``rows``, as bytes, so that views can be told from each other;
    None = nobody is held up.
    """

    after_min: float
    heads: int
    advance: int
    held: bytes | None = None
    rows: int = 1


Path = tuple[Seen, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """Columns of a window: the moment in the segment at which a caller looks (M,), and the turns seen then.

    ``weights`` (steps, M + 1): the last column is that of what comes after the window.
    """

    moments: tuple[float, ...]
    seen: tuple[int, ...]
    weights: Floats


@lru_cache(maxsize=4096)
def window(
    length_min: float, limit_min: float, afters: tuple[float, ...], rate: float, pace_per_min: float
) -> Window:
    """Cut the window of a segment whose callers see turns so long after its end; ``rate`` steps a minute."""
    start = max(length_min - limit_min, 0.0)
    cuts = sorted({length_min + after - limit_min for after in afters} | {start, length_min})
    bounds = [c for c in cuts if start <= c <= length_min]
    kept = bounds[:1] + [b for a, b in pairwise(bounds) if b - a > _SAME_MIN]
    moments: list[float] = []
    seen: list[int] = []
    columns = []
    for a, b in pairwise(kept):
        count = sum(after + length_min < (a + b) / 2 + limit_min for after in afters)
        at, minutes = nodes_within(a, b, pace_per_min) if count else (np.array([a]), np.ones(1))
        moments += at.tolist()
        seen += [count] * at.size
        columns.append(
            step_chances(rate, at - start) * minutes if count else _spent(rate, a - start, b - start)
        )
    columns.append(step_chances(rate, np.array([length_min - start])))
    return Window(tuple(moments), tuple(seen), _side_by_side(columns))


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """What callers see from a segment's window, for N states; looks are kept, since plans are much alike."""

    caller: Caller
    limit_min: float
    states: int
    rate: float
    pace_per_min: float
    _looks: dict[tuple[float, int, Path], tuple[Window, Floats]] = field(default_factory=dict)

    def look(self, length_min: float, heads: int, path: Path) -> tuple[Window, Floats]:
        """Return the window of a segment, and the chances to miss the limit by column, (M, 1 or B, N)."""
        key = length_min, heads, path
        if key not in self._looks:
            found = self._looked(length_min, heads, path)
            if (len(self._looks) + 1) * found[1].size > _MOST_NUMBERS:
                self._looks.clear()
            self._looks[key] = found
        return self._looks[key]

    def _looked(self, length_min: float, heads: int, path: Path) -> tuple[Window, Floats]:
        afters = tuple(seen.after_min for seen in path)
        cut = window(length_min, self.limit_min, afters, self.rate, self.pace_per_min)
        found = []
        for moment, count in zip(cut.moments, cut.seen, strict=True):
            turns = tuple(_turn(seen, length_min - moment) for seen in path[:count])
            found.append(missed(self.caller, heads, turns, self.limit_min, self.states))
        shape = max((len(f) for f in found), default=1), self.states
        views = [np.broadcast_to(f, shape) for f in found]
        return cut, np.stack(views) if views else np.zeros((0, *shape))


def _turn(seen: Seen, left_min: float) -> Turn:
    held = None if seen.held is None else np.frombuffer(seen.held).reshape(seen.rows, -1)
    return Turn(left_min + seen.after_min, seen.heads, seen.advance, held)


def _spent(rate: float, start: float, end: float) -> Floats:
    """Return the minutes between steps from one moment to another, (steps, 1)."""
    until, before = step_minutes(rate, end), step_minutes(rate, start)
    until[: before.size] -= before
    return until[:, None]


def _side_by_side(columns: list[Floats]) -> Floats:
    """Set columns of unlike lengths side by side, with zeros below the shorter ones."""
    steps = max(len(c) for c in columns)
    return np.asarray(np.hstack([np.pad(c, ((0, steps - len(c)), (0, 0))) for c in columns]))
