"""Words that make a record something else than data: 合計 and its like, notes, wording below a table."""

import re

from forecasts.history.dates import SOME_YEAR, day_of, fiscal_year_of, month_of
from forecasts.history.text import key_of

TOTALS = frozenset(
    key_of(word)
    for word in (
        "合計", "小計", "総計", "総合計", "累計", "計", "日計", "週計", "月計", "期計", "半期計", "四半期計",
        "上期計", "下期計", "年計", "年度計", "Total", "Subtotal", "Grand total",
    )
)  # fmt: skip
_NOTE = re.compile(
    r"※.*|[((]?注[0-9]*[))::.].*|(?:出典|資料|備考|凡例)[::].*|以上。?|以下余白|(?:全|計|合計)?[0-9,]+(?:件|行|ページ|頁)"
    r"|[0-9]+/[0-9]+(?:ページ|頁)?|-[0-9]+-|page[0-9]+(?:of[0-9]+)?"
)  # as key_of leaves it
_WORDS = re.compile(r"[ぁ-ヿ一-鿿]|\s")  # what an inquiry number has none of


def _forms(letter: str) -> tuple[str, ...]:
    """Return a letter in both cases and widths."""
    cases = (letter, letter.upper())
    return (*cases, *(chr(ord(case) + 0xFEE0) for case in cases if case.isascii()))


TOTAL_BEGINS = frozenset(form for word in TOTALS for form in _forms(word[0]))
"""Every character with which a word for sums may begin."""


def is_total(text: str) -> bool:
    """Tell whether a label marks sums: the very word (合計, 計 …), alone or after a day, month or year."""
    key = key_of(text)
    return key in TOTALS or any(key.endswith(word) and _is_span(key.removesuffix(word)) for word in TOTALS)


def _is_span(text: str) -> bool:
    """Tell whether a text is a day, a month or a fiscal year, with its year or without."""
    in_some_year = (day_of(f"{SOME_YEAR}年{text}"), month_of(text, SOME_YEAR))
    return any(found is not None for found in (day_of(text), *in_some_year, fiscal_year_of(text)))


def is_note(text: str) -> bool:
    """Tell whether a lone text is written like a note: ※ …, （注）…, 以上, 1／2ページ."""
    return _NOTE.fullmatch(key_of(text)) is not None


def is_wording(text: str) -> bool:
    """Tell whether a text is words, and not the number of an inquiry whose other cells are lost."""
    return bool(_WORDS.search(text)) and not text[-1:].isdigit()
