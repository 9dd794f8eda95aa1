from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.events import COLUMNS, Event, known_on, read_events
from forecasts.faults import Fault, FaultyFile

HEADER = ",".join(COLUMNS)
APRIL = "transfer,t2026,4月期人事異動,2026-04-01,2026-04-01,2026-03-18,320,planned,架空データ,"
DIET = "diet_ordinary,d221,常会,2026-01-23,2026-06-21,2026-01-16,,planned,架空データ,要確認"


def written(folder: Path, *lines: str, name: str = "events.csv") -> Path:
    path = folder / name
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig", newline="")
    return path


def faults_of(*paths: Path) -> list[tuple[str, int | None, str, str]]:
    with pytest.raises(FaultyFile) as caught:
        read_events(paths)
    return [(f.code, f.row, f.column, f.value) for f in caught.value.faults]


def event(start: date, announced_on: date, status: str = "confirmed", headcount: int | None = None) -> Event:
    return Event(start, start, "transfer", "異動", announced_on, status=status, headcount=headcount)


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
        "festival,,,2026-02-30,2026-04-01,2026-03-18,many,planned,x,",
        "transfer,,a,2026-04-02,2026-04-01,2026-03-18,-1,maybe,x,",
        "transfer,,a,2026-04-01,2026-04-31,2026-03-18,1,planned,,",
        "transfer,,a,2026-04-01",
        APRIL + ",もう一つ",
        APRIL,
    )
    assert faults_of(bad, tmp_path / "none.csv") == [
        ("bad_date", 2, "start", "2026-02-30"),
        ("unknown_value", 2, "kind", "festival"),
        ("empty_cell", 2, "name", ""),
        ("bad_number", 2, "headcount", "many"),
        ("end_before_start", 3, "end", "2026-04-01"),
        ("bad_number", 3, "headcount", "-1"),
        ("unknown_value", 3, "status", "maybe"),
        ("bad_date", 4, "end", "2026-04-31"),
        ("empty_cell", 4, "source", ""),
        ("bad_row", 5, "", "4"),
        ("bad_row", 6, "", "11"),
        ("missing_file", None, "", ""),
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


def test_missing_columns_are_named(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER.replace(",headcount", "").replace(",note", ""))
    assert faults_of(path) == [("missing_key", 1, "headcount", ""), ("missing_key", 1, "note", "")]


@pytest.mark.parametrize(
    ("raw", "code"), [(b"", "empty_file"), ("種別".encode("cp932"), "not_decodable"), (None, "missing_file")]
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, raw: bytes | None, code: str) -> None:
    path = tmp_path / "events.csv"
    path.mkdir() if raw is None else path.write_bytes(raw)
    with pytest.raises(FaultyFile) as caught:
        read_events([path])
    (fault,) = caught.value.faults
    assert isinstance(fault, Fault)
    assert (fault.code, fault.place) == (code, str(path))


def test_an_event_is_known_from_the_day_it_was_announced() -> None:
    april = event(date(2026, 4, 1), date(2026, 3, 18))
    assert known_on([april], date(2026, 3, 17)) == ()
    assert known_on([april], date(2026, 3, 18)) == (april,)


def test_a_cancelled_event_is_unknown() -> None:
    assert known_on([event(date(2026, 4, 1), date(2026, 3, 18), "cancelled")], date(2026, 5, 1)) == ()


def test_nobody_knows_of_a_dissolution_before_it_comes() -> None:
    """Until then the session was to last its 150 days (国会法10条): 23 January to 21 June."""
    session = Event(
        date(2026, 1, 23), date(2026, 1, 23), "diet_ordinary", "常会", date(2026, 1, 16), status="dissolved"
    )
    (seen,) = known_on([session], date(2026, 1, 22))
    assert (seen.end, seen.status) == (date(2026, 6, 21), "confirmed")
    assert known_on([session], date(2026, 1, 23)) == (session,)


def test_like_events_with_and_without_a_headcount_stand_together() -> None:
    like = [event(date(2026, 4, 1), date(2026, 3, 18), headcount=n) for n in (None, 5, None)]
    assert len(known_on(like, date(2026, 4, 1))) == 3


@given(
    st.lists(
        st.builds(
            event, st.dates(date(2026, 1, 1), date(2026, 2, 1)), st.dates(date(2026, 1, 1), date(2026, 2, 1))
        )
    ),
    st.dates(date(2026, 1, 1), date(2026, 2, 1)),
)
def test_what_is_known_only_grows(events: list[Event], day: date) -> None:
    later = known_on(events, date(2026, 2, 1))
    assert set(known_on(events, day)) <= set(later)
    assert list(later) == sorted(later)
