from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.events import LARGEST_BYTES, MOST_EVENTS, Event, in_order
from planner.event_calendar import as_ical, from_ical
from tests.forecasts.event_builder import make_event, sound_events

NAME = "見本省LAN受付窓口 行事"
OUTLOOK = "\r\n".join(  # as Outlook exports: a zone of its own, lower and upper ends, folded lines
    [
        "BEGIN:VCALENDAR",
        "PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN",
        "VERSION:2.0",
        "METHOD:PUBLISH",
        "BEGIN:VTIMEZONE",
        "TZID:Tokyo Standard Time",
        "BEGIN:STANDARD",
        "DTSTART:16010101T000000",
        "TZOFFSETFROM:+0900",
        "TZOFFSETTO:+0900",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "CREATED:20260302T010000Z",
        "DTSTAMP:20260310T010000Z",
        "DTSTART;TZID=Tokyo Standard Time:20260410T230000",
        "DTEND;TZID=Tokyo Standard Time:20260412T000000",
        "ORGANIZER;CN=架空太郎:mailto:taro@example.jp",
        "DESCRIPTION:担当は架空太郎",
        "SUMMARY:基幹スイッチ",
        "  交換",
        "STATUS:TENTATIVE",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
)


def entry(*lines: str, encoding: str = "utf-8") -> bytes:
    body = "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", *lines, "END:VEVENT"))
    return f"{body}\r\nEND:VCALENDAR\r\n".encode(encoding)


def days_of(*lines: str) -> tuple[date, date]:
    (event,), faults = from_ical("x.ics", entry("SUMMARY:a", "CREATED:20200101T000000Z", *lines))
    assert faults == ()
    return event.start, event.end


@given(st.lists(sound_events(), min_size=1, max_size=6))
def test_our_own_calendar_comes_back_equal(events: list[Event]) -> None:
    raw = as_ical(events, NAME)
    assert raw == as_ical(reversed(events), NAME)
    assert from_ical("x.ics", raw) == (in_order(events), ())


def test_a_calendar_says_what_other_programs_understand() -> None:
    event = make_event(end=date(2026, 4, 3), status="cancelled", changed_on=date(2026, 3, 25))
    text = as_ical([event], NAME).decode()
    for line in (
        "DTSTART;VALUE=DATE:20260401",
        "DTEND;VALUE=DATE:20260404",  # not included
        "DTSTAMP:20260318T000000Z",
        "CATEGORIES:人事異動",
        "STATUS:CANCELLED",
        "SUMMARY:異動",
    ):
        assert f"{line}\r\n" in text
    assert text.count("UID:") == 1


def test_what_another_program_moved_or_cancelled_is_taken_as_it_is_now() -> None:
    text = as_ical([make_event(group="4月期", headcount=320)], NAME).decode()
    moved = text.replace("20260401", "20260402").replace("20260402\r\nDTEND;VALUE=DATE:20260402", "20260402")
    (event,), faults = from_ical("x.ics", moved.replace("STATUS:CONFIRMED", "STATUS:CANCELLED").encode())
    assert faults == ()
    assert (event.start, event.status, event.group, event.headcount) == (
        date(2026, 4, 2), "cancelled", "4月期", 320,
    )  # fmt: skip


