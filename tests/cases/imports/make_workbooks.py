"""Makes the workbooks of the folders beside it (架空データ): python tests/cases/imports/make_workbooks.py.

Equal bytes on every run. XlsxWriter, because it stores what a formula gave.
"""

import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

FOLDER = Path(__file__).parent
NOT_CALCULATED = 987_654_321
"""As the value of a formula: taken out of the file, as a program leaves a formula that nobody calculated."""

Cell = str | float | datetime | date | time | timedelta | None


class Book:
    """A workbook in memory with the formats that the cases need."""

    def __init__(self) -> None:
        self._bytes = BytesIO()
        self.book = xlsxwriter.Workbook(self._bytes, {"in_memory": True})
        self.book.set_properties({"created": datetime(2026, 3, 6), "title": "架空データ"})
        named = {
            date: "yyyy/m/d",
            datetime: "yyyy/m/d h:mm",
            time: "h:mm",
            timedelta: "[h]:mm",
        }
        self.formats = {kind: self.form(form) for kind, form in named.items()}

    def form(self, number_format: str) -> Format:
        return self.book.add_format({"num_format": number_format})

    def sheet(self, name: str, rows: Iterable[Sequence[Cell]] = ()) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        for at, row in enumerate(rows):
            self.write(sheet, at, row)
        return sheet

    def write(self, sheet: Worksheet, row: int, cells: Sequence[Cell], column: int = 0) -> None:
        for at, cell in enumerate(cells, column):
            if cell is None:
                continue
            if isinstance(cell, str | float | int):
                sheet.write(row, at, cell)
            else:
                sheet.write_datetime(row, at, cell, self.formats[type(cell)])

    def done(self) -> bytes:
        self.book.close()
        return _without_values(self._bytes.getvalue())


def _without_values(raw: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part, old.read(part).replace(f"<v>{NOT_CALCULATED}</v>".encode(), b""))
    return out.getvalue()


def workbook_two_row_header() -> bytes:
    """Titles, a header of two rows, the day merged over its inquiries, 小計 and 合計."""
    made = Book()
    sheet = made.sheet("問合せ一覧")
    centred = made.book.add_format({"align": "center", "valign": "vcenter"})
    dated = made.book.add_format({"num_format": "yyyy/m/d", "valign": "top"})
    sheet.merge_range("A1:G1", "問合せ対応一覧（令和８年３月第１週）", centred)
    sheet.merge_range("A2:G2", "架空データ", centred)
    for area, name in (("A4:A5", "受付番号"), ("B4:C4", "受付"), ("D4:D5", "受付方法"), ("E4:E5", "分類")):
        sheet.merge_range(area, name, centred)
    sheet.merge_range("F4:G4", "対応", centred)
    made.write(sheet, 4, ("日", "時刻"), 1)
    made.write(sheet, 4, ("担当者", "時間(分)"), 5)
    days = (
        (date(2026, 3, 2), "B6:B9", 5, (
            (1, time(8, 31), "電話", "印刷", "架空坂 あおい", 6),
            (2, time(9, 5), "電話", "端末", "架空沢 いつき", 12.5),
            (3, time(10, 0), "メール", "メール", "架空沢 いつき", 10),
            (4, time(17, 45), "申請", "権限", "架空橋 たまき", 15),
        )),
        (date(2026, 3, 3), "B11:B13", 10, (
            (5, time(8, 40), "電話", "アカウント", "架空坂 あおい", 4),
            (6, time(11, 30), "来室", "端末", "架空坂 あおい", None),
            (7, time(13, 0), "メール", "メール", "架空橋 たまき", 9),
        )),
        (date(2026, 3, 4), "B15:B16", 14, (
            (8, time(9, 0), "電話", "アカウント", "架空沢 いつき", 5),
            (9, time(15, 15), "電話", "印刷", "架空沢 いつき", 7),
        )),
    )  # fmt: skip
    for day, area, row, inquiries in days:
        sheet.merge_range(area, "", dated)
        sheet.write_datetime(row, 1, day, dated)
        for at, (number, *rest) in enumerate(inquiries, row):
            made.write(sheet, at, (number,))
            made.write(sheet, at, rest, 2)
        made.write(sheet, row + len(inquiries), ("小計", None, None, None, f"{len(inquiries)}件"))
    made.write(sheet, 17, ("合計", None, None, None, "9件"))
    return made.done()


