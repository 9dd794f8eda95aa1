"""What a desk makes of a file: words, worksheets, and what a person said of it."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from forecasts.faults import FaultyFile
from forecasts.history.mapping import FileMapping
from forecasts.history.sheets import FileSheets, read_sheets
from planner.desk import Desk
from planner.desk_file import read_desk
from planner.imports import Asked, kind_of, reading, role_names, suggestion, understood, unmapped_faults

DESK = read_desk(Path("data/desks/lan-desk.toml"))
LOG = "番号,受付日時,受付方法,どこから\nI1,2026-02-02 09:00,電話,TEL\nI2,2026-02-03 09:00,メール,のろし\n"


def text(content: str) -> FileSheets:
    return read_sheets("log.csv", content.encode())


def workbook(**sheets: tuple[tuple[object, ...], ...]) -> FileSheets:
    book = openpyxl.Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.remove(book["Sheet"])
    stream = BytesIO()
    book.save(stream)
    return read_sheets("book.xlsx", stream.getvalue())


def asked(sheets: FileSheets, asked: Asked, desk: Desk = DESK) -> FileMapping:
    return understood(desk, sheets, asked).mapping


def test_what_nobody_said_is_suggested() -> None:
    found = suggestion(DESK, text(LOG))
    assert found.mapping.channels == {"電話": "phone", "メール": "mail"}
    assert understood(DESK, text(LOG), Asked()).mapping == found.mapping
    assert understood(DESK, text("表題\n" + LOG), Asked()).header_line == 2


def test_columns_that_were_said_stand_for_all_and_their_words_are_recognised() -> None:
    mapping = asked(text(LOG), Asked(columns={"received_at": "受付日時", "channel": "どこから"}))
    assert mapping.columns == {"received_at": "受付日時", "channel": "どこから"}
    assert mapping.channels == {"TEL": "phone"}


def test_words_and_a_channel_that_were_said_win() -> None:
    assert asked(text(LOG), Asked(channels={"電話": "form"})).channels == {"電話": "form", "メール": "mail"}
    every = asked(text(LOG), Asked(channel="mail"))
    assert (every.channel, "channel" in every.columns) == ("mail", False)
    assert reading(DESK, text(LOG), every).values["channel"].tolist() == ["mail", "mail"]


def test_the_kind_follows_from_the_columns() -> None:
    assert kind_of(["received_at", "channel"]) == "inquiries"
    assert kind_of(["day", "channel", "count"]) == "totals"
    assert kind_of(["channel"]) == "inquiries"
    assert kind_of(["received_at", "offered"]) is None
    assert kind_of([]) is None
    mapping = asked(text("a,b\n2026-02-02,4\n2026-02-03,5\n"), Asked(columns={"day": "a", "count": "b"}))
    assert mapping.kind == "totals"


def test_a_kind_that_was_said_brings_its_own_columns() -> None:
    sheets = text("日付,受付方法,件数\n2026-02-02,電話,4\n")
    assert asked(sheets, Asked()).kind == "totals"
    attendance = understood(DESK, sheets, Asked(kind="attendance"))
    assert set(attendance.suggestion.missing) == {"start_time", "role"}
    assert [f.column for f in unmapped_faults("log.csv", attendance)] == ["start_time", "role"]


def test_roles_are_the_grades_of_the_desk() -> None:
    assert role_names(DESK)["standard"] == ("standard", DESK.grade("standard").name)


def test_of_several_worksheets_the_best_understood_is_taken_and_the_others_are_told() -> None:
    rows = (("番号", "受付日時", "受付方法"), ("I1", "2026-02-02 09:00", "電話"))
    other = (
        ("番号", "受付日時", "受付方法"),
        ("I1", "2026-02-02 09:00", "電話"),
        ("I2", "2026-02-02 09:00", "電話"),
    )
    book = workbook(表紙=(("問合せ一覧",),), 二月=rows, 三月=other)
    found = understood(DESK, book, Asked())
    assert found.mapping.sheet == "二月"
    assert [(d.code, d.value) for d in found.suggestion.doubts] == [("other_sheets", "三月")]
    assert len(reading(DESK, book, asked(book, Asked(sheet="三月"))).values) == 2
    with pytest.raises(FaultyFile) as refused:
        understood(DESK, book, Asked(sheet="四月"))
    assert [(f.code, f.value) for f in refused.value.faults] == [("missing_sheet", "四月")]


def test_a_mapping_to_a_channel_that_the_desk_does_not_have_is_refused() -> None:
    with pytest.raises(FaultyFile) as refused:
        reading(DESK, text(LOG), FileMapping(columns={"received_at": "受付日時"}, channel="fax"))
    assert [(f.code, f.value) for f in refused.value.faults] == [("unknown_reference", "fax")]


def test_no_worksheet_that_is_a_table_is_a_fault() -> None:
    with pytest.raises(FaultyFile) as refused:
        understood(DESK, text("一つだけの文章です。\n"), Asked())
    assert refused.value.faults
