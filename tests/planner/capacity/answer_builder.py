"""A capacity answer without computing one."""

from dataclasses import replace
from datetime import date
from typing import Any

from planner.capacity.answer import (
    Asked,
    Block,
    CapacityAnswer,
    Case,
    CasePlan,
    MonthLeft,
    MonthNeed,
    Peak,
)
from planner.capacity.decision import Limits
from planner.capacity.scenario import Scenario

HEADS = (("standard", 2), ("junior", 2))
APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)
PLAN = CasePlan(HEADS, 0, (Block(APRIL, date(2026, 4, 10), 2, 1),), 2, 41_200_000, ())
FEWER = CasePlan((("standard", 2), ("junior", 1)), -1, (), 0, 31_200_000, (MonthLeft(MAY, 1.0, 0.083),))


def make_answer(**changes: Any) -> CapacityAnswer:
    """Return the answer of the sample desk for twelve months from April 2026, of which two are told."""
    answer = CapacityAnswer(
        desk_id="lan-desk",
        desk_name="見本省LAN受付窓口",
        is_sample=True,
        asked=Asked(date(2026, 3, 1), APRIL, 12, 0.2, Limits(), 250, 1),
        grades=(("standard", "一般SE"), ("junior", "初級SE"), ("senior", "中級SE")),
        targets=(
            ("within_min", 1.0),
            ("within_share", 0.8),
            ("answer_rate", 0.9),
            ("same_day_share", 0.95),
            ("is_reference", 1.0),
        ),
        present=HEADS,
        present_yen=40_800_000,
        extra_heads=2,
        extra_grade="junior",
        months=(
            MonthNeed(APRIL, date(2026, 4, 30), 63.6, 5, True, False, 0.72, 0.86, 0.9, 0.93, 0.03),
            MonthNeed(MAY, date(2026, 5, 29), 50.7, 4, True, False, 0.0, 0.91, 0.94, float("nan"), 0.0),
        ),
        peaks=(Peak(APRIL, date(2026, 4, 17), 1.5, ("令和8年4月期人事異動",)),),
        temporary=((APRIL, 1), (date(2026, 4, 6), 1), (date(2026, 4, 13), 0)),
        cases=(
            Case(Scenario(), HEADS, (APRIL,), 0.72, PLAN),
            Case(Scenario("one_fewer", is_one_fewer=True), FEWER.residents, (APRIL, MAY), 1.0, FEWER),
        ),
        approximate="",
        learned_until=date(2026, 2, 27),
        program_version="0.1.0",
        input_digests=(("inquiries.csv", "0" * 64),),
    )
    return replace(answer, **changes)
