"""What a desk file says of labour: every key is read, and what the law or the calendar refuses is named."""

from datetime import date
from pathlib import Path

import pytest

from forecasts.faults import FaultyFile
from planner.desk import Labour
from planner.desk_file import read_desk
from planner.wording.faults import fault_sentences

HEAD = """
id = "desk"
name = "架空窓口"
reception = { opens = "8:30", closes = "18:15" }
channels = [{ id = "phone", name = "電話", waiting = "immediate", handling_min = 19, is_measured = true }]
grades = [{ id = "junior", name = "初級SE", monthly_price_yen = 800_000 }]
shifts = [{ id = "early", name = "早番", start = "8:30", end = "17:30" }]
levers = { extra_grade = "junior" }
calendar = { closed = [2026-04-10] }

[terms]
ministry = "見本省"
supervising_section = "見本課"
addressee_title = "見本課長"
contractor = "受託事業者"
sender_title = "責任者"
ground = "体制を維持する"

[[people]]
id = "p1"
name = "架空坂 あおい"
grade = "junior"
standing_shift = "early"
"""
LABOUR = "\n[labour]\n"


def written(folder: Path, rest: str) -> Path:
    path = folder / "desk.toml"
    path.write_text(HEAD + rest, encoding="utf-8")
    return path


def test_every_key_of_labour_is_read(tmp_path: Path) -> None:
    keys = """
has_art36_agreement = true
overtime_month_h = 30
overtime_year_h = 300
rest_interval_h = 10.5
has_special_clause = true
special_year_h = 600
rest_day_work_days = 2
statutory_rest_weekday = 6
working_hours = "monthly_variable"
rest_days = "four_weeks"
rest_cycle_start = 2026-04-05
"""
    said = Labour(True, 30, 300, 10.5, True, 600, 2, 6, "monthly_variable", "four_weeks", date(2026, 4, 5))
    assert read_desk(written(tmp_path, LABOUR + keys)).labour == said


def test_a_file_that_is_silent_has_neither_clause_nor_rest_day_work(tmp_path: Path) -> None:
    desk = read_desk(written(tmp_path, ""))
    assert desk.labour == Labour()
    assert desk.people[0].skills == frozenset()


def test_skills_are_the_desks_own_names(tmp_path: Path) -> None:
    (person,) = read_desk(written(tmp_path, 'skills = ["VPN", "端末"]\n')).people
    assert person.skills == {"VPN", "端末"}


AGREED = LABOUR + "has_art36_agreement = true\n"
CASES = [
    # rest of the file, code, column, value, words of the message
    (LABOUR + 'working_hours = "yearly_variable"', "yearly_variable_hours", "labour.working_hours",
     "yearly_variable", ("第32条の4", "monthly_variable")),
    (LABOUR + 'working_hours = "daily"', "bad_value", "labour.working_hours", "daily", ("'weekly'",)),
    (LABOUR + 'rest_days = "four_weeks"', "rest_cycle_unknown", "labour.rest_cycle_start", "",
     ("起算日", "第12条の2第2項", "2026-04-05")),
    (LABOUR + 'rest_cycle_start = "4月5日"', "bad_value", "labour.rest_cycle_start", "4月5日",
     ("2026-04-01",)),
    (LABOUR + "has_special_clause = true", "needs_art36_agreement", "labour.has_special_clause", "true",
     ("36協定", "false")),
    (LABOUR + "rest_day_work_days = 1", "needs_art36_agreement", "labour.rest_day_work_days", "1",
     ("36協定", "has_art36_agreement = true")),
    (AGREED + "rest_day_work_days = 6", "bad_value", "labour.rest_day_work_days", "6", ("5以下",)),
    (AGREED + "overtime_month_h = 45.1", "bad_value", "labour.overtime_month_h", "45.1", ("45.0以下",)),
    (AGREED + "overtime_year_h = 361", "bad_value", "labour.overtime_year_h", "361", ("360.0以下",)),
    (AGREED + "special_year_h = 721", "bad_value", "labour.special_year_h", "721", ("720.0以下",)),
    (AGREED + "statutory_rest_weekday = 0", "bad_value", "labour.statutory_rest_weekday", "0", ("1以上",)),
    (AGREED + "statutory_rest_weekday = 8", "bad_value", "labour.statutory_rest_weekday", "8", ("7以下",)),
    ("leave = [2026-04-17, 2026-04-20, 2026-04-17]", "duplicate", "people[1].leave", "2026-04-17",
     ("二度",)),
    ('skills = ["VPN", "VPN"]', "duplicate", "people[1].skills", "VPN", ("二度",)),
    ("leave = [2026-04-10]", "leave_on_closed_day", "people[1].leave", "2026-04-10",
     ("閉庁日", "取り除いて")),
    ("leave = [2026-04-18]", "leave_on_closed_day", "people[1].leave", "2026-04-18",
     ("閉庁日", "取り除いて")),
    ('skills = [""]', "bad_value", "people[1].skills[1]", "", ("…",)),
    ("skills = 3", "bad_value", "people[1].skills", "3", ("…",)),
]  # fmt: skip


@pytest.mark.parametrize(("rest", "code", "column", "value", "words"), CASES)
def test_each_fault_says_what_to_do(
    tmp_path: Path, rest: str, code: str, column: str, value: str, words: tuple[str, ...]
) -> None:
    with pytest.raises(FaultyFile) as raised:
        read_desk(written(tmp_path, rest + "\n"))
    (fault,) = raised.value.faults
    assert (fault.code, fault.column, fault.value) == (code, column, value)
    (sentence,) = fault_sentences([fault])
    assert all(word in sentence for word in words), sentence


def test_a_day_given_twice_hides_no_other_fault_of_its_person(tmp_path: Path) -> None:
    rest = "leave = [2026-04-18, 2026-04-18, 2026-04-19, 2026-04-17, 2026-04-17]\n"
    with pytest.raises(FaultyFile) as raised:
        read_desk(written(tmp_path, rest))
    assert [(f.code, f.column, f.value) for f in raised.value.faults] == [
        ("duplicate", "people[1].leave", "2026-04-18"),
        ("duplicate", "people[1].leave", "2026-04-17"),
        ("leave_on_closed_day", "people[1].leave", "2026-04-18"),
        ("leave_on_closed_day", "people[1].leave", "2026-04-19"),
    ]


@pytest.mark.parametrize(
    "rest",
    [
        AGREED + "has_special_clause = true\nspecial_year_h = 720\nrest_day_work_days = 5",
        AGREED + "overtime_month_h = 45\novertime_year_h = 360\nstatutory_rest_weekday = 1",
        'skills = ["VPN"]\nleave = [2026-04-17, 2026-04-20]',
    ],
)
def test_the_border_is_allowed(tmp_path: Path, rest: str) -> None:
    assert read_desk(written(tmp_path, rest + "\n")).id == "desk"
