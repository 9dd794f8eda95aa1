"""XML of any length, element by element: nothing of it stays in memory but what its reader keeps."""

from typing import IO
from xml.etree.ElementTree import ParseError, XMLParser

from forecasts.history.sheets.limits import LONGEST_CELL, LONGEST_TAG

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TEXT, _VALUE, _READING = f"{MAIN}t", f"{MAIN}v", f"{MAIN}rPh"


class TooMany(Exception):
    """A workbook holds more than is read."""


class Reader:
    """What is told of each element as it begins and ends, and of the text within it.

    It collects the text of strings and values, their runs joined, without the readings (rPh) of kanji.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = self._readings = 0
        self._is_text = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002  # for those who build on it
        """Begin an element."""
        if tag in (_VALUE, _TEXT):
            self._is_text = not self._readings
        elif tag == _READING:
            self._readings += 1

    def data(self, text: str) -> None:
        """Take text; beyond ``LONGEST_CELL`` it is not kept, only seen to be too long."""
        if self._is_text and self._length <= LONGEST_CELL:
            self._pieces.append(text)
            self._length += len(text)

    def end(self, tag: str) -> None:
        """End an element."""
        if tag in (_VALUE, _TEXT):
            self._is_text = False
        elif tag == _READING:
            self._readings -= 1

    def doctype(self, name: str, _public: str | None, _system: str | None) -> None:
        """Refuse a document type, whose entities could grow without end; raises ParseError."""
        raise ParseError(name)

    def taken(self) -> str:
        """Return the text that was collected, and begin anew."""
        text = "".join(self._pieces)
        if text:
            self._pieces, self._length = [], 0
        return text


def read_markup(source: IO[bytes], reader: Reader) -> None:
    """Tell a reader of every element.

    Raises:
        ParseError: no XML, or XML with a document type.
        TooMany: a tag or a text without end.
    """
    parser = XMLParser(target=reader)  # noqa: S314  # document types are refused, and no tree is built
    while block := source.read(LONGEST_TAG):
        if len(block) == LONGEST_TAG and b"<" not in block:
            raise TooMany
        parser.feed(block)
    parser.close()
