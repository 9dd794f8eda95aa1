"""Roster → Excel for the contractor alone: who works when, by name, with violations and their remedy.

A cell that breaks a rule carries the mark and number of the finding, and its words as a comment.
Never for the client (昭和61年労働省告示第37号): it has names and leave. Every sheet is marked
受託事業者限り.
"""

import io
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from planner.desk import Desk, Person
from planner.document.roster import (
    CONTRACTOR_ONLY,
    SAMPLE,
    STAGE_NAMES,
    Finding,
    RosterSheet,
    away_words,
    duty_name,
    findings,
    people_of,
)
from planner.rosters.roster import Duty, Roster
from planner.wording.dates import clock_span, short_day, wareki_span, weekday_ja
from planner.wording.terms import PROOFS

_FONT = "BIZ UDPGothic"
_FIRST_ROW = 3
_DUTY_COLOURS = {
    "": "#FFFFFF",
    "leave": "#FBF5E0",
    "extra": "#E6F5EC",
    "duty": "#E8F1FE",
    "vacancy": "#FDEEEE",
    "broken": "#FDEEEE",
}
_FINDING_COLUMNS = ("番号", "日付", "氏名", "規則", "区分", "内容", "許される値", "根拠", "対応")


def roster_sheet(sheet: RosterSheet) -> bytes:
    """Write a named roster as a workbook: people x days, every duty, what it breaks."""
    stream = io.BytesIO()
    with Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        created = datetime.combine(sheet.dated, time())
        book.set_properties({"title": f"勤務表（{CONTRACTOR_ONLY}）", "created": created})
        book.formats[0].set_font_name(_FONT)
        found = findings(sheet.roster.violations)
        _overview(_Page(book, book.add_worksheet("勤務表")), sheet, found)
        _duties(_Page(book, book.add_worksheet("勤務一覧")), sheet)
        _findings(_Page(book, book.add_worksheet("確認事項")), sheet, found)
        _proof(_Page(book, book.add_worksheet("求め方")), sheet.roster)
    return stream.getvalue()


class _Page:
    """A sheet with the mark 受託事業者限り and one look."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        self.book, self.sheet = book, sheet
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)  # inches
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&R{CONTRACTOR_ONLY}")
        sheet.set_footer("&R&P / &N")
        sheet.ignore_errors({"number_stored_as_text": "A1:AZ9999"})

    def write(self, row: int, column: int, value: str | float, **look: Any) -> None:
        base = {"font_name": _FONT, "font_size": 9, "border": 1, "text_wrap": True, "valign": "vcenter"}
        style = self.book.add_format({**base, **look})
        if isinstance(value, str):
            self.sheet.write_string(row, column, value, style)
        else:
            self.sheet.write_number(row, column, value, style)

    def marked(self, row: int, column: int, cell: tuple[str | int, str], found: Sequence[Finding]) -> None:
        """Write a day's cell with its kind; what it breaks as marks, and in words as a comment.

        The marks belong to the format, not to the value: the sheet can be read in again as a roster.
        """
        value, kind = cell
        is_hard = any(f.rule.is_hard for f in found)
        look: dict[str, Any] = {"align": "center", "font_size": 10, "bg_color": _DUTY_COLOURS[kind]}
        if found:
            marks = " ".join(f.mark for f in found)
            shown = f'{"0" if isinstance(value, int) else "@"}" {marks}"'
            look |= {"num_format": shown, "bold": True}
            self.sheet.write_comment(
                row, column, "\n".join(f.words for f in found), {"author": CONTRACTOR_ONLY, "x_scale": 2}
            )
        if is_hard:
            look["bg_color"] = _DUTY_COLOURS["broken"]
        self.write(row, column, value, **look)

    def head(self, row: int, names: Sequence[str]) -> None:
        for column, name in enumerate(names):
            self.write(row, column, name, bold=True, bg_color="#F1F1F4", align="center")


def _overview(page: _Page, sheet: RosterSheet, found: Sequence[Finding]) -> None:
    span = wareki_span(sheet.days[0], sheet.days[-1]) if sheet.days else ""
    sample = f"　{SAMPLE}" if sheet.desk.is_sample else ""
    page.write(
        0, 0, f"勤務表（{CONTRACTOR_ONLY}）{sample}", bold=True, font_size=13, border=0, text_wrap=False
    )
    facts = f"{sheet.desk.name}　{span}　{PROOFS[sheet.roster.proof]}"
    page.write(1, 0, facts, border=0, text_wrap=False)
    days = [f"{d.month}/{d.day}\n{weekday_ja(d.weekday())}" for d in sheet.days]
    page.head(_FIRST_ROW - 1, ("氏名", "役割", *days, "勤務（日）", "労働（時間）"))
    by_person: dict[str, dict[date, Duty]] = {}
    for duty in sheet.roster.duties:
        by_person.setdefault(duty.person, {})[duty.day] = duty
    row = _FIRST_ROW
    for row, person in enumerate(people_of(sheet.desk, sheet.roster), start=_FIRST_ROW):
        own = [f for f in found if f.person == person.id]
        _person_row(page, row, person, sheet, by_person.get(person.id, {}), own)
    _whole_desk(page, row + 1, sheet, [f for f in found if not f.person])
    page.sheet.set_row(_FIRST_ROW - 1, 26)
    page.sheet.set_column(0, 0, 16)
    page.sheet.set_column(1, 1, 18)
    page.sheet.set_column(2, len(days) + 1, 5)
    page.sheet.set_column(len(days) + 2, len(days) + 3, 7)
    page.sheet.freeze_panes(_FIRST_ROW, 2)
    page.sheet.repeat_rows(0, _FIRST_ROW - 1)
    page.sheet.repeat_columns(0, 1)
    # A month fills the width of a sheet of paper; three months on one could not be read.
    page.sheet.fit_to_pages(max(1, len({(d.year, d.month) for d in sheet.days})), 0)
    shifts = "、".join(f"{s.name} {clock_span(s.start_min, s.end_min)}" for s in sheet.desk.shifts)
    marks = "×番号 必須の規則に反する、△番号 配慮を要する（番号は「確認事項」の番号）"
    page.write(row + 3, 0, f"凡例: {shifts}、休暇、欠勤、・ 勤務なし、{marks}", border=0, text_wrap=False)


def _person_row(
    page: _Page,
    row: int,
    person: Person,
    sheet: RosterSheet,
    duties: dict[date, Duty],
    found: Sequence[Finding],
) -> None:
    grade = {g.id: g.name for g in sheet.desk.grades}.get(person.grade, person.grade)
    page.sheet.set_row(row, 36 if found else 30)
    page.write(row, 0, person.name)
    page.write(row, 1, "\n".join(part for part in (grade, person.title) if part))
    for column, day in enumerate(sheet.days, start=2):
        is_absent = (person.id, day) in sheet.roster.absent
        text, kind = _cell(person, day, duties.get(day), sheet.desk, is_absent=is_absent)
        page.marked(row, column, (text, kind), [f for f in found if day in f.days])
    last = len(sheet.days) + 2
    page.write(row, last, len(duties))
    page.write(row, last + 1, round(sum(d.seat.work_min for d in duties.values()) / 60, 2))


def _cell(person: Person, day: date, duty: Duty | None, desk: Desk, *, is_absent: bool) -> tuple[str, str]:
    """Return what a day's cell says; a duty on a day of leave or absence says both."""
    leave = "欠勤" if is_absent else "休暇" if day in person.leave else ""
    if duty is None:
        return (leave or "・"), ("leave" if leave else "")
    text = "\n".join(part for part in (leave, duty_name(duty.seat, desk.shifts)) if part)
    return text, "leave" if leave else "extra" if duty.seat.is_extra else "duty"


