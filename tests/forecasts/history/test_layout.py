from io import BytesIO

import numpy as np
import openpyxl
import pytest

from forecasts.faults import FaultyFile
from forecasts.history.layout import Layout, laid_out
from forecasts.history.sheets import Sheet, read_sheets


def table(*lines: str) -> Sheet:
    return read_sheets("a.csv", ("\n".join(lines) + "\n").encode()).sheets[0]


def layout_of(*lines: str, header_line: int = 0) -> Layout:
    return laid_out(table(*lines), header_line, "a.csv")


def lines_of(*lines: str, header_line: int = 0) -> dict[str, list[int]]:
    """Return the lines by what they are."""
    sheet = table(*lines)
    layout = laid_out(sheet, header_line, "a.csv")
    assert len(layout.data) + sum(map(len, layout.not_data.values())) == len(sheet)
    found = {"data": layout.data, **layout.not_data}
    return {reason: sheet.line[at].tolist() for reason, at in found.items()}


def fault_of(*lines: str, header_line: int = 0) -> tuple[str, int | None, str]:
    with pytest.raises(FaultyFile) as caught:
        layout_of(*lines, header_line=header_line)
    (fault,) = caught.value.faults
    assert fault.place == "a.csv"
    return fault.code, fault.row, fault.value


def test_titles_stand_above_the_header_and_notes_below_the_data() -> None:
    found = lines_of(
        "問合せ一覧,,",
        "作成日: 令和8年4月1日,,",
        ",,",
        "受付番号,受付日時,受付方法",
        "1,2026/3/2 8:30,電話",
        "2,2026/3/2 8:35,メール",
        "※速報値,,",
        "情報システム課調べ,,",
        "以上,,",
    )
    assert found == {"title": [1, 2], "blank": [3], "header": [4], "data": [5, 6], "note": [7, 8, 9]}


def test_a_title_with_a_known_name_and_a_date_is_no_header() -> None:
    found = lines_of("作成日,2026/4/1,", "受付日時,受付方法,備考", "2026/3/2 8:30,電話,")
    assert found == {"title": [1], "header": [2], "data": [3]}


def test_names_that_nobody_knows_are_a_header_above_dates() -> None:
    assert layout_of("いつ,なにで,だれが", "2026/3/2 8:30,電話,A").header == ("いつ", "なにで", "だれが")
    assert lines_of("一覧,,", "いつ,なにで,だれが", "2026/3/2 8:30,電話,A") == {
        "title": [1],
        "header": [2],
        "data": [3],
    }


def test_a_table_of_one_column_has_a_header_too() -> None:
    assert lines_of("opened", "2026/3/2 8:30", "2026/3/2 8:31", "以上") == {
        "header": [1],
        "data": [2, 3],
        "note": [4],
    }


def test_rows_without_a_header_are_a_fault_that_shows_what_was_seen() -> None:
    assert fault_of("2026/3/2 8:30,電話", "2026/3/2 8:31,電話") == ("no_header", 1, "2026/3/2 8:30, 電話")


def test_a_header_without_rows_and_a_blank_table_are_faults() -> None:
    assert fault_of("受付日時,受付方法", ",") == ("no_rows", 1, "")
    assert fault_of(",", " ,　") == ("empty_file", None, "")


def test_a_person_may_say_where_the_header_is() -> None:
    lines = ("受付日時,受付方法", "2026/3/2 8:30,電話", "いつ,なにで", "2026/3/2 8:31,電話")
    assert layout_of(*lines).header == ("受付日時", "受付方法")
    # The record above has its date where data have it: it stays data.
    assert lines_of(*lines, header_line=3) == {"title": [1], "header": [3], "data": [2, 4]}
    assert fault_of(*lines[:2], "", *lines[2:], header_line=3)[:2] == ("no_header", 3)


def test_a_header_that_is_printed_on_every_page_is_no_data() -> None:
    page = ("問合せ一覧,,", "番号,受付日時,受付方法")
    found = lines_of(*page, "1,2026/3/2 8:30,電話", "1/2頁,,", *page, "2,2026/3/2 8:31,電話", "2/2頁,,")
    assert found == {"title": [1, 5], "header": [2, 6], "data": [3, 7], "note": [4, 8]}


def test_data_above_the_header_of_the_next_page_stay_data() -> None:
    header = "番号,受付日時,受付方法"
    found = lines_of("番号x,受x,方x", "1,2026/3/2 8:30,電話", header, "2,2026/3/2 8:31,電話")
    assert found == {"title": [1], "data": [2, 4], "header": [3]}


