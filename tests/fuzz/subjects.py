"""The files of ``cases/imports`` as subjects of the fuzz run, and mutants of them, equal for equal seeds."""

import tomllib
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from random import Random

import openpyxl
import pandas as pd

from forecasts.history.layout import laid_out
from forecasts.history.mapping import FileMapping
from forecasts.history.sheets import FileSheets, read_sheets
from planner.desk_file import read_desk
from planner.imports import reading, suggestion
from tests.fuzz import text_mutations, workbook_mutations
from tests.fuzz.document import Document, document
from tests.fuzz.workbook_mutations import Package, package

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests/cases/imports"
DESK = read_desk(ROOT / "data/desks/lan-desk.toml")
_MOST_MUTATIONS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """A file that is read as it should be. ``values``: its accepted rows; ``header``: of its records or rows.

    ``part``: of a workbook the worksheet that is read. Of a file that is refused only ``place`` and ``raw``.
    """

    name: str
    place: str
    raw: bytes
    sheets: FileSheets | None = None
    mapping: FileMapping = field(default_factory=FileMapping)
    values: pd.DataFrame | None = None
    lines: tuple[int, ...] = ()
    header: int = 0
    part: str = ""

    def opened(self) -> Document | Package:
        """Return the file in a form that can be mutated."""
        if self.sheets is None:
            return document(self.raw, "cp932", ",", [1], 0)
        if self.part:
            return package(self.raw, self.part, self.header)
        return document(self.raw, self.sheets.encoding, self.sheets.delimiter, self.lines, self.header)


@dataclass(frozen=True, slots=True, eq=False)
class Mutant:
    """A file after mutations. ``untouched``: lines of the original that must be read as before.

    ``free``: codes with which the whole may be refused; ``*`` = any. ``done``: names of the mutations.
    """

    subject: Subject
    raw: bytes
    untouched: frozenset[int]
    free: frozenset[str]
    done: tuple[str, ...]


def subjects() -> tuple[Subject, ...]:
    """Return every case; those that are refused are mutated as bytes without meaning."""
    return tuple(_subject(path.parent) for path in sorted(CASES.glob("*/expected.toml")))


def _subject(folder: Path) -> Subject:
    path = next(p for p in folder.iterdir() if p.stem == "input")
    raw = path.read_bytes()
    if "refused" in tomllib.loads((folder / "expected.toml").read_text(encoding="utf-8")):
        return Subject(folder.name, path.name, raw)
    sheets = read_sheets(path.name, raw)
    mapping = suggestion(DESK, sheets).mapping
    values = reading(DESK, sheets, mapping, str).values
    if mapping.kind == "intervals":  # a row's length must not hang on the starts of others
        mapping = replace(mapping, interval_min=int(values["length_min"].mode().iloc[0]))
    sheet = next(s for s in sheets.sheets if mapping.sheet in ("", s.name))
    header = max(laid_out(sheet).header_rows) + 1
    lines = tuple(int(line) for line in sheet.line)
    if sheets.form == "csv":
        return Subject(folder.name, path.name, raw, sheets, mapping, values, lines, header)
    at = openpyxl.load_workbook(BytesIO(raw), read_only=True).sheetnames.index(sheet.name) + 1
    part = f"xl/worksheets/sheet{at}.xml"
    return Subject(folder.name, path.name, raw, sheets, mapping, values, lines, lines[header - 1], part)


def mutant(subject: Subject, random: Random) -> Mutant:
    """Change a file in one to three ways."""
    opened = subject.opened()
    done: list[str] = []
    for _ in range(random.choice((1, 1, 2, _MOST_MUTATIONS))):
        mutation = random.choice(
            workbook_mutations.MUTATIONS if isinstance(opened, Package) else text_mutations.MUTATIONS
        )
        mutation(opened, random)  # type: ignore[arg-type] -- both lists are of their own form
        done.append(mutation.__name__)
    if isinstance(opened, Package):
        lines = () if opened.is_lost else (line for line in subject.lines if line not in opened.touched)
        untouched = frozenset(lines)
    else:
        untouched = opened.untouched_lines()
    return Mutant(subject, opened.raw, untouched, frozenset(opened.free), tuple(done))
