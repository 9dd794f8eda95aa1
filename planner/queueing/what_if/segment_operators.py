"""Every segment of a day with every number of people, as operators on the number in the system (N states)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import NamedTuple

import numpy as np

from forecasts.distribution import Floats
from planner.queueing.exact.birth_death import deaths
from planner.queueing.exact.caller import caller, places_within
from planner.queueing.exact.lateness import changes_per_min, missed
from planner.queueing.exact.step_chain import StepChain, step_chain
from planner.queueing.exact.uniformised import rate_of
from planner.queueing.line import Line
from planner.queueing.what_if.transitions import transitions
from planner.queueing.what_if.window import Outlook, Path, Window

_NUMBERS_AT_ONCE = 10_000  # of the states of a stack: they stay in the cache of the processor


class Row(NamedTuple):
    """A segment with so many people, and what its callers see: one row of a stack."""

    segment: int
    heads: int
    path: Path


@dataclass(frozen=True, slots=True, eq=False)
class SegmentOperators:
    """K segments, H numbers of people (0, 1, …), B rows of rates, N states.

    A segment has two parts: callers of the first, up to its end but for the limit, see no change in time; the
    second is its window. ``reach`` (K, H, B, N, N): chances [from, to] over the first part; ``clean``
    (K, H, B, N): expected late calls of it, by the state at its start.
    """

    lengths_min: Floats
    births: Floats
    dying: Floats
    outlook: Outlook
    reach: Floats
    clean: Floats
    _whole: dict[tuple[int, int], Floats] = field(default_factory=dict)

    @property
    def states(self) -> int:
        """The number of states."""
        return int(self.clean.shape[3])

    def whole(self, plan: Sequence[int]) -> list[Floats]:
        """Return the chances (B, N, N) over each whole segment with the plan's people; kept once made."""
        wanted = list(enumerate(plan))
        new = [w for w in wanted if w not in self._whole]
        if new:
            found, _ = _stacked(self.births, self.dying, self.lengths_min, new, np.zeros_like(self.dying))
            self._whole.update(zip(new, found, strict=True))
        return [self._whole[w] for w in wanted]

    def through_window(self, rows: Sequence[Row], onward: Floats | None = None) -> Floats:
        """Return expected late calls of the windows by the state at their start, (rows, B, N).

        ``onward`` (rows, B, N): what is expected from the end of the segment on, added by the state there.
        """
        out = np.empty((len(rows), len(self.births), self.states))
        some = max(1, _NUMBERS_AT_ONCE // out[:1].size)
        for cut, places, views in self._by_window(rows):
            for a in range(0, len(places), some):
                part = places[a : a + some]
                chosen = [rows[p] for p in part]
                functions = _side_by_side(views[a : a + some]) * self._births(chosen)
                if onward is not None:
                    functions = np.concatenate((functions, onward[None, part]))
                out[part] = self._chain(chosen).before(functions, cut.weights[:, : len(functions)])
        return out

    def late_in_window(self, rows: Sequence[Row], laws: Floats) -> Floats:
        """Return expected late calls of the windows, (rows, B); laws (K, B, N) by segment at their start."""
        out = np.zeros((len(rows), len(self.births)))
        for cut, places, views in self._by_window(rows):
            chosen = [rows[p] for p in places]
            at = {(row.segment, row.heads): row for row in chosen}
            where = {key: n for n, key in enumerate(at)}
            start = laws[[segment for segment, _ in at]]
            spent = self._chain(list(at.values())).after(start, cut.weights[:, : len(cut.moments)])
            each = spent[:, [where[row.segment, row.heads] for row in chosen]]
            late = np.einsum("mrbn,mrbn->rb", each, np.broadcast_to(_side_by_side(views), each.shape))
            out[places] = late * self._births(chosen)[..., 0]
        return out

    def _by_window(self, rows: Sequence[Row]) -> Iterable[tuple[Window, list[int], list[Floats]]]:
        """Return windows, the places of their rows, and the rows' views."""
        groups: dict[Window, tuple[list[int], list[Floats]]] = {}
        for place, row in enumerate(rows):
            cut, view = self.outlook.look(float(self.lengths_min[row.segment]), row.heads, row.path)
            places, views = groups.setdefault(cut, ([], []))
            places.append(place)
            views.append(view)
        return [(cut, *found) for cut, found in groups.items()]

    def _births(self, rows: Sequence[Row]) -> Floats:
        return np.asarray(self.births.T[[row.segment for row in rows]][:, :, None])

    def _chain(self, rows: Sequence[Row]) -> StepChain:
        rate, dying = self.outlook.rate, self.dying[[row.heads for row in rows]][:, None]
        return step_chain(self._births(rows) / rate, dying / rate)


def _side_by_side(views: Sequence[Floats]) -> Floats:
    """Return views (M, 1 or B, N) as one array (M, rows, 1 or B, N)."""
    rows = max(view.shape[1] for view in views)
    every = [view if view.shape[1] == rows else view.repeat(rows, axis=1) for view in views]
    return np.stack(every, axis=1)


def segment_operators(
    line: Line, lengths_min: Floats, births: Floats, limit_min: float, most_heads: int, states: int
) -> SegmentOperators:
    """Build the operators for up to so many people; births (B, K) a minute."""
    heads = range(most_heads + 1)
    dying = deaths(line, np.array(heads, dtype=np.float64), states)
    joiners = most_heads * ceil(limit_min / float(lengths_min.min()))
    known = caller(line, places_within(line, states, most_heads, limit_min, joiners))
    rate = rate_of(float(births.max(initial=0.0) + dying.max()))
    late = np.concatenate([missed(known, k, (), limit_min, states) for k in heads])
    every = [(t, k) for t in range(lengths_min.size) for k in heads]
    shape = (lengths_min.size, len(heads), len(births), states)
    first = np.maximum(lengths_min - limit_min, 0.0)
    reach, clean = _stacked(births, dying, first, every, late)
    clean *= births.T[[t for t, _ in every]][:, :, None]
    pace = changes_per_min(line, most_heads, float(births.max(initial=0.0)))
    outlook = Outlook(known, limit_min, states, rate, pace)
    return SegmentOperators(
        lengths_min, births, dying, outlook, reach.reshape(*shape, states), clean.reshape(shape)
    )


def _stacked(
    births: Floats,
    dying: Floats,
    minutes: Floats,
    of: Sequence[tuple[int, int]],
    late: Floats,
) -> tuple[Floats, Floats]:
    """Return chances (X, B, N, N) and gathered lateness (X, B, N) of segments with people; late (H, N)."""
    segments, heads = (np.repeat(x, len(births)) for x in zip(*of, strict=True))
    size = len(births), dying.shape[1]
    rates = births.T[segments[:: size[0]]].reshape(-1)
    chances, gathered = transitions(rates, dying[heads], minutes[segments], late[heads])
    return chances.reshape(-1, *size, size[1]), gathered.reshape(-1, *size)
