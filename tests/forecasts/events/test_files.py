from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.events import (
    COLUMNS,
    LARGEST_BYTES,
    MOST_EVENTS,
    Event,
    events_in,
    in_order,
    read_events,
    write_events,
)
from forecasts.faults import FaultyFile
from tests.forecasts.event_builder import sound_events

HEADER = ",".join(COLUMNS)
APRIL = "transfer,t2026,4月期人事異動,2026-04-01,2026-04-01,2026-03-18,320,planned,架空データ,,,,"
DIET = "diet_ordinary,d221,常会,2026-01-23,2026-06-21,2026-01-16,,planned,架空データ,要確認,,,"


def written(folder: Path, *lines: str, name: str = "events.csv") -> Path:
    path = folder / name
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig", newline="")
    return path


def faults_of(*paths: Path) -> list[tuple[str, int | None, str, str]]:
    with pytest.raises(FaultyFile) as caught:
        read_events(paths)
    return [(f.code, f.row, f.column, f.value) for f in caught.value.faults]


def test_event_files_are_read_together_in_order_of_time(tmp_path: Path) -> None:
    april = written(tmp_path, HEADER, APRIL)
    diet = written(tmp_path, HEADER, "", DIET, ",,,,,,,,,", name="diet.csv")
    first, second = read_events([april, diet])
    assert first == Event(
        start=date(2026, 1, 23), end=date(2026, 6, 21), kind="diet_ordinary", name="常会",
        announced_on=date(2026, 1, 16), group="d221", status="planned", source="架空データ", note="要確認",
    )  # fmt: skip
    assert (second.kind, second.headcount) == ("transfer", 320)


def test_a_file_with_a_header_alone_holds_no_events(tmp_path: Path) -> None:
    assert read_events([written(tmp_path, HEADER)]) == ()


def test_every_fault_of_every_file_is_named(tmp_path: Path) -> None:
    bad = written(
        tmp_path,
        HEADER,
        "festival,,,2026-02-30,2026-04-01,2026-03-18,many,planned,x,,,,",
        "transfer,,a,2026-04-02,2026-04-01,2026-03-18,-1,maybe,x,,,,",
        "transfer,,a,2026-04-01,2026-04-31,,1,planned,,,,,",
        "transfer,,a,2026-04-01",
        APRIL + ",もう一つ",
        APRIL,
        APRIL,
    )
    assert faults_of(bad, tmp_path / "none.csv") == [
        ("unknown_value", 2, "kind", "festival"),
        ("empty_cell", 2, "name", ""),
        ("bad_date", 2, "start", "2026-02-30"),
        ("bad_number", 2, "headcount", "many"),
        ("end_before_start", 3, "end", "2026-04-01"),
        ("bad_number", 3, "headcount", "-1"),
        ("unknown_value", 3, "status", "maybe"),
        ("bad_date", 4, "end", "2026-04-31"),
        ("empty_cell", 4, "announced_on", ""),
        ("empty_cell", 4, "source", ""),
        ("bad_row", 5, "", "4"),
        ("bad_row", 6, "", "14"),
        ("missing_file", None, "", ""),
        ("duplicate_event", 8, "start", "2026-04-01 4月期人事異動"),
    ]


def test_dates_may_be_written_as_a_spreadsheet_does(tmp_path: Path) -> None:
    (found,) = read_events([written(tmp_path, HEADER, APRIL.replace("2026-04-01", "2026/4/1"))])
    assert found.start == date(2026, 4, 1)


def test_a_day_that_no_plan_can_have_and_an_endless_cell_are_faults(tmp_path: Path) -> None:
    far = APRIL.replace("2026-04-01", "0026-04-01", 1)
    assert faults_of(written(tmp_path, HEADER, far, '"' + "x" * 200_000)) == [
        ("far_date", 2, "start", "0026-04-01"),
        ("bad_quotes", 3, "", "field larger than field limit (131072)"),
    ]


def test_rows_are_counted_by_the_line_on_which_they_begin(tmp_path: Path) -> None:
    note = APRIL.replace("架空データ,", '架空データ,"一行目\n二行目"')
    assert faults_of(written(tmp_path, HEADER, note, "", APRIL)) == [
        ("duplicate_event", 5, "start", "2026-04-01 4月期人事異動")
    ]


def test_events_of_two_files_are_held_against_each_other(tmp_path: Path) -> None:
    first = written(tmp_path, HEADER, DIET)
    next_one = DIET.replace("2026-01-23", "2026-02-18").replace("d221", "d222")
    second = written(tmp_path, HEADER, next_one, name="other.csv")
    with pytest.raises(FaultyFile) as caught:
        read_events([first, second])
    (fault,) = caught.value.faults
    assert (fault.code, fault.place, fault.row) == ("sessions_overlap", str(second), 2)


def test_missing_columns_are_named_and_the_last_three_may_be_missing(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER.replace(",headcount", "").replace(",note", ",kind"))
    assert faults_of(path) == [
        ("duplicate_column", 1, "kind", ""),
        ("missing_key", 1, "headcount", ""),
        ("missing_key", 1, "note", ""),
    ]
    old = written(tmp_path, ",".join(COLUMNS[:-3]), APRIL.removesuffix(",,,"))
    assert len(read_events([old])) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_files_are_read_as_spreadsheets_write_them(encoding: str) -> None:
    raw = f"{HEADER}\r\n{APRIL}\r\n".encode(encoding)
    (event,), faults = events_in("異動.csv", raw)
    assert (event.name, faults) == ("4月期人事異動", ())


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty_file"),
        (b"kind\x81", "not_decodable"),
        ("種別".encode("cp932"), "missing_key"),
        (b"x" * (LARGEST_BYTES + 1), "file_too_large"),
        (None, "missing_file"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, raw: bytes | None, code: str) -> None:
    path = tmp_path / "events.csv"
    path.mkdir() if raw is None else path.write_bytes(raw)
    with pytest.raises(FaultyFile) as caught:
        read_events([path])
    fault = caught.value.faults[0]
    assert (fault.code, fault.place) == (code, str(path))


def test_sound_rows_are_told_from_the_rest() -> None:
    events, faults = events_in("x.csv", f"{HEADER}\n{APRIL}\n{APRIL.replace('320', '?')}\n".encode())
    assert [e.headcount for e in events] == [320]
    assert [(f.code, f.place, f.row) for f in faults] == [("bad_number", "x.csv", 3)]


def test_no_file_holds_more_events_than_a_desk_can_have() -> None:
    raw = "\n".join([HEADER, *[APRIL] * (MOST_EVENTS + 2)]).encode()
    events, faults = events_in("x.csv", raw)
    assert len(events) == MOST_EVENTS
    assert [f.code for f in faults] == ["too_many_events"]


@given(st.lists(sound_events(), max_size=5))
def test_what_is_written_is_read_back_equal(events: list[Event]) -> None:
    read, faults = events_in("x.csv", write_events(events))
    assert faults == ()
    assert read == in_order(events)


@given(st.binary(max_size=300))
def test_any_bytes_give_events_or_faults(raw: bytes) -> None:
    events, faults = events_in("x.csv", raw)
    assert faults or events == () or raw.startswith(b"kind")
    events, faults = events_in("x.csv", HEADER.encode() + b"\n" + raw)
    assert all(f.place == "x.csv" for f in faults)
