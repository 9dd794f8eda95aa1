"""Everything that a roster breaks, in an order that people read."""

from planner.document.roster import findings
from planner.rosters.check import violations
from planner.rosters.notation import case
from planner.rosters.rules import RULES


def test_what_is_broken_stands_by_day_then_by_time() -> None:
    drawn = case("open 8-14\nA 9-13 9-13")
    found = [v for v in violations(drawn.problem, drawn.roster) if v.rule == "unattended"]
    first, second = drawn.problem.days
    assert [(v.day, v.found) for v in found] == [
        (first, "8:00〜9:00に無人"),
        (first, "13:00〜14:00に無人"),
        (second, "8:00〜9:00に無人"),
        (second, "13:00〜14:00に無人"),
    ]
    listed = [f.found for f in findings(found)]
    assert listed == ["8:00〜9:00に無人", "13:00〜14:00に無人"]


def test_rules_keep_their_order() -> None:
    drawn = case("open 8-14\nA 9-13 9-13")
    codes = list(dict.fromkeys(v.rule for v in violations(drawn.problem, drawn.roster)))
    assert codes == [rule.code for rule in RULES if rule.code in codes]
    assert len(codes) > 1
