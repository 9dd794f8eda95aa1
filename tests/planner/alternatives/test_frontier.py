"""planner/alternatives/frontier.py: at most five, plainly different."""

import pytest

from planner.alternatives.frontier import plainly_different
from planner.alternatives.recommend import recommended
from planner.desk import Target
from planner.desk_levers import AIMS
from tests.planner.alternatives.test_recommend import EFFORTS, make_alternative


def shown(risks: dict[str, float], most: int = 5) -> list[str]:
    found = recommended([make_alternative(key, risk) for key, risk in risks.items()], Target(max_risk=0.2))
    return [one.key for one in plainly_different(found, AIMS, most)]


def test_the_largest_that_another_dominates_goes_first() -> None:
    risks = dict(zip(EFFORTS, (0.9, 0.6, 0.3, 0.1, 0.15, 0.1), strict=True))
    assert shown(risks) == ["status_quo", "hours", "plus_1", "plus_2", "plus_1_hours"]


def test_on_the_frontier_goes_what_lies_nearest_to_the_smaller_one() -> None:
    risks = dict(zip(EFFORTS, (0.9, 0.6, 0.58, 0.1, 0.3, 0.05), strict=True))
    assert "plus_1" not in shown(risks)
    assert len(shown(risks)) == 5


@pytest.mark.parametrize("most", [2, 3, 4])
def test_the_standing_formation_and_the_recommended_one_stay(most: int) -> None:
    risks = dict(zip(EFFORTS, (0.9, 0.8, 0.7, 0.6, 0.5, 0.1), strict=True))
    kept = shown(risks, most)
    assert kept[0] == "status_quo"
    assert "plus_2_hours" in kept
    assert len(kept) == most


def test_a_few_stay_as_they_are() -> None:
    assert shown({"status_quo": 0.1, "hours": 0.1}) == ["status_quo", "hours"]
