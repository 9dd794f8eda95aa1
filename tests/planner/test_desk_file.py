"""TOML → Desk: a good file gives every part, a bad one every fault, each with its path."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from forecasts.faults import Fault, FaultyFile
from planner.desk import Channel, Grade, Person, Reception, Shift
from planner.desk_file import event_paths, read_desk
from planner.desk_levers import Levers

GOOD = """
id = "desk"
name = "架空窓口"
event_files = ["../events/diet.csv"]

[calendar]
closed = [2026-04-10]

[reception]
opens = "8:30"
closes = "18:15"

[[channels]]
id = "phone"
name = "電話"
waiting = "immediate"
handling_min = 19
patience_min = 5.0
is_measured = true
synonyms = ["TEL"]

[[channels]]
id = "mail"
name = "メール"
waiting = "deferred"
handling_min = 16.5

[[grades]]
id = "junior"
name = "初級SE"
monthly_price_yen = 800_000

[[shifts]]
id = "early"
name = "早番"
start = "8:30"
end = "17:30"

[[people]]
id = "p1"
name = "架空坂 あおい"
grade = "junior"
standing_shift = "early"
leave = [2026-04-17]

[levers]
extra_grade = "junior"
starts = ["7:30", "8:30"]

[terms]
ministry = "見本省"
supervising_section = "見本課"
addressee_title = "見本課長"
contractor = "受託事業者"
sender_title = "責任者"
ground = "体制を維持する"
"""


def written(folder: Path, *changes: tuple[str, str]) -> Path:
    text = GOOD
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = folder / "desk.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults_of(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(FaultyFile) as raised:
        read_desk(path)
    assert {fault.place for fault in raised.value.faults} == {str(path)}
    return raised.value.faults


def test_a_good_file_gives_every_part(tmp_path: Path) -> None:
    desk = read_desk(written(tmp_path))
    assert (desk.id, desk.name, desk.grid.slot_min) == ("desk", "架空窓口", 15)
    assert desk.calendar.closing_reason(date(2026, 4, 10)) == "own"
    assert desk.reception == Reception(510, 1095)
    assert desk.channels == (
        Channel("phone", "電話", "immediate", 19.0, 1.0, 5.0, is_measured=True, synonyms=("TEL",)),
        Channel("mail", "メール", "deferred", 16.5),
    )
    assert desk.grades == (Grade("junior", "初級SE", 800_000),)
    assert desk.shifts == (Shift("early", "早番", 510, 1050),)
    leave = frozenset({date(2026, 4, 17)})
    assert desk.people == (Person("p1", "架空坂 あおい", "junior", standing_shift="early", leave=leave),)
    assert desk.levers == Levers(extra_grade="junior", starts_min=(450, 510))
    assert desk.terms.propose_before_days == 15


def test_event_files_lie_beside_the_desk_file(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert event_paths(read_desk(path), path) == (tmp_path / "../events/diet.csv",)


def test_a_bom_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "desk.toml"
    path.write_text(GOOD, encoding="utf-8-sig")
    assert read_desk(path).id == "desk"


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        assert faults_of(path) == (Fault("missing_file", str(path)),)


def test_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "desk.toml"
    path.write_bytes(GOOD.encode("cp932"))
    assert faults_of(path) == (Fault("not_decodable", str(path), allowed="UTF-8"),)


def test_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    (fault,) = faults_of(written(tmp_path, ('opens = "8:30"', "opens = 8:30")))
    line = [n for n, text in enumerate(GOOD.splitlines(), 1) if text.startswith("opens")]
    assert (fault.code, fault.row, fault.value) == ("bad_toml", line[0], "opens = 8:30")


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("leave = [2026-04-17]", "leave = [2026-04-17]\nleave = [\n  2026-04-20,\n]", "leave"),
        ('opens = "8:30"', 'opens = "8:30"\nopens = "9:00"', "opens"),
        ("[levers]", "[reception]\n\n[levers]", "[reception]"),
    ],
)
def test_what_stands_twice_is_told_with_both_lines(tmp_path: Path, old: str, new: str, name: str) -> None:
    path = written(tmp_path, (old, new))
    (fault,) = faults_of(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    first, second = (n for n, text in enumerate(lines, 1) if text.split(" =")[0] == name)
    assert (fault.code, fault.row, fault.value, fault.allowed) == ("key_twice", second, name, str(first))


def test_a_key_that_is_a_value_and_a_table_is_no_toml(tmp_path: Path) -> None:
    (fault,) = faults_of(written(tmp_path, ("event_files = [", "levers = 1\nevent_files = [")))
    assert (fault.code, fault.value) == ("bad_toml", "[levers]")


def test_an_empty_file_lacks_every_required_key(tmp_path: Path) -> None:
    path = tmp_path / "desk.toml"
    path.write_text("", encoding="utf-8")
    lacking = {f.column for f in faults_of(path) if f.code == "missing_key"}
    assert lacking == {"id", "name", "reception", "terms", "channels", "grades", "shifts"}
    assert "desk_with_nobody" in {f.code for f in faults_of(path)}


PEOPLE = GOOD[GOOD.index("[[people]]") : GOOD.index("[levers]")]
CASES: list[tuple[str, str, str, str, str]] = [
    # old, new, code, column, value
    ('name = "電話"\n', "", "missing_key", "channels[1].name", ""),
    ("handling_min = 16.5", "handling_minutes = 16", "missing_key", "channels[2].handling_min", ""),
    ("handling_min = 16.5", "handling_min = 16\nx = 1", "unknown_key", "channels[2].x", "x"),
    ("[calendar]", "[calender]", "unknown_key", "calender", "calender"),
    ("handling_min = 16.5", "handling_min = 0", "bad_value", "channels[2].handling_min", "0"),
    ("handling_min = 16.5", "handling_min = inf", "bad_value", "channels[2].handling_min", "inf"),
    ("handling_min = 16.5", 'handling_min = "16"', "bad_value", "channels[2].handling_min", "16"),
    ('waiting = "deferred"', 'waiting = "later"', "bad_value", "channels[2].waiting", "later"),
    ('opens = "8:30"', 'opens = "8時半"', "bad_value", "reception.opens", "8時半"),
    ('opens = "8:30"', 'opens = "25:30"', "bad_value", "reception.opens", "25:30"),
    ('opens = "8:30"', 'opens = "8:20"', "bad_value", "reception.opens", "8:20"),
    ('opens = "8:30"', 'opens = "0:15"', "bad_value", "levers.earlier_min", "60"),
    ('closes = "18:15"', 'closes = "8:30"', "closes_before_opens", "reception.closes", "8:30"),
    ('end = "17:30"', 'end = "8:00"', "closes_before_opens", "shifts[1].end", "8:00"),
    ('end = "17:30"', 'end = "20:30"', "bad_value", "shifts[1].end", "20:30"),
    ('end = "17:30"', 'end = "9:30"', "bad_value", "shifts[1].break_min", "60"),
    ('starts = ["7:30",', 'starts = ["6:30",', "bad_value", "levers.starts[1]", "6:30"),
    ("[levers]\n", "[levers]\nlater_min = 50\n", "bad_value", "levers.later_min", "50"),
    ("[levers]", "[target]\nwithin_share = 80\n[levers]", "bad_value", "target.within_share", "80"),
    ("[levers]", "[target]\nis_reference = 1\n[levers]", "bad_value", "target.is_reference", "1"),
    ("[levers]", "[labour]\novertime_month_h = 60\n[levers]", "bad_value", "labour.overtime_month_h", "60"),
    ("closed = [", 'country = "XX"\nclosed = [', "bad_value", "calendar.country", "XX"),
    ("leave = [2026-04-17]", 'leave = ["4月17日"]', "bad_value", "people[1].leave[1]", "4月17日"),
    ("is_measured = true", "is_measured = false", "bad_value", "channels", "is_measured = false"),
    ("handling_min = 16.5", "handling_min = 16\nis_measured = true", "bad_value",
     "channels[2].is_measured", "true"),
    ('name = "架空窓口"', 'name = "架空窓口"\nminimum_heads = 2', "bad_value", "minimum_heads", "2"),
    ('ground = "', 'decide_before_days = 20\nground = "', "bad_value", "terms.propose_before_days", "15"),
    ('\ngrade = "junior"\nstanding', '\ngrade = "jr"\nstanding', "unknown_reference",
     "people[1].grade", "jr"),
    ('standing_shift = "early"', 'standing_shift = "no"', "unknown_reference",
     "people[1].standing_shift", "no"),
    ('standing_shift = "early"\n', "", "unknown_reference", "people[1].standing_shift", ""),
    ('extra_grade = "junior"\n', "", "unknown_reference", "levers.extra_grade", ""),
    ('id = "mail"', 'id = "phone"', "duplicate", "channels[2].id", "phone"),
    ("handling_min = 16.5", 'handling_min = 16\nsynonyms = ["ｔｅｌ"]', "duplicate",
     "channels[2].synonyms", "ｔｅｌ"),
    ("closed = [", "opened = [2026-04-10]\nclosed = [", "duplicate", "calendar.opened", "2026-04-10"),
    ("leave = [2026-04-17]", "is_resident = false", "desk_with_nobody", "people", ""),
    ("monthly_price_yen = 800_000", "monthly_price_yen = 800_000\noperations_min = 421", "bad_value",
     "grades[1].operations_min", "421"),
    ("[levers]", '[[leads]]\nkind = "diet"\npropose_before_days = 5\ndecide_before_days = 3\n'
     "notify_before_days = 2\n[levers]", "bad_value", "leads[1].kind", "diet"),
    ("[levers]", '[[leads]]\nkind = "transfer"\npropose_before_days = 2\ndecide_before_days = 3\n'
     "notify_before_days = 2\n[levers]", "bad_value", "leads[1].propose_before_days", "2"),
    ("[levers]", "[[extra_people]]\nfrom = 2026-04-02\nto = 2026-04-01\n[levers]", "end_before_start",
     "extra_people[1].to", "2026-04-01"),
    ("[levers]", '[levers]\norder = ["cost", "cost", "work"]', "bad_value", "levers.order",
     "cost, cost, work"),
    (PEOPLE, "", "desk_with_nobody", "people", ""),
    (PEOPLE, "[people]\n", "bad_value", "people", "{}"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "column", "value"), CASES)
def test_each_fault(tmp_path: Path, old: str, new: str, code: str, column: str, value: str) -> None:
    faults = faults_of(written(tmp_path, (old, new)))
    assert (code, column, value) in {(f.code, f.column, f.value) for f in faults}
    # Every fault says what is allowed, but for a word given twice, where only the other place counts.
    assert all(fault.allowed for fault in faults if fault.code != "duplicate")


def columns(faults: Sequence[Fault], code: str) -> list[str]:
    return [fault.column for fault in faults if fault.code == code]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    faults = faults_of(
        written(
            tmp_path,
            ("handling_min = 16.5", "handling_min = -1\nhandling_cv = 9"),
            ('closes = "18:15"', ""),
            ('id = "junior"\n', 'id = "junior"\ncolour = 1\n'),
            ('\ngrade = "junior"\nstanding', '\ngrade = "senior"\nstanding'),
            ('standing_shift = "early"', 'standing_shift = "late"'),
        )
    )
    assert columns(faults, "bad_value") == ["channels[2].handling_min", "channels[2].handling_cv"]
    assert columns(faults, "missing_key") == ["reception.closes"]
    assert columns(faults, "unknown_key") == ["grades[1].colour"]
    # The faulty grade "junior" is written, so that naming it in levers is no fault of its own.
    assert columns(faults, "unknown_reference") == ["people[1].grade", "people[1].standing_shift"]
