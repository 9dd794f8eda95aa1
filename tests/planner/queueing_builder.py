"""Small arrivals and shops for the tests of queueing."""

import numpy as np

from forecasts.distribution import Floats
from forecasts.slots import DAY_MIN
from planner.queueing.arrivals import Arrivals, Kinds, Law
from planner.queueing.shop import Shop, Stretch

SLOT_MIN = 15
SLOTS = DAY_MIN // SLOT_MIN


def make_kinds(
    handling_min: float = 9.0, cv: float = 1.0, patience_min: float = 5.0, law: Law = "lognormal"
) -> Kinds:
    """Calls first, mail second."""
    return Kinds(
        handling_min=np.array([handling_min, handling_min]),
        handling_cv=np.array([cv, cv]),
        patience_min=np.array([patience_min, np.inf]),
        is_immediate=np.array([True, False]),
        is_measured=np.array([True, False]),
        law=law,
    )


def make_arrivals(
    calls_per_slot: Floats, mails_per_slot: Floats | None = None, kinds: Kinds | None = None
) -> Arrivals:
    """Expected calls and mails (P, D, S)."""
    mails = np.zeros_like(calls_per_slot) if mails_per_slot is None else mails_per_slot
    return Arrivals(np.stack((calls_per_slot, mails), axis=3), SLOT_MIN, kinds or make_kinds())


def flat(per_slot: float, paths: int = 1, days: int = 1, opens: int = 0, closes: int = DAY_MIN) -> Floats:
    """The same rate from opening to closing (P, D, S)."""
    start = np.arange(SLOTS) * SLOT_MIN
    return np.tile(np.where((start >= opens) & (start < closes), per_slot, 0.0), (paths, days, 1))


def make_shop(*people: tuple[Stretch, ...], opens: int = 510, closes: int = 1095) -> Shop:
    return Shop(opens, closes, people)
