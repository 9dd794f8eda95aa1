"""Roster → Excel for the contractor alone: who works when, by name, with violations and their remedy.

Never for the client (昭和61年労働省告示第37号): it has names and leave. Every sheet is marked
受託事業者限り.
"""

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from planner.desk import Desk, Person
from planner.formation import AwayKind, Seat
from planner.rosters.roster import Duty, Roster, Violation
from planner.rosters.rules import RULES
from planner.wording.dates import clock_span, short_day, wareki_span, weekday_ja
from planner.wording.terms import PROOFS

_FONT = "BIZ UDPGothic"
_FIRST_ROW = 3
_MARK = "受託事業者限り"
_DUTY_COLOURS = {
    "": "#FFFFFF",
    "leave": "#FBF5E0",
    "extra": "#E6F5EC",
    "duty": "#E8F1FE",
    "vacancy": "#FDEEEE",
}


@dataclass(frozen=True, slots=True)
class RosterSheet:
    """What the sheet shows: a desk's roster on some office days, written on a day."""

    desk: Desk
    roster: Roster
    days: tuple[date, ...]
    dated: date


def roster_sheet(sheet: RosterSheet) -> bytes:
    """Write a named roster as a workbook: people x days, every duty, what it breaks."""
    stream = io.BytesIO()
    with Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        created = datetime.combine(sheet.dated, time())
        book.set_properties({"title": f"勤務表（{_MARK}）", "created": created})
        book.formats[0].set_font_name(_FONT)
        _overview(_Page(book, book.add_worksheet("勤務表")), sheet)
        _duties(_Page(book, book.add_worksheet("勤務一覧")), sheet)
        _violations(_Page(book, book.add_worksheet("確認事項")), sheet)
    return stream.getvalue()


class _Page:
    """A sheet with the mark 受託事業者限り and one look."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        self.book, self.sheet = book, sheet
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&R{_MARK}")
        sheet.set_footer("&R&P / &N")
        sheet.ignore_errors({"number_stored_as_text": "A1:AZ9999"})

    def write(self, row: int, column: int, value: str | float, **look: Any) -> None:
        base = {"font_name": _FONT, "font_size": 9, "border": 1, "text_wrap": True, "valign": "vcenter"}
        style = self.book.add_format({**base, **look})
        if isinstance(value, str):
            self.sheet.write_string(row, column, value, style)
        else:
            self.sheet.write_number(row, column, value, style)

    def head(self, row: int, names: Sequence[str]) -> None:
        for column, name in enumerate(names):
            self.write(row, column, name, bold=True, bg_color="#F1F1F4", align="center")


def _people(sheet: RosterSheet) -> list[Person]:
    """Return the people of the sheet: the desk's, then temporary staff, who appear only in duties."""
    known = {p.id for p in sheet.desk.people}
    extra = sorted({d.person for d in sheet.roster.duties} - known)
    grades = {d.person: d.seat.grade for d in sheet.roster.duties}
    return [*sheet.desk.people, *(Person(p, p, grades[p], title="応援要員") for p in extra)]


def _overview(page: _Page, sheet: RosterSheet) -> None:
    span = wareki_span(sheet.days[0], sheet.days[-1]) if sheet.days else ""
    sample = "　架空データ" if sheet.desk.is_sample else ""
    page.write(0, 0, f"勤務表（{_MARK}）{sample}", bold=True, font_size=13, border=0, text_wrap=False)
    facts = f"{sheet.desk.name}　{span}　{PROOFS[sheet.roster.proof]}"
    page.write(1, 0, facts, border=0, text_wrap=False)
    days = [f"{d.month}/{d.day}\n{weekday_ja(d.weekday())}" for d in sheet.days]
    page.head(_FIRST_ROW - 1, ("氏名", "役割", *days, "勤務（日）", "労働（時間）"))
    by_person: dict[str, dict[date, Duty]] = {}
    for duty in sheet.roster.duties:
        by_person.setdefault(duty.person, {})[duty.day] = duty
    row = _FIRST_ROW
    for row, person in enumerate(_people(sheet), start=_FIRST_ROW):
        _person_row(page, row, person, sheet, by_person.get(person.id, {}))
    _vacancies(page, row + 1, sheet)
    page.sheet.set_row(_FIRST_ROW - 1, 26)
    page.sheet.set_column(0, 0, 16)
    page.sheet.set_column(1, 1, 22)
    page.sheet.set_column(2, len(days) + 1, 7)
    page.sheet.freeze_panes(_FIRST_ROW, 2)
    page.sheet.repeat_rows(0, _FIRST_ROW - 1)
    legend = "、".join(f"{s.name} {clock_span(s.start_min, s.end_min)}" for s in sheet.desk.shifts)
    page.write(row + 3, 0, f"凡例: {legend}、休暇、・ 勤務なし", border=0, text_wrap=False)


