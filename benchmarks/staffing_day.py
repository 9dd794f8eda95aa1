"""The day of ``transient_reference_90calls.csv``: 48 slots of 15 minutes, 90 calls, one to four people."""

import csv

import numpy as np

from benchmarks.shared_data import shared
from benchmarks.staffing_desks import Desk, shuffled
from forecasts.distribution import Floats
from forecasts.slots import DAY_MIN
from planner.queueing.line import Line
from planner.queueing.timeline import Timeline

FILE = "facts/transient_reference_90calls.csv"
_SLOT_MIN, _HANDLING_MIN, _PATIENCE_MIN, _LIMIT_MIN = 15, 9.0, 5.0, 1.0
_CALLS = 90


def reference(calls: int = _CALLS) -> Desk:
    """Return the desk of that day, from midnight on; with other calls, people in proportion (one at least).

    People leave in an order that is drawn once: the file does not say who it is that goes.
    """
    rows = _rows()
    heads = [max(1, round(int(r["s"]) * calls / _CALLS)) for r in rows]
    leaves, joins = ([int(r[name]) for r in rows] for name in ("leave", "join"))
    if calls != _CALLS:
        change = np.diff(heads, prepend=heads[0])
        leaves, joins = np.maximum(-change, 0).tolist(), np.maximum(change, 0).tolist()
    bounds = tuple(range(0, (len(rows) + 1) * _SLOT_MIN, _SLOT_MIN))
    day = Timeline(bounds, tuple(heads), tuple(leaves), tuple(joins))
    rate = np.zeros(DAY_MIN // _SLOT_MIN)
    rate[: len(rows)] = [float(r["lam_per_min"]) * _SLOT_MIN * calls / _CALLS for r in rows]
    return Desk(shuffled(day, np.random.default_rng(0)), Line(_HANDLING_MIN, _PATIENCE_MIN), rate, _LIMIT_MIN)


def reference_late() -> Floats:
    """Return the late calls by slot that the file has (48)."""
    return np.array([float(r["late"]) for r in _rows()])


def _rows() -> list[dict[str, str]]:
    with shared(FILE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [r for r in rows if r["convention"] == "exhaustive" and float(r["T_min"]) == _LIMIT_MIN]
