from pathlib import Path

import pytest

from forecasts.faults import Fault, FaultyFile
from forecasts.history.sheet import LONGEST_CELL, Sheet, read_sheet


def sheet_of(folder: Path, raw: bytes) -> tuple[Sheet, list[Fault]]:
    path = folder / "log.csv"
    path.write_bytes(raw)
    faults: list[Fault] = []
    return read_sheet(path, faults), faults


def fault_of(folder: Path, raw: bytes) -> Fault:
    with pytest.raises(FaultyFile) as caught:
        sheet_of(folder, raw)
    (fault,) = caught.value.faults
    return fault


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_each_encoding_reads_the_same(tmp_path: Path, encoding: str) -> None:
    sheet, faults = sheet_of(tmp_path, "受付方法,部局\r\n電話①,㈱髙﨑\r\n".encode(encoding))
    assert sheet.header == ("受付方法", "部局")
    assert sheet.cells.to_numpy().tolist() == [["電話①", "㈱髙﨑"]]
    assert not faults


def test_rows_are_numbered_by_line_of_the_file(tmp_path: Path) -> None:
    """Blank lines, empty rows and quoted line breaks move the rows that follow."""
    sheet, _ = sheet_of(tmp_path, b'\na,b\n1,2\n\n"x\r\ny",3\n,\n4,5\n')
    assert sheet.cells.index.tolist() == [3, 5, 8]


def test_text_that_other_readers_take_for_missing_stays_text(tmp_path: Path) -> None:
    sheet, _ = sheet_of(tmp_path, b"a,b\nNA,null\n")
    assert sheet.cells.to_numpy().tolist() == [["NA", "null"]]


def test_rows_of_another_length_are_faults(tmp_path: Path) -> None:
    sheet, faults = sheet_of(tmp_path, b"a,b\n1\n2,3\n4,5,6\n")
    assert [(f.code, f.row, f.value, f.allowed) for f in faults] == [
        ("bad_row", 2, "1", "2"),
        ("bad_row", 4, "3", "2"),
    ]
    assert sheet.cells.index.tolist() == [3]


@pytest.mark.parametrize("raw", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_a_fault(tmp_path: Path, raw: bytes) -> None:
    assert fault_of(tmp_path, raw).code == "empty_file"


@pytest.mark.parametrize("raw", ["a,b\n1,2\n".encode("utf-16"), b"PK\x03\x04\x00\x00", b"\x81\n\xff"])
def test_what_is_no_text_is_a_fault(tmp_path: Path, raw: bytes) -> None:
    fault = fault_of(tmp_path, raw)
    assert (fault.code, fault.allowed) == ("not_decodable", "UTF-8, CP932")


def test_an_open_quote_is_found_where_it_opens(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, b'a,b\n1,2\n3,"4\n5,6\n')
    assert (fault.code, fault.row) == ("bad_quotes", 3)


def test_a_cell_longer_than_any_is_not_taken_for_an_open_quote(tmp_path: Path) -> None:
    fault = fault_of(tmp_path, b"a,b\n1," + b"2" * (LONGEST_CELL + 1) + b"\n")
    assert (fault.code, fault.row) == ("long_cell", 2)


def test_a_missing_file_or_a_folder_is_a_fault(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(FaultyFile) as caught:
            read_sheet(path, [])
        assert caught.value.faults == (Fault("missing_file", str(path)),)
