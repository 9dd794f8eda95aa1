from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from benchmarks.shared_data import REASON, is_missing, shared
from forecasts.faults import Fault, FaultyFile
from forecasts.history.account import LISTED_FAULTS
from forecasts.history.log import FIELDS, column_mapping, read_log
from forecasts.history.records import COLUMNS as ALL_COLUMNS

COLUMNS = {"received_at": "受付日時", "channel": "受付方法"}
SYNONYMS = {"電話": "phone", "メール": "mail"}


def written(folder: Path, *lines: str, header: str = "受付日時,受付方法") -> Path:
    path = folder / "log.csv"
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return path


def faults_of(
    path: Path, columns: Mapping[str, str] = COLUMNS, synonyms: Mapping[str, str] = SYNONYMS
) -> tuple[Fault, ...]:
    with pytest.raises(FaultyFile) as caught:
        read_log(path, columns, synonyms)
    return caught.value.faults


def test_the_usual_names_need_no_mapping(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "1,2026/3/2 8:30,ＴＥＬ,パスワード,2026/3/2 8:30:20,,2026/3/2 8:45,14.5",
        "2,2026/3/2 8:31,tel,,,2026/3/2 8:33,－,",
        header="受付番号,受付日時,受付方法,分類,応答日時,切断日時,完了日時,対応時間(分)",
    )
    log = read_log(path, {}, {"Tel": "phone"})
    assert tuple(log.columns) == tuple(ALL_COLUMNS["inquiries"])
    assert log["number"].tolist() == ["1", "2"]
    assert log["channel"].tolist() == ["phone", "phone"]
    assert log["category"].tolist() == ["パスワード", ""]
    assert log["handling_min"].tolist()[0] == 14.5
    assert log[["answered_at", "closed_at", "handling_min"]].isna().to_numpy().tolist() == [
        [False] * 3,
        [True] * 3,
    ]
    assert log["abandoned_at"].tolist()[1] == pd.Timestamp("2026-03-02 08:33")
    times = ("received_at", "closed_at", "answered_at", "abandoned_at")
    assert {str(log[name].dtype) for name in times} == {"datetime64[us]"}


def test_a_typed_column_matches_in_another_width(tmp_path: Path) -> None:
    path = written(tmp_path, "2026/3/2 8:30,電話,5", header="受付日時,受付方法,対応時間（分）")
    assert read_log(path, {**COLUMNS, "handling_min": "対応時間(分)"}, SYNONYMS)["handling_min"].tolist() == [
        5.0
    ]


def test_every_fault_is_named_with_row_column_value_and_what_is_allowed(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "2026-02-30 09:00,電話,5",
        "2026-03-02 09:00,ファクス,十分",
        ",,1",
        "2026-03-02 09:00",
        header="受付日時,受付方法,対応時間",
    )
    faults = faults_of(path, {**COLUMNS, "handling_min": "対応時間"})
    assert {f.place for f in faults} == {str(path)}
    assert [(f.code, f.row, f.column, f.value, f.allowed) for f in faults] == [
        ("bad_date", 2, "受付日時", "2026-02-30 09:00", "2026-03-02 08:30"),
        ("unknown_channel", 3, "受付方法", "ファクス", "電話, メール"),
        ("bad_number", 3, "対応時間", "十分", "12.5, 0:03:25"),
        ("empty_cell", 4, "受付日時", "", "2026-03-02 08:30"),
        ("empty_cell", 4, "受付方法", "", "電話, メール"),
        ("bad_row", 5, "", "1", "3"),
    ]


def test_a_mapping_that_does_not_fit_is_told_before_any_row_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "2026-02-30 09:00,電話")
    faults = faults_of(path, {**COLUMNS, "closed_at": "完了", "x": "y"})
    assert [(f.code, f.row, f.column, f.value, f.allowed) for f in faults] == [
        ("unknown_field", None, "x", "x", ", ".join(FIELDS)),
        ("missing_column", 1, "完了", "closed_at", "受付日時, 受付方法"),
    ]


def test_the_many_faults_of_one_kind_are_counted_not_listed(tmp_path: Path) -> None:
    bad_dates, bad_rows = ["きのう,電話"] * (LISTED_FAULTS + 7), ["電話"] * (LISTED_FAULTS + 2)
    *listed, dates, rows = faults_of(written(tmp_path, *bad_dates, *bad_rows, "2026/3/2 9:00,ファクス"))
    assert len(listed) == 2 * LISTED_FAULTS + 1
    assert (rows.code, rows.column, rows.value, rows.allowed) == ("more_faults", "", "2", "bad_row")
    assert (dates.code, dates.column, dates.value, dates.allowed) == (
        "more_faults",
        "受付日時",
        "7",
        "bad_date",
    )


def test_a_day_that_no_inquiry_can_have_is_a_fault(tmp_path: Path) -> None:
    path = written(tmp_path, "0026/3/2 9:00,電話", "2026/3/2 9:00,電話", "9026/3/2 9:00,電話")
    assert [(f.code, f.row, f.value) for f in faults_of(path)] == [
        ("far_date", 2, "0026/3/2 9:00"),
        ("far_date", 4, "9026/3/2 9:00"),
    ]


