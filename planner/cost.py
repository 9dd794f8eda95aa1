"""What a formation change costs: person-hours and the contract's monthly prices → yen. Plain numbers."""

from typing import Literal

OFFICE_DAYS_A_MONTH = 20
ROUNDED_TO_YEN = 1_000

CostRule = Literal["within_contract", "per_person_month"]


def reference_cost_yen(extra_heads: int, monthly_price_yen: int, days: int) -> int:
    """Return the price of extra people for some office days (参考額).

    Rule: people x monthly price x days / 20 (office days of a month), rounded to 1,000 yen, halves up.
    """
    exact_times_month = extra_heads * monthly_price_yen * days
    unit = OFFICE_DAYS_A_MONTH * ROUNDED_TO_YEN
    return (exact_times_month + unit // 2) // unit * ROUNDED_TO_YEN


def contract_cost_yen(rule: CostRule, reference_yen: int) -> int:
    """Return what the client pays more: nothing within the contract (契約金額の変更なし)."""
    return 0 if rule == "within_contract" else reference_yen


def person_hours(work_min_a_day: int, days: int) -> float:
    """Return the hours of so many working minutes a day over some days."""
    return work_min_a_day * days / 60
