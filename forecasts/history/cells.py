"""Cells of an inquiry log: written text → times, numbers and keys, a whole column at a time.

What cannot be read becomes a missing value; ``log`` tells it from an empty cell and names the fault.
NFKC is applied to dates, numbers and keys only: it would turn ① in a text into 1.
"""

import re
import unicodedata
from datetime import datetime, timedelta

import pandas as pd

# "2016-02-29 01:16:00", "2026/3/2 8:30": "/" and "T" are made "-" and " " first.
_FORMS = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f")
_PAST_MIDNIGHT = re.compile(r"(\d{4}-\d{1,2}-\d{1,2}) (2[4-9]|3\d|4[0-7]):([0-5]\d)(?::([0-5]\d))?")
_DASHES = ("-", "－", "―", "—", "‐")
_SPELLINGS = ("お問い合わせ", "お問合わせ", "お問合せ", "問い合わせ", "問い合せ", "問合わせ")


def key_of(text: str) -> str:
    """Return what two spellings of a name have in common: widths, case, spaces, variants of 問合せ."""
    key = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    for spelling in _SPELLINGS:
        key = key.replace(spelling, "問合せ")
    return key


def stripped(text: "pd.Series[str]") -> "pd.Series[str]":
    """Return the cells without outer spaces; a lone dash stands for an empty cell."""
    bare = text.str.strip()
    return bare.mask(bare.isin(_DASHES), "")


def moments(text: "pd.Series[str]") -> "pd.Series[pd.Timestamp]":
    """Read times of the form 2016-02-29 01:16:00 or 2026/3/2 8:30; NaT where there is none.

    Hours from 24 to 47 belong to the day that began before (2026/3/2 25:31 = 2026-03-03 1:31).
    """
    plain = text.str.normalize("NFKC").str.replace("/", "-").str.replace("T", " ")
    found = pd.to_datetime(plain, format=_FORMS[0], errors="coerce")
    for form in _FORMS[1:]:
        found = found.fillna(pd.to_datetime(plain[found.isna()], format=form, errors="coerce"))
    left = plain[found.isna() & (plain != "")]
    return found.fillna(pd.to_datetime(left.map(_past_midnight))).dt.as_unit("us")


def _past_midnight(text: str) -> datetime | None:
    if not (match := _PAST_MIDNIGHT.fullmatch(text)):
        return None
    day, hours, minutes, seconds = match.groups()
    try:
        midnight = datetime.strptime(day, "%Y-%m-%d")
        return midnight + timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0))
    except (ValueError, OverflowError):
        return None


def amounts(text: "pd.Series[str]") -> "pd.Series[float]":
    """Read finite numbers >= 0, with thousands' commas or not; NaN where there is none."""
    plain = text.str.normalize("NFKC").str.replace(r"(?<=\d),(?=\d{3})", "", regex=True)
    found = pd.to_numeric(plain, errors="coerce").astype("float64")
    return found.where((found >= 0) & (found < float("inf")))
