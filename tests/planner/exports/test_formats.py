"""What every format owes: it is in the list, repeats itself, and holds no person."""

import io
import zipfile
from pathlib import Path

import pypdf
import pytest

from planner.content import Texts
from planner.desk_file import read_desk
from planner.document import Document, document
from planner.exports import FORMATS, ROSTER_FORMATS, Format
from planner.staff_names import names_in_texts
from tests.planner.document_builder import approved, real_content

DESK = Path(__file__).parents[3] / "data" / "desks" / "lan-desk.toml"


def test_the_formats_are_these() -> None:
    assert [(f.code, f.file_name, f.audience) for f in (*FORMATS, *ROSTER_FORMATS)] == [
        ("pdf", "proposal.pdf", "client"),
        ("print_excel", "proposal.xlsx", "client"),
        ("data_annex", "data_annex.xlsx", "client"),
        ("roster_sheet", "roster.xlsx", "contractor"),
        ("roster_calendar", "roster.ics", "contractor"),
    ]


@pytest.mark.parametrize("written", FORMATS, ids=lambda f: f.code)
def test_a_repeat_is_equal_byte_for_byte(written: Format, files: dict[str, bytes], paper: Document) -> None:
    assert written.write(paper) == files[written.file_name]


def parts_of(workbook: bytes) -> dict[str, str]:
    """The XML parts of a workbook, its properties included."""
    archive = zipfile.ZipFile(io.BytesIO(workbook))
    return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


@pytest.fixture(scope="module")
def texts(files: dict[str, bytes], pages: list[str], reader: pypdf.PdfReader) -> dict[str, str]:
    """All the text of every file."""
    books = {
        name: "\n".join(parts_of(data).values()) for name, data in files.items() if name.endswith("xlsx")
    }
    return books | {"proposal.pdf": "\n".join([*pages, str(reader.metadata)])}


def test_no_client_file_names_the_staff(texts: dict[str, str]) -> None:
    found = names_in_texts(texts, read_desk(DESK).people)
    assert [f for f in found if len(f.value) > 1] == []


def test_invented_data_is_marked_in_every_file(texts: dict[str, str]) -> None:
    assert all("架空データ" in text for text in texts.values())


def test_the_workbooks_say_when_by_the_proposals_clock(files: dict[str, bytes]) -> None:
    for name in ("proposal.xlsx", "data_annex.xlsx"):
        assert "2026-03-02T00:00:00Z" in parts_of(files[name])["docProps/core.xml"]


ODD = '=1+1 #panic("x") $x$ *太字* <b>&amp; {=cmd} 😀'


@pytest.fixture(scope="module")
def odd_files() -> dict[str, bytes]:
    """Files of a proposal whose free texts hold code and a staff name."""
    name = read_desk(DESK).people[0].name
    paper = document(approved(real_content(texts=Texts(ODD, ODD, ODD, f"{name}が対応する。"))))
    return {f.file_name: f.write(paper) for f in FORMATS}


def test_text_that_looks_like_code_stays_text(odd_files: dict[str, bytes]) -> None:
    """Free text is no formula, no markup and no template; what the font lacks becomes 〓."""
    first = pypdf.PdfReader(io.BytesIO(odd_files["proposal.pdf"])).pages[0].extract_text()
    assert '#panic("x") $x$ *太字*' in first.replace("\n", "")
    for name in ("proposal.xlsx", "data_annex.xlsx"):
        sheets = (text for part, text in parts_of(odd_files[name]).items() if "/sheet" in part)
        assert not any("<f>" in sheet for sheet in sheets)


def test_a_name_would_be_found(odd_files: dict[str, bytes]) -> None:
    """The check of names can fail: a name typed into a text reaches every reader of the text."""
    text = "\n".join(parts_of(odd_files["proposal.xlsx"]).values())
    assert names_in_texts({"file": text}, read_desk(DESK).people)
