"""planner/cost.py: person-hours and prices → yen."""

import pytest

from planner.cost import contract_cost_yen, person_hours, reference_cost_yen


@pytest.mark.parametrize(
    ("heads", "price", "days", "yen"),
    [
        (1, 800_000, 20, 800_000),  # a month of 20 office days
        (2, 800_000, 10, 800_000),
        (1, 800_000, 11, 440_000),
        (0, 800_000, 11, 0),
        (1, 777_777, 1, 39_000),  # 38,888.85
        (1, 10_000, 1, 1_000),  # 500 yen: halves go up
        (1, 9_999, 1, 0),
    ],
)
def test_extra_people_cost_their_share_of_the_monthly_price_in_thousands(heads, price, days, yen):
    assert reference_cost_yen(heads, price, days) == yen


def test_the_client_pays_nothing_more_within_the_contract():
    assert contract_cost_yen("within_contract", 440_000) == 0
    assert contract_cost_yen("per_person_month", 440_000) == 440_000


def test_person_hours_add_up_over_days():
    assert person_hours(480, 11) == 88.0
