"""Text → sheet, on both paths: at once, and record by record. What they say of a text must be equal."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.faults import FaultyFile
from forecasts.history.sheets import Sheet, at_once, by_record, delimited, growing
from forecasts.history.sheets.at_once import sheet_at_once
from forecasts.history.sheets.by_record import sheet_by_record
from forecasts.history.sheets.decoding import Text, decoded
from forecasts.history.sheets.delimited import delimited_sheet
from forecasts.history.sheets.delimiter import Dialect
from forecasts.history.sheets.limits import LONGEST_CELL, LONGEST_LINE


def rows_of(sheet: Sheet) -> list[tuple[str, ...]]:
    return list(zip(*(column.to_pylist() for column in sheet.cells.columns), strict=True))


def faults_of(sheet: Sheet) -> list[tuple[int, str]]:
    return [(int(sheet.line[at]), part.code) for at, parts in sheet.broken.items() for part in parts]


def sheet_of(raw: bytes) -> Sheet:
    return delimited_sheet("log.csv", decoded("log.csv", raw))[1]


def assert_equal(one: Sheet, other: Sheet) -> None:
    assert rows_of(one) == rows_of(other)
    assert one.cells.column_names == other.cells.column_names
    assert one.line.tolist() == other.line.tolist()
    assert one.width.tolist() == other.width.tolist()
    assert one.broken == other.broken


def test_records_are_numbered_by_line_of_the_file() -> None:
    """Blank lines and quoted line breaks move the records that follow."""
    sheet = sheet_of(b'\na,b\n1,2\n\n"x\r\ny",3\n,\n4,5\n')
    assert sheet.line.tolist() == [1, 2, 3, 4, 5, 7, 8]
    assert sheet.width.tolist() == [1, 2, 2, 1, 2, 2, 2]
    assert rows_of(sheet) == [("", ""), ("a", "b"), ("1", "2"), ("", ""), ("x\ny", "3"), ("", ""), ("4", "5")]


def test_the_line_feed_at_the_end_begins_no_record() -> None:
    assert len(sheet_of(b"a,b\n1,2")) == len(sheet_of(b"a,b\n1,2\n")) == 2
    assert len(sheet_of(b"a,b\n1,2\n\n")) == 3


def test_text_that_other_readers_take_for_missing_stays_text() -> None:
    assert rows_of(sheet_of(b'a,b\nNA,null\n"",NaN\n'))[1:] == [("NA", "null"), ("", "NaN")]


def test_quoted_cells_hold_delimiters_line_breaks_and_quotes() -> None:
    sheet = sheet_of(b'a,b\n"1,2","say ""no""\nor ""yes"""\n3,4\n')
    assert rows_of(sheet)[1:] == [("1,2", 'say "no"\nor "yes"'), ("3", "4")]
    assert sheet.line.tolist() == [1, 2, 4]


def test_rows_of_differing_width_are_padded_and_keep_their_width() -> None:
    sheet = sheet_of("問合せ一覧\na,b,c\n1,2,3\n4,5\n6,7,8,9\n".encode("cp932"))
    assert sheet.width.tolist() == [1, 3, 3, 2, 4]
    assert rows_of(sheet)[3:] == [("4", "5", "", ""), ("6", "7", "8", "9")]


def test_a_title_may_span_lines() -> None:
    sheet = sheet_of('"問合せ一覧\n令和7年度"\na,b\n1,2\n'.encode())
    assert not sheet.broken
    assert sheet.line.tolist() == [1, 3, 4]


@pytest.mark.parametrize("line", ['5,"6', '5,"6"7', '"5,6', '5,"'])
def test_a_stray_quote_costs_its_line_alone(line: str) -> None:
    text = "a,b\n1,2\n" + line + '\n3,4\n"7",8\n' + "9,10\n" * 5
    sheet = sheet_of(text.encode())
    assert faults_of(sheet) == [(3, "bad_quotes")]
    assert [row for at, row in enumerate(rows_of(sheet)) if at != 2] == [
        ("a", "b"),
        ("1", "2"),
        ("3", "4"),
        ("7", "8"),
        *[("9", "10")] * 5,
    ]
    assert rows_of(sheet)[2] == ("", "")
    assert sheet.width[2] == 0


