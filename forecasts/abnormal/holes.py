"""Hours without any inquiry in a day that is usual otherwise: an exchange or a mail server was down."""

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
from scipy.special import gammaln
from scipy.stats import poisson

from forecasts.abnormal.day import AbnormalDay
from forecasts.abnormal.usual import Bools, Usual
from forecasts.distribution import Floats, Wholes
from forecasts.history.counts import History
from forecasts.shares import MODEL_DAYS, learned_shares

HOLE_CHANCE = 1e-4
_USUAL_REST = 0.5  # of what was expected outside the hole came
_AROUND_DAYS, _AROUND_WEEKS = 30, 10  # on each side, from which the profile of a day is learned
_HELD = 20.0  # inquiries by which the profile of a weekday is held at that of all days
_LEAST_MIN = 30
_NEAR_NOTHING = 1e-9


def holes(history: History, expected: Mapping[str, Usual], gone: set[date]) -> tuple[AbnormalDay, ...]:
    """Return the holes of all channels together, and those of one channel beside them.

    ``expected``: what is usual by channel ("" = all, first); ``gone``: days that are not looked at.
    """
    is_gone = np.array([d in gone for d in history.days])
    found: list[AbnormalDay] = []
    for channel, usual in expected.items():
        columns = [history.channels.index(channel)] if channel else list(range(len(history.channels)))
        untimed = {d for d, c in history.untimed if channel in {"", c}}
        skipped = is_gone | np.array([d in untimed for d in history.days])
        count = history.count[:, :, columns].sum(axis=2).astype(float)
        of_all = list(found)
        found += [
            hole
            for hole in _holes(history, channel, count, usual, skipped)
            if not any(_overlap(hole, o) for o in of_all if not o.channel)
        ]
    return tuple(found)


def _overlap(one: AbnormalDay, other: AbnormalDay) -> bool:
    (a, b), (c, d) = one.hours or (0, 0), other.hours or (0, 0)
    return one.day == other.day and a < d and c < b


def _holes(
    history: History, channel: str, count: Floats, usual: Usual, skipped: Bools
) -> Iterator[AbnormalDay]:
    """Yield the stretches whose emptiness is improbable given what came in the rest of the day.

    Dirichlet-multinomial: with n inquiries in the rest of the day, a stretch of share q is empty with
    probability B(a (1 - q) + n, a q) / B(a (1 - q), a q), where a says how firmly days keep to their
    profile; times the number of slots, for the stretches that were looked at.
    """
    own = count.copy()
    own[:, 0] = 0  # the first slot holds what came on closing days
    profiles = _profiles(own, np.array([d.weekday() for d in history.days]), skipped)
    firmness = _firmness(own, skipped)
    looked_at = (profiles > 0).any(axis=0)
    row, start, end = _stretches((own == 0) & looked_at & ~skipped[:, None])
    edges = np.pad(profiles.cumsum(axis=2), ((0, 0), (0, 0), (1, 0)))
    share = np.clip((edges[:, row, end] - edges[:, row, start]).min(axis=0), _NEAR_NOTHING, 1 - _NEAR_NOTHING)
    usual_rest = (1 - share) * usual.mean[row]
    seen_rest = own.sum(axis=1)[row]
    rest = np.minimum(seen_rest, usual_rest)
    chance = looked_at.sum(axis=1)[row] * np.exp(_log_empty(share, rest, firmness))
    is_long = (end - start) * history.grid.slot_min >= _LEAST_MIN
    for n in np.flatnonzero((chance < HOLE_CHANCE) & is_long & (seen_rest >= _USUAL_REST * usual_rest)):
        mean = float(rest[n] * share[n] / (1 - share[n]))
        low, high = (int(bound) for bound in np.asarray(poisson.ppf((0.025, 0.975), mean)))
        hours = (history.grid.start_min(int(start[n])), history.grid.start_min(int(end[n])))
        yield AbnormalDay(history.days[row[n]], channel, "hole", 0, mean, low, high, float(chance[n]), hours)


def _log_empty(share: Floats, rest: Floats, firmness: float) -> Floats:
    if np.isinf(firmness):
        return rest * np.log1p(-share)
    kept = firmness * (1 - share)
    out: Floats = gammaln(kept + rest) - gammaln(kept) + gammaln(firmness) - gammaln(firmness + rest)
    return out


def _profiles(own: Floats, weekday: Wholes, skipped: Bools) -> Floats:
    """Return the shares of the slots on the days around each, and on those of its weekday: (2, D, S)."""
    used = np.where(skipped[:, None], 0.0, own)
    of_all = _around(used, _AROUND_DAYS)
    of_weekday = np.zeros_like(of_all)
    for n in np.unique(weekday):
        of_weekday[weekday == n] = _around(used[weekday == n], _AROUND_WEEKS)
    overall = of_all / np.maximum(of_all.sum(axis=1, keepdims=True), 1.0)
    drawn = of_weekday + _HELD * overall
    return np.stack([overall, drawn / np.maximum(drawn.sum(axis=1, keepdims=True), 1.0)])


def _around(rows: Floats, reach: int) -> Floats:
    """Return the sum of the rows around each, itself not among them."""
    summed = np.vstack([np.zeros(rows.shape[1]), rows.cumsum(axis=0)])
    at = np.arange(len(rows))
    out: Floats = summed[np.minimum(at + reach + 1, len(rows))] - summed[np.maximum(at - reach, 0)] - rows
    return out


def _firmness(own: Floats, skipped: Bools) -> float:
    rows = own[~skipped][-MODEL_DAYS:]
    return learned_shares(rows, [(0,)] * len(rows), np.full(own.shape[1], 1 / own.shape[1])).concentration


def _stretches(empty: Bools) -> tuple[Wholes, Wholes, Wholes]:
    """Return day, first slot and slot after the last of the longest stretches that are empty."""
    rows, edges = np.nonzero(np.diff(np.pad(empty, ((0, 0), (1, 1))).astype(np.int8), axis=1))
    return rows[::2], edges[::2], edges[1::2]
