"""Bad input of a roster problem: every kind is named, with what to do; sound problems have no fault."""

import re
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.rosters.notation import case
from planner.rosters.roster import Elsewhere, Record, RosterProblem, Wish
from planner.rosters.solve import solved
from planner.rosters.soundness import problems_with
from planner.wording.rosters import ROSTER_FAULTS

SOUND = "open 9-18\nA! 9-18 9-18 .\nB@junior 9-18 . 9-18"

TEXTS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "no duty at all": ("A . .", [("roster_without_duties", "2026-04-05〜2026-04-06")]),
    "an unknown grade": ("A@master 9-18@junior", [("person_of_unknown_grade", "master")]),
    "leave and the sister contract": (
        "elsewhere A 1 9-13\nA 9-18 L\nB 9-18 9-18",
        [("leave_against_work", "2026-04-06")],
    ),
    "leave and a locked duty": ("lock A 1 9-18\nA 9-18 L9-18\nB . .", [("leave_against_work", "2026-04-06")]),
    "a skill of nobody": ("skills A net\nneed 9-12x1@vpn\nA 9-18", [("skill_of_nobody", "vpn")]),
    "a skill of too few": ("skills A vpn\nneed 9-12x2@vpn\nA 9-18", [("skill_of_too_few", "vpn 2人")]),
    "a lock outside": ("lock A 5\nA 9-18 .", [("lock_outside_period", "2026-04-10")]),
    "a lock of another formation": ("lock A 0 10-19\nA 9-18 .", [("lock_of_unknown_duty", "10:00〜19:00")]),
    "a lock above the grade": (
        "lock B 0 9-18@standard\nA 9-18 .\nB@junior . 9-18",
        [("lock_of_unfit_duty", "9:00〜18:00")],
    ),
    "a cell locked twice": (
        "lock A 0\nlock A 0 9-18\nA 9-18 .",
        [("lock_against_lock", "勤務なし、9:00〜18:00")],
    ),
    "two people in one place": (
        "lock A 0 9-18\nlock B 0 9-18\nA 9-18 .\nB . .",
        [("lock_of_too_many", "9:00〜18:00 2人")],
    ),
    "a lock for a stranger": ("lock Z 0\nA 9-18 .", [("roster_of_unknown_person", "Z")]),
    "published for a stranger": ("published Z 9-18\nA 9-18 .", [("roster_of_unknown_person", "Z")]),
    "a negative record": ("record A overtime=2026-03:-60\nA 9-18", [("negative_record", "-60")]),
    "nothing published": ("frozen 1\nA 9-18 .", [("freeze_of_nothing", "2026-04-06")]),
    "published twice": (
        "published A 9-18\npublished A 10-19\nA 9-18",
        [("published_twice", "2勤務")],
    ),
    "a wish without measure": ("wish A 0 off 11\nA 9-18", [("impossible_wish", "11")]),
    "nobody needed": ("need 9-12x0\nA 9-18", [("impossible_need", "9:00〜12:00に0人")]),
    "a freeze of nine hours": (
        "frozen 1\npublished A 9-19\nA 9-19 .",
        [("freeze_breaks_rule", "9時間")],
    ),
    "a freeze too soon after the tail": (
        "frozen 1\npublished A . 6-15\nA 13-22 | 6-15 .",
        [("freeze_breaks_rule", "8時間")],
    ),
    "a freeze without a manager": (
        "open 9-18\nfrozen 1\npublished A 9-18\nA 9-18 .",
        [("freeze_breaks_rule", "9:00〜18:00に不在")],
    ),
}


def sound() -> RosterProblem:
    return case(SOUND).problem


@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS)
def test_a_fault_is_named_with_its_value(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(f.code, f.value) for f in problems_with(case(text).problem)] == expected


def test_a_sound_problem_has_no_fault(lan_desk_month: RosterProblem) -> None:
    assert not problems_with(sound())
    assert not problems_with(lan_desk_month)


def test_a_day_on_which_everybody_is_on_leave_is_no_fault_and_stays_vacant() -> None:
    problem = case("A 9-18 L9-18\nB . L").problem
    assert not problems_with(problem)
    roster = solved(problem, seed=1)
    assert [d.day for d in roster.duties] == [problem.days[0]]
    assert [v.day for v in roster.violations if v.rule == "vacancy"] == [problem.days[1]]


def test_desks_without_a_roster_are_not_called_bad_input_but_for_a_stale_lock() -> None:
    cases = sorted((Path(__file__).parents[2] / "cases" / "rosters").glob("*.toml"))
    problems = [case(tomllib.loads(path.read_text(encoding="utf-8"))["roster"]).problem for path in cases]
    assert len(problems) >= 20
    found = [fault.code for problem in problems for fault in problems_with(problem)]
    assert set(found) <= {"lock_of_unknown_duty", "freeze_breaks_rule"}
    assert len(found) <= 4


def test_an_empty_period_is_named_before_anything_else() -> None:
    assert [f.code for f in problems_with(replace(sound(), days=()))] == ["roster_without_days"]


def test_faults_that_the_notation_cannot_say() -> None:
    problem = sound()
    first = problem.days[0]
    nobody = replace(problem.people[0], grade="")
    bad = replace(
        problem,
        people=(nobody, nobody, problem.people[1]),
        tail=tuple(duty for duty in case(SOUND).roster.duties if duty.day == first),
        elsewhere=(Elsewhere("B", first + timedelta(days=1), 780, 540, 240),),
        wishes=(Wish("Z", first, "off"),),
        records={"B": Record(early=-1)},
        reachable=frozenset({("Y", date(2026, 4, 6))}),
    )
    found = [(f.code, f.value) for f in problems_with(bad)]
    assert {code for code, _ in found} == {
        "tail_in_period",
        "person_twice",
        "person_without_grade",
        "roster_of_unknown_person",
        "negative_record",
        "impossible_hours",
    }
    assert [value for code, value in found if code == "roster_of_unknown_person"] == ["Z", "Y"]


def test_a_broken_freeze_is_named_beside_other_faults() -> None:
    found = problems_with(case("frozen 1\npublished A 9-19\npublished Z 9-18\nA 9-19 .").problem)
    assert [f.code for f in found] == ["roster_of_unknown_person", "freeze_breaks_rule"]


def test_a_freeze_in_hours_that_are_offered_with_another_break_is_sound() -> None:
    text = "frozen 1\npublished A 9-18(12-13)\nA 9-18(13-14) ."
    assert not problems_with(case(text).problem)


def test_what_temporary_staff_may_still_mend_is_no_fault_of_a_freeze() -> None:
    assert not problems_with(case("frozen 1\npublished A 9-18\nA 9-18 .\n+C 9-18+ .").problem)


def test_every_fault_has_words_and_every_word_a_fault() -> None:
    found = {fault.code for text, _ in TEXTS.values() for fault in problems_with(case(text).problem)}
    also = {
        "roster_without_days",
        "tail_in_period",
        "person_twice",
        "person_without_grade",
        "impossible_hours",
    }
    assert found | also == set(ROSTER_FAULTS)
    for what, remedy in ROSTER_FAULTS.values():
        assert "ください" in remedy
        assert not (what + remedy).endswith("。"), "the full stop comes with the sentence"
        assert set(re.findall(r"\{(\w+)\}", what + remedy)) <= {"value", "allowed", "column"}