def test_a_log_without_rows_is_a_fault(tmp_path: Path) -> None:
    assert [f.code for f in faults_of(written(tmp_path))] == ["no_rows"]


def test_of_two_columns_of_one_name_the_second_is_called_by_its_number(tmp_path: Path) -> None:
    path = written(tmp_path, "2026/3/2 9:00,電話,メール", header="受付日時,受付方法,受付方法")
    assert read_log(path, COLUMNS, SYNONYMS)["channel"].tolist() == ["phone"]
    second = {**COLUMNS, "channel": "受付方法(2)"}
    assert read_log(path, second, SYNONYMS)["channel"].tolist() == ["mail"]


def test_unrecognised_columns_ask_for_a_mapping(tmp_path: Path) -> None:
    path = written(tmp_path, "2026/3/2 9:00,電話", header="いつ,なにで")
    assert [(f.code, f.column, f.allowed) for f in faults_of(path, {})] == [
        ("unmapped_field", "received_at", "いつ, なにで"),
        ("unmapped_field", "channel", "いつ, なにで"),
    ]


def test_titles_and_sums_around_the_rows_are_no_faults(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("受付一覧,\n受付日時,受付方法\n2026/3/2 9:00,電話\n合計,1\n", encoding="cp932")
    assert read_log(path, {}, SYNONYMS)["channel"].tolist() == ["phone"]


def test_a_cover_sheet_is_passed_over(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["受付一覧"])
    for row in (["受付日時", "受付方法"], ["2026/3/2 9:00", "電話"]):
        (book.worksheets[1] if len(book.worksheets) > 1 else book.create_sheet("明細")).append(row)
    book.save(tmp_path / "log.xlsx")
    assert len(read_log(tmp_path / "log.xlsx", {}, SYNONYMS)) == 1


def test_a_star_takes_whatever_is_not_named(tmp_path: Path) -> None:
    path = written(tmp_path, "2026/3/2 9:00,ファクス", "2026/3/2 9:00,メール", "2026/3/2 9:00,")
    assert read_log(path, COLUMNS, {**SYNONYMS, "*": "phone"})["channel"].tolist() == [
        "phone",
        "mail",
        "phone",
    ]


@pytest.mark.parametrize("synonyms", [{"電話": "phone", "Tel": "phone"}, {"電話": "mail", "*": "phone"}])
def test_without_a_channel_column_the_only_channel_is_meant(tmp_path: Path, synonyms: dict[str, str]) -> None:
    path = written(tmp_path, "2026/3/2 9:00", "2026/3/2 9:05", header="受付日時")
    assert read_log(path, {"received_at": "受付日時"}, synonyms)["channel"].tolist() == ["phone", "phone"]


def test_without_a_channel_column_two_channels_are_a_fault(tmp_path: Path) -> None:
    path = written(tmp_path, "2026/3/2 9:00", header="受付日時")
    assert [(f.code, f.column) for f in faults_of(path, {"received_at": "受付日時"})] == [
        ("unmapped_field", "channel")
    ]


def test_a_typed_mapping_is_read() -> None:
    assert column_mapping('received_at=opened, channel = 受付,"category=分類,大"') == {
        "received_at": "opened",
        "channel": "受付",
        "category": "分類,大",
    }


def test_a_typed_mapping_may_name_fields_of_every_kind_of_file() -> None:
    typed = "start_on=日付,start_time=時間帯,offered=着信数,kind=種別,role=役割"
    assert list(column_mapping(typed)) == ["start_on", "start_time", "offered", "kind", "role"]


def test_a_typed_mapping_names_all_its_faults() -> None:
    with pytest.raises(FaultyFile) as caught:
        column_mapping("received_at=opened,received_at=closed,sender=name,channel,closed_at=")
    assert {f.place for f in caught.value.faults} == {"--columns"}
    assert [(f.code, f.value) for f in caught.value.faults] == [
        ("duplicate_field", "closed"),
        ("unknown_field", "sender"),
        ("bad_mapping", "channel"),
        ("bad_mapping", "closed_at="),
    ]


@pytest.mark.skipif(is_missing("data/servicenow_incidents.csv"), reason=REASON)
def test_a_real_service_desk_is_read_whole() -> None:
    columns = column_mapping("received_at=opened,channel=contact_type,category=category")
    synonyms = {"Phone": "phone", "IVR": "phone", "Email": "mail"}
    synonyms |= {"Self service": "form", "Direct opening": "walk_in"}
    log = read_log(shared("data/servicenow_incidents.csv"), columns, synonyms)
    assert log["channel"].value_counts().to_dict() == {"phone": 24_694, "form": 160, "mail": 60, "walk_in": 4}
    assert len(log) == 24_918
    assert log["received_at"].min() == pd.Timestamp("2016-02-29 01:16:00")
