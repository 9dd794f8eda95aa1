"""The export formats: one file = one format, and its line here (docs/add-an-export.md).

``FORMATS`` write a document for both sides; ``ROSTER_FORMATS`` write a named roster for the contractor alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from planner.document import Document
from planner.document.roster import RosterSheet
from planner.exports import data_annex, pdf, print_excel, roster_calendar, roster_sheet

__all__ = ["FORMATS", "ROSTER_FORMATS", "Format", "RosterSheet"]

Audience = Literal["client", "contractor"]
Source = TypeVar("Source")

_PDF = "application/pdf"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Format(Generic[Source]):
    """One format: its code, its name on the screen, its file, who may have it, and what writes it."""

    code: str
    name: str
    file_name: str
    media_type: str
    audience: Audience
    write: Callable[[Source], bytes]


FORMATS: tuple[Format[Document], ...] = (
    Format("pdf", "提案書（PDF）", "proposal.pdf", _PDF, "client", pdf.pdf),
    Format(
        "print_excel", "提案書（Excel・印刷用）", "proposal.xlsx", _EXCEL, "client", print_excel.print_excel
    ),
    Format(
        "data_annex", "別添データ（機械判読用）", "data_annex.xlsx", _EXCEL, "client", data_annex.data_annex
    ),
)

ROSTER_FORMATS: tuple[Format[RosterSheet], ...] = (
    Format(
        "roster_sheet",
        "勤務表（受託事業者限り）",
        "roster.xlsx",
        _EXCEL,
        "contractor",
        roster_sheet.roster_sheet,
    ),
    Format(
        "roster_calendar",
        "勤務の予定（iCalendar・受託事業者限り）",
        "roster.ics",
        "text/calendar",
        "contractor",
        roster_calendar.roster_calendar,
    ),
)
