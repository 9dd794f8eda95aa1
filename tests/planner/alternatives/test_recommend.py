"""planner/alternatives/recommend.py: the smallest change that suffices, and why."""

from dataclasses import replace
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
    assert found["plus_2"].reasons == (
        ("risk_met", "0.00"),
        ("smaller_change_suffices", "plus_1"),
        ("beside", "-0.04 80.0"),
    )
    assert found["status_quo"].reasons == (
        ("risk_missed", "0.61"),
        ("missed_most", "in_time"),
        ("falls_short", "0.050"),
        ("preferred", "plus_1"),
        ("beside", "0.57 -80.0"),
    )


def test_reasons_where_nothing_suffices():
    found = chosen(dict(zip(EFFORTS, (0.9, 0.9, 0.8, 0.6, 0.8, 0.7), strict=True)))
    assert found["plus_2"].reasons[-1] == ("least_risk", "0.60")
    assert found["plus_1"].reasons[-2:] == (("no_less_risk", "plus_2"), ("beside", "0.20 -80.0"))


def test_what_nobody_can_work_gives_way_to_the_next_best_and_says_so() -> None:
    risks = dict(zip(EFFORTS, (0.9, 0.9, 0.1, 0.05, 0.3, 0.0), strict=True))
    known = [make_alternative(key, risk) for key, risk in risks.items()]
    found = {a.key: a for a in recommended(known, Target(), rosterless={"plus_1"})}
    assert found["plus_2"].is_recommended
    assert ("no_roster", "") in found["plus_1"].reasons
    assert "smaller_change_suffices" not in dict(found["plus_1"].reasons)


def test_money_first_may_prefer_another_change() -> None:
    cheap = make_alternative("plus_1", 0.1)
    long = make_alternative("hours", 0.1)
    long = replace(long, effort=Effort(0, 90.0, 10.0, 0, 0))
    standing = make_alternative("status_quo", 0.9)
    best = [
        next(a.key for a in recommended([standing, long, cheap], Target(), order) if a.is_recommended)
        for order in (("work", "cost", "hours"), ("cost", "work", "hours"))
    ]
    assert best == ["plus_1", "hours"]


def test_where_nothing_suffices_each_says_how_far_it_falls_short() -> None:
    found = chosen({"status_quo": 0.9, "plus_2": 0.5}, {"status_quo": 0.7, "plus_2": 0.784})
    assert ("falls_short", "0.100") in found["status_quo"].reasons
    assert ("falls_short", "0.016") in found["plus_2"].reasons
    assert ("beside", "0.40 -160.0") in found["status_quo"].reasons
    assert "beside" not in dict(found["plus_2"].reasons)


def test_a_floor_for_every_hour_is_part_of_the_target() -> None:
    low, high = make_alternative("hours", 0.1, 0.7), make_alternative("plus_1", 0.1, 0.8)
    found = {a.key: a for a in recommended([low, high], Target(least_hour=0.75))}
    assert found["plus_1"].is_recommended
    assert ("hour_missed", "0.70") in found["hours"].reasons
