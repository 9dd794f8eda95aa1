"""One day of the invented desk: four people answer calls, mail and forms take what time is left.

A plain simulation of its own, kept apart from planner.staffing: a sample made by the code that later
judges it would prove nothing. Times are minutes since 0001-01-01 0:00, fractions hold the seconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

OPENS_MIN, CLOSES_MIN = 8 * 60 + 30, 18 * 60 + 15
_DAY_MIN = 24 * 60
# Minutes of the day away from reception: before and after the duty, break, operations work.
# Two 一般SE (150 min of operations work each), two 初級SE (60 min each); 早番 8:30–17:30, 遅番 9:15–18:15.
_AWAY = (
    ((690, 750), (840, 990), (1050, _DAY_MIN)),  # 一般SE、早番
    ((0, 555), (780, 840), (900, 1050)),  # 一般SE、遅番
    ((750, 810), (990, 1050), (1050, _DAY_MIN)),  # 初級SE、早番
    ((0, 555), (720, 780), (870, 930)),  # 初級SE、遅番
)


@dataclass(slots=True)
class Contact:
    """One inquiry on its way through the desk. ``is_waiting``: on the line or at the counter."""

    received_min: float
    channel: str
    is_waiting: bool
    handling_min: float
    patience_min: float = np.inf
    answered_min: float | None = None
    abandoned_min: float | None = None
    closed_min: float | None = None


def answer(waiting: Sequence[Contact], midnight_min: float) -> NDArray[np.float64]:
    """Answer calls and visitors in order of arrival, the first free person next; return people busy.

    Who hears no answer within his patience hangs up. The result counts people by minute of the day.
    """
    free = [0.0] * len(_AWAY)
    busy = np.zeros(_DAY_MIN)
    for contact in sorted(waiting, key=lambda c: c.received_min):
        at = contact.received_min - midnight_min
        starts = [_next_free(person, max(at, free[person])) for person in range(len(_AWAY))]
        start, person = min((minute, person) for person, minute in enumerate(starts))
        if start - at > contact.patience_min:
            contact.abandoned_min = contact.received_min + contact.patience_min
            continue
        free[person] = start + contact.handling_min
        contact.answered_min = midnight_min + start
        contact.closed_min = contact.answered_min + contact.handling_min
        busy[int(start) : int(free[person])] += 1
    return busy


def settle(deferred: Sequence[Contact], busy: NDArray[np.float64], midnight_min: float) -> list[Contact]:
    """Do mail and forms in order with the minutes that calls leave; return what is not done at closing."""
    idle = np.maximum(_heads() - busy, 0).cumsum()
    done, left = 0.0, []
    for contact in deferred:
        at = contact.received_min - midnight_min
        begun = max(done, float(idle[max(int(at) - 1, 0)]))
        minute = int(np.searchsorted(idle, begun + contact.handling_min))
        if minute >= CLOSES_MIN or at + contact.handling_min >= CLOSES_MIN:
            left.append(contact)
            continue
        done = begun + contact.handling_min
        # One item is one person's work: it takes its handling time even where four people are idle.
        contact.closed_min = midnight_min + max(
            minute, at + contact.handling_min, OPENS_MIN + contact.handling_min
        )
    return left


def _next_free(person: int, minute: float) -> float:
    """Return the first minute from ``minute`` on at which a person is at reception."""
    minute = max(minute, OPENS_MIN)
    for start, end in _AWAY[person]:
        if start <= minute < end:
            minute = end
    return minute


def _heads() -> NDArray[np.float64]:
    """Return the people at reception by minute of the day."""
    heads = np.zeros(_DAY_MIN)
    heads[OPENS_MIN:CLOSES_MIN] = len(_AWAY)
    for spans in _AWAY:
        for start, end in spans:
            heads[max(start, OPENS_MIN) : min(end, CLOSES_MIN)] -= 1
    return heads