def _whole_desk(page: _Page, row: int, sheet: RosterSheet, found: Sequence[Finding]) -> None:
    """Write what is nobody's own: vacancies, with the marks of all that concerns the whole desk."""
    missing = Counter(v.day for v in sheet.roster.violations if v.rule == "vacancy")
    page.write(row, 0, "欠員（人）", bold=True)
    page.write(row, 1, "")
    for column, day in enumerate(sheet.days, start=2):
        kind = "vacancy" if missing[day] else ""
        page.marked(row, column, (missing[day] or "・", kind), [f for f in found if day in f.days])


def _duties(page: _Page, sheet: RosterSheet) -> None:
    names = {p.id: p.name for p in people_of(sheet.desk, sheet.roster)}
    page.head(0, ("日付", "氏名", "勤務", "休憩", "運用管理業務", "労働（時間）"))
    for row, duty in enumerate(sorted(sheet.roster.duties), start=1):
        seat = duty.seat
        words = (short_day(duty.day), names[duty.person], clock_span(seat.start_min, seat.end_min))
        for column, text in enumerate((*words, away_words(seat, "break"), away_words(seat, "operations"))):
            page.write(row, column, text)
        page.write(row, 5, round(seat.work_min / 60, 2))
    page.sheet.set_column(0, 5, 18)
    page.sheet.freeze_panes(1, 0)
    page.sheet.repeat_rows(0)


def _findings(page: _Page, sheet: RosterSheet, found: Sequence[Finding]) -> None:
    names = {p.id: p.name for p in people_of(sheet.desk, sheet.roster)}
    page.head(0, _FINDING_COLUMNS)
    for row, f in enumerate(found, start=1):
        person = names.get(f.person, f.person)
        told = (f.mark, f.days_ja, person, f.rule.name_ja, f.kind, f.found, f.allowed)
        for column, text in enumerate((*told, f.articles, f.rule.remedy_ja)):
            page.write(row, column, text)
    if not found:
        page.write(1, 0, "確認を要する事項はない。", border=0, text_wrap=False)
    page.sheet.set_column(0, 0, 7)
    page.sheet.set_column(1, 3, 14)
    page.sheet.set_column(4, 4, 6)
    page.sheet.set_column(5, 6, 16)
    page.sheet.set_column(7, 8, 26)
    page.sheet.freeze_panes(1, 0)
    page.sheet.repeat_rows(0)


def _proof(page: _Page, roster: Roster) -> None:
    """Write what was proved, stage by stage."""
    page.head(0, ("段階", "配慮の点（点）", "これ以上減らせない下限（点）", "解き方"))
    for row, stage in enumerate(roster.stages, start=1):
        page.write(row, 0, STAGE_NAMES[stage.stage])
        page.write(row, 1, stage.value)
        page.write(row, 2, round(stage.bound, 1))
        page.write(row, 3, stage.engine or "―")
    if not roster.stages:
        page.write(1, 0, "手で直した勤務表である。最適かどうかは確かめていない。", border=0, text_wrap=False)
    page.sheet.set_column(0, 3, 28)
