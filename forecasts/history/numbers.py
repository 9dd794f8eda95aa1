"""Numbers, durations and yes-or-no as people write them: １，２３４, ▲3, 98件, 1時間30分, ○."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from forecasts.history.text import Texts, plain_of

Unit = Literal["s", "min", "h"]
LONGEST = 64  # characters

_PLAIN = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_AMOUNT = re.compile(rf"(?P<sign>[-−▲△+]?) ?(?P<number>{_PLAIN}|\.\d+)")
_COUNTED = re.compile(r"(.*\d) ?(?:件数?|人|名|回|台|本|通|席|コール|calls?)")
_SECONDS: Mapping[str, int] = MappingProxyType({"s": 1, "min": 60, "h": 3_600, "d": 86_400})
# In the order in which a duration names them, each at most once.
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "d": r"日間?|days?|d",
        "h": r"時間|hours?|hrs?|h",
        "min": r"分間?|minutes?|mins?|m",
        "s": r"秒間?|seconds?|secs?|s",
    }
)
_NAMED = re.compile(
    r" ?,? ?".join(rf"(?:(?P<{unit}>{_PLAIN}) ?(?:{names}))?" for unit, names in _NAMES.items()).replace(
        "時間|", "時間(?P<half>半)?|"
    )
)
_CLOCKED = re.compile(r"(\d+):([0-5]?\d)(?::([0-5]\d(?:\.\d+)?))?")
_UNIT_MARKS: Mapping[Unit, str] = MappingProxyType(
    {
        "s": r"秒|seconds?|secs?|s",
        "min": r"分|minutes?|mins?|m",
        "h": r"時間|hours?|hrs?|h",
    }
)
# Behind a name, in brackets (half and full width) or after an underscore.
_UNIT_IN: Mapping[Unit, re.Pattern[str]] = MappingProxyType(
    {
        unit: re.compile(
            rf"\s*[(（\[［<【〔](?:単位[:：])?(?:{marks})[)）\]］>】〕]$|[_ ](?:{marks})$", re.IGNORECASE
        )
        for unit, marks in _UNIT_MARKS.items()
    }
)
_YES = frozenset(
    (
        "有", "有り", "あり", "○", "〇", "◯", "◎", "●", "✓", "✔", "レ", "済", "済み", "はい", "する",
        "1", "true", "t", "yes", "y", "on",
    )
)  # fmt: skip
_NO = frozenset(
    (
        "無", "無し", "なし", "×", "✕", "✖", "✗", "x", "未", "未済", "いいえ", "しない",
        "0", "false", "f", "no", "n", "off",
    )
)  # fmt: skip


def amount_of(text: str) -> float | None:
    """Read a number, negative with -, ▲ or △; None where it is none."""
    match = _AMOUNT.fullmatch(plain_of(text)) if len(text) <= LONGEST else None
    if match is None:
        return None
    number = float(match["number"].replace(",", ""))
    return -number if match["sign"] in {"-", "−", "▲", "△"} else number


def count_of(text: str) -> int | None:
    """Read a whole number >= 0, with or without the thing counted: 98件, 1,234, 12.0; None otherwise."""
    counted = _COUNTED.fullmatch(plain_of(text)) if len(text) <= LONGEST else None
    found = amount_of(counted[1] if counted else text)
    return int(found) if found is not None and found >= 0 and found.is_integer() else None


def duration_of(text: str, unit: Unit, into: Unit = "min") -> float | None:
    """Read a duration: a bare number in ``unit``, or one that names its units (1時間30分, 90秒, 1.5h).

    Of times with colons three parts are h:mm:ss; two are m:ss where ``unit`` is ``s``, or ``min`` of what is
    kept in seconds (a mean talk of 4:30 in minutes), and else h:mm. A negative number stays negative; None
    where it is no duration.
    """
    bare = amount_of(text)
    if bare is not None:
        return bare if unit == into else bare * _SECONDS[unit] / _SECONDS[into]
    if len(text) > LONGEST:
        return None
    plain = plain_of(text)
    if match := _CLOCKED.fullmatch(plain):
        first, second, third = match.groups()
        is_short = third is None and (unit == "s" or (unit, into) == ("min", "s"))
        parts = {"min": first, "s": second} if is_short else {"h": first, "min": second}
        return _total(parts | ({"s": third} if third else {}), into)
    if match := _NAMED.fullmatch(plain):
        named = match.groupdict()
        half = {"min": "30"} if named.pop("half") and named["min"] is None else {}
        return _total({name: number for name, number in named.items() if number} | half, into)
    return None


def _total(parts: Mapping[str, str], into: Unit) -> float | None:
    """Add up numbers by unit; what is in the unit asked for is added as it is written, to the last digit."""
    if not parts:
        return None
    numbers = {name: float(number.replace(",", "")) for name, number in parts.items()}
    return sum(n if name == into else n * _SECONDS[name] / _SECONDS[into] for name, n in numbers.items())


def flag_of(text: str) -> float | None:
    """Read yes (1.0) or no (0.0): 有/無, あり/なし, ○/×, 済/未, 1/0, TRUE, はい, No; None otherwise."""
    plain = plain_of(text) if len(text) <= LONGEST else ""
    return 1.0 if plain in _YES else 0.0 if plain in _NO else None


def is_open_clocked(text: str) -> bool:
    """Tell whether a duration has two parts with a colon, which may be m:ss or h:mm."""
    match = _CLOCKED.fullmatch(plain_of(text)) if len(text) <= LONGEST else None
    return match is not None and match[3] is None


def unit_in(name: str) -> Unit | None:
    """Find the unit that a column's name tells: 対応時間(分), talk_sec; None if it tells none."""
    written = name.strip()
    return next((unit for unit, pattern in _UNIT_IN.items() if pattern.search(written)), None)


def without_unit(name: str) -> str:
    """Return a column's name without the unit that it tells."""
    unit = unit_in(name)
    return _UNIT_IN[unit].sub("", name.strip()) if unit else name


def counts(texts: Texts) -> NDArray[np.float64]:
    """Read a column of whole numbers >= 0 (R,), NaN where unreadable or empty."""
    return texts.read(count_of)


def amounts(texts: Texts) -> NDArray[np.float64]:
    """Read a column of numbers (R,), NaN where unreadable or empty."""
    return texts.read(amount_of)


def durations(texts: Texts, unit: Unit, into: Unit = "min") -> NDArray[np.float64]:
    """Read a column of durations in ``into`` (R,), NaN where unreadable or empty; see ``duration_of``."""
    return texts.read(lambda text: duration_of(text, unit, into))


def flags(texts: Texts) -> NDArray[np.float64]:
    """Read a column of yes and no as 1 and 0 (R,), NaN where unreadable or empty."""
    return texts.read(flag_of)
