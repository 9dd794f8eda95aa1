"""One realisation of everything that comes: the same for every formation (common random numbers)."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from forecasts.distribution import Floats, Wholes
from forecasts.slots import DAY_MIN

Flags = NDArray[np.bool_]

Law = Literal["lognormal", "exponential"]


@dataclass(frozen=True, slots=True, eq=False)
class Kinds:
    """The kinds of contacts (K,): mean handling and its coefficient of variation, mean patience (inf: stays).

    ``is_immediate``: somebody waits on the line; ``is_measured``: the target for quick answers counts it.
    ``law`` of handling times: ``exponential`` takes no notice of the coefficient of variation, it is 1.
    """

    handling_min: Floats
    handling_cv: Floats
    patience_min: Floats
    is_immediate: Flags
    is_measured: Flags
    law: Law = "lognormal"


@dataclass(frozen=True, slots=True, eq=False)
class Arrivals:
    """Expected contacts by rate path, day, slot of the day (0:00 to 24:00) and kind: (P, D, S, K)."""

    rates: Floats
    slot_min: int
    kinds: Kinds

    def __post_init__(self) -> None:
        """Raises ValueError for rates that are no such thing, naming path, day, slot, kind and value."""
        kinds = self.kinds.handling_min.size
        if self.rates.ndim != 4 or self.rates.shape[3] != kinds:
            message = f"rates have shape {self.rates.shape}: (paths, days, slots, {kinds} kinds) is wanted"
            raise ValueError(message)
        if not self.rates.size or (self.rates.min() >= 0 and np.isfinite(self.rates.max())):
            return
        wrong = np.argwhere(~((self.rates >= 0) & np.isfinite(self.rates)))[:10]
        faults = (
            f"path {p}, day {d}, slot {s} ({s * self.slot_min} min), kind {k}: {self.rates[p, d, s, k]}"
            for p, d, s, k in wrong
        )
        message = f"contacts of a slot are 0 or more: {'; '.join(faults)}"
        raise ValueError(message)


@dataclass(frozen=True, slots=True, eq=False)
class Contacts:
    """Contacts drawn from the rates, flat, in order of ``row`` (path x D + day) and minute of the day.

    ``patience_min`` is how long this caller would wait, ``handling_min`` how long this contact takes.
    """

    row: Wholes
    minute: Floats
    kind: Wholes
    handling_min: Floats
    patience_min: Floats


def contacts(arrivals: Arrivals, seed: int, replication: int, first_path: int = 0) -> Contacts:
    """Draw every contact of all paths and days: Poisson arrivals, handling by its law, exponential patience.

    All days on end are one unit Poisson process seen through the cumulative rate (time change; Çinlar,
    "Introduction to stochastic processes", 1975, ch. 4.7), uniform within a slot.
    """
    rng = np.random.default_rng([seed, replication, first_path])
    cells = arrivals.rates.reshape(-1, arrivals.rates.shape[3])
    by_kind = np.cumsum(cells, axis=1)
    level = np.concatenate(([0.0], np.cumsum(by_kind[:, -1])))
    count = rng.poisson(level[-1])
    at = np.interp(
        np.sort(rng.random(count)) * level[-1], level, np.arange(level.size) * float(arrivals.slot_min)
    )
    cell = np.minimum(at // arrivals.slot_min, len(cells) - 1).astype(np.int64)
    kind = _kinds(rng.random(count), by_kind, cell)
    row = np.asarray(cell * arrivals.slot_min // DAY_MIN)
    kinds = arrivals.kinds
    return Contacts(
        row=row,
        minute=np.clip(at - row * float(DAY_MIN), 0.0, np.nextafter(DAY_MIN, 0.0)),
        kind=kind,
        handling_min=_handling(rng, kinds, kind),
        patience_min=rng.standard_exponential(count) * kinds.patience_min[kind],
    )


def _kinds(uniform: Floats, by_kind: Floats, cell: Wholes) -> Wholes:
    """Choose the kind of each contact with the chances of its slot."""
    chosen = np.zeros(cell.size, dtype=np.int64)
    level = uniform * by_kind[cell, -1]
    for k in range(by_kind.shape[1] - 1):
        chosen += level >= by_kind[cell, k]
    return chosen


def _handling(rng: np.random.Generator, kinds: Kinds, kind: Wholes) -> Floats:
    """Draw how long each contact takes."""
    mean = kinds.handling_min[kind]
    if kinds.law == "exponential":
        return np.asarray(rng.standard_exponential(kind.size) * mean)
    return _lognormal(rng.standard_normal(kind.size), mean, kinds.handling_cv[kind])


def _lognormal(normal: Floats, mean: Floats, cv: Floats) -> Floats:
    """Turn standard normal draws into lognormal ones of a given mean and coefficient of variation."""
    variance = np.log1p(cv**2)
    return np.asarray(mean * np.exp(np.sqrt(variance) * normal - variance / 2))
