"""Text of cells: names that mean the same, and columns in which each distinct text is read once."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

# A lone one of these stands for an empty cell: hyphens, dashes, minus, long vowel mark, ruled line.
DASHES = ("-", "－", "‐", "‑", "–", "—", "―", "−", "ー", "ｰ", "─")
_SAMPLED_ROWS = 4_096
_SPELLINGS = ("お問い合わせ", "お問合わせ", "お問合せ", "問い合わせ", "問い合せ", "問合わせ")


def key_of(text: str) -> str:
    """Return what two spellings of a name have in common: widths, case, spaces, variants of 問合せ."""
    key = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    for spelling in _SPELLINGS:
        key = key.replace(spelling, "問合せ")
    return key


def plain_of(text: str) -> str:
    """Return a date or number in half width and small letters, spaces made single (never use it on names)."""
    if text.isascii():  # most cells, at a tenth of the time
        return " ".join(text.lower().split())
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """A column of text: ``codes`` (R,) tells for each row which of ``words`` it holds.

    Outer spaces are gone, and a lone dash is "". No two words are alike, unless the rows mostly have each
    their own: then looking for those that repeat would cost more than it saves.
    """

    codes: NDArray[np.int64]
    words: pa.StringArray

    @classmethod
    def of(cls, column: "pa.ChunkedArray[Any] | pa.Array[Any] | Sequence[str]") -> "Texts":
        """Take a column of strings, none of them null."""
        whole = (
            column.combine_chunks() if isinstance(column, pa.ChunkedArray) else pa.array(column, pa.string())
        )
        cells = cast("pa.StringArray", whole.cast(pa.string()))
        if _hardly_repeats(cells):
            return cls(np.arange(len(cells)), _bare(cells))
        words, codes = encoded(cells)
        words, again = encoded(_bare(words))  # " a" and "a" have become one
        return cls(again[codes], words)

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.codes)

    @property
    def distinct(self) -> tuple[str, ...]:
        """The words as strings, made anew at each call."""
        return tuple(cast("list[str]", self.words.to_pylist()))

    @property
    def is_empty(self) -> NDArray[np.bool_]:
        """Which rows hold nothing (R,)."""
        return self.spread(mask_of(pc.equal(self.words, pa.scalar(""))))

    def taken(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> "Texts":
        """Take rows by number or by mask. Words that no row holds any more are dropped."""
        used, codes = np.unique(self.codes[rows], return_inverse=True)
        return Texts(codes.astype(np.int64), self.words.take(used))

    def at(self, row: int) -> str:
        """Return the text of a row."""
        return str(self.words[int(self.codes[row])])

    def spread(self, values: NDArray[Any]) -> NDArray[Any]:
        """Give every row the value of its word; ``values`` has one per word."""
        return values[self.codes] if len(values) else np.empty(0, values.dtype)

    def read(self, one: Callable[[str], float | None]) -> NDArray[np.float64]:
        """Read each word once with a function of one text; NaN (R,) where it returns None."""
        return self.spread(floats(map(one, self.distinct)))


def floats(values: Iterable[float | None]) -> NDArray[np.float64]:
    """Make an array, NaN for None."""
    return np.array([np.nan if value is None else value for value in values], np.float64)


def encoded(cells: pa.StringArray) -> tuple[pa.StringArray, NDArray[np.int64]]:
    """Return the different texts in their order, and for each cell which of them it is."""
    found = cells.dictionary_encode()
    return cast("pa.StringArray", found.dictionary), found.indices.to_numpy().astype(np.int64)


def mask_of(flags: pa.BooleanArray) -> NDArray[np.bool_]:
    """Return an array of booleans."""
    return np.asarray(flags.to_numpy(zero_copy_only=False), np.bool_)


def _bare(words: pa.StringArray) -> pa.StringArray:
    bare = pc.utf8_trim_whitespace(words)
    return cast("pa.StringArray", pc.if_else(pc.is_in(bare, pa.array(DASHES)), pa.scalar(""), bare))


def _hardly_repeats(cells: pa.StringArray) -> bool:
    """Whether most of some rows, taken evenly from a long column, differ."""
    if len(cells) <= _SAMPLED_ROWS:
        return False
    sample = cells.take(np.linspace(0, len(cells) - 1, _SAMPLED_ROWS).astype(np.int64))
    return len(sample.unique()) > _SAMPLED_ROWS / 2
