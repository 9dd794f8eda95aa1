"""A folder of ``cases/imports`` is a file as desks have them, with what must be read of it, row by row.

What must come out is written by hand from what the file means to a person, not from what the program says.
"""

import math
import tomllib
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from forecasts.faults import FaultyFile
from forecasts.history.account import NOT_DATA, Reading
from forecasts.history.layout import Layout, laid_out
from forecasts.history.sheets import FileSheets, read_sheets
from forecasts.history.suggestion import Suggestion
from planner.access import Actor, Role
from planner.actions.import_file import import_file
from planner.actions.undo_import import undo_import
from planner.desk_file import read_desk
from planner.imports import reading, suggestion
from planner.store import ImportSource, open_store

ROOT = Path(__file__).parents[1]
FOLDERS = sorted(path.parent for path in (ROOT / "tests/cases/imports").glob("*/expected.toml"))
DESK = read_desk(ROOT / "data/desks/lan-desk.toml")
ACTOR = Actor("local", Role.PLANNER, "架空システム株式会社 計画担当")
AT = datetime(2026, 4, 1, 9, 0)

EXPECTED = {
    folder: tomllib.loads((folder / "expected.toml").read_text(encoding="utf-8")) for folder in FOLDERS
}
REFUSED = [folder for folder in FOLDERS if "refused" in EXPECTED[folder]]
READ = [folder for folder in FOLDERS if folder not in REFUSED]

# What is summed by channel or role, and the time of a row, by kind of file.
COUNTED = {"inquiries": ("channel", None), "intervals": ("channel", "offered")} | {
    "totals": ("channel", "count"),
    "attendance": ("role", "heads"),
}
TIME = {"inquiries": "received_at", "intervals": "start_at", "totals": "day", "attendance": "start_at"}


def input_of(folder: Path) -> Path:
    return next(path for path in folder.iterdir() if path.stem == "input")


class Case:
    """One folder: its file as the default suggestion reads it."""

    def __init__(self, folder: Path) -> None:
        self.expected: dict[str, Any] = EXPECTED[folder]
        path = input_of(folder)
        self.sheets: FileSheets = read_sheets(path.name, path.read_bytes())
        self.suggestion: Suggestion = suggestion(DESK, self.sheets)
        self.reading: Reading = reading(
            DESK, self.sheets, self.suggestion.mapping, lambda name: f"#{len(name)}"
        )

    @property
    def layout(self) -> Layout:
        name = self.suggestion.mapping.sheet
        return laid_out(next(s for s in self.sheets.sheets if name in ("", s.name)))

    def lines(self, records: tuple[int, ...]) -> list[int]:
        name = self.suggestion.mapping.sheet
        sheet = next(s for s in self.sheets.sheets if name in ("", s.name))
        return [int(sheet.line[r]) for r in records]

    @property
    def kept(self) -> int:
        """How many rows count after the whole file was taken in."""
        return int(self.expected.get("kept", self.expected["account"]["accepted"]))


@pytest.fixture(scope="module", params=READ, ids=lambda path: path.name)
def case(request: pytest.FixtureRequest) -> Case:
    return Case(request.param)


def test_there_are_many_cases() -> None:
    assert len(FOLDERS) >= 40
    assert all(input_of(folder) for folder in FOLDERS)


def test_how_the_file_is_written(case: Case) -> None:
    expected = case.expected
    assert case.sheets.form == expected.get("form", "csv")
    assert case.sheets.encoding == expected.get("encoding", "")
    if case.sheets.form == "csv":
        assert case.sheets.delimiter == expected.get("delimiter", ",")
    assert case.suggestion.mapping.sheet == expected.get("sheet", "")
    assert case.lines(case.layout.header_rows) == expected["header_lines"]


def test_the_suggested_mapping(case: Case) -> None:
    expected, found = case.expected, case.suggestion
    assert found.mapping.kind == expected["kind"]
    assert dict(found.mapping.columns) == expected["mapping"]
    assert found.missing == ()
    assert not found.is_remembered
    assert dict(found.mapping.units) == expected.get("units", dict(found.mapping.units))
    assert found.mapping.channel == expected.get("channel", "")
    assert found.preset == expected.get("preset", found.preset)
    assert set(expected.get("doubts", ())) <= {doubt.code for doubt in found.doubts}
    for reason in ("personal", "free_text"):
        assert all(found.unmapped[column] == reason for column in expected.get(reason, ()))


