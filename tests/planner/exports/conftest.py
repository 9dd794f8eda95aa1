"""The files of one approved proposal, written once for all tests of the formats."""

import io

import pypdf
import pytest

from planner.document import Document, document
from planner.exports import FORMATS
from tests.planner.document_builder import AT, approved


@pytest.fixture(scope="session")
def paper() -> Document:
    return document(approved(), chain_head="ab12" * 16, chain_at=AT)


@pytest.fixture(scope="session")
def files(paper: Document) -> dict[str, bytes]:
    return {f.file_name: f.write(paper) for f in FORMATS}


@pytest.fixture(scope="session")
def reader(files: dict[str, bytes]) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(files["proposal.pdf"]))


@pytest.fixture(scope="session")
def pages(reader: pypdf.PdfReader) -> list[str]:
    return [page.extract_text() for page in reader.pages]
