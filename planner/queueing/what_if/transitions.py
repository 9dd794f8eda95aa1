"""Chances of a birth-death chain to go from each state to each, exp(Q h) as a matrix.

A Taylor sum for a short time, then squared until the time is over (Moler and Van Loan, "Nineteen dubious ways
to compute the exponential of a matrix, twenty-five years later", SIAM Review 45, 2003, method 3). The sum
adds positive numbers only, so that far states keep their digits as well, which the rational exponential of
``poles`` loses: a matrix starts in every state, however far from where a day ever is.
"""

import numpy as np

from forecasts.distribution import Floats

_SHORT = 0.25  # events in the short time, at the state that is left fastest
_TERMS = 12  # 0.25^12 / 12! is beyond a rounding error
_AT_ONCE = 60_000  # numbers of the matrices held in the cache of the processor


def transitions(births: Floats, deaths: Floats, minutes: Floats, values: Floats) -> tuple[Floats, Floats]:
    """Return the chances (R, N, N) [from, to] after so many minutes (R,), and what is gathered until then.

    births (R,), deaths (R, N) a minute. The second, (R, N), is the expected integral over these minutes of a
    function of the state, values (R, N), by the state at their start.
    """
    rows, states = values.shape
    chances, gathered = np.empty((rows, states, states)), np.empty((rows, states))
    some = max(1, _AT_ONCE // states**2)
    for a in range(0, rows, some):
        part = slice(a, a + some)
        chances[part], gathered[part] = _squared(births[part], deaths[part], minutes[part], values[part])
    return chances, gathered


def _squared(births: Floats, deaths: Floats, minutes: Floats, values: Floats) -> tuple[Floats, Floats]:
    events = float(((births + deaths.max(axis=1)) * minutes).max(initial=0.0))
    doublings = max(0, int(np.ceil(np.log2(max(events, _SHORT) / _SHORT))))
    short = minutes / 2**doublings
    up, down = births * short, deaths * short[:, None]
    chances = _short_chances(up, down)
    gathered = _short_gathered(up, down, values) * short[:, None]
    for _ in range(doublings):
        gathered += np.matmul(chances, gathered[:, :, None])[:, :, 0]
        chances = np.matmul(chances, chances)
    return chances, gathered


def _short_chances(up: Floats, down: Floats) -> Floats:
    """Sum (Q h + x)^n / n! and shrink by exp(-x), x being the largest rate out of a state."""
    states = down.shape[1]
    most = up + down.max(axis=1)
    stays = most[:, None] - down - up[:, None]
    stays[:, -1] += up
    one = np.eye(states)
    out = np.tile(one, (len(up), 1, 1))
    moved = np.empty_like(out)
    for n in range(_TERMS, 0, -1):
        np.multiply(out, stays[:, :, None], out=moved)
        moved[:, :-1] += up[:, None, None] * out[:, 1:]
        moved[:, 1:] += down[:, 1:, None] * out[:, :-1]
        np.divide(moved, n, out=out)
        out += one
    return np.asarray(out * np.exp(-most)[:, None, None])


def _short_gathered(up: Floats, down: Floats, values: Floats) -> Floats:
    """Sum (Q h)^n / (n + 1)! applied to the values."""
    out = values.copy()
    for n in range(_TERMS, 0, -1):
        risen = np.diff(out, axis=1) / (n + 1)
        out = values.copy()
        out[:, :-1] += up[:, None] * risen
        out[:, 1:] -= down[:, 1:] * risen
    return out
