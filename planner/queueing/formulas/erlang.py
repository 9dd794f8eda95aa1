"""Steady-state waiting: Erlang B, C and A, right from nobody to hundreds of people and under overload.

Erlang (1917) for B and C. Erlang A (M/M/n+M, callers who hang up): Palm (1957); Garnett, Mandelbaum and
Reiman, "Designing a call center with impatient customers" (2002). Loads are in Erlang (calls per minute
times handling minutes); shares run from 0 to 1.
"""

from dataclasses import dataclass
from math import exp, expm1, factorial, inf, log, sqrt

import numpy as np

from forecasts.distribution import Floats
from planner.queueing import inputs

# Hang-ups in one handling time: who waits 1e100 of them never hangs up (Erlang C), and the other way round.
_PATIENT = 1e-100
_HASTY = 1e100
# Beyond this products of floats end: no desk, but a slip in a unit.
_MOST_LOAD = 1e100
# Up to here a plain loop is faster than arrays.
_FEW = 40
# e^-44 of the densest place does not show in 15 digits.
_FAR = 44.0
_STEPS = 100
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(32)
# Coefficients of (e^-z - 1 + z)/z², the highest power first: 12 hold 16 digits up to _NEAR.
_NEAR = 0.25
_SERIES = tuple((-1.0) ** k / factorial(k + 2) for k in reversed(range(12)))


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a call meets: shares of all offered calls, and the mean wait (of those who hang up as well).

    ``delayed``: has to wait; ``abandoned``: hangs up; ``in_time``: is answered within the limit.
    """

    delayed: float
    abandoned: float
    mean_wait_min: float
    in_time: float


def erlang_b(load: Floats | float, people: int) -> Floats:
    """Return the share of calls that find all lines taken, where nobody can wait (any shape of loads).

    Raises:
        ValueError: a load or the people below 0, infinite or NaN.
    """
    load = np.asarray(load, dtype=np.float64)
    inputs.not_negative_array("load", load)
    inputs.people_count(people)
    blocked = np.ones_like(load)
    for k in range(1, people + 1):
        blocked = load * blocked / (k + load * blocked)
    return blocked


def erlang_c(load: Floats | float, people: int) -> Floats:
    """Return the share of calls that have to wait, where nobody hangs up; 1 under overload.

    Raises:
        ValueError: a load or the people below 0, infinite or NaN.
    """
    load = np.asarray(load, dtype=np.float64)
    blocked = erlang_b(load, people)
    spare = people - load * (1 - blocked)
    is_stable = load < people
    return np.asarray(np.where(is_stable, people * blocked / np.where(is_stable, spare, 1.0), 1.0))


def erlang_c_waiting(calls_per_min: float, handling_min: float, people: int, within_min: float) -> Waiting:
    """Return waiting where nobody hangs up. Under overload everybody waits, without end.

    Raises:
        ValueError: a figure that is no rate, time or number of people, by its name.
    """
    load = _load(calls_per_min, handling_min)
    inputs.people_count(people)
    inputs.limit(within_min)
    if load >= people:
        return Waiting(1.0, 0.0, inf, 0.0)
    blocked = _blocked(load, people)
    delayed = people * blocked / (people - load * (1.0 - blocked))
    spare_per_min = (people - load) / handling_min
    late = delayed * exp(-spare_per_min * within_min)
    return Waiting(delayed, 0.0, delayed / spare_per_min, 1.0 - late)


def erlang_a_waiting(
    calls_per_min: float, handling_min: float, patience_min: float | None, people: int, within_min: float
) -> Waiting:
    """Return waiting where callers hang up after an exponential patience (None or inf = never: Erlang C).

    Found from the density of the wait that a caller without end of patience would meet, in handling times
    x, with θ = handling / patience: load · P(people - 1 in the system) · exp(load (1 - e^-θx)/θ - people x)
    (Zeltyn and Mandelbaum, "Call centers with impatient customers: many-server asymptotics of the M/M/n+G
    queue", 2005). So the cost does not grow with queue or patience. Right to 1e-12, the wait in handling
    times relative to itself. Without demand: what a single call would meet.

    Raises:
        ValueError: a figure that is no rate, time, patience or number of people, by its name.
    """
    inputs.patience(patience_min)
    leaving = 0.0 if patience_min is None else min(handling_min / patience_min, _HASTY)
    if patience_min is None or leaving < _PATIENT:
        return erlang_c_waiting(calls_per_min, handling_min, people, within_min)
    load = _load(calls_per_min, handling_min)
    inputs.people_count(people)
    inputs.limit(within_min)
    if people == 0:
        return Waiting(1.0, 1.0, patience_min, 0.0)
    if load == 0.0:
        return Waiting(0.0, 0.0, 0.0, 1.0)
    delayed, abandoned, answered = _delayed(load, people, leaving, within_min / handling_min)
    return Waiting(
        delayed, abandoned, abandoned * patience_min, min(1.0 - delayed + answered, 1.0 - abandoned)
    )


def state_law(load: float, people: int, leaving: float, lowest: int, highest: int) -> Floats:
    """Return the steady-state probabilities of ``lowest`` … ``highest`` calls in the system.

    ``leaving``: hang-ups per waiting caller in the unit of one handling time. With ``highest`` as the
    number of lines this is M/M/n/K+M. Sums of logarithms, so that nothing under- or overflows.

    Raises:
        ValueError: a figure below 0, infinite or NaN; no state between the two; nobody who answers or leaves.
    """
    inputs.not_negative(load=load, leaving=leaving, lowest=lowest)
    inputs.people_count(people)
    if highest < lowest:
        message = f"highest is {highest}: not below lowest, {lowest}, is wanted"
        raise ValueError(message)
    if people == 0 and leaving == 0.0:
        message = f"leaving is {leaving}: above 0 is wanted where nobody answers"
        raise ValueError(message)
    if load == 0.0:
        return np.asarray(np.arange(lowest, highest + 1) == 0, dtype=np.float64)
    k = np.arange(lowest + 1, highest + 1)
    deaths = np.minimum(k, people) + leaving * np.maximum(k - people, 0)
    logs = np.concatenate(([0.0], np.cumsum(np.log(load / deaths))))
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum())


def _load(calls_per_min: float, handling_min: float) -> float:
    """Return the checked load."""
    inputs.not_negative(calls_per_min=calls_per_min)
    inputs.positive(handling_min=handling_min)
    load = calls_per_min * handling_min
    if load > _MOST_LOAD:
        message = f"load is {load} (calls_per_min x handling_min): at most {_MOST_LOAD} is wanted"
        raise ValueError(message)
    return load


def _blocked(load: float, people: int) -> float:
    """Return Erlang B of one load; for many people 1 / (1 + n/load + n(n-1)/load² + …)."""
    if people <= _FEW:
        blocked = 1.0
        for k in range(1, people + 1):
            blocked = load * blocked / (k + load * blocked)
        return blocked
    with np.errstate(over="ignore", divide="ignore"):
        return 1.0 / (1.0 + float(np.cumprod(np.arange(people, 0, -1) / load).sum()))


def _delayed(load: float, people: int, leaving: float, within: float) -> tuple[float, float, float]:
    """Return the shares that wait, that hang up, and that wait but are answered within the limit.

    Times in handling times. y runs from the densest place, so that the exponent stays small beside it:
    log density = -(base/θ)(e^-θy - 1 + θy) - spare · y.
    """
    base, spare, over = min(load, people), max(0.0, people - load), max(0.0, load - people)
    growth = log(load / people) if over else 0.0
    densest = growth / leaving
    first = -_reach(base, -leaving, 0.0, densest) if over else 0.0
    last = _reach(base, leaving, spare, inf)
    # Cuts where the shape changes: at the densest place, where the first callers have hung up, at the limit.
    cuts = (0.0, 0.0625 * last, 0.25 * last, 40.0 / leaving, within - densest)
    edges = np.array(sorted([first, last, *(min(max(c, first), last) for c in cuts)]))
    half = 0.5 * (edges[1:] - edges[:-1])
    y = (edges[:-1] + half)[:, None] + half[:, None] * _NODES
    fade = np.expm1(-leaving * y)
    density = np.exp(-base / leaving * _bend(leaving * y, fade) - spare * y)
    # Of those who come at y, (base/load)(1 + fade) have not hung up when their turn comes.
    by_panel, faded = half * (density @ _WEIGHTS), half * ((density * fade) @ _WEIGHTS)
    waiting = float(by_panel.sum())
    hung_up = (over * waiting - base * float(faded.sum())) / load
    answered = base / load * float((by_panel + faded)[edges[1:] <= within - densest].sum())
    # The densest place may lie beyond all floats: its weight goes to the other side of the fraction.
    none = exp(-people / leaving * _bend_of(-growth))
    scale = load * _blocked(load, people - 1)
    whole = none + scale * waiting
    hung_up = min(max(hung_up, 0.0), waiting)
    return scale * waiting / whole, scale * hung_up / whole, scale * answered / whole


def _reach(base: float, leaving: float, spare: float, bound: float) -> float:
    """Return how far from its densest place the density is worth counting, at most ``bound``.

    Newton on a convex function: from inside one step leads outside, from there on each comes nearer.
    """
    rate = abs(leaving)
    curve = base * rate
    y = min(bound, sqrt(2.0 * _FAR / curve) if curve else inf, _FAR / spare if spare else inf)
    for _ in range(_STEPS):
        z = leaving * y
        excess = base / rate * _bend_of(z) + spare * y - _FAR
        if abs(excess) <= 0.1 * _FAR or (y == bound and excess < 0.0):
            break
        slope = base * abs(expm1(-z)) + spare
        y = min(bound, y - excess / slope)
    return y


def _bend_of(z: float) -> float:
    """Return e^-z - 1 + z."""
    return expm1(-z) + z if abs(z) > _NEAR else z * z * float(np.polyval(_SERIES, z))


def _bend(z: Floats, fade: Floats) -> Floats:
    """Return e^-z - 1 + z, ``fade`` being e^-z - 1; by its series where all z are small.

    The sum cancels there. Beside larger z the lost digits do not show: people / θ is small then.
    """
    if max(-z[0, 0], z[-1, -1]) > _NEAR:
        return np.asarray(fade + z)
    return np.asarray(z * z * np.polyval(_SERIES, z))
