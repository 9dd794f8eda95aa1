"""The PDF: our fonts only, A4, the document's words, its date, PDF/A; a broken one is never handed out."""

import pypdf
import pytest

import planner.exports.pdf as module
from planner.document import Document, document
from planner.exports.pdf import Unprintable, page_images, pdf
from tests.planner.document_builder import make_proposal


def fonts_of(reader: pypdf.PdfReader) -> set[str]:
    """The names of all fonts, those inside of charts included."""
    return {
        str(found["/BaseFont"]).split("+")[-1]
        for n in range(len(reader.xref[0]) + 1)
        if isinstance(found := reader.get_object(n), pypdf.generic.DictionaryObject)
        and found.get("/Type") == "/Font"
    }


def test_only_our_fonts_are_in_it(reader: pypdf.PdfReader) -> None:
    assert fonts_of(reader) == {"BIZUDPGothic-Regular", "BIZUDPGothic-Bold"}


def test_it_is_a4_portrait_throughout(reader: pypdf.PdfReader) -> None:
    sizes = {(round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in reader.pages}
    assert sizes == {(595, 842)}
    assert len(reader.pages) <= 10


def test_charts_are_drawn_with_their_words(pages: list[str]) -> None:
    text = "".join(pages)
    for words in (
        "80%予測区間",
        "問合せ（件／日）",
        "受付の人数（人）",
        "件／時",
        "2名増員【提案】",
        "■条件付承認",
    ):
        assert words in text
    assert "〓" not in text


def test_every_page_says_version_digest_and_chain(pages: list[str], paper: Document) -> None:
    digest = paper.digest
    for number, text in enumerate(pages, start=1):
        assert f"要約値 {digest[:12]}" in text
        assert "ab12ab12ab12" in text
        assert f"{number} / {len(pages)}" in text
    assert digest in "".join("".join(pages).split())


def test_its_clock_is_the_proposals(reader: pypdf.PdfReader) -> None:
    assert reader.metadata is not None
    assert str(reader.metadata["/CreationDate"]).startswith("D:20260302")
    assert b"pdfaid:part" in reader.root_object["/Metadata"].get_object().get_data()


def test_pages_are_drawn_for_the_screen() -> None:
    images = page_images(document(make_proposal()), ppi=30)
    assert len(images) > 4
    assert all(image[:8] == b"\x89PNG\r\n\x1a\n" for image in images)


def test_a_warning_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    """Typst only warns of a font that is missing."""
    monkeypatch.setattr(module, "_FONTS", tmp_path)
    with pytest.raises(Unprintable):
        pdf(document(make_proposal()))