def test_a_foreign_calendar_gives_other_events_and_names_nobody() -> None:
    assert from_ical("予定.ics", OUTLOOK.encode()) == (
        (
            Event(
                date(2026, 4, 10), date(2026, 4, 11), "other", "基幹スイッチ 交換", date(2026, 3, 2),
                status="planned", source="予定.ics",
            ),
        ),
        (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "first", "last"),
    [
        (["DTSTART;VALUE=DATE:20260401"], 1, 1),
        (["DTSTART;VALUE=DATE:20260401", "DTEND;VALUE=DATE:20260404"], 1, 3),
        (["DTSTART;VALUE=DATE:20260401", "DURATION:P2D"], 1, 2),
        (["DTSTART:20260401T090000", "DTEND:20260401T090000"], 1, 1),
        (["DTSTART:20260401T160000Z", "DTEND:20260401T170000Z"], 2, 2),  # after midnight in Japan
        (["DTSTART;TZID=America/Sao_Paulo:20260401T130000"], 2, 2),
        (["DTSTART;TZID=Nowhere:20260401T090000"], 1, 1),
        (["DTSTART:20260401T090000", "DTEND:いつか"], 1, 1),
    ],
)
def test_days_are_those_of_the_clock_in_japan(lines: list[str], first: int, last: int) -> None:
    assert days_of(*lines) == (date(2026, 4, first), date(2026, 4, last))


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["SUMMARY:会議", "DTSTART:20260401T090000", "RRULE:FREQ=WEEKLY"], "recurring_event"),
        (["SUMMARY:会議", "DTSTAMP:20260301T000000Z"], "no_start"),
        (["SUMMARY:会議", "DTSTART:いつか"], "no_start"),
        (["SUMMARY:会議", "DTSTART:20260401T090000"], "no_announced_day"),
        (["SUMMARY:会議", "DTSTART:20260401T090000", "DTSTAMP:20260501T000000Z"], "no_announced_day"),
        (["SUMMARY:会議", "DTSTART:20260401T090000", "CREATED:19000101T120000Z"], "no_announced_day"),
        (["DTSTART:20260401T090000", "DTSTAMP:20260301T000000Z"], "empty_cell"),
        (["SUMMARY:a", "DTSTART:20260401", "DTEND:20260301", "DTSTAMP:20260301T000000Z"], "end_before_start"),
        (["SUMMARY:a", "DTSTART:99991231T230000Z", "DTSTAMP:20260301T000000Z"], "no_start"),
        (["SUMMARY:a", "DTSTART:20260401", "DTSTAMP:20260301", "X-MADOGUCHI-KIND:祭"], "unknown_value"),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_line(lines: list[str], code: str) -> None:
    events, faults = from_ical("x.ics", entry(*lines))
    assert events == ()
    assert faults[0].code == code
    assert {(f.place, f.row) for f in faults} == {("x.ics", 3)}


def test_the_user_may_say_when_it_was_announced() -> None:
    raw = entry("SUMMARY:会議", "DTSTART:20260401T090000", "DTSTAMP:20260501T000000Z")
    (event,), faults = from_ical("x.ics", raw, announced_on=date(2026, 3, 1))
    assert (event.announced_on, faults) == (date(2026, 3, 1), ())


def test_old_programs_write_cp932() -> None:
    raw = entry("SUMMARY:①髙橋ビル停電", "DTSTART:20260401", "DTSTAMP:20260301T000000Z", encoding="cp932")
    (event,), _ = from_ical("x.ics", raw)
    assert event.name == "①髙橋ビル停電"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty_file"),
        (b"kind,group", "bad_calendar"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR", "no_events"),
        (b"BEGIN:VEVENT\r\n" * (MOST_EVENTS + 1), "too_many_events"),
        (b"\x00" * (LARGEST_BYTES + 1), "file_too_large"),
        (b"BEGIN:X\r\n" * 20_000 + b"END:X\r\n" * 20_000, "no_events"),
    ],
)
def test_a_file_that_is_no_calendar_is_refused(raw: bytes, code: str) -> None:
    events, faults = from_ical("x.ics", raw)
    assert events == ()
    assert [f.code for f in faults] == [code]


@given(st.data())
def test_a_damaged_calendar_gives_events_or_faults(data: st.DataObject) -> None:
    raw = bytearray(OUTLOOK.encode() if data.draw(st.booleans()) else as_ical([make_event()], NAME))
    for at in data.draw(st.lists(st.integers(0, len(raw) - 1), max_size=8)):
        raw[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    events, faults = from_ical("x.ics", bytes(raw))
    assert events or faults
    assert all(f.place == "x.ics" for f in faults)