def workbook_dates_and_formulas() -> bytes:
    """Real dates, durations beyond a day, formulas with what they gave, and two that nobody calculated."""
    made = Book()
    header = ("受付番号", "受付日時", "完了日時", "受付方法", "分類", "対応時間")
    sheet = made.sheet("記録", [header])
    start = datetime(2026, 3, 2, 8, 30)
    ways = ("電話", "メール", "電話", "申請", "来室", "電話", "電話", "メール", "電話", "申請")
    spent = (6, 90, 1531, 15, 20, None, 4, 11, 3, 10)
    for at, (way, minutes) in enumerate(zip(ways, spent, strict=True)):
        received = start + timedelta(days=at // 4, minutes=37 * (at % 4), seconds=5 * at)
        duration = None if minutes is None else timedelta(minutes=minutes)
        closed = None if duration is None else received + duration
        made.write(sheet, at + 1, (f"W-{at + 1}", received, closed, way, "架空", duration))
    moment, duration_form = made.formats[datetime], made.formats[timedelta]
    # What was calculated: 9:30 and 25 minutes. What was not: the start, and the duration.
    made.write(sheet, 11, ("W-11", None, datetime(2026, 3, 5, 9, 55), "電話", "架空", None))
    sheet.write_formula("B12", "=C12-TIME(0,25,0)", moment, 46086.395833333336)
    sheet.write_formula("F12", "=C12-B12", duration_form, 25 / 1440)
    made.write(sheet, 12, ("W-12", None, datetime(2026, 3, 5, 10, 0), "電話", "架空", None))
    sheet.write_formula("B13", "=NOW()", moment, NOT_CALCULATED)
    made.write(sheet, 13, ("W-13", datetime(2026, 3, 5, 10, 30), None, "電話", "架空", None))
    sheet.write_formula("F14", "=C14-B14", duration_form, NOT_CALCULATED)
    made.write(sheet, 14, ("W-14", datetime(2026, 3, 5, 11, 0), None, None, "架空", None))
    sheet.write_formula("D15", '=IF(1=1,"メール","")', None, "メール")
    return made.done()


def workbook_hidden_and_other_sheets() -> bytes:
    """A cover, a hidden list of settings, the list itself, and an empty sheet."""
    made = Book()
    made.sheet("表紙", [("問合せ記録",), ("見本省LAN受付窓口（架空データ）",)])
    made.sheet(
        "設定", [("受付方法", "受付日時"), ("電話", "2020/1/1 0:00"), ("メール", "2020/1/1 0:01")]
    ).hide()
    rows: list[Sequence[Cell]] = [("受付番号", "受付日時", "受付方法", "分類", "対応時間(分)")]
    ways = ("電話", "電話", "メール", "電話", "申請", "来室", "電話", "メール", "電話", "電話")
    for at, way in enumerate(ways):
        received = f"2026/3/{2 + at // 4} {8 + at % 4}:{10 + 3 * at}"
        rows.append((1001 + at, received, way, "架空", 5 + at / 2))
    made.sheet("一覧", rows)
    made.sheet("Sheet4")
    return made.done()


MONTHS = (*(f"{m}月" for m in range(4, 13)), "1月", "2月", "3月")


def workbook_months_as_columns() -> bytes:
    """A year's table: 令和７年度 in the title, months as columns, sums on both sides."""
    made = Book()
    sheet = made.sheet("年間", [("受付件数（令和７年度）　※架空データ",), (), ("受付方法", *MONTHS, "合計")])
    table = {
        "電話": (1204, 980, 955, 1011, 720, 890, 902, 870, 845, 910, 1020, None),
        "メール": (611, 502, 487, 530, 333, 441, 450, 433, 420, 455, 510, None),
        "申請": (300, 240, 233, 251, 170, 208, 215, 209, 201, 219, 246, None),
        "来室": (41, 33, 30, 35, 22, 28, 29, 27, 26, 28, 32, None),
    }
    for at, (way, counts) in enumerate(table.items(), 3):
        made.write(sheet, at, (way, *counts))
        sheet.write_formula(at, 13, f"=SUM(B{at + 1}:M{at + 1})", None, sum(c or 0 for c in counts))
    made.write(sheet, 7, ("合計",))
    sums = [sum(c or 0 for c in month) for month in zip(*table.values(), strict=True)]
    sums.append(sum(sums))
    for column in range(1, 14):
        letter = chr(ord("A") + column)
        sheet.write_formula(7, column, f"=SUM({letter}4:{letter}7)", None, sums[column - 1])
    made.write(sheet, 9, ("※ ３月は集計中である。",))
    return made.done()


def workbook_exchange_report() -> bytes:
    """An exchange's report with real dates and times, the day written once, and a 計 row for each day."""
    made = Book()
    sheet = made.sheet(
        "着信", [("着信状況（架空データ）",), ("日付", "開始時刻", "着信数", "応答数", "平均通話時間")]
    )
    dated = made.formats[date]
    talk = made.form("h:mm:ss")
    days = {
        date(2026, 3, 2): ((510, 9, 9, 205), (540, 14, 12, 250), (570, 11, 11, 238), (600, 0, 0, None)),
        date(2026, 3, 3): ((510, 10, 9, 190), (540, 13, 13, 284), (570, 8, 8, 180), (1110, 2, 1, 3723)),
    }
    row = 2
    for day, intervals in days.items():
        sheet.merge_range(row, 0, row + len(intervals) - 1, 0, "", dated)
        sheet.write_datetime(row, 0, day, dated)
        for start_min, offered, answered, seconds in intervals:
            made.write(sheet, row, (time(start_min // 60, start_min % 60), offered, answered), 1)
            if seconds is not None:
                sheet.write_number(row, 4, seconds / 86_400, talk)
            row += 1
        sums = [sum(i[n] or 0 for i in intervals) for n in (1, 2)]
        made.write(sheet, row, ("計", None, *sums))
        row += 1
    return made.done()


def workbook_numbers_and_errors() -> bytes:
    """Numbers as numbers, numbers as text, error values, and formatted cells left over below the table."""
    made = Book()
    header = ("受付番号", "受付日時", "受付方法", "部局", "対応時間(分)")
    sheet = made.sheet("Sheet1", [header])
    rows: tuple[tuple[Cell, ...], ...] = (
        (20260001, datetime(2026, 3, 2, 8, 31), "電話", "大臣官房", 6),
        (20260002, datetime(2026, 3, 2, 8, 59, 59), "電話", "基盤局", 7.25),
        ("20260003", "2026/3/2 9:30", "メール", "基盤局", "8"),
        ("0004", "令和8年3月2日 10:00", "メール", "政策局", "１２"),
        (20260005, datetime(2026, 3, 2, 24 - 1, 59), "申請", "政策局", None),
        (20260006, datetime(2026, 3, 3, 0, 0), "来室", "管理局", 20),
        (20260007, 46084.4, "電話", "管理局", 4),
        (20260008, datetime(2026, 3, 3, 11, 0), "電話", "管理局", -5),
        (20260009, datetime(2026, 3, 3, 12, 0), "電話", "管理局", 1e-3),
        (20260010, datetime(2026, 3, 3, 13, 0), "電話", "大臣官房", 1200),
    )
    for at, row in enumerate(rows, 1):
        made.write(sheet, at, row)
    made.write(sheet, 11, (20260011, datetime(2026, 3, 3, 14, 0), "電話", "大臣官房"))
    sheet.write_formula("E12", "=1/0", None, "#DIV/0!")
    made.write(sheet, 12, (20260012, None, "電話", "大臣官房", 3))
    sheet.write_formula("B13", "=NA()", None, "#N/A")
    boxed = made.book.add_format({"border": 1})
    for at in range(13, 17):
        for column in range(len(header)):
            sheet.write_blank(at, column, None, boxed)
    return made.done()


def refused_workbook_without_cells() -> bytes:
    """Three sheets, nothing in them."""
    made = Book()
    for name in ("Sheet1", "Sheet2", "Sheet3"):
        made.sheet(name)
    return made.done()


MAKERS: tuple[Callable[[], bytes], ...] = (
    workbook_two_row_header,
    workbook_dates_and_formulas,
    workbook_hidden_and_other_sheets,
    workbook_months_as_columns,
    workbook_exchange_report,
    workbook_numbers_and_errors,
    refused_workbook_without_cells,
)


def main() -> None:
    """Write each workbook into the folder of its name."""
    for maker in MAKERS:
        folder = FOLDER / maker.__name__
        folder.mkdir(exist_ok=True)
        (folder / "input.xlsx").write_bytes(maker())


if __name__ == "__main__":
    main()
