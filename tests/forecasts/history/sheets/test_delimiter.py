import pytest

from forecasts.history.sheets.delimiter import DELIMITERS, Dialect, recognised

ROWS = (
    ("受付日時", "受付方法", "概要", "件数"),
    ("2026/3/2 8:30", "電話", "", "12"),
    ("2026/3/2 9:00", "メール", "印刷できない", "3"),
)


def written(delimiter: str) -> str:
    return "".join(delimiter.join(row) + "\n" for row in ROWS)


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_each_delimiter_is_recognised(delimiter: str) -> None:
    assert recognised(written(delimiter).encode()) == Dialect(delimiter, 4)


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_titles_above_and_notes_below_do_not_hide_it(delimiter: str) -> None:
    text = "問合せ一覧\n作成日: 2026/4/1, 総務\n\n" + written(delimiter) + "以上\n"
    assert recognised(text.encode()) == Dialect(delimiter, 4)


def test_other_delimiters_within_cells_do_not_mislead() -> None:
    text = "a,b,c\n" + "1;2;3,x|y,z\n" * 20
    assert recognised(text.encode()) == Dialect(",", 3)


def test_decimal_commas_and_thousands_do_not_mislead() -> None:
    text = "日;分;件\n" + "2026/3/2;12,5;1,200\n" * 20
    assert recognised(text.encode()) == Dialect(";", 3)


def test_quoted_delimiters_and_line_breaks_do_not_count() -> None:
    text = 'a,b\n"x;y;z\n;;",1\n"p,q",2\n'
    assert recognised(text.encode()) == Dialect(",", 2)


@pytest.mark.parametrize("text", ["受付日時\n2026/3/2\n", "a", '"', "一つの文、です。\n"])
def test_a_single_column_has_a_width_of_one(text: str) -> None:
    assert recognised(text.encode()) == Dialect(",", 1)