def test_a_stray_quote_that_closes_far_below_swallows_no_line() -> None:
    text = "a,b,c\n1,2,3\n" + '4,"5,6\n' + "7,8,9\n" * 3 + '10,11",12\n13,14,15\n'
    assert faults_of(sheet_of(text.replace('11",12', '11"', 1).encode())) == [(3, "bad_quotes")]


def test_two_faulty_quotes_that_complement_each_other_swallow_no_line() -> None:
    """Five cells, four quotes, all in order: but the row of 9:20 would be gone."""
    text = """a,b,c,d
1,2026/3/2 9:10,"画面,8
2,2026/3/2 9:20,印刷,4
3,2026/3/2 9:30,""導入",15
4,2026/3/2 9:40,"二行の
件名, 2026/3/2",3
"""
    for sheet in (
        sheet_of(text.encode()),
        sheet_by_record("", Text(text.encode(), "utf-8"), Dialect(",", 4)),
    ):
        assert faults_of(sheet) == [(2, "bad_quotes"), (4, "bad_quotes")]
        assert rows_of(sheet)[2] == ("2", "2026/3/2 9:20", "印刷", "4")
        assert rows_of(sheet)[4] == ("4", "2026/3/2 9:40", "二行の\n件名, 2026/3/2", "3")


def test_an_open_quote_in_a_long_file_is_sought_only_so_far() -> None:
    text = "a,b\n" + "1,2\n" * 60_000 + '3,"4\n' + "5,6\n" * 60_000
    sheet = sheet_of(text.encode())
    assert faults_of(sheet) == [(60_002, "bad_quotes")]
    assert len(sheet) == 120_002


def test_quotes_that_cost_minutes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_record, "MOST_REREAD_BYTES", 1_000)
    with pytest.raises(FaultyFile, match="bad_quotes"):
        sheet_of(b'a,b\n1,"2\n' * 100 + b"3,4\n" * 100)


def test_a_long_cell_breaks_its_record_alone() -> None:
    for length in (LONGEST_CELL + 1, 200_000):
        sheet = sheet_of(b"a,b\n1," + b"2" * length + b"\n3,4\n")
        assert faults_of(sheet) == [(2, "long_cell")]
        assert rows_of(sheet)[1:] == [("", ""), ("3", "4")]
    assert not sheet_of(b"a,b\n1," + b"2" * LONGEST_CELL + b"\n").broken


def test_a_long_line_is_not_even_read() -> None:
    sheet = sheet_of(b"a,b\n" + b"1," * LONGEST_LINE + b"\n3,4\n")
    assert faults_of(sheet) == [(2, "long_line")]


def test_ten_thousand_columns_are_refused() -> None:
    with pytest.raises(FaultyFile) as caught:
        sheet_of((",".join(map(str, range(10_000))) + "\n").encode() * 3)
    (fault,) = caught.value.faults
    assert (fault.code, fault.value, fault.allowed) == ("too_many_columns", "10,000", "500")


def test_one_record_of_ten_thousand_cells_is_broken_alone() -> None:
    raw = b"a,b\n" * 9 + b"," * 9_999 + b"\n1,2\n"
    sheet = sheet_of(raw)
    assert faults_of(sheet) == [(10, "too_many_columns")]
    assert sheet.cells.num_columns == 2


def test_cells_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MOST_CELLS", 100)
    with pytest.raises(FaultyFile, match="too_many_cells"):
        sheet_of(b"a,b\n" * 51)
    monkeypatch.setattr(growing, "MOST_CELLS", 100)
    with pytest.raises(FaultyFile, match="too_many_cells"):
        sheet_by_record("log.csv", Text(b",,,\n" * 26, "utf-8"), Dialect(",", 4))


def test_a_damaged_line_within_a_record_may_have_lost_its_quote() -> None:
    """So only the record's first line is broken, and reading resumes at the next one."""
    raw = 'a,b\n1,2\n"電話\n受付\nです",3\n4,5\n'.encode().replace("受".encode(), b"\xff")
    for sheet in (sheet_of(raw), sheet_by_record("", decoded("", raw), Dialect(",", 2))):
        assert faults_of(sheet) == [(3, "bad_quotes"), (4, "undecodable_line")]
        assert rows_of(sheet)[-1] == ("4", "5")


def test_a_plain_text_is_read_at_once() -> None:
    """Else a million rows would take three times as long."""
    raw = '題名\n"a","b"\n"1","2, ""3"""\n\n"x\ny",\n'.encode("cp932")
    assert sheet_at_once(decoded("", raw), Dialect(",", 2))


