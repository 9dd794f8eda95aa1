"""Steady-state waiting: Erlang B, C and A, right from nobody to hundreds of people and under overload.

Erlang (1917) for B and C. Erlang A (M/M/n+M, callers who hang up): Palm (1957); Garnett, Mandelbaum and
Reiman, "Designing a call center with impatient customers" (2002). Loads are in Erlang (calls per minute
times handling minutes); shares run from 0 to 1.
"""

from dataclasses import dataclass
from math import exp, floor, inf, log, sqrt

import numpy as np
from scipy.special import betainc

from forecasts.distribution import Floats

# Who waits a million handling times on the mean never hangs up: Erlang C from there on.
_PATIENT = 1e-6
# Probabilities below e^-45, and ten standard deviations off the centre, do not show in 15 digits.
_FAR_LOG = 45.0
_FAR_SD = 10.0
_FAR_STATES = 50


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
    """Return the share of calls that find all lines taken, where nobody can wait (any shape of loads)."""
    load = np.asarray(load, dtype=np.float64)
    blocked = np.ones_like(load)
    for k in range(1, people + 1):
        blocked = load * blocked / (k + load * blocked)
    return blocked


def erlang_c(load: Floats | float, people: int) -> Floats:
    """Return the share of calls that have to wait, where nobody hangs up; 1 under overload."""
    load = np.asarray(load, dtype=np.float64)
    blocked = erlang_b(load, people)
    spare = people - load * (1 - blocked)
    is_stable = load < people
    return np.asarray(np.where(is_stable, people * blocked / np.where(is_stable, spare, 1.0), 1.0))


def erlang_c_waiting(calls_per_min: float, handling_min: float, people: int, within_min: float) -> Waiting:
    """Return waiting where nobody hangs up. Under overload everybody waits, without end."""
    load = calls_per_min * handling_min
    if load >= people:
        return Waiting(1.0, 0.0, inf, 0.0)
    delayed = float(erlang_c(load, people))
    spare_per_min = (people - load) / handling_min
    late = delayed * exp(-spare_per_min * within_min)
    return Waiting(delayed, 0.0, delayed / spare_per_min, 1.0 - late)


def erlang_a_waiting(
    calls_per_min: float, handling_min: float, patience_min: float | None, people: int, within_min: float
) -> Waiting:
    """Return waiting where callers hang up after an exponential patience (None = never: Erlang C).

    A call that finds j waiting before it is answered within t with probability
    r/(r+j+1) (1 - I_{exp(-t/patience)}(r+1, j+1)), r = people x patience / handling, I = the regularised
    incomplete beta function (METHODS.md section 2). Without demand: what a single call would meet.
    """
    leaving = 0.0 if patience_min is None else handling_min / patience_min
    if patience_min is None or leaving < _PATIENT:
        return erlang_c_waiting(calls_per_min, handling_min, people, within_min)
    load = calls_per_min * handling_min
    lowest, highest = _states(load, people, leaving)
    law = state_law(load, people, leaving, lowest, highest)
    queued = np.arange(max(lowest, people), highest + 1) - people
    waits = law[queued[0] + people - lowest :]
    r = people / leaving
    answered = r / (r + queued + 1.0)
    late = betainc(r + 1.0, queued + 1.0, exp(-within_min / patience_min))
    delayed = float(waits.sum())
    abandoned = float((waits * (queued + 1.0) / (r + queued + 1.0)).sum())
    in_time = float(law.sum() - delayed + (waits * answered * (1.0 - late)).sum())
    return Waiting(min(delayed, 1.0), min(abandoned, 1.0), abandoned * patience_min, min(in_time, 1.0))


def state_law(load: float, people: int, leaving: float, lowest: int, highest: int) -> Floats:
    """Return the steady-state probabilities of ``lowest`` … ``highest`` calls in the system.

    ``leaving``: hang-ups per waiting caller in the unit of one handling time. With ``highest`` as the
    number of lines this is M/M/n/K+M. Sums of logarithms, so that nothing under- or overflows.
    """
    if load == 0.0:
        return np.asarray(np.arange(lowest, highest + 1) == 0, dtype=np.float64)
    k = np.arange(lowest + 1, highest + 1)
    deaths = np.minimum(k, people) + leaving * np.maximum(k - people, 0)
    logs = np.concatenate(([0.0], np.cumsum(np.log(load / deaths))))
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum())


def _states(load: float, people: int, leaving: float) -> tuple[int, int]:
    """Return the span of states that holds all but a negligible part of the probability."""
    if load <= people:
        slope = log(people / load) if load else inf
        reach = _FAR_SD * sqrt(people / leaving)
        return 0, people + _FAR_STATES + floor(min(reach, _FAR_LOG / slope if slope else inf))
    centre = people + (load - people) / leaving
    reach = _FAR_SD * sqrt(load * max(1.0, 1.0 / leaving)) + _FAR_STATES
    return max(0, floor(centre - reach)), floor(centre + reach)
