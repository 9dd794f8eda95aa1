import tracemalloc
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import pytest

from forecasts.faults import FaultyFile
from forecasts.history.sheets import archive, read_sheets
from forecasts.history.sheets.archive import Archive, archive_of
from tests.forecasts.history.sheets.workbook_builder import MAIN, SHEET, make_workbook, with_parts


def code_of(raw: bytes) -> str:
    with pytest.raises(FaultyFile) as caught:
        read_sheets("log.xlsx", raw)
    return caught.value.faults[0].code


def zeros_of(size: int) -> bytes:
    """Pack a worksheet of blanks without holding it."""
    file = BytesIO()
    with ZipFile(BytesIO(make_workbook([["a"]]))) as source, ZipFile(file, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name != SHEET:
                target.writestr(name, source.read(name))
        with target.open(SHEET, "w", force_zip64=False) as part:
            part.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for _ in range(size >> 20):
                part.write(b" " * (1 << 20))
            part.write(b"</sheetData></worksheet>")
    return file.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    raw = zeros_of(200 << 20)
    assert len(raw) < 1_000_000
    tracemalloc.start()
    try:
        assert code_of(raw) == "zip_bomb"
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 10_000_000


def test_a_directory_that_lies_about_sizes_hurts_nobody() -> None:
    """It says 100 bytes where 50 MB are packed: no more than 100 are unpacked, and the sum is wrong."""
    raw = zeros_of(50 << 20)
    with ZipFile(BytesIO(raw)) as packed:
        size = packed.getinfo(SHEET).file_size
    lying = raw.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != raw
    tracemalloc.start()
    try:
        assert code_of(lying) == "damaged_workbook"
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 10_000_000


def test_a_worksheet_without_a_tag_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "GREATEST_RATIO", 10_000)
    assert code_of(zeros_of(4 << 20)) == "workbook_too_large"


def test_parts_that_are_together_too_large_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = make_workbook([["a"]])
    monkeypatch.setattr(archive, "LARGEST_UNPACKED_BYTES", 1_000)
    assert code_of(raw) == "workbook_too_large"
    monkeypatch.setattr(archive, "LARGEST_WORKBOOK_BYTES", 1_000)
    assert code_of(raw) == "workbook_too_large"


def test_a_part_that_would_be_read_in_one_piece_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_PART_BYTES", 100)
    assert code_of(make_workbook([["a"]])) == "damaged_workbook"


def test_parts_of_one_name_are_refused() -> None:
    file = BytesIO(make_workbook([["a"]]))
    with pytest.warns(UserWarning, match="Duplicate name"), ZipFile(file, "a") as packed:
        packed.writestr(SHEET, "x")
    assert code_of(file.getvalue()) == "damaged_workbook"


def test_parts_that_share_their_bytes_are_refused() -> None:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/a", "x" * 1_000)
        packed.writestr("xl/b", "y" * 1_000)
        packed.getinfo("xl/b").header_offset = 0
    with pytest.raises(BadZipFile, match="overlaps"):
        archive_of("", file.getvalue())


def test_an_encrypted_part_needs_a_password() -> None:
    raw = bytearray(make_workbook([["a"]]))
    raw[raw.rfind(b"PK\x01\x02") + 8] |= 1  # flag of the entry in the directory, APPNOTE 4.4.4
    assert code_of(bytes(raw)) == "encrypted_workbook"


def test_a_directory_of_many_entries_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_DIRECTORY_BYTES", 100)
    monkeypatch.setattr(archive, "Archive", None)
    assert code_of(make_workbook([["a"]])) == "damaged_workbook"


def test_an_archive_that_is_cut_off_is_damaged() -> None:
    raw = make_workbook([["a"]])
    for end in (len(raw) // 2, len(raw) - 1, 30, 4):
        assert code_of(raw[:end]) == "damaged_workbook"


def test_a_part_whose_sum_is_wrong_is_damaged() -> None:
    raw = with_parts(make_workbook([["a"]]), {SHEET: f'<worksheet xmlns="{MAIN}"/>'})
    packed = zlib.crc32(f'<worksheet xmlns="{MAIN}"/>'.encode()).to_bytes(4, "little")
    assert code_of(raw.replace(packed, b"\0\0\0\0")) == "damaged_workbook"


def test_a_small_part_is_read_whole() -> None:
    with archive_of("", make_workbook([["a"]])) as opened:
        assert isinstance(opened, Archive)
        assert opened.read("xl/workbook.xml").startswith(b"<")
