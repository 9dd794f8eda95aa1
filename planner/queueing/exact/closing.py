"""Once the desk is closed nobody new comes, and the last crew answers who still stands in line."""

from dataclasses import dataclass

import numpy as np

from forecasts.distribution import Floats
from planner.queueing.line import Line


@dataclass(frozen=True, slots=True, eq=False)
class Closed:
    """After closing, by row (B,): answered, hung up, neither (nobody is there, nobody hangs up).

    ``busy_min``: minutes of the crew on calls; ``wait_min``: minutes waited.
    """

    answered: Floats
    abandoned: Floats
    left: Floats
    busy_min: Floats
    wait_min: Floats


def closed(line: Line, law: Floats, heads: int) -> Closed:
    """Return what becomes of those in the system at closing, laws (B, N), with the last crew.

    Of those with j ahead s mu / (s mu + (j + 1) theta) are answered; who stays waits for one departure after
    the other.
    """
    ahead = np.arange(max(law.shape[1] - heads, 0), dtype=np.float64)
    rate, leaving = heads * line.service_per_min, line.leaving_per_min
    departures = rate + (ahead + 1) * leaving
    is_moving = departures > 0
    speed = np.where(is_moving, departures, 1.0)
    # With w waiting the next departure takes 1/speed[w-1], and all w wait for it.
    waited = np.where(is_moving, (ahead + 1) / speed, 0.0)
    answered = np.where(is_moving, rate / speed, 0.0)
    queued = law[:, heads:]
    upto = np.concatenate(([0.0], np.cumsum(answered)))[: queued.shape[1]]
    total = queued @ upto
    line_minutes = queued @ np.concatenate(([0.0], np.cumsum(waited)))[: queued.shape[1]]
    waiting = queued @ np.arange(queued.shape[1])
    in_service = law @ np.minimum(np.arange(law.shape[1]), heads)
    is_stuck = rate == 0.0 and leaving == 0.0
    return Closed(
        answered=total,
        abandoned=leaving * line_minutes,
        left=waiting if is_stuck else np.zeros_like(waiting),
        busy_min=(in_service + total) * line.handling_min,
        wait_min=line_minutes,
    )
