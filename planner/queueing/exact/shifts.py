"""What people who come and go do to the number in the system."""

from functools import cache

import numpy as np
from scipy.special import gammaln, xlog1py, xlogy

from forecasts.distribution import Floats


@cache
def taken_along(heads: int, leavers: int, states: int) -> Floats:
    """Return P(z of the leavers are on a call | n in the system), (states, leavers + 1).

    Leavers are any ``leavers`` of the ``heads``: hypergeometric (METHODS.md section 2).
    """
    busy = np.minimum(np.arange(states), heads)[:, None]
    taken = np.arange(leavers + 1)
    logs = _choose(busy, taken) + _choose(heads - busy, leavers - taken) - _choose(heads, leavers)
    out = np.exp(logs)
    out.setflags(write=False)  # shared by all who ask
    return out


def without(law: Floats, heads: int, leavers: int) -> tuple[Floats, Floats]:
    """Return the laws (B, N) once leavers went with their calls, and how many calls went (B, leavers + 1)."""
    chances = taken_along(heads, leavers, law.shape[1])
    out = law * chances[:, 0]
    gone = [out.sum(axis=1)]
    for z in range(1, leavers + 1):
        moved = law[:, z:] * chances[z:, z]
        out[:, :-z] += moved
        gone.append(moved.sum(axis=1))
    return out, np.stack(gone, axis=1)


def busy_of(law: Floats, heads: int, people: int) -> Floats:
    """Return P(z of so many people are on a call), (B, people + 1); people beyond the heads are not there."""
    there = min(heads, people)
    busy = law @ taken_along(heads, there, law.shape[1])
    return np.pad(busy, ((0, 0), (0, people - there)))


def joined_by(law: Floats, held: Floats) -> Floats:
    """Return the laws once people come back of whom z are still on the call they left with (B, Z).

    Such a call counts as one in service: it ends at the same rate, and then its person answers the line.
    How many are held up is taken as independent of the number in the system at their return.
    """
    out = law * held[:, :1]
    for z in range(1, held.shape[1]):
        moved = law * held[:, z : z + 1]
        out[:, z:] += moved[:, :-z]
        out[:, -1] += moved[:, -z:].sum(axis=1)
    return np.asarray(out)


def thinned(law: Floats, kept: float) -> Floats:
    """Return the law of those of a random number that are kept, each with the same chance, by row (B, Z)."""
    if kept == 1.0:
        return law
    number = np.arange(law.shape[1])
    some, all_ = number, number[:, None]
    logs = _choose(all_, some) + xlogy(some, kept) + xlog1py(np.maximum(all_ - some, 0), -kept)
    return np.asarray(law @ np.exp(logs))


def convolved(first: Floats, second: Floats) -> Floats:
    """Return the law of a sum of two independent numbers, by row (B, Z1 + Z2 - 1)."""
    out = np.zeros((len(first), first.shape[1] + second.shape[1] - 1))
    for z in range(second.shape[1]):
        out[:, z : z + first.shape[1]] += first * second[:, z : z + 1]
    return out


def _choose(n: np.ndarray | int, k: np.ndarray | int) -> Floats:
    """Return the logarithm of the binomial coefficient, minus infinity where there is no choice."""
    n, k = np.asarray(n, dtype=np.float64), np.asarray(k, dtype=np.float64)
    fits = (k >= 0) & (k <= n)
    inside = np.where(fits, k, 0.0)
    whole = np.maximum(n, 0.0)
    logs = gammaln(whole + 1) - gammaln(inside + 1) - gammaln(whole - inside + 1)
    return np.asarray(np.where(fits, logs, -np.inf))