@pytest.mark.parametrize("text", ['a,"b', 'a,b"c', '"a"b,c', 'a, "b"', 'a,"b\n1",2,3\n', "a，b"])
def test_what_only_a_close_look_can_tell_is_not_read_at_once(text: str) -> None:
    dialect = Dialect("，" if "，" in text else ",", 2)
    assert sheet_at_once(Text(b"1,2\n" * 3 + text.encode(), "utf-8"), dialect) is None


# Cells and line ends as they come, and quotes where they must not stand.
PIECES = (
    "a",
    "1",
    ",",
    ",",
    "\n",
    "\n",
    '"',
    '""',
    ';"',
    '",',
    ',"',
    '"\n',
    '\n"',
    " ",
    "電",
    "\t",
    "a,b\n",
    '"x","y"\n',
)


@given(
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.sampled_from([",", ";", "\t"]),
    st.integers(1, 3),
    st.sets(st.integers(1, 8), max_size=2),
)
def test_both_paths_say_the_same(text: str, delimiter: str, width: int, damaged: set[int]) -> None:
    lines = text.count("\n") + (not text.endswith("\n"))
    broken = {line: by_record._BAD_QUOTES for line in damaged if line <= lines}  # noqa: SLF001  # any code
    read = Text(text.encode(), "utf-8", broken)
    fast = sheet_at_once(read, Dialect(delimiter, width)) if text else None
    if fast is not None:
        assert_equal(fast, sheet_by_record("log.csv", read, Dialect(delimiter, width)))


CELLS = st.text(st.sampled_from('a1 ,;"\n電①'), max_size=5)


def quoted(cell: str) -> str:
    is_plain = not set(cell) & set(',;"\n')
    return cell if is_plain else '"' + cell.replace('"', '""') + '"'


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8), st.integers(0, 2))
def test_what_a_writer_wrote_is_read_back(rows: list[list[str]], titles: int) -> None:
    text = "題名\n" * titles + "a,b,c\n" + "".join(",".join(map(quoted, row)) + "\n" for row in rows)
    read = Text(text.encode(), "utf-8")
    fast = sheet_at_once(read, Dialect(",", 3))
    assert fast is not None
    assert rows_of(fast)[titles + 1 :] == [tuple(row) for row in rows]
    assert_equal(fast, sheet_by_record("", read, Dialect(",", 3)))


@given(st.lists(CELLS, min_size=2, max_size=6), st.integers(0, 40), st.sampled_from('"\n,x'))
def test_one_changed_character_touches_one_row(cells: list[str], at: int, character: str) -> None:
    """Every row but the changed one, and what a line break made of it, is still read with equal values."""
    rows = [(str(number), cell.replace("\n", "").replace('"', "")) for number, cell in enumerate(cells)]
    lines = ["a,b", *(",".join(map(quoted, row)) for row in rows)]
    hit = at % len(lines)
    place = at % (len(lines[hit]) + 1)
    lines[hit] = lines[hit][:place] + character + lines[hit][place:]
    text = "\n".join([*lines, *["8,9"] * 3]) + "\n"
    found = [row[:2] for row in rows_of(sheet_by_record("", Text(text.encode(), "utf-8"), Dialect(",", 2)))]
    untouched = [row for number, row in enumerate([("a", "b"), *rows]) if number != hit]
    remaining = iter(found)
    assert all(row in remaining for row in untouched), "in their order"
    assert found[-3:] == [("8", "9")] * 3


def test_both_paths_read_a_large_mixed_file_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks and chunks end within records and between them."""
    monkeypatch.setattr(at_once, "_BLOCK", 257)
    monkeypatch.setattr(growing, "_CHUNK", 7)
    random = np.random.default_rng(7)
    rows = ["題名", "", "a,b,c"]
    for number in range(400):
        kind = random.integers(12)
        rows.append(
            ["x,y", "", '"改\n行",2,3', "1,2,3,4", '"",,""'][kind] if kind < 5 else f'{number},"電 話",3'
        )
    read = Text(("\n".join(rows) + "\n").encode(), "utf-8", {17: by_record._BAD_QUOTES})  # noqa: SLF001
    fast = sheet_at_once(read, Dialect(",", 3))
    assert fast is not None
    assert_equal(fast, sheet_by_record("", read, Dialect(",", 3)))
