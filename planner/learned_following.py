"""How calls followed reception hours in the past: what came on days of other hours, beside the usual profile.

Linear credibility (Bühlmann 1967, "Experience rating and credibility"; for one share equal to the posterior
mean of gamma-Poisson counts): with y_g the calls of a piece g of the day on all days of a period, V the size
of these days by the pieces that no hours touch, p the profile of usual days (by weekday and event, as the
forecast learns it), expected are

    E y_g = V p_g + sum_j x_gj theta_j,   x_gj = V times what share j brings to g (``planner.moved_calls``),

and theta minimises sum_g (y_g - E y_g)^2 / var_g + sum_j (theta_j - a_j)^2 / s_j^2, where a_j is the middle
of the assumed band and s_j such that the band is an 80 % interval. Of one share alone theta = z (y - V p) / x
+ (1 - z) a, z = s^2 / (s^2 + var / x^2): few days leave the assumption nearly as it is. var_g counts chance
(Poisson times what single days scatter beyond it), and that V and p are estimated too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from scipy.special import ndtri

from forecasts.distribution import Floats
from forecasts.events import Event
from forecasts.features import day_classes
from forecasts.history.counts import History
from forecasts.history.estimates import INTERVAL
from forecasts.shares import MODEL_DAYS, TIMED_DAYS, Shares, learned_shares
from planner.desk import Desk, PastHours, Reception
from planner.desk_levers import LEVELS, SHARES, Band, Following
from planner.moved_calls import Move, moves

LEAST_DAYS = 5
"""A week of other hours: fewer days tell nothing, and the assumption stays."""
_REACH = float(ndtri(0.5 + INTERVAL / 2))
_ROUNDS = 5  # the variances settle
_FIXED = 1e-4  # a band without width is held
_NOTHING = 1e-9


def with_other_hours(history: History, desk: Desk) -> History:
    """Return a history whose slots on days of other hours are not learned: on the channels that follow them.

    Totals are: they are kept but for new and lost calls, a few in a hundred of a day, and the days are often
    those of a peak that must not be missed.
    """
    of_calls = [c.id for c in desk.channels if c.waiting == "immediate"]
    moved = {(d, c) for d in history.days if _hours_of(desk, d) != desk.reception for c in of_calls}
    return replace(history, untimed=history.untimed | moved) if moved else history


def learned_following(history: History, desk: Desk, events: Sequence[Event]) -> Following:
    """Return the desk's assumption, with what past days of other hours tell in the place of its shares.

    ``history``: what is known. Days that are not learned from, or whose slots are not all known, do not
    count.
    """
    if not desk.past_hours:
        return desk.following
    past = _Past(history, desk, events)
    for period in desk.past_hours:
        past.take(period)
    told = [j for j, days in enumerate(past.days) if days >= LEAST_DAYS]
    if not told:
        return desk.following
    value, error = _estimated(tuple(past.pieces.values()), desk.following)
    bands = {SHARES[j]: _band(value[j], error[j]) for j in told}
    learned = tuple((SHARES[j], past.days[j]) for j in told)
    return _within_whole(replace(desk.following, **bands, learned=learned))


@dataclass(slots=True, eq=False)
class _Piece:
    """A piece of the day on the days of a period, summed: what came, what is usual, what shares bring (5,).

    ``rest``: calls by which the size of the days was judged, ``known``: by which the usual profile was.
    ``scatter``: calls of these days times how far single days scatter beyond chance; ``size``: calls.
    """

    rest: float = 0.0
    known: float = 0.0
    came: float = 0.0
    usual: float = 0.0
    scatter: float = 0.0
    size: float = 0.0
    effect: Floats = field(default_factory=lambda: np.zeros(len(SHARES)))


class _Past:
    """Collects the pieces of all periods; ``days`` (5,) on which each share could show itself."""

    def __init__(self, history: History, desk: Desk, events: Sequence[Event]) -> None:
        """Count the calls of a desk by day and slot, and the hours of each day."""
        calls = {c.id for c in desk.channels if c.waiting == "immediate"}
        columns = [c for c, channel in enumerate(history.channels) if channel in calls]
        untimed = {day for day, channel in history.untimed if channel in calls}
        self.count: Floats = history.count[:, :, columns].sum(axis=2).astype(np.float64)
        self.dates, self.grid, self.usual = history.days, history.grid, desk.reception
        self.hours = [_hours_of(desk, d) for d in history.days]
        self.traits = day_classes(history.days, events, desk.calendar)
        self.may_use = history.is_learned & np.array([d not in untimed for d in history.days], dtype=np.bool_)
        self.days = [0] * len(SHARES)
        self.pieces: dict[tuple[PastHours, tuple[int, ...]], _Piece] = {}

    def take(self, period: PastHours) -> None:
        """Take in the days of a period beside the usual days around it; too few of these tell nothing."""
        rows = [
            d
            for d, day in enumerate(self.dates)
            if day in period.period and self.may_use[d] and self.hours[d] == period.reception
        ]
        around = self._around(rows)
        if period.reception == self.usual or len(around) < TIMED_DAYS:
            return
        known = self.count[around]
        fallback = np.full(self.grid.slots, 1 / self.grid.slots)
        shares = learned_shares(known, [self.traits[d] for d in around], fallback)
        for d in rows:
            self._day(d, period, shares, known.sum(axis=0))

    def _around(self, rows: Sequence[int]) -> list[int]:
        """Return a year of usual days around the rows; no day that takes over from one closed early."""
        usual = [
            d
            for d, hours in enumerate(self.hours)
            if self.may_use[d] and hours == self.usual and self.hours[max(d - 1, 0)] == self.usual
        ]
        middle = rows[len(rows) // 2] if rows else 0
        return sorted(sorted(usual, key=lambda d: (abs(d - middle), d))[:MODEL_DAYS])

    def _day(self, d: int, period: PastHours, shares: Shares, known: Floats) -> None:
        """Add a day: its size by the slots that no move touches, then every piece that moves touch alike."""
        found = self._moves(d)
        touched = [m.target if m.is_new or m.is_overnight else m.source + m.target for m in found]
        roles = {s: tuple(s in slots for slots in touched) for s in period.reception.slots(self.grid)}
        usual = set(self.usual.slots(self.grid))
        rest = [s for s, role in roles.items() if s in usual and not any(role)]
        profile = shares.of(self.traits[d])
        came = float(self.count[d, rest].sum())
        if not (found and came):
            return
        volume = came / max(float(profile[rest].sum()), _NOTHING)
        effect = self._effects(found, volume * profile)
        firmness = shares.concentration
        scatter = 1.0 if np.isinf(firmness) else max((volume + firmness) / (1 + firmness), 1.0)
        least = min(float(known[list(m.source)].sum()) for m in found)
        for role in sorted(set(roles.values())):
            slots = [s for s, of in roles.items() if of == role]
            if any(role):
                piece = self.pieces.setdefault((period, tuple(slots)), _Piece(known=max(least, 1.0)))
                piece.rest += came
                piece.came += float(self.count[d, slots].sum())
                piece.usual += volume * float(profile[slots].sum())
                piece.effect += effect[:, slots].sum(axis=1)
                piece.scatter += volume * scatter
                piece.size += volume
        for j in {SHARES.index(m.share) for m in found if profile[list(m.source)].sum() > 0}:
            self.days[j] += 1

    def _moves(self, d: int) -> tuple[Move, ...]:
        """Return the moves that a day shows: its own, and what the evening before left for its opening."""
        found = moves(self.grid, self.usual, self.hours[d], self.hours[d]).within
        if d:
            before = moves(self.grid, self.usual, self.hours[d - 1], self.hours[d]).overnight
            found += (before,) if before else ()
        return found

    def _effects(self, found: Sequence[Move], usual: Floats) -> Floats:
        """Return the calls by share and slot (5, S) that each share brings, were it 1, to a day (S,)."""
        out = np.zeros((len(SHARES), self.grid.slots))
        for move in found:
            source, target, j = list(move.source), list(move.target), SHARES.index(move.share)
            out[j, target] += usual[source].sum() / len(target)
            if not (move.is_new or move.is_overnight):
                out[j, source] -= usual[source]
        return out


def _estimated(pieces: Sequence[_Piece], assumed: Following) -> tuple[Floats, Floats]:
    """Return the shares (5,) and their standard errors: what came, weighed against the assumption."""
    effect = np.stack([p.effect for p in pieces])
    came, usual, rest, known = (
        np.array([getattr(p, name) for p in pieces]) for name in ("came", "usual", "rest", "known")
    )
    scatter = np.array([p.scatter / p.size for p in pieces])
    bands = np.array([getattr(assumed, share) for share in SHARES])
    middle = bands[:, LEVELS.index("mid")]
    belief = 1 / np.maximum((bands[:, 2] - bands[:, 0]) / (2 * _REACH), _FIXED) ** 2
    value, spread = middle, np.diag(1 / belief)
    for _ in range(_ROUNDS):
        expected = np.maximum(usual + effect @ value, 1.0)
        weight = 1 / (scatter * expected * (1 + expected / rest + expected / known))
        spread = np.linalg.inv((effect.T * weight) @ effect + np.diag(belief))
        value = np.clip(spread @ (effect.T @ (weight * (came - usual)) + belief * middle), 0.0, 1.0)
    return value, np.sqrt(np.diag(spread))


def _band(value: float, error: float) -> Band:
    """Return the 80 % interval around a share, within 0 to 1."""
    return max(value - _REACH * error, 0.0), float(value), min(value + _REACH * error, 1.0)


def _within_whole(found: Following) -> Following:
    """Return shares of closed time that together are no more than its calls."""
    pairs = zip(found.same_day, found.next_day, strict=True)
    same, following = zip(*((a / max(a + b, 1.0), b / max(a + b, 1.0)) for a, b in pairs), strict=True)
    return replace(found, same_day=same, next_day=following)


def _hours_of(desk: Desk, day: date) -> Reception:
    """Return the hours of a past day; what is written first holds."""
    return next((past.reception for past in desk.past_hours if day in past.period), desk.reception)
