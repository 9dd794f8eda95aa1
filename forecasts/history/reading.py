"""A file under a mapping → its records, and the account of every one of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

import numpy as np

from forecasts.faults import Fault, FaultyFile
from forecasts.history.account import NOT_DATA, Account, Reading
from forecasts.history.attendance import attendance
from forecasts.history.inquiries import inquiries
from forecasts.history.intervals import intervals
from forecasts.history.kinds import Kind
from forecasts.history.layout import Layout, laid_out
from forecasts.history.locating import located
from forecasts.history.mapping import FileMapping
from forecasts.history.moments import moments
from forecasts.history.rows import Indexes, Rows, Values
from forecasts.history.sheets.sheet import FileSheets, Sheet
from forecasts.history.timed import day_texts
from forecasts.history.totals import totals, without_sums

# Fields in which a word for sums (合計) makes a record one that is no data.
_SUMMED: Mapping[Kind, tuple[str, ...]] = {
    "inquiries": (),
    "intervals": ("start_at", "start_on", "start_time", "channel"),
    "totals": ("day", "week", "month", "channel"),
    "attendance": ("day", "start_time", "role"),
}
_BEGINNINGS = ("received_at", "received_on", "start_at", "start_on", "day", "week")

Pseudonym = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The table that is read."""

    sheet: Sheet
    layout: Layout


def read_file(
    sheets: FileSheets,
    mapping: FileMapping,
    pseudonym: Pseudonym | None = None,
    until: date | None = None,
) -> Reading:
    """Read a file under a mapping.

    Args:
        sheets: The file, opened.
        mapping: What its columns mean; which worksheet, or "" for the first that the mapping fits.
        pseudonym: Name of a handler → what is kept of it; without it handlers are not kept.
        until: The last day to read. Records of later days are passed over unread, faults and all, and
            are not in the account either.

    Returns:
        The reading. Bad records are no error: they are in ``faults`` and ``account.rejected``.

    Raises:
        FaultyFile: The file as a whole cannot be used under the mapping (``laid_out``, ``located``, and
            ``missing_sheet``, ``missing_year``, ``unknown_interval``, ``too_many_faults``).
    """
    chosen = _chosen(sheets, mapping)
    sheet, layout = chosen.sheet, chosen.layout
    rows = Rows.of(sheets, sheet, layout, mapping)
    if until is not None:
        rows = _known_until(rows, until)
    passed_over = len(layout.data) - len(rows.records)
    rows = rows.without_totals(_SUMMED[mapping.kind])
    if mapping.kind == "totals":
        rows = without_sums(rows)
    rows.reject_broken(rows.numbers.values())
    if sheets.form == "csv":
        rows.reject_wrong_width()
    values = _values(rows, sheets, chosen, pseudonym)
    not_data = dict(layout.not_data)
    not_data["total"] = np.union1d(not_data.get("total", rows.totals), rows.totals)
    lines = {reason: sheet.line[not_data[reason]] for reason in NOT_DATA if len(not_data.get(reason, ()))}
    account = _account(rows, len(sheet) - passed_over, not_data)
    return Reading(
        mapping, layout.header, values.frame, values.supplied, account,
        rows.faults(), lines, tuple(rows.notices),
    )  # fmt: skip


def _values(rows: Rows, sheets: FileSheets, chosen: _Chosen, pseudonym: Pseudonym | None) -> Values:
    if rows.mapping.kind == "inquiries":
        return inquiries(rows, pseudonym)
    if rows.mapping.kind == "intervals":
        return intervals(rows)
    if rows.mapping.kind == "attendance":
        return attendance(rows)
    return totals(rows, _titles(sheets, chosen), _titles_below(chosen))


def _account(rows: Rows, read: int, not_data: Mapping[str, Indexes]) -> Account:
    """Count the records: the one place where the account is made, and must balance."""
    rejected = int(rows.is_rejected.sum())
    reasons = {reason: len(not_data[reason]) for reason in NOT_DATA if len(not_data.get(reason, ()))}
    account = Account(read, len(rows.records) - rejected, rejected, reasons)
    if not account.is_balanced:
        message = f"records were lost: {account}"
        raise RuntimeError(message)
    return account


def _chosen(sheets: FileSheets, mapping: FileMapping) -> _Chosen:
    """Choose the worksheet that the mapping names, else the first one that it fits."""
    named = [sheet for sheet in sheets.sheets if mapping.sheet in ("", sheet.name)]
    if not named:
        allowed = ", ".join(sheet.name for sheet in sheets.sheets)
        raise FaultyFile([Fault("missing_sheet", sheets.place, value=mapping.sheet, allowed=allowed)])
    faulty: list[FaultyFile] = []
    for sheet in named:
        try:
            layout = laid_out(sheet, mapping.header_line, sheets.place)
            located(mapping, layout.header, sheets.place, int(sheet.line[layout.header_rows[-1]]))
        except FaultyFile as caught:
            faulty.append(caught)
        else:
            return _Chosen(sheet, layout)
    raise _nearest(faulty)


def _nearest(faulty: list[FaultyFile]) -> FaultyFile:
    """Return the faults of the first worksheet with a header, if there is one: an empty one tells nothing."""
    told = [
        caught for caught in faulty if caught.faults[0].code not in {"empty_file", "no_header", "no_rows"}
    ]
    return (told or faulty)[0]


def _titles(sheets: FileSheets, chosen: _Chosen) -> tuple[str, ...]:
    """Return the texts that tell what a table is of: above it, its name, the file's name."""
    sheet, above = chosen.sheet, chosen.layout.not_data.get("title", np.empty(0, dtype=np.int64))
    above = above[above < chosen.layout.header_rows[0]]
    cells = [str(column[int(at)].as_py()) for at in above for column in sheet.cells.columns]
    return (*dict.fromkeys(cell for cell in cells if cell.strip()), sheet.name, PurePath(sheets.place).stem)


def _titles_below(chosen: _Chosen) -> dict[int, str]:
    """Return the titles that stand between the records of data, by their record."""
    at = chosen.layout.not_data.get("title", np.empty(0, dtype=np.int64))
    first = chosen.sheet.cells.column(0)
    return {n: str(first[n].as_py()) for n in at.tolist() if n > chosen.layout.header_rows[0]}


def _known_until(rows: Rows, until: date) -> Rows:
    """Pass over the records of later days; what is no date stays, to be reported."""
    name = next((field for field in _BEGINNINGS if field in rows.numbers), None)
    if name is None:
        return rows
    is_later = moments(day_texts(rows, name)).at >= np.datetime64(until, "us") + np.timedelta64(1, "D")
    return rows.taken(~is_later)
