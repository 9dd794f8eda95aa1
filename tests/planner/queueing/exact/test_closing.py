"""After the closing, against a walk through the states."""

from math import inf

import numpy as np
import pytest

from planner.queueing.exact.closing import closed
from planner.queueing.line import Line

STATES = 30


def walked(line: Line, heads: int, number: int) -> tuple[float, float, float, float]:
    """Return answered, abandoned, busy and waited minutes, from so many in the system."""
    answered = abandoned = busy = waited = 0.0
    for n in range(number, 0, -1):
        served, queued = min(n, heads), max(n - heads, 0)
        leaving = queued * line.leaving_per_min
        rate = served * line.service_per_min + leaving
        if rate == 0:
            break
        busy += served / rate
        waited += queued / rate
        abandoned += leaving / rate
        answered += (1 - leaving / rate) * (queued > 0)
    return answered, abandoned, busy, waited


@pytest.mark.parametrize("line", [Line(9.0, 5.0), Line(9.0), Line(2.0, 60.0)], ids=str)
@pytest.mark.parametrize("heads", [0, 1, 4, 40])
def test_every_number_at_the_closing(line: Line, heads: int) -> None:
    found = closed(line, np.eye(STATES), heads)
    expected = np.array([walked(line, heads, n) for n in range(STATES)]).T
    assert found.answered == pytest.approx(expected[0], abs=1e-10)
    assert found.abandoned == pytest.approx(expected[1], abs=1e-10)
    assert found.busy_min == pytest.approx(expected[2], abs=1e-10)
    assert found.wait_min == pytest.approx(expected[3], abs=1e-10)
    queued = np.maximum(np.arange(STATES) - heads, 0)
    assert found.answered + found.abandoned + found.left == pytest.approx(queued, abs=1e-10)
    assert (found.left > 0).any() == (heads == 0 and line.patience_min == inf)


def test_it_is_linear_in_the_law() -> None:
    law = np.full((2, STATES), 1 / STATES)
    law[1] = np.eye(STATES)[7]
    found, each = closed(Line(9.0, 5.0), law, 2), closed(Line(9.0, 5.0), np.eye(STATES), 2)
    assert found.answered == pytest.approx([each.answered.mean(), each.answered[7]])
    assert found.wait_min == pytest.approx([each.wait_min.mean(), each.wait_min[7]])
