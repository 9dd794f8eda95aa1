"""The simulation of the desk's day against SimPy on one day: the same service, and how much faster.

Each draws for itself. ``in_time_share``: calls answered within a minute; ``seconds_ratio``: processor seconds
for a thousand days over ours; ``apart_in_errors``: difference from our share in standard errors of it.
"""

import time
from collections.abc import Callable, Mapping

import numpy as np

from benchmarks.benchmark import Run
from forecasts.distribution import Floats
from forecasts.slots import DAY_MIN
from planner.queueing.arrivals import Arrivals, Kinds, contacts
from planner.queueing.shop import Shop
from planner.queueing.simulated.crew import crew
from planner.queueing.simulated.simulation import tally

QUESTION = "does the simulated day serve as SimPy's does, and how much faster?"
NEEDS = ()
PEERS = ("simpy",)

# An early and a late shift of two people each, breaks staggered, 90 calls with a peak in the morning.
_SHOP = Shop(
    opens_min=510,
    closes_min=1095,
    stretches=(
        ((510, 690), (750, 1050)),
        ((510, 720), (780, 1050)),
        ((555, 750), (810, 1095)),
        ((555, 780), (840, 1095)),
    ),
)
_SLOT_MIN = 15
_CALLS = 90.0
_HANDLING_MIN, _HANDLING_CV, _PATIENCE_MIN = 9.0, 0.9, 5.0
_WITHIN_MIN = 1.0
_DAYS, _PEER_DAYS, _ROUNDS = 10_000, 1_000, 3
_SEED = 20261101
_LARGEST_DIFFERENCE = 4.0

Served = tuple[Floats, Floats, Floats]


def figures(run: Run) -> Mapping[str, float]:
    """Simulate the day often with each, and compare shares and seconds."""
    days, peer_days, rounds = run.of((_DAYS, _PEER_DAYS, _ROUNDS), (50, 5, 1))
    ours, seconds = _timed(lambda seed: _ours(days, seed), rounds)
    out = {f"planner.{k}": v for k, v in _shares(ours).items()} | {"planner.seconds_ratio": 1.0}
    if "simpy" in run.peers:
        from benchmarks.peers.simpy_desk import Calls, served

        calls = Calls(_rate(), _HANDLING_MIN, _HANDLING_CV, _PATIENCE_MIN)
        theirs, their_seconds = _timed(
            lambda seed: served(_SHOP, calls, _WITHIN_MIN, peer_days, seed), rounds
        )
        out |= {f"simpy.{k}": v for k, v in _shares(theirs).items()}
        out["simpy.seconds_ratio"] = their_seconds / peer_days / (seconds / days)
        error = np.hypot(out["planner.standard_error"], out["simpy.standard_error"])
        out["simpy.apart_in_errors"] = (out["simpy.in_time_share"] - out["planner.in_time_share"]) / error
        assert abs(out["simpy.apart_in_errors"]) < _LARGEST_DIFFERENCE, "they do not simulate the same day"
    return out


def _ours(days: int, seed: int) -> Served:
    kinds = Kinds(*(np.array([x]) for x in (_HANDLING_MIN, _HANDLING_CV, _PATIENCE_MIN, True, True)))
    arrivals = Arrivals(np.tile(_rate()[None, None, :, None], (days, 1, 1, 1)), _SLOT_MIN, kinds)
    found = tally(arrivals, contacts(arrivals, seed, 0), crew([_SHOP]), _WITHIN_MIN)
    offered, answered, in_time = (x.sum(axis=(1, 2)) for x in (found.offered, found.answered, found.in_time))
    return offered, answered, in_time


def _rate() -> Floats:
    """Return calls by slot: twice as many at ten as at the edges of the day, and a smaller hill at two."""
    start = np.arange(0, DAY_MIN, _SLOT_MIN)
    hill = 1.0 + np.exp(-(((start - 600) / 60) ** 2)) + 0.6 * np.exp(-(((start - 840) / 90) ** 2))
    shape = np.where((start >= _SHOP.opens_min) & (start < _SHOP.closes_min), hill, 0.0)
    return np.asarray(_CALLS * shape / shape.sum())


def _timed(simulate: Callable[[int], Served], rounds: int) -> tuple[Served, float]:
    """Repeat with other seeds; return all days together and the processor seconds of the fastest round."""
    served, seconds = [], []
    for n in range(rounds):
        start = time.process_time()
        served.append(simulate(_SEED + n))
        seconds.append(time.process_time() - start)
    offered, answered, in_time = (np.concatenate(x) for x in zip(*served, strict=True))
    return (offered, answered, in_time), min(seconds)


def _shares(found: Served) -> Mapping[str, float]:
    """Return shares of all calls, and the standard error of a ratio of sums over independent days."""
    offered, answered, in_time = found
    share = float(in_time.sum() / offered.sum())
    return {
        "in_time_share": share,
        "answered_share": float(answered.sum() / offered.sum()),
        "standard_error": float(np.sqrt(np.square(in_time - share * offered).sum()) / offered.sum()),
    }