@pytest.mark.parametrize("word", ["合計", "小計", "総　計", "計", "Total", "ＴＯＴＡＬ", " 合 計 "])
def test_sums_are_no_data(word: str) -> None:
    lines = ("受付方法,4月,5月", "電話,1,2")
    assert lines_of(*lines, f"{word},1,2") == {"header": [1], "data": [2], "total": [3]}
    assert lines_of(*lines, f",{word},2") == {"header": [1], "data": [2], "total": [3]}


def test_a_word_that_holds_one_for_sums_or_stands_beside_a_date_is_data() -> None:
    header = "分類,受付日時,受付方法"
    assert lines_of(header, "計画,2026/3/2 8:30,電話", "合計額の件,2026/3/2 8:30,電話")["data"] == [2, 3]
    assert lines_of(header, "計,2026/3/2 8:30,電話", "計,20260302,電話")["data"] == [2, 3]
    assert lines_of("受付方法,件数", "電話,45000", "計,45000")["total"] == [3]  # no serial number of a day


def test_a_row_that_lost_its_other_cells_is_data_and_not_a_note() -> None:
    header = ("番号,受付日時,受付方法", "INC001,2026/3/2 8:30,電話")
    assert lines_of(*header, "INC002")["data"] == [2, 3]
    assert lines_of(*header, "受付-003")["data"] == [2, 3]
    assert lines_of(*header, "情報システム課,,", "INC002,2026/3/2 8:30,電話")["data"] == [2, 3, 4]


@pytest.mark.parametrize(
    "note", ["※ 速報値", "注1：速報", "出典：受付台帳", "以上", "全1,234件", "12 件", "- 3 -"]
)
def test_what_is_written_like_a_note_is_one(note: str) -> None:
    lines = ("番号,受付日時,受付方法", "1,2026/3/2 8:30,電話", f'"{note}",,', "2,2026/3/2 8:31,電話")
    assert lines_of(*lines) == {"header": [1], "data": [2, 4], "note": [3]}


def test_two_rows_of_merged_names_become_one_header() -> None:
    above = layout_of("日付,電話,,メール,", ",着信数,応答数,着信数,応答数", "2026/3/2,1,2,3,4")
    assert above.header == ("日付", "電話 着信数", "電話 応答数", "メール 着信数", "メール 応答数")
    assert above.header_rows == (0, 1)
    below = layout_of("受付日時,受付方法,対応,", ",,開始,終了", "2026/3/2 8:30,電話,8:31,8:40")
    assert below.header == ("受付日時", "受付方法", "対応 開始", "対応 終了")


def test_a_title_over_an_empty_corner_gives_it_no_name() -> None:
    found = layout_of("令和7年度 問合せ件数,,", ",4月,5月", "電話,1,2")
    assert found.header == ("#1", "4月", "5月")
    assert found.not_data["title"].tolist() == [0]


def test_names_stand_once_and_unnamed_columns_are_numbered() -> None:
    found = layout_of("受付日時,受付方法,,受付方法,受付方法(2),", "2026/3/2 8:30,電話,a,b,c,")
    assert found.header == ("受付日時", "受付方法", "#3", "受付方法(2)", "受付方法(2)(2)")
    assert len(set(found.header)) == len(found.header)


def test_months_are_names_whether_written_or_dates() -> None:
    months = [f"2025-{month:02}-01" for month in range(4, 13)]
    assert layout_of(",".join(["受付方法", *months]), "電話" + ",1" * 9).header == ("受付方法", *months)
    assert layout_of("所属,令和7年4月,令和7年5月", "総務課,1,2").header == (
        "所属",
        "令和7年4月",
        "令和7年5月",
    )


def test_a_title_merged_over_the_table_is_no_header() -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row in (
        ("受付日時 一覧",),
        ("受付日時", "受付方法", "分類"),
        ("2026/3/2 8:30", "電話", "A"),
        ("以上",),
    ):
        page.append(row)
    page.merge_cells("A1:C1")
    page.merge_cells("A4:C4")
    raw = BytesIO()
    book.save(raw)
    sheet = read_sheets("a.xlsx", raw.getvalue()).sheets[0]
    layout = laid_out(sheet)
    assert {reason: at.tolist() for reason, at in layout.not_data.items()} == {
        "title": [0],
        "header": [1],
        "note": [3],
    }
    assert np.array_equal(layout.data, [2])
