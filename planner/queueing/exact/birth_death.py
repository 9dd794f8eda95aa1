"""The law of the number in the system, carried through time: exp(Q' h) p for birth-death generators Q.

Every row (a day, a path, a node of an integral) and every pole of the exponential is one block of a single
tridiagonal system, solved by LAPACK at once (METHODS.md section 2).
"""

from functools import cache

import numpy as np
from scipy.linalg.lapack import zgtsv

from forecasts.distribution import Floats
from planner.queueing.exact.poles import Complexes, fractions
from planner.queueing.line import Line

# Unknowns solved at a time: the four diagonals stay in the cache of the processor.
_AT_ONCE = 60_000


def deaths(line: Line, heads: int | Floats, states: int) -> Floats:
    """Return the rate a minute at which one of n leaves the system, n = 0 … states-1, for (R,) heads."""
    number = np.arange(states, dtype=np.float64)
    served = np.minimum(number, np.asarray(heads, dtype=np.float64)[..., None])
    return np.asarray(served * line.service_per_min + (number - served) * line.leaving_per_min)


def stepped(law: Floats, births: Floats, deaths: Floats, minutes: Floats) -> Floats:
    """Return the laws (R, N) after so many minutes (R,); births (R,), deaths (R, N) or (1, N) a minute."""
    return np.asarray(_solved(law, births, deaths, minutes)[0])


def stayed(law: Floats, births: Floats, deaths: Floats, minutes: Floats) -> tuple[Floats, Floats]:
    """Return the laws after so many minutes, and the minutes spent in each state: (R, N), (R, N)."""
    after, spent = _solved(law, births, deaths, minutes)
    return after, spent


def _solved(law: Floats, births: Floats, deaths: Floats, minutes: Floats) -> Floats:
    rows, states = law.shape
    some = max(1, _AT_ONCE // (fractions()[0].size * states))
    if rows <= some:
        return _block(law, births, deaths, minutes)
    parts = [
        _block(law[a : a + some], births[a : a + some], _rows(deaths, a, some), minutes[a : a + some])
        for a in range(0, rows, some)
    ]
    return np.concatenate(parts, axis=1)


def _rows(deaths: Floats, first: int, some: int) -> Floats:
    return deaths if len(deaths) == 1 else deaths[first : first + some]


def _block(law: Floats, births: Floats, deaths: Floats, minutes: Floats) -> Floats:
    """Solve (Q' h - z) x = p for every row and pole, and sum up to exp and to its integral: (2, R, N)."""
    rows, states = law.shape
    poles, kernel = _kernel()
    up = (births * minutes)[:, None]
    down = deaths * minutes[:, None]
    shape = (rows, poles.size, states)
    lower, upper = (np.zeros(shape, dtype=np.complex128) for _ in range(2))
    diagonal, right = (np.empty(shape, dtype=np.complex128) for _ in range(2))
    lower[:, :, :-1] = up[:, :, None]  # the last state takes nobody more, and no block knows the next
    upper[:, :, :-1] = down[:, None, 1:]
    leaving = down.copy() if len(down) == rows else np.repeat(down, rows, axis=0)
    leaving[:, :-1] += up
    np.subtract(-leaving[:, None, :], poles[:, None], out=diagonal)
    right[:] = law[:, None, :]
    flat = (lower.reshape(-1)[:-1], diagonal.reshape(-1), upper.reshape(-1)[:-1], right.reshape(-1))
    found, info = zgtsv(*flat, overwrite_dl=1, overwrite_d=1, overwrite_du=1, overwrite_b=1)[-2:]
    if info:
        message = f"the tridiagonal system of {rows} rows and {states} states is singular at {info}"
        raise ArithmeticError(message)
    summed = 2 * np.matmul(kernel, found.reshape(shape)).real
    summed[:, 1] *= minutes[:, None]
    return np.asarray(summed.transpose(1, 0, 2))


@cache
def _kernel() -> tuple[Complexes, Complexes]:
    """Return the poles, and their weights in the exponential and in its integral (2, 7)."""
    poles, weights = fractions()
    return poles, np.stack((weights, weights / poles))
