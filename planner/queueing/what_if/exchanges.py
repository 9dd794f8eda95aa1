"""What people who come and go do to many laws at once, each its own exchange; and the adjoints."""

from functools import lru_cache

import numpy as np

from forecasts.distribution import Floats
from planner.queueing.exact.shifts import taken_along


@lru_cache(maxsize=16)
def taken(most_heads: int, states: int) -> Floats:
    """Return P(z calls go | heads, leavers, n in the system) [heads, leavers, z, n], up to so many people.

    No more leavers than heads: what stands beyond is nothing that can be asked for.
    """
    people = most_heads + 1
    out = np.zeros((people, people, people, states))
    for heads in range(people):
        for leavers in range(heads + 1):
            out[heads, leavers, : leavers + 1] = taken_along(heads, leavers, states).T
    out.setflags(write=False)  # shared by all who ask
    return out


def left(law: Floats, chances: Floats) -> Floats:
    """Return the laws (…, N) once leavers went with their calls, chances (…, Z, N)."""
    out = law * chances[..., 0, :]
    for z in range(1, chances.shape[-2]):
        out[..., :-z] += law[..., z:] * chances[..., z, z:]
    return np.asarray(out)


def before_leaving(values: Floats, chances: Floats) -> Floats:
    """Return functions of the state (…, N) as seen before leavers go, chances (…, Z, N)."""
    out = values * chances[..., 0, :]
    for z in range(1, chances.shape[-2]):
        out[..., z:] += values[..., :-z] * chances[..., z, z:]
    return np.asarray(out)


def before_return(values: Floats, held: Floats) -> Floats:
    """Return functions of the state (…, B, N) as seen before people come back, ``held`` (B, Z) by row."""
    out = values * held[:, :1]
    for z in range(1, held.shape[1]):
        out[..., :-z] += values[..., z:] * held[:, z : z + 1]
        out[..., -z:] += values[..., -1:] * held[:, z : z + 1]
    return np.asarray(out)
