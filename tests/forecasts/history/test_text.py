import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.history.text import DASHES, Texts, key_of, plain_of

CELLS = st.lists(st.sampled_from(["a", " a", "b", "", "-", "　c　", "－", "ー", "①"]), max_size=12)


@pytest.mark.parametrize(
    "written", ["お問い合わせ日時", "問い合わせ 日時", "問合せ日時", "お問合せ日時", " 問合わせ日時"]
)
def test_spellings_of_toiawase_share_a_key(written: str) -> None:
    assert key_of(written) == "問合せ日時"


def test_width_and_case_do_not_matter_to_a_key() -> None:
    assert key_of("Ｐｈｏｎｅ　Call") == key_of("phone call") == "phonecall"


def test_a_plain_text_is_half_width_and_small_with_single_blanks() -> None:
    assert plain_of("　２０２６／３／２　８：３０　ＡＭ ") == "2026/3/2 8:30 am"
    assert plain_of(" 8:30  PM") == "8:30 pm"


def test_a_lone_dash_is_an_empty_cell() -> None:
    texts = Texts.of([" a b ", "－", " - ", "　x　", *DASHES])
    assert [texts.at(row) for row in range(len(texts))] == ["a b", "", "", "x", *[""] * len(DASHES)]
    assert texts.is_empty.tolist() == [False, True, True, False, *[True] * len(DASHES)]


def test_a_dash_in_a_text_stays() -> None:
    assert Texts.of(["a-b", "--1"]).distinct == ("a-b", "--1")


@given(CELLS)
def test_every_row_keeps_its_text_and_no_word_stands_twice(cells: list[str]) -> None:
    texts = Texts.of(pa.chunked_array([cells[:3], cells[3:]], pa.string()))
    bare = [cell.strip() for cell in cells]
    assert [texts.at(row) for row in range(len(texts))] == ["" if b in DASHES else b for b in bare]
    assert len(set(texts.distinct)) == len(texts.distinct)


@given(CELLS, st.data())
def test_rows_that_are_taken_keep_their_texts(cells: list[str], data: st.DataObject) -> None:
    texts = Texts.of(cells)
    rows = data.draw(st.lists(st.integers(0, len(cells) - 1), max_size=6)) if cells else []
    taken = texts.taken(np.array(rows, np.int64))
    assert [taken.at(n) for n in range(len(taken))] == [texts.at(row) for row in rows]
    assert set(taken.codes.tolist()) == set(range(len(taken.distinct)))


def test_a_long_column_is_the_same_whether_its_texts_repeat_or_not() -> None:
    own = [f" {n} " for n in range(5_000)]
    assert Texts.of(own).distinct == tuple(str(n) for n in range(5_000))
    repeated = Texts.of([f" {n % 7}" for n in range(5_000)])
    assert repeated.distinct == tuple("0123456")
    assert repeated.spread(np.arange(7)).tolist() == [n % 7 for n in range(5_000)]


def test_a_column_of_large_strings_or_without_rows_is_read_too() -> None:
    assert Texts.of(pa.array(["a", "a"], pa.large_string())).distinct == ("a",)
    empty = Texts.of([])
    assert len(empty) == 0
    assert empty.read(len).tolist() == []
