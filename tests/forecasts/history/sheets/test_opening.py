import subprocess
import sys
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from forecasts.faults import Fault, FaultyFile
from forecasts.history.sheets import opening, read_sheets
from planner.wording.faults import fault_sentence
from planner.wording.file_faults import FILE_FAULTS
from tests.forecasts.history.sheets.workbook_builder import make_workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def fault_of(raw: bytes) -> Fault:
    with pytest.raises(FaultyFile) as caught:
        read_sheets("log", raw)
    (fault,) = caught.value.faults
    return fault


def zipped(name: str) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as packed:
        packed.writestr(name, "x")
    return file.getvalue()


def test_a_text_tells_how_it_is_written() -> None:
    raw = "受付日時;件数\r\n2026/3/2;1\r\n".encode("cp932")
    found = read_sheets("log.csv", raw)
    assert (found.place, found.form, found.encoding, found.delimiter) == ("log.csv", "csv", "cp932", ";")
    assert found.digest == sha256(raw).hexdigest()
    (sheet,) = found.sheets
    assert (sheet.name, len(sheet)) == ("", 2)


def test_the_content_tells_what_a_file_is_and_not_its_name() -> None:
    assert read_sheets("log.xlsx", b"a,b\n1,2\n").form == "csv"
    assert read_sheets("log.csv", make_workbook([["a"]])).form == "xlsx"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted_workbook"),
        (OLE + "Workbook".encode("utf-16-le"), "old_workbook"),
        (OLE + "Book".encode("utf-16-le"), "old_workbook"),
        (OLE + "WordDocument".encode("utf-16-le"), "not_a_table"),
        (zipped("xl/workbook.bin"), "old_workbook"),
        (zipped("word/document.xml"), "not_a_table"),
        (zipped("content.xml"), "not_a_table"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "not_a_table"),
        ("\r\n <!DOCTYPE html><title>一覧</title>".encode("utf-16"), "not_a_table"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "not_a_table"),
        (b"MIME-Version: 1.0\n", "not_a_table"),
        (b"%PDF-1.7\n", "not_a_table"),
        (b"\x1f\x8b\x08\0", "not_a_table"),
        (b"", "empty_file"),
    ],
)
def test_what_is_no_table_is_refused_by_name(raw: bytes, code: str) -> None:
    fault = fault_of(raw)
    assert fault.code == code
    assert code not in fault_sentence(fault), "the sentence is written"


def test_a_header_in_angle_brackets_is_no_web_page() -> None:
    assert read_sheets("log.csv", "<受付日時>,<件数>\n".encode()).form == "csv"


def test_bytes_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LARGEST_FILE_BYTES", 3)
    assert fault_of(b"a,b\n").code == "file_too_large"


def test_every_sentence_can_be_written() -> None:
    for code in FILE_FAULTS:
        fault = Fault(code, "log.csv", 3, "件数", "12", "500")
        assert "{" not in fault_sentence(fault)


def test_reading_leaves_no_thread_behind(tmp_path: Path) -> None:
    """Pyarrow's threads abort the interpreter at its exit."""
    path = tmp_path / "log.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 100_000)
    code = (
        "import sys, pathlib; from forecasts.history.sheets import *;"
        "path = pathlib.Path(sys.argv[1]);"
        "print(len(read_sheets('log.csv', raw_of(path)).sheets[0]))"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "100001\n", "")


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16"])
def test_a_file_that_may_have_been_cut_is_read_and_told(encoding: str) -> None:
    text = "受付日時,件数\r\n2026/3/2,1\r\n2026/3/3,11"
    (fault,) = read_sheets("log.csv", text.encode(encoding)).warnings
    assert (fault.code, fault.row) == ("no_line_end", 3)
    assert read_sheets("log.csv", f"{text}\r\n".encode(encoding)).warnings == ()
    assert read_sheets("log.csv", f"{text}\n".encode(encoding)).warnings == ()
