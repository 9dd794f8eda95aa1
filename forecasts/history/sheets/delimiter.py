"""Which character stands between the cells, and how many cells a record has."""

import csv
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

DELIMITERS = (",", "\t", ";", "|", "，")
"""In order of preference; the full-width comma is what a Japanese keyboard makes of a comma."""

_SAMPLE_LINES = 500
_SAMPLE_BYTES = 1 << 20
_LATE = 0.5  # weight of a delimiter that parts the data, but not the header
_NUMBER = frozenset("0123456789,.-▲△¥￥ ")  # 1,200 is a clean cell under every delimiter


@dataclass(frozen=True, slots=True)
class Dialect:
    """``delimiter``: one character. ``width``: the usual number of cells of a record."""

    delimiter: str
    width: int


def recognised(utf8: bytes) -> Dialect:
    """Recognise the delimiter by the first records.

    It is the one that gives most records the same number of cells, and cells that hold no other delimiter
    (after the consistency measure of van den Burg et al. 2019, doi:10.1007/s10618-019-00646-y).
    """
    lines = utf8[:_SAMPLE_BYTES].split(b"\n", _SAMPLE_LINES)
    if len(lines) > 1:
        lines.pop()  # cut off, or empty after the last line feed
    sample = [line.decode("utf-8", "replace") + "\n" for line in lines]
    scored = [(*_scored(sample, delimiter), -place) for place, delimiter in enumerate(DELIMITERS)]
    _, width, place = max(scored, key=lambda score: (score[0], score[2]))
    return Dialect(DELIMITERS[-place], width)


def _scored(sample: Sequence[str], delimiter: str) -> tuple[float, int]:
    """Return the consistency of the records under a delimiter, 0 to 1, and their usual width."""
    if not any(delimiter in line for line in sample):
        return 0.0, 1
    records = _records(sample, delimiter)
    widths = Counter(len(record) for record in records if len(record) > 1)
    if not widths:
        return 0.0, 1
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    others = set(DELIMITERS[:4]) - {delimiter}
    cells = [cell for record in records if len(record) == width for cell in record]
    clean = sum(others.isdisjoint(cell) or _NUMBER.issuperset(cell) for cell in cells)
    first = next(record for record in records if len(record) > 1 or not others.isdisjoint(record[0]))
    share = count / len(records) * (1 if len(first) == width else _LATE)
    return share * clean / len(cells) * (width - 1) / width, width


def _records(sample: Sequence[str], delimiter: str) -> list[list[str]]:
    """Read what can be read: a sample may end within a quoted cell."""
    records: list[list[str]] = []
    reader = csv.reader(iter(sample), delimiter=delimiter)
    with suppress(csv.Error):
        records.extend(record for record in reader if any(record))
    return records
