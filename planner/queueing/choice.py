"""How the service to calls is found: exactly wherever a chain is right, else by simulation, and why."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from forecasts.distribution import Floats
from planner.queueing.arrivals import Kinds

# Handling times that are nearly exponential: the chain is off by 0.2 points of a busy day at most (decision
# 11). Else they take two phases, whose cost grows with the people; a large desk minds their shape less.
_EXPONENTIAL_CV = 0.95, 1.05
_TOLERATED_CV = 0.7, 1.2
_TWO_PHASE_CV = 0.7, 2.0  # two phases in a row vary by 0.71 at least
_TWO_PHASE_PEOPLE = 24
# Callers of another patience than the measured ones: up to this share of the calls the line's mean rate of
# hanging up is right to 0.4 points (see ``mixed``); fewer of them where they also take another time to serve.
_OTHERS, _OTHERS_APART, _APART = 0.35, 0.1, 1.5


@dataclass(frozen=True, slots=True)
class Method:
    """``kind`` of computation, and the code of the reason why it is no exact one ("" = it is).

    ``handling_cv``: coefficient of variation over all calls, which ``two_phase`` takes account of.
    """

    kind: Literal["exact", "two_phase", "simulation"]
    reason: str = ""
    handling_cv: float = 1.0

    @property
    def is_exact(self) -> bool:
        """Whether a chain answers."""
        return self.kind != "simulation"


def method_for_calls(kinds: Kinds, volume: Floats, people: int, *, interruptible: bool) -> Method:
    """Return how calls of the kinds with this volume (K,), answered by at most so many, are judged.

    ``interruptible``: whether mail in hand is put down when a call comes; else calls wait for it, which no
    chain of one line knows.
    """
    calls = np.where(kinds.is_immediate, volume, 0.0)
    has_mail = bool(np.where(kinds.is_immediate, 0.0, volume).any())
    if has_mail and not interruptible:
        return Method("simulation", "mail_not_interrupted")
    if not calls.any():
        return Method("exact")
    share = calls / calls.sum()
    others, ratio = _others(kinds, share)
    if others > (_OTHERS if ratio <= _APART else _OTHERS_APART):
        return Method("simulation", "mixed_patience")
    return _by_spread(_pooled_cv(kinds, share), people)


def _by_spread(cv: float, people: int) -> Method:
    if _lies_in(cv, _EXPONENTIAL_CV):
        return Method("exact", handling_cv=cv)
    if people <= _TWO_PHASE_PEOPLE and _lies_in(cv, _TWO_PHASE_CV):
        return Method("two_phase", handling_cv=cv)
    if people > _TWO_PHASE_PEOPLE and _lies_in(cv, _TOLERATED_CV):
        return Method("exact", handling_cv=cv)
    return Method("simulation", "handling_cv", cv)


def _lies_in(cv: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= cv <= bounds[1]


def _pooled_cv(kinds: Kinds, share: Floats) -> float:
    """Return the coefficient of variation over all calls: that of a mixture."""
    mean = float(share @ kinds.handling_min)
    square = float(share @ (kinds.handling_min**2 * (1.0 + kinds.handling_cv**2)))
    return float(np.sqrt(max(square / mean**2 - 1.0, 0.0)))


def _others(kinds: Kinds, share: Floats) -> tuple[float, float]:
    """Return the share of calls with another patience than most measured ones, and the ratio of handling."""
    measured = np.where(kinds.is_measured, share, 0.0)
    usual = kinds.patience_min[int(np.argmax(measured if measured.any() else share))]
    other = np.where(kinds.patience_min != usual, share, 0.0)
    if not other.any():
        return 0.0, 1.0
    theirs, ours = (float(w @ kinds.handling_min / w.sum()) for w in (other, share - other))
    return float(other.sum()), max(theirs / ours, ours / theirs)
