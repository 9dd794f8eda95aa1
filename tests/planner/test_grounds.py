from datetime import date
from pathlib import Path

from planner.grounds import assumptions_of, checks_of
from planner.intake import LogSource, Sources, read_question
from planner.rosters.roster import Roster, Violation
from planner.rosters.rules import RULES

CASE = Path("tests/cases/small-desk")


def results(roster: Roster | None, *clashing: str) -> dict[str, bool]:
    return {c.code: c.is_passed for c in checks_of(roster, clashing, is_urgent=False)}


def test_every_check_passes_over_a_roster_that_breaks_nothing() -> None:
    found = results(Roster(()))
    assert all(found.values())
    assert {"daily_hours", "weekly_hours", "breaks", "weekly_rest", "propose_in_time"} <= set(found)


def test_soft_wishes_are_no_business_of_the_client() -> None:
    soft = {rule.code for rule in RULES if not rule.is_hard}
    assert not soft & set(results(Roster(())))


def test_a_broken_rule_is_not_passed() -> None:
    broken = Roster((), violations=(Violation("breaks", date(2026, 4, 1)),))
    assert not results(broken)["breaks"]


def test_vacancies_are_said_by_their_days_alone() -> None:
    days = [Violation("vacancy", date(2026, 4, d), found="一般SE") for d in (17, 17, 24)]
    found = {c.code: c for c in checks_of(Roster((), violations=tuple(days)), (), is_urgent=False)}
    assert not found["full_strength"].is_passed
    assert "2日" in found["full_strength"].detail
    assert "一般SE" not in found["full_strength"].detail


def test_without_a_roster_the_clashing_rules_fail_and_without_a_reason_all_do() -> None:
    some, none = results(None, "weekly_hours"), results(None)
    assert (some["weekly_hours"], some["breaks"]) == (False, True)
    assert not any(passed for code, passed in none.items() if code != "propose_in_time")


def test_what_the_log_lacks_is_an_assumption_of_the_desk_file() -> None:
    sources = Sources(CASE / "desk.toml", date(2026, 2, 16), date(2026, 2, 27), date(2026, 2, 13))
    found = assumptions_of(read_question(sources, LogSource(CASE / "inquiries.csv")), 8)
    handling = [a for a in found if a.code == "handling_time"]
    assert [a.value for a in handling] == [
        "電話 平均12.0分、変動係数1.00",
        "メール 平均10.0分、変動係数1.00",
    ]
    assert all("仮定" in a.source for a in handling)
