"""The account of a file that was read in, as a table to be kept: every row that was not taken, and why."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from forecasts.faults import Fault
from forecasts.history.account import Reading
from planner.wording.faults import fault_parts
from planner.wording.files import NOT_DATA_NAMES

HEAD = ("行", "列", "値", "理由", "対処")
_NOT_TAKEN = "データでないため取り込まない"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def import_report(reading: Reading) -> bytes:
    """Write the account, then every row that is no data or was rejected: CSV in UTF-8 with BOM, for Excel.

    A text that Excel would take for a formula is written behind an apostrophe.
    """
    return _csv(_rows(reading))


def fault_report(faults: Iterable[Fault]) -> bytes:
    """Write the rows that were rejected, and why, as ``import_report`` does."""
    return _csv(map(_fault_row, faults))


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def _rows(reading: Reading) -> Iterator[tuple[str, str, str, str, str]]:
    account = reading.account
    sums = {"読んだ行": account.read, "取り込む行": account.accepted, "取り込めない行": account.rejected}
    sums |= {f"データでない行（{NOT_DATA_NAMES[r]}）": n for r, n in account.not_data.items()}
    yield from (("", "", str(n), name, "") for name, n in sums.items())
    aside = ((int(line), reason) for reason, lines in reading.not_data.items() for line in lines)
    for line, reason in sorted(aside):
        yield str(line), "", "", f"{NOT_DATA_NAMES[reason]}（{_NOT_TAKEN}）", ""
    yield from map(_fault_row, reading.faults)


def _fault_row(fault: Fault) -> tuple[str, str, str, str, str]:
    return ("" if fault.row is None else str(fault.row), fault.column, fault.value, *fault_parts(fault))


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
