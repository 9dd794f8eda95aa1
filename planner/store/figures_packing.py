"""The figures of a plan as bytes and back: facts as JSON, arrays in single precision."""

import json
from dataclasses import asdict, fields
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import numpy as np

from planner.alternatives.blocks import DayFigures
from planner.alternatives.effort import DayMinutes, Prices
from planner.alternatives.levers import Lever
from planner.alternatives.what_if import PlanFigures
from planner.desk import Target

_NAMES = tuple(f.name for f in fields(DayFigures))


def packed_figures(figures: PlanFigures) -> bytes:
    """Return figures as a compressed archive of arrays: (L, P, D) for each kind, and the facts."""
    facts = {
        "days": [day.isoformat() for day in figures.days],
        "levers": [[lever.heads, *lever.hours] for lever in figures.levers],
        "minutes": [[figures.minutes[lever].more, figures.minutes[lever].extra] for lever in figures.levers],
        "prices": asdict(figures.prices),
        "target": asdict(figures.target),
        "shortest_days": figures.shortest_days,
    }
    arrays: dict[str, Any] = {
        name: np.stack([getattr(of, name) for of in figures.levers.values()]).astype(np.float32)
        for name in _NAMES
    }
    stream = BytesIO()
    np.savez_compressed(stream, facts=np.frombuffer(json.dumps(facts).encode(), dtype=np.uint8), **arrays)
    return stream.getvalue()


def unpacked_figures(packed: bytes) -> PlanFigures | None:
    """Return the figures; None where another version of the program packed them otherwise."""
    try:
        with np.load(BytesIO(packed), allow_pickle=False) as read:
            facts = json.loads(read["facts"].tobytes())
            arrays = [read[name].astype(np.float64) for name in _NAMES]
        levers = [Lever(heads, (early, late)) for heads, early, late in facts["levers"]]
        prices = facts["prices"]
        return PlanFigures(
            days=tuple(map(date.fromisoformat, facts["days"])),
            levers={lever: DayFigures(*(array[n] for array in arrays)) for n, lever in enumerate(levers)},
            minutes={lever: DayMinutes(*m) for lever, m in zip(levers, facts["minutes"], strict=True)},
            prices=Prices(**(prices | {"order": tuple(prices["order"])})),
            target=Target(**facts["target"]),
            shortest_days=facts["shortest_days"],
        )
    except (BadZipFile, OSError, KeyError, TypeError, ValueError):
        return None