def test_the_account(case: Case) -> None:
    account, expected = case.reading.account, case.expected["account"]
    assert account.is_balanced
    assert (account.read, account.accepted) == (expected["read"], expected["accepted"])
    assert account.rejected == expected.get("rejected", 0)
    assert {r: n for r in NOT_DATA if (n := account.not_data.get(r, 0))} == {
        r: expected[r] for r in NOT_DATA if r in expected
    }
    assert {r: len(lines) for r, lines in case.reading.not_data.items() if len(lines)} == {
        r: n for r, n in account.not_data.items() if n
    }


def test_each_rejected_row_says_where_and_why(case: Case) -> None:
    rejected = case.expected.get("rejected", [])
    faults = {(f.row, f.code): f for f in case.reading.faults}
    assert sorted({f.row or 0 for f in case.reading.faults}) == [r["row"] for r in rejected]
    for told in rejected:
        fault = faults[told["row"], told["code"]]
        assert fault.place.startswith("input.")
        assert all(getattr(fault, name) == told[name] for name in ("column", "value") if name in told), fault


def test_what_was_read(case: Case) -> None:
    expected, values = case.expected, case.reading.values
    by, counted = COUNTED[expected["kind"]]
    found = values.groupby(by, observed=True)[counted].sum() if counted else values[by].value_counts()
    assert {name: n for name, n in found.items() if n} == expected["counts"]
    times = values[TIME[expected["kind"]]]
    assert (times.min(), times.max()) == (expected["first"], expected["last"])
    for row in expected.get("values", []):
        told = values[values["line"] == row["line"]]
        assert len(told) == 1, row
        assert all(_is_equal(told.iloc[0][name], value) for name, value in row.items()), (row, told.iloc[0])


def _is_equal(found: Any, told: Any) -> bool:
    if isinstance(told, float) and math.isnan(told):
        return bool(pd.isna(found))
    return bool(found == pytest.approx(told)) if isinstance(told, float) else bool(found == told)


def test_a_second_import_adds_nothing_and_undoing_empties(case: Case, tmp_path: Path) -> None:
    store = open_store(tmp_path)
    try:
        source = ImportSource(DESK.id, case.sheets.place, case.sheets.digest)
        first = import_file(store, source, case.reading, ACTOR, AT, is_partial_accepted=True)
        assert first.added == case.kept
        assert first.account == case.reading.account
        assert first.is_partial == bool(case.reading.faults)
        kept = getattr(store.records(DESK.id), case.expected["kind"])
        assert len(kept) == case.kept

        again = import_file(store, source, case.reading, ACTOR, AT, is_partial_accepted=True)
        assert again.is_repeat
        # The same rows out of other bytes: another digest, as after "save as".
        other = ImportSource(DESK.id, "copy.csv", "0" * 64)
        copy = import_file(store, other, case.reading, ACTOR, AT, is_partial_accepted=True)
        assert (copy.added, copy.corrected) == (0, 0)
        assert len(getattr(store.records(DESK.id), case.expected["kind"])) == case.kept

        for record in (copy, first):
            undo_import(store, record.id, ACTOR, AT)
        assert store.records(DESK.id).is_empty
    finally:
        store.close()


@pytest.mark.parametrize("folder", REFUSED, ids=lambda path: path.name)
def test_a_file_that_cannot_be_used_is_refused_with_the_reason(folder: Path) -> None:
    path, expected = input_of(folder), EXPECTED[folder]
    with pytest.raises(FaultyFile) as refused:
        suggestion(DESK, read_sheets(path.name, path.read_bytes()))
    assert expected["refused"] in {fault.code for fault in refused.value.faults}
    assert all(fault.place == path.name for fault in refused.value.faults)
    if "row" in expected:
        assert refused.value.faults[0].row == expected["row"]


def test_every_kind_and_encoding_has_a_case() -> None:
    kinds = Counter(EXPECTED[folder]["kind"] for folder in READ)
    assert set(kinds) == set(COUNTED)
    encodings = {EXPECTED[folder].get("encoding", "") for folder in READ}
    assert encodings == {"", "utf-8", "cp932", "utf-16"}
