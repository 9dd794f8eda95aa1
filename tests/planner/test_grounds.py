from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from forecasts.history.handling import Handling
from forecasts.history.patience import Patience
from planner.alternatives.levers import KEYS
from planner.content import Assumption
from planner.grounds import assumptions_of, checks_of
from planner.intake import LogSource, Question, Sources, read_question
from planner.queueing.choice import Method
from planner.rosters.roster import Roster, Violation
from planner.rosters.rules import RULES
from planner.wording.assumptions import SOURCES, assumption_value

CASE = Path("tests/cases/small-desk")


_EXACT = Method("exact")


def assumed(question: Question, method: Method = _EXACT) -> tuple[Assumption, ...]:
    return assumptions_of(question, 8, method, 0.002, KEYS)


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
    found = assumed(read_question(sources, LogSource(CASE / "inquiries.csv")))
    handling = [a for a in found if a.code.startswith("handling")]
    assert [(a.code, a.subject, a.number, a.unit, a.sample_size) for a in handling] == [
        ("handling_time", "phone", 12.0, "min", None),
        ("handling_time", "mail", 10.0, "min", None),
        ("handling_cv", "phone", 1.0, "ratio", None),
        ("handling_cv", "mail", 1.0, "ratio", None),
    ]
    assert {a.source for a in handling} == {"desk_file_assumed"}


def test_what_the_log_tells_comes_with_the_inquiries_it_rests_on() -> None:
    sources = Sources(CASE / "desk.toml", date(2026, 2, 16), date(2026, 2, 27), date(2026, 2, 13))
    question = replace(
        read_question(sources, LogSource(CASE / "inquiries.csv")),
        handling={"phone": Handling(18.9, 0.89, 30702, interval_min=(18.7, 19.1), cv_interval=(0.88, 0.9))},
        patience={"phone": Patience(3.2, 41, 900, interval_min=(2.6, 4.0))},
    )
    figures = {(a.code, a.subject): a for a in assumed(question)}
    assert figures["handling_time", "phone"] == Assumption(
        "handling_time", "history", "phone", 18.9, "min", 30702, 18.7, 19.1
    )
    assert figures["handling_cv", "phone"].interval == (0.88, 0.9)
    assert figures["patience", "phone"] == Assumption(
        "patience", "history", "phone", 3.2, "min", 41, 2.6, 4.0
    )
    assert figures["handling_time", "mail"].interval is None
    assert figures["handling_time", "mail"].source == "desk_file_assumed"


def test_a_level_that_moved_is_assumed_and_said_to_be_recent() -> None:
    sources = Sources(CASE / "desk.toml", date(2026, 2, 16), date(2026, 2, 27), date(2026, 2, 13))
    moved = Handling(
        12.5, 0.9, 800, interval_min=(12.1, 12.9), has_moved=True, recent_min=16.04,
        recent_interval_min=(15.2, 16.9), recent_n=120,
    )  # fmt: skip
    question = replace(read_question(sources, LogSource(CASE / "inquiries.csv")), handling={"phone": moved})
    found = next(a for a in assumed(question) if a.subject == "phone")
    assert (found.code, found.number, found.interval) == ("handling_time_recent", 16.04, (15.2, 16.9))
    said = assumption_value(found.code, "電話", found.number, found.unit, found.sample_size, found.interval)
    assert said == "電話 直近3か月の水準 平均16.0分（80%区間15.2〜16.9分、120件）"


def test_every_assumption_has_its_words() -> None:
    sources = Sources(CASE / "desk.toml", date(2026, 2, 16), date(2026, 2, 27), date(2026, 2, 13))
    found = assumed(read_question(sources, LogSource(CASE / "inquiries.csv")))
    assert all(
        assumption_value(a.code, a.subject, a.number, a.unit, a.sample_size, a.interval) for a in found
    )
    assert {a.source for a in found} <= set(SOURCES)


def test_an_interval_stands_beside_its_number() -> None:
    said = assumption_value("handling_time", "電話", 17.24, "min", 12345, (16.8, 17.64))
    assert said == "電話 平均17.2分（80%区間16.8〜17.6分、12,345件）"
    assert assumption_value("handling_cv", "電話", 0.914, "ratio", 9, (0.9, 0.92)) == (
        "電話 0.91（80%区間0.90〜0.92）"
    )
    assert assumption_value("patience", "電話", 3.0, "min", 678, (2.9, 3.2)) == (
        "電話 平均3.0分（80%区間2.9〜3.2分、切断678件）"
    )
    assert assumption_value("handling_time", "電話", 12.0, "min", None) == "電話 平均12.0分"
    assert assumption_value("handling_time", "電話", 12.0, "min", 9, (12.0, 12.0)).count("12.0") == 2


def test_a_mean_without_a_measured_spread_leaves_the_spread_assumed() -> None:
    sources = Sources(CASE / "desk.toml", date(2026, 2, 16), date(2026, 2, 27), date(2026, 2, 13))
    question = read_question(sources, LogSource(CASE / "inquiries.csv"))
    talk = Handling(25.0, 1.0, 400, is_cv_measured=False)
    found = assumed(replace(question, handling={"phone": talk}))
    phone = [(a.code, a.source, a.number) for a in found if a.subject == "phone" and "handling" in a.code]
    assert phone == [("handling_time", "history", 25.0), ("handling_cv", "desk_file_assumed", 1.0)]


@pytest.mark.parametrize("reason", ["handling_cv", "mixed_patience", "mail_not_interrupted"])
def test_how_calls_were_judged_is_said_with_its_reason_and_error(reason: str) -> None:
    sources = Sources(CASE / "desk.toml", date(2026, 2, 16), date(2026, 2, 27), date(2026, 2, 13))
    question = read_question(sources, LogSource(CASE / "inquiries.csv"))
    exact, phases, simulated = (
        [a for a in assumed(question, method) if a.code.startswith(("calls_", "mail_simulated"))]
        for method in (Method("exact"), Method("two_phase", "", 0.887), Method("simulation", reason))
    )
    assert [a.code for a in exact] == ["calls_exact", "mail_simulated"]
    assert [a.code for a in phases] == ["calls_two_phase", "mail_simulated"]
    assert "変動係数0.89" in assumption_value(phases[0].code, "", phases[0].number, phases[0].unit)
    assert [a.code for a in simulated] == [f"calls_simulated_{reason}"]
    for a in (exact[1], phases[1], simulated[0]):
        assert assumption_value(a.code, "", a.number, a.unit).endswith("計算誤差±0.4ポイント")


def test_the_rule_for_mail_in_hand_is_said() -> None:
    sources = Sources(CASE / "desk.toml", date(2026, 2, 16), date(2026, 2, 27), date(2026, 2, 13))
    question = read_question(sources, LogSource(CASE / "inquiries.csv"))
    firm = replace(question, desk=replace(question.desk, is_mail_interrupted=False))
    said = [
        {a.code for a in assumed(q)} & {"mail_interrupted", "mail_finished_first"} for q in (question, firm)
    ]
    assert said == [{"mail_interrupted"}, {"mail_finished_first"}]
