import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.faults import Fault, FaultyFile
from forecasts.history.sheets import decoding
from forecasts.history.sheets.decoding import decoded

HEADER = "受付日時,受付方法,部局\n"
ROW = "2026/3/2 8:30,電話①,㈱髙﨑\n"


def fault_of(raw: bytes) -> Fault:
    with pytest.raises(FaultyFile) as caught:
        decoded("log.csv", raw)
    (fault,) = caught.value.faults
    return fault


@pytest.mark.parametrize(
    ("codec", "mark", "name"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8-sig", b"", "utf-8"),
        ("cp932", b"", "cp932"),
        ("utf-16", b"", "utf-16"),
        ("utf-16-le", b"", "utf-16"),
        ("utf-16-be", b"", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
    ],
)
def test_each_encoding_reads_the_same(codec: str, mark: bytes, name: str) -> None:
    text = decoded("log.csv", mark + (HEADER + ROW * 3).encode(codec))
    assert (text.utf8.decode(), text.encoding) == (HEADER + ROW * 3, name)
    assert not text.broken


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("codec", ["utf-8", "cp932", "utf-16"])
def test_each_line_end_becomes_a_line_feed(codec: str, end: str) -> None:
    assert decoded("log.csv", f"受付,b{end}1,2{end}".encode(codec)).utf8.decode() == "受付,b\n1,2\n"


@pytest.mark.parametrize("raw", [b"", b"\n \r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1a"])
def test_an_empty_file_is_a_fault(raw: bytes) -> None:
    assert fault_of(raw) == Fault("empty_file", "log.csv")


@pytest.mark.parametrize(
    "raw", [b"\x81\n\x81", b"\0" * 1000, bytes(range(128, 256)) * 40, b"\xff" * 100, bytes(range(1, 256)) * 9]
)
def test_what_is_no_text_is_a_fault(raw: bytes) -> None:
    assert fault_of(raw) == Fault("not_decodable", "log.csv", allowed="UTF-8, CP932, UTF-16")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("damage", [b"\xff", b"\x80", b"\xfd"])
def test_one_damaged_byte_costs_its_line_alone(codec: str, damage: bytes) -> None:
    raw = (HEADER + ROW * 9).encode(codec).split(b"\n")
    raw[3] = raw[3].replace("電".encode(codec.removesuffix("-sig")), damage)
    text = decoded("log.csv", b"\n".join(raw))
    lines = text.utf8.decode().split("\n")
    assert {line: part.code for line, part in text.broken.items()} == {4: "undecodable_line"}
    assert [line for at, line in enumerate(lines) if at != 3] == [HEADER[:-1], *[ROW[:-1]] * 8, ""]
    assert lines[3].count(",") == 2, "the cells around the damage hold"


def test_a_damaged_line_tells_its_bytes_and_nobodys_name() -> None:
    broken = decoded("log.csv", (HEADER + ROW * 9).encode() + b"a,\xff\xfe,b\n").broken[11]
    assert (broken.value, broken.allowed) == ("0xFFFE", "UTF-8")


def test_a_cut_off_utf16_file_loses_its_last_line() -> None:
    text = decoded("log.csv", (HEADER + ROW * 9).encode("utf-16")[:-3])
    assert list(text.broken) == [10]


def test_nul_breaks_its_line_alone() -> None:
    raw = (HEADER + ROW * 9).encode("cp932").split(b"\n")
    raw[5] = b"\0" * 20
    text = decoded("log.csv", b"\n".join(raw))
    assert {line: part.code for line, part in text.broken.items()} == {6: "nul_byte"}
    assert b"\0" not in text.utf8


@pytest.mark.parametrize(("first", "second"), [("cp932", "utf-8"), ("utf-8", "cp932")])
@pytest.mark.parametrize("count", [8, 3_000])
def test_a_file_that_changes_half_way_is_refused_where_it_changes(
    first: str, second: str, count: int
) -> None:
    raw = (HEADER + ROW * count).encode(first) + (ROW * (count // 2)).encode(second)
    fault = fault_of(raw)
    assert (fault.code, fault.row, fault.value, fault.allowed) == (
        "encoding_changes",
        count + 2,
        second.upper(),
        first.upper(),
    )


@pytest.mark.parametrize(("codec", "other"), [("cp932", "utf-8"), ("utf-8", "cp932")])
def test_one_line_in_another_encoding_is_broken_and_no_reason_to_refuse(codec: str, other: str) -> None:
    """As text it would be mojibake, and nobody would see it."""
    text = decoded("log.csv", (HEADER + ROW * 60).encode(codec) + ROW.encode(other))
    assert {line: part.code for line, part in text.broken.items()} == {62: "undecodable_line"}


def test_rare_kanji_and_kana_of_cp932_are_not_taken_for_utf8() -> None:
    text = "縺れ,繧,ﾃｽﾄ,ﾂｱ,鬱蒼,顱顴,纊褜鍈,\ue000\n" * 5
    read = decoded("log.csv", text.encode("cp932"))
    assert (read.utf8.decode(), read.encoding, dict(read.broken)) == (text, "cp932", {})


def test_a_line_across_blocks_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "_BLOCK", 7)
    for codec in ("utf-8", "cp932"):
        raw = (HEADER + ROW * 9).encode(codec).replace(b"8:30", b"8:3\xff", 1)
        text = decoded("log.csv", raw)
        assert (text.encoding, list(text.broken)) == (codec, [2])


def test_too_many_lines_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "MOST_LINES", 3)
    assert decoded("log.csv", b"a\nb\nc\n")
    assert fault_of(b"a\nb\nc\nd\n").code == "too_many_lines"


NEVER_WRITTEN = "\0\r\x1a\x80\xa0\uf8f0\uf8f1\uf8f2\uf8f3"  # by Windows
ONE_WAY = "¢£¬‖−〜"  # written, but read as their full-width likes


@given(st.text(st.characters(codec="cp932", exclude_characters=NEVER_WRITTEN + ONE_WAY)))
def test_whatever_cp932_can_write_is_read_as_it_was_written(written: str) -> None:
    """Beside lines that show what the encoding is."""
    text = HEADER + ROW * 4 + written.replace("\n", "、") + "\n"
    read = decoded("log.csv", text.encode("cp932"))
    assert read.utf8.decode() == text or read.broken.keys() == {6}


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        text = decoded("log.csv", raw)
    except FaultyFile:
        return
    assert "\0" not in text.utf8.decode()
