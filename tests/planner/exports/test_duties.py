"""No file for the client holds a duty: starts, ends, breaks and operations times are the contractor's."""

import io
from dataclasses import replace

import openpyxl
import pypdf
import pytest

from forecasts.slots import clock
from planner.alternatives.alternative import Alternative
from planner.content import Content
from planner.document import document
from planner.document.presence import by_role, clock_hours
from planner.exports import FORMATS
from planner.formation import Pattern, Seat
from planner.wording.dates import clock_ja
from tests.planner.document_builder import approved, real_content

ODD_MIN = 7  # no other time of a proposal stands at such minutes


def moved(seat: Seat) -> Seat:
    away = tuple(replace(a, start_min=a.start_min + ODD_MIN, end_min=a.end_min + ODD_MIN) for a in seat.away)
    return replace(seat, start_min=seat.start_min + ODD_MIN, end_min=seat.end_min + ODD_MIN, away=away)


def odd_content() -> Content:
    """A content whose duties are known by their minutes."""

    def odd(a: Alternative) -> Alternative:
        return replace(a, pattern=Pattern(tuple(moved(s) for s in a.pattern.seats)))

    return real_content(alternatives=tuple(odd(a) for a in real_content().alternatives))


def text_of_file(name: str, data: bytes) -> str:
    if name.endswith(".pdf"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    book = openpyxl.load_workbook(io.BytesIO(data))
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


@pytest.mark.parametrize("code", [f.code for f in FORMATS if f.audience == "client"])
def test_no_client_file_holds_the_times_of_a_duty(code: str) -> None:
    content = odd_content()
    seats = [s for a in content.alternatives for s in a.pattern.seats]
    minutes = {m for s in seats for m in (s.start_min, s.end_min)}
    minutes |= {m for s in seats for a in s.away for m in (a.start_min, a.end_min)}
    written = {text for m in minutes for text in (clock(m), clock_ja(m))}
    chosen = next(f for f in FORMATS if f.code == code)
    said = text_of_file(chosen.file_name, chosen.write(document(approved(content))))
    assert "受付の人数" in said
    assert not [text for text in written if text in said]


def test_heads_by_role_are_those_at_reception() -> None:
    """Two of each grade: one from 8:30, one from 9:15, breaks of an hour, operations of 90 minutes."""
    now = real_content().alternatives[0]
    heads = by_role(now, dict(real_content().grades))
    hours = [*clock_hours(now.formation.opens_min, now.formation.closes_min)]
    assert hours[:2] == [(510, 540), (540, 600)]
    assert hours[-1] == (1080, 1095)
    assert heads["一般SE"][:3] == (1.0, 1.75, 2.0)
    for (start, end), total in zip(hours, map(sum, zip(*heads.values(), strict=True)), strict=True):
        slots = [n for n in range(96) if start <= n * 15 < end]
        assert total == pytest.approx(sum(now.scheduled[n] for n in slots) / len(slots))


def test_a_role_of_one_duty_is_not_shown_alone() -> None:
    now = real_content().alternatives[0]
    one = replace(now, pattern=Pattern(now.pattern.seats[1:]))
    assert one.pattern.headcount() == {"standard": 1, "junior": 2}
    assert [*by_role(one, dict(real_content().grades))] == ["全ての役割"]
