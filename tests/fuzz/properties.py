"""What must hold of every mutant: no unforeseen error, a balanced account, untouched rows as they were."""

import sys
import warnings
from collections import Counter
from dataclasses import dataclass, field

import pandas as pd

from forecasts.faults import Fault, FaultyFile
from forecasts.history.account import Reading
from forecasts.history.sheets import FileSheets, read_sheets
from planner.imports import reading, suggestion
from planner.wording.faults import fault_parts
from tests.fuzz.subjects import DESK, Mutant

MOST_ROWS_FOR_RECORD = 12  # months as columns


@dataclass(slots=True)
class Outcome:
    """What came of a mutant. ``refused``: code, "" = it was read; ``compared``: untouched rows sought."""

    refused: str = ""
    accepted: int = 0
    rejected: int = 0
    compared: int = 0
    violations: list[str] = field(default_factory=list)


def outcome(mutant: Mutant) -> Outcome:
    """Read a mutant with a new suggestion, as a person does, and with the original's mapping, as cron.

    Warnings count as errors, and so does what is raised where nobody can catch it.
    """
    found = Outcome()
    unraisable: list[str] = []
    hook, sys.unraisablehook = (
        sys.unraisablehook,
        lambda told: unraisable.append(f"unraisable: {told.exc_value}"),
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            _read(mutant, found)
    finally:
        sys.unraisablehook = hook
    found.violations.extend(dict.fromkeys(unraisable))
    return found


def _read(mutant: Mutant, found: Outcome) -> None:
    sheets = None
    try:
        sheets = read_sheets(mutant.subject.place, mutant.raw)
        suggested = suggestion(DESK, sheets)
        if not suggested.missing:
            _check_account(reading(DESK, sheets, suggested.mapping, str), sheets, found)
    except FaultyFile as faulty:
        _refused(faulty, found)
    except Exception as error:  # noqa: BLE001 -- any is what we are looking for
        found.violations.append(f"suggestion: {type(error).__name__}: {error}")
    if sheets is not None and mutant.subject.sheets is not None:
        _read_as_before(mutant, sheets, found)
    elif sheets is None:
        _check_refusal(mutant, found)


def _read_as_before(mutant: Mutant, sheets: FileSheets, found: Outcome) -> None:
    before = Outcome(violations=found.violations)
    try:
        read = reading(DESK, sheets, mutant.subject.mapping, str)
    except FaultyFile as faulty:
        _refused(faulty, before)
        _check_refusal(mutant, before)
    except Exception as error:  # noqa: BLE001 -- any is what we are looking for
        found.violations.append(f"reading: {type(error).__name__}: {error}")
    else:
        _check_account(read, sheets, before)
        _check_values(mutant, read, before)
    found.refused, found.accepted, found.rejected = before.refused, before.accepted, before.rejected
    found.compared = before.compared


def _refused(faulty: FaultyFile, found: Outcome) -> None:
    found.refused = faulty.faults[0].code
    _check_sentences(faulty.faults, found)


def _check_sentences(faults: tuple[Fault, ...], found: Outcome) -> None:
    """A fault without a sentence is told by its bare code."""
    bare = {fault.code for fault in faults if fault_parts(fault)[0].startswith(fault.code)}
    known = set(found.violations)
    found.violations.extend(v for code in sorted(bare) if (v := f"no sentence for {code}") not in known)


def _check_refusal(mutant: Mutant, found: Outcome) -> None:
    """A file may be refused where a mutation allows it, or where nothing is left that must be read.

    As no text at all it may be refused where half of its rows or more are damaged.
    """
    owed, values = sum(_owed(mutant).values()), mutant.subject.values
    free = set(mutant.free)
    if values is not None and 2 * owed <= len(values):
        free.add("not_decodable")
    if found.refused and owed and not free & {"*", found.refused}:
        found.violations.append(f"refused ({found.refused}), though {owed} rows are untouched")


def _check_account(read: Reading, sheets: FileSheets, found: Outcome) -> None:
    account = read.account
    found.accepted, found.rejected = account.accepted, account.rejected
    sheet = next(s for s in sheets.sheets if read.mapping.sheet in ("", s.name))
    not_data = {reason: len(lines) for reason, lines in read.not_data.items()}
    checks = {
        "the account is not balanced": account.is_balanced,
        "records were not read": account.read == len(sheet),
        "not data without lines": not_data == {r: n for r, n in account.not_data.items() if r in not_data},
        "rejected without a fault": account.rejected == len({f.row for f in read.faults}),
        "a fault without a place": all(f.row and f.code and f.place == sheets.place for f in read.faults),
        "accepted without a value": _rows_fit(read),
        "accepted and rejected": not set(read.values["line"]) & {f.row for f in read.faults},
    }
    found.violations.extend(what for what, holds in checks.items() if not holds)
    _check_sentences(read.faults, found)


def _rows_fit(read: Reading) -> bool:
    """Tell whether every accepted record has its row; months as columns give up to twelve, or none."""
    rows, records = len(read.values), read.values["line"].nunique()
    if read.mapping.kind == "totals":
        return records <= read.account.accepted and rows <= MOST_ROWS_FOR_RECORD * read.account.accepted
    return rows == records == read.account.accepted


def _owed(mutant: Mutant) -> Counter[tuple[str, ...]]:
    values = mutant.subject.values
    if values is None:
        return Counter()
    return _rows(values[values["line"].isin(mutant.untouched)])


def _check_values(mutant: Mutant, read: Reading, found: Outcome) -> None:
    owed = _owed(mutant)
    found.compared = sum(owed.values())
    lost = owed - _rows(read.values)
    if lost:
        found.violations.append(f"{sum(lost.values())} untouched rows lost: {next(iter(lost))}")


def _rows(values: pd.DataFrame) -> Counter[tuple[str, ...]]:
    """Count equal rows, as text: NaN is equal to itself there."""
    return Counter(values.drop(columns="line").astype(str).itertuples(index=False, name=None))
