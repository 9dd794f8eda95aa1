"""Scenarios: what is always compared, and what is refused."""

from datetime import date

import pytest

from planner.capacity.scenario import Scenario, usual_scenarios

YEAR = date(2026, 4, 1)


def test_what_was_asked_is_added_where_it_is_something_else() -> None:
    usual = usual_scenarios(YEAR, Scenario("asked"))
    assert [s.key for s in usual] == ["as_is", "users", "handling", "one_fewer"]
    assert usual_scenarios(YEAR, Scenario("asked", users_times=0.8, users_from=YEAR)) == usual
    other = Scenario("asked", users_times=0.8, users_from=date(2026, 10, 1))
    assert usual_scenarios(YEAR, other) == (*usual, other)
    assert usual_scenarios(YEAR, Scenario("asked", handling_times=1.1)) == usual


@pytest.mark.parametrize(
    "wrong", [{"users_times": 0.0}, {"handling_times": -1.0}, {"users_times": float("nan")}]
)
def test_factors_that_cannot_be_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="factors above 0"):
        Scenario("asked", **wrong)  # type: ignore[arg-type]
