"""The two forms of a roster in a worksheet: people by days, and one line a duty."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from forecasts.history.labels import is_total
from forecasts.history.sheets import Sheet
from forecasts.history.text import key_of
from planner.rosters.handmade.days import Span, days_in, is_weekday

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "day": ("日付", "年月日", "月日", "日", "勤務日"),
    "person": ("氏名", "名前", "要員", "要員名", "担当者", "担当", "職員名", "スタッフ", "符号"),
    "hours": ("勤務", "勤務時間", "勤務時間帯", "時間帯", "シフト", "勤務区分"),
    "start": ("開始", "始業", "出勤", "開始時刻", "始業時刻", "出勤時刻", "勤務開始"),
    "end": ("終了", "終業", "退勤", "終了時刻", "終業時刻", "退勤時刻", "勤務終了"),
    "break": ("休憩", "休憩時間", "休憩時刻", "休憩(分)"),
    "operations": ("運用管理業務",),
}
_NAMES = {key_of(name): field for field, names in _FIELDS.items() for name in names}
_NO_PERSON = re.compile(
    r"(?:欠員|人数|出勤(?:者|人)|必要(?:人)?数|配置|在席|備考|凡例|注|※|曜日?|行事|日付|氏名|名前).*"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that may tell a duty: where it is, whose, which day, what it says.

    ``said``: field → text, of the list form more than one (``_FIELDS``).
    """

    row: int
    column: str
    person: str
    day_text: str
    day: date | None
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """What a worksheet holds of a roster; ``is_list``: one line a duty."""

    name: str
    is_list: bool
    cells: tuple[Cell, ...]

    @property
    def persons(self) -> frozenset[str]:
        """Who is named, as ``key_of`` leaves it."""
        return frozenset(key_of(cell.person) for cell in self.cells)

    def is_outside(self, span: Span) -> bool:
        """Tell whether every cell is of a day before or after the span."""
        return all(cell.day and not span.first <= cell.day <= span.last for cell in self.cells)


Row = tuple[int, Sequence[str]]
"""The line of the file, and the texts of its cells."""


def table_of(sheet: Sheet, names: frozenset[str], span: Span) -> Table | None:
    """Return the roster of a worksheet; None where it holds none. ``names``: keys of the people's names."""
    rows: list[Row] = [
        (int(line), [str(text).strip() for text in cells.values()])
        for line, cells in zip(sheet.line, sheet.cells.to_pylist(), strict=True)
    ]
    titles = [sheet.name]
    for n, (_, cells) in enumerate(rows):
        titled = span.titled(titles)
        if fields := _list_head(cells):
            return Table(sheet.name, is_list=True, cells=tuple(_listed(rows[n:], fields, titled)))
        if _grid_head(cells, names, titled):
            return Table(sheet.name, is_list=False, cells=tuple(_grid(rows[n:], names, titled)))
        titles += cells
    return None


def _list_head(cells: Sequence[str]) -> Mapping[str, int]:
    columns = reversed(list(enumerate(cells)))  # of two columns for one thing the first counts
    fields = {field: column for column, text in columns if (field := _NAMES.get(key_of(text)))}
    is_head = {"day", "person"} <= fields.keys() and ({"start", "end"} <= fields.keys() or "hours" in fields)
    return fields if is_head else {}


def _listed(rows: Sequence[Row], fields: Mapping[str, int], span: Span) -> Iterator[Cell]:
    """Yield a cell a line; a day that is left out is that of the line before."""
    (_, head), *body = rows
    column, day_text = head[fields.get("hours", fields.get("start", 0))], ""
    for line, cells in body:
        said = {field: cells[at] for field, at in fields.items()}
        person = said.pop("person")
        day_text = said.pop("day") or day_text
        if any(map(is_total, (person, day_text))) or not (person or any(said.values())):
            continue
        yield Cell(line, column, person, day_text, span.day(day_text), said)


def _grid_head(cells: Sequence[str], names: frozenset[str], span: Span) -> Mapping[int, date]:
    days = days_in(cells, span)
    is_labelled = any(_NAMES.get(key_of(text)) == "person" for text in cells)
    if any(key_of(text) in names for text in cells) or (len(days) < 2 and not is_labelled):
        return {}
    return days


def _grid(rows: Sequence[Row], names: frozenset[str], span: Span) -> Iterator[Cell]:
    """Yield the cells under a head of days; the same head further below begins anew (a roster by weeks)."""
    head = rows[0][1]
    days = _grid_head(head, names, span)
    at = _name_column(rows, names, min(days))
    for line, cells in rows[1:]:
        person = cells[at]
        if person == head[at] and (again := _grid_head(cells, names, span)):
            head, days = cells, again
        elif not _tells_nobody(person, [cells[column] for column in days], names):
            for column, day in days.items():
                label = head[column].split("\n")[0].strip()
                yield Cell(line, label, person, label, day, {"hours": cells[column]})


def _name_column(rows: Sequence[Row], names: frozenset[str], n_columns: int) -> int:
    """Return the column before the days in which most people of the desk are named."""
    n_named = [sum(key_of(cells[at]) in names for _, cells in rows) for at in range(n_columns)]
    return n_named.index(max(n_named)) if n_named else 0


def _tells_nobody(person: str, texts: Sequence[str], names: frozenset[str]) -> bool:
    """Tell whether a row is none of a person's: sums, weekdays, notes, a legend, nothing at all."""
    if key_of(person) in names:
        return False
    if is_total(person) or _NO_PERSON.fullmatch(key_of(person)):
        return True
    return all(is_weekday(text) or not text for text in texts)
