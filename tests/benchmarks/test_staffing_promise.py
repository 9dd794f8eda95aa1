"""A formation keeps what its promise says, over the days that it was promised for."""

import numpy as np
import pytest

from benchmarks.benchmark import Run
from benchmarks.staffing_promise import desk, figures, formations, promised
from planner.queueing.shop import Shop

FOUR = Shop(
    510,
    1095,
    (
        ((510, 690), (750, 1050)),
        ((510, 720), (780, 1050)),
        ((555, 750), (810, 1095)),
        ((555, 780), (840, 1095)),
    ),
)


def test_a_promise_weighs_days_by_their_calls() -> None:
    of, volumes = desk(FOUR), np.array([0.5, 1.0, 2.0])
    alone = [promised(of, np.array([v]), np.ones(1)) for v in volumes]
    weights = np.array([0.25, 0.5, 0.25])
    assert promised(of, volumes, weights) == pytest.approx(
        np.dot(weights * volumes, alone) / (weights @ volumes)
    )
    assert alone == sorted(alone, reverse=True)


def test_formations_leave_no_place_empty() -> None:
    found = list(formations())
    assert len(set(found)) == len(found) > 100
    assert all(min(desk(shop).timeline.heads) > 0 for shop in found[:30])


def test_varying_volumes_take_more_people_for_the_same_promise() -> None:
    found = figures(Run(is_short=True))
    for row in ("by_expected_service", "at_mean_volume"):
        assert found[f"{row}_promised_percent"] >= 80
    assert found["by_expected_service_person_hours"] > found["at_mean_volume_person_hours"]
    apart = found["by_expected_service_promised_percent"] - found["by_expected_service_delivered_percent"]
    assert found["promised_minus_delivered_points"] == pytest.approx(abs(apart))
    assert abs(apart) < 5 * found["by_expected_service_standard_error"]
