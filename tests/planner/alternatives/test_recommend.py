"""planner/alternatives/recommend.py: the smallest change that suffices, and why."""

from datetime import date

import pytest

from forecasts.slots import Period
from planner.alternatives.alternative import Alternative, Effort, Interval, Outcome, PatternProof
from planner.alternatives.recommend import recommended
from planner.desk import Target
from planner.formation import Formation, FormationChange, Pattern

EFFORTS = {
    "status_quo": Effort(0, 0.0, 0.0, 0, 0),
    "hours": Effort(0, 0.0, 10.0, 0, 0),
    "plus_1": Effort(1, 80.0, 0.0, 400_000, 0),
    "plus_2": Effort(2, 160.0, 0.0, 800_000, 0),
    "plus_1_hours": Effort(1, 80.0, 10.0, 400_000, 0),
    "plus_2_hours": Effort(2, 160.0, 10.0, 800_000, 0),
}


def make_alternative(key: str, risk: float, in_time: float = 0.75) -> Alternative:
    share = Interval(in_time, in_time, in_time)
    one = Interval(1.0, 1.0, 1.0)
    outcome = Outcome(
        share, one, one, share, share, 600, risk, risk, 0.0, risk / 2, risk, one, one, 0.5, 0.0, 0.0
    )  # fmt: skip
    change = FormationChange(Period(date(2026, 4, 1), date(2026, 4, 15)))
    proof = PatternProof("optimal", 1.0, 1.0)
    return Alternative(
        key, change, Formation(540, 1080, ()), Pattern(()), outcome, EFFORTS[key], proof, (), (), (), ()
    )  # fmt: skip


def chosen(risks: dict[str, float], in_time: dict[str, float] | None = None) -> dict[str, Alternative]:
    known = [make_alternative(key, risk, (in_time or {}).get(key, 0.75)) for key, risk in risks.items()]
    return {a.key: a for a in recommended(known, Target(max_risk=0.2))}


@pytest.mark.parametrize(
    ("risks", "best"),
    [
        ((0.1, 0.0, 0.0, 0.0, 0.0, 0.0), "status_quo"),
        ((0.2, 0.0, 0.0, 0.0, 0.0, 0.0), "status_quo"),  # the accepted risk itself is accepted
        ((0.3, 0.2, 0.0, 0.0, 0.0, 0.0), "hours"),
        ((0.3, 0.3, 0.1, 0.0, 0.0, 0.0), "plus_1"),
        ((0.9, 0.9, 0.3, 0.1, 0.2, 0.0), "plus_1_hours"),
        ((0.9, 0.9, 0.3, 0.1, 0.3, 0.0), "plus_2"),
        ((0.9, 0.9, 0.3, 0.3, 0.3, 0.0), "plus_2_hours"),
        ((0.9, 0.8, 0.7, 0.5, 0.6, 0.6), "plus_2"),  # nothing suffices: the least risk
        ((1.0, 1.0, 1.0, 1.0, 1.0, 1.0), "status_quo"),  # nothing helps: nothing is changed
    ],
)
def test_the_smallest_change_that_suffices_is_recommended(risks, best):
    found = chosen(dict(zip(EFFORTS, risks, strict=True)))
    assert [key for key, a in found.items() if a.is_recommended] == [best]


def test_of_equal_risks_above_the_limit_the_nearest_to_the_targets_wins():
    found = chosen(dict.fromkeys(EFFORTS, 1.0), {"plus_2": 0.79, "plus_1": 0.77})
    assert found["plus_2"].is_recommended


def test_reasons_where_a_change_suffices():
    found = chosen(dict(zip(EFFORTS, (0.61, 0.5, 0.04, 0.0, 0.0, 0.0), strict=True)))
    assert found["plus_1"].reasons == (("risk_met", "0.04"), ("smallest_sufficient", "0.20"))
    assert found["plus_2"].reasons == (("risk_met", "0.00"), ("smaller_change_suffices", "plus_1"))
    assert found["status_quo"].reasons == (
        ("risk_missed", "0.61"),
        ("missed_most", "in_time"),
        ("preferred", "plus_1"),
    )


def test_reasons_where_nothing_suffices():
    found = chosen(dict(zip(EFFORTS, (0.9, 0.9, 0.8, 0.6, 0.8, 0.7), strict=True)))
    assert found["plus_2"].reasons[-1] == ("least_risk", "0.60")
    assert found["plus_1"].reasons[-1] == ("no_less_risk", "plus_2")