def _person_row(page: _Page, row: int, person: Person, sheet: RosterSheet, duties: dict[date, Duty]) -> None:
    grade = {g.id: g.name for g in sheet.desk.grades}.get(person.grade, person.grade)
    page.sheet.set_row(row, 30)
    page.write(row, 0, person.name)
    page.write(row, 1, "\n".join(part for part in (grade, person.title) if part))
    for column, day in enumerate(sheet.days, start=2):
        text, kind = _cell(person, day, duties.get(day), sheet.desk)
        page.write(row, column, text, align="center", font_size=8, bg_color=_DUTY_COLOURS[kind])
    last = len(sheet.days) + 2
    page.write(row, last, len(duties))
    page.write(row, last + 1, round(sum(d.seat.work_min for d in duties.values()) / 60, 2))


def _cell(person: Person, day: date, duty: Duty | None, desk: Desk) -> tuple[str, str]:
    """Return what a day's cell says; a duty on a day of leave says both."""
    leave = "休暇" if day in person.leave else ""
    if duty is None:
        return (leave or "・"), ("leave" if leave else "")
    named = next((s.name for s in desk.shifts if (s.start_min, s.end_min) == _span(duty.seat)), "")
    times = clock_span(*_span(duty.seat))
    text = "\n".join(part for part in (leave, named or times) if part)
    return text, "leave" if leave else "extra" if duty.seat.is_extra else "duty"


def _span(seat: Seat) -> tuple[int, int]:
    return seat.start_min, seat.end_min


def _vacancies(page: _Page, row: int, sheet: RosterSheet) -> None:
    missing = Counter(v.day for v in sheet.roster.violations if v.rule == "vacancy")
    page.write(row, 0, "欠員（人）", bold=True)
    page.write(row, 1, "")
    for column, day in enumerate(sheet.days, start=2):
        n = missing[day]
        kind = "vacancy" if n else ""
        page.write(row, column, n or "・", align="center", bold=bool(n), bg_color=_DUTY_COLOURS[kind])


def _duties(page: _Page, sheet: RosterSheet) -> None:
    names = {p.id: p.name for p in _people(sheet)}
    page.head(0, ("日付", "氏名", "勤務", "休憩", "運用管理業務", "労働（時間）"))
    for row, duty in enumerate(sorted(sheet.roster.duties), start=1):
        seat = duty.seat
        words = (short_day(duty.day), names[duty.person], clock_span(*_span(seat)))
        for column, text in enumerate((*words, _away(seat, "break"), _away(seat, "operations"))):
            page.write(row, column, text)
        page.write(row, 5, round(seat.work_min / 60, 2))
    page.sheet.set_column(0, 5, 18)
    page.sheet.freeze_panes(1, 0)


def _away(seat: Seat, kind: AwayKind) -> str:
    return "、".join(clock_span(a.start_min, a.end_min) for a in sorted(seat.away) if a.kind == kind)


def _violations(page: _Page, sheet: RosterSheet) -> None:
    names = {p.id: p.name for p in _people(sheet)}
    page.head(0, ("日付", "氏名", "規則", "区分", "内容", "許される値", "根拠", "対応"))
    for row, violation in enumerate(sheet.roster.violations, start=1):
        for column, text in enumerate(_violation_row(violation, names)):
            page.write(row, column, text)
    if not sheet.roster.violations:
        page.write(1, 0, "確認を要する事項はない。", border=0, text_wrap=False)
    page.sheet.set_column(0, 5, 16)
    page.sheet.set_column(6, 7, 40)
    page.sheet.freeze_panes(1, 0)


def _violation_row(violation: Violation, names: dict[str, str]) -> tuple[str, ...]:
    rule = {rule.code: rule for rule in RULES}[violation.rule]
    articles = "、".join(dict.fromkeys(figure.article for figure in rule.source))
    person = names.get(violation.person, violation.person)
    kind = "必須" if rule.is_hard else "配慮"
    found, allowed = violation.found, violation.allowed
    return short_day(violation.day), person, rule.name_ja, kind, found, allowed, articles, rule.remedy_ja
