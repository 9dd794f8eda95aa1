"""End to end: a folder of ``cases/`` is an input with what must come out; equal input gives equal bytes."""

import json
import tomllib
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from planner.cli import outputs
from planner.content import Content, canonical_json, content_digest, content_from_json
from planner.desk import Desk
from planner.intake import LogSource, Sources, read_question
from planner.plan import Settings, planned

CASES = sorted(path.parent for path in (Path(__file__).parent / "cases").glob("*/expected.toml"))
SETTINGS = Settings(seed=5, paths=40, replications=4, backtest_paths=50, backtest_origins=4)


class Case:
    """One folder, and the files of its plan."""

    def __init__(self, folder: Path) -> None:
        self.expected = tomllib.loads((folder / "expected.toml").read_text(encoding="utf-8"))
        asked = self.expected["asked"]
        sources = Sources(folder / "desk.toml", asked["first"], asked["last"], asked["as_of"])
        self.question = read_question(sources, LogSource(folder / "inquiries.csv"))
        self.files = self.again()

    def again(self) -> dict[str, bytes]:
        return outputs.of_plan(self.desk, planned(self.question, SETTINGS, lambda _code, _share: None))

    @property
    def desk(self) -> Desk:
        return self.question.desk

    @property
    def content(self) -> Content:
        return content_from_json(self.files["plan.json"].decode())


@pytest.fixture(scope="module", params=CASES, ids=lambda path: path.name)
def case(request: pytest.FixtureRequest) -> Case:
    return Case(request.param)


def texts(case: Case) -> dict[str, str]:
    """Return all text of the client's files by name."""
    out = {
        "proposal.pdf": "".join(
            p.extract_text() for p in PdfReader(BytesIO(case.files["proposal.pdf"])).pages
        )
    }
    for name in ("proposal.xlsx", "data_annex.xlsx"):
        book = openpyxl.load_workbook(BytesIO(case.files[name]))
        rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
        out[name] = "\n".join(str(cell) for row in rows for cell in row if cell is not None)
    return out | {"plan.json": case.files["plan.json"].decode()}


def test_the_files_that_a_plan_leaves(case: Case) -> None:
    assert set(case.files) == set(case.expected["files"])


def test_the_answer(case: Case) -> None:
    content, answer = case.content, case.expected["answer"]
    assert [a.key for a in content.alternatives] == answer["alternatives"]
    assert content.recommended == answer["recommended"]
    assert (content.window.start, content.window.last) == (answer["window_first"], answer["window_last"])
    low, high = answer["status_quo_in_time"]
    assert low <= content.alternatives[0].outcome.in_time.mean <= high
    assert {c.code for c in content.checks if not c.is_passed} == set(answer["open_checks"])


def test_the_same_question_gives_the_same_bytes(case: Case) -> None:
    again = case.again()
    assert again["plan.json"] == case.files["plan.json"]
    assert again["proposal.pdf"] == case.files["proposal.pdf"]


def test_plan_json_is_the_canonical_content(case: Case) -> None:
    written = case.files["plan.json"].decode()
    assert canonical_json(case.content) == written
    assert content_digest(case.content)[:12] in texts(case)["proposal.pdf"]


def test_no_name_of_the_staff_reaches_the_client(case: Case) -> None:
    for name, text in texts(case).items():
        squeezed = text.replace(" ", "").replace("\n", "")
        for person in case.desk.people:
            assert person.name.replace(" ", "") not in squeezed, name


def test_the_roster_names_everybody_for_the_contractor(case: Case) -> None:
    book = openpyxl.load_workbook(BytesIO(case.files["roster.xlsx"]))
    cells = {
        str(c) for sheet in book for row in sheet.iter_rows(values_only=True) for c in row if c is not None
    }
    for person in case.desk.residents:
        assert any(person.name in cell for cell in cells)


def test_figures_of_the_json_are_finite(case: Case) -> None:
    def refuse(constant: str) -> Any:
        raise AssertionError(constant)

    read = json.loads(case.files["plan.json"], parse_constant=refuse)
    assert date.fromisoformat(read["period"]["start"]) == case.question.period.start
