"""The law of a desk with calls of two phases through a day, for many days of one plan at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from forecasts.distribution import Floats
from planner.queueing.exact.pieces import Piece, pieces, spans
from planner.queueing.exact.uniformised import rate_of, step_chances, step_minutes, summed
from planner.queueing.line import Conventions
from planner.queueing.phases.phase_moves import Rules, arriving, taken_along, times, working
from planner.queueing.phases.phase_turns import Held, later, turns
from planner.queueing.timeline import Timeline

# Gauss nodes of a piece whose callers see people come or go: five for a minute, more for a longer piece.
_FEWEST_NODES, _NODES_A_MIN, _MOST_NODES = 5, 0.8, 16


@dataclass(frozen=True, slots=True, eq=False)
class PhaseCourse:
    """B days of one plan. By piece: minutes ``spent`` in each state (X, B), ``laws`` at its nodes (Q, X, B).

    ``ends``: laws at the end of each segment (X, B). ``gone`` (K, B, 2): calls in phase 1 and 2 that leavers
    took along, those of people who come back late left out, which are ``moved``. ``late``: by segment, the
    groups that may come back late, people and how many of them are held up. ``lost`` (B,): expected
    calls that found all places taken.
    """

    spent: list[Floats]
    laws: list[Floats]
    ends: list[Floats]
    gone: Floats
    moved: Floats
    lost: Floats
    late: dict[int, list[tuple[int, Held]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A piece of the day, and by limit the segments that begin with a change while its callers wait."""

    piece: Piece
    seen: tuple[tuple[int, ...], ...]

    def nodes(self) -> tuple[Floats, Floats]:
        """Return minutes of the day and weights in minutes of Gauss' rule (Q,), (Q,).

        None where no change is seen: the chance to be late is then the same all along.
        """
        if not any(self.seen):
            return np.zeros(0), np.zeros(0)
        start, minutes = self.piece.start_min, self.piece.minutes
        count = min(_FEWEST_NODES + int(_NODES_A_MIN * minutes), _MOST_NODES)
        at, weight = np.polynomial.legendre.leggauss(count)
        return start + minutes * (1 + at) / 2, weight * minutes / 2


def asked(timeline: Timeline, limits_min: Sequence[float]) -> tuple[Asked, ...]:
    """Cut the day so finely that callers of a piece see the same changes within every limit."""
    cut = pieces(timeline, limits_min, ())
    seen = [{p: s.seen for s in spans(timeline, cut, limit) for p in s.pieces} for limit in limits_min]
    return tuple(Asked(piece, tuple(s[place] for s in seen)) for place, piece in enumerate(cut))


def phase_course(
    rules: Rules, timeline: Timeline, births: Floats, conventions: Conventions, cut: Sequence[Asked]
) -> PhaseCourse:
    """Carry the law from an empty desk at opening to the closing; births (B, K) a minute."""
    taken = (len(timeline.heads), len(births), 2)
    found = PhaseCourse([], [], [], np.zeros(taken), np.zeros(taken), np.zeros(len(births)))
    law = np.zeros((rules.places * (timeline.heads[0] + 1), len(births)))
    law[0] = 1.0
    for k, heads in enumerate(timeline.heads):
        if k and conventions.shift_end == "exhaustive" and timeline.leaves[k]:
            _note_leavers(found, rules, timeline, k, law, is_full=conventions.returns == "full")
        for turn in turns(timeline, k, conventions, found.late.get(k, ())):
            law = turn.after(rules, law)
        for part in (p for p in cut if p.piece.segment == k):
            law = _stayed(found, rules, heads, births[:, k], part, law)
        found.ends.append(law)
    return found


def _stayed(found: PhaseCourse, rules: Rules, heads: int, births: Floats, part: Asked, law: Floats) -> Floats:
    """Note what a piece of constant heads brings, and return the law at its end."""
    work, arrivals = working(rules, heads).T.tocsr(), arriving(rules, heads).T.tocsr()
    rate = rate_of(float(births.max(initial=0.0) - work.diagonal().min()))
    size, share = work.shape[0], births / rate
    # One product for those who stay, leave or move on, and for those who come, whose rate is each row's own.
    stays = sparse.csr_array(sparse.eye_array(size) + work * (1.0 / rate))
    step = sparse.csr_array(sparse.vstack((stays, arrivals)))
    piece, (at, _) = part.piece, part.nodes()
    chances = step_chances(rate, np.append(at - piece.start_min, piece.minutes))
    weights = np.column_stack((chances, step_minutes(rate, piece.minutes))).T.copy()

    def stepped(now: Floats) -> Floats:
        both = times(step, now)
        return np.asarray(both[:size] + both[size:] * share)

    laws = summed(stepped, law, weights)
    found.laws.append(laws[:-2])
    found.spent.append(laws[-1])
    found.lost[:] += births * laws[-1, -heads - 1 :].sum(axis=0)
    return np.asarray(laws[-2])


def _note_leavers(
    found: PhaseCourse, rules: Rules, timeline: Timeline, k: int, law: Floats, *, is_full: bool
) -> None:
    """Note which calls the leavers take along, and who of them may come back late."""
    heads = timeline.heads[k - 1]
    for back in (b for b in timeline.returns if b.left_at == k):
        chances = taken_along(rules, heads, back.people)
        held: Held = {calls: share.ravel() @ law for calls, share in chances.items()}
        if not is_full:
            away = timeline.bounds_min[back.back_at] - timeline.bounds_min[k]
            held = later(held, rules.phases.still(away))
        found.late.setdefault(back.back_at, []).append((back.people, held))
        found.moved[k] += calls_of(held)
    busy = np.stack(np.broadcast_arrays(*rules.busy(heads)), axis=-1).reshape(-1, 2)
    found.gone[k] = law.T @ busy * (timeline.leaves[k] / heads) - found.moved[k]


def calls_of(held: Held) -> Floats:
    """Return the expected calls in phase 1 and 2, by row (B, 2)."""
    return np.asarray(
        sum(share[:, None] * np.array(calls, dtype=np.float64) for calls, share in held.items())
    )
