"""Finds names of the desk's staff in what a proposal says: the client must never read one (告示第37号)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from forecasts.faults import Fault
from planner.content import Content
from planner.desk import Person

_HONORIFIC = "(?:さん|氏|様|殿|君)"
_KANJI = "[\u3400-\u9fff\uf900-\ufaff々]"
# Family names are written with variant letters on paper and with the common ones at the keyboard.
_COMMON = str.maketrans("髙﨑嵜濵濱邉邊齋齊斎澤廣國德", "高崎崎浜浜辺辺斉斉斉沢広国徳")
_SHORTEST_LATIN = 3
_CODE = re.compile("[a-z][a-z0-9_]*")  # within_min, min: words of the program, not of a person


def names_in(content: Content, people: Iterable[Person]) -> tuple[Fault, ...]:
    """Return where any text of a content holds a staff member's full name or family name.

    Widths, spaces and variant letters (髙, 﨑) do not matter. ``column`` is the path of the text
    (``texts.background``). The names of ministry, section, contractor and desk are passed over, though a
    family name stands in them.
    """
    parties = content.parties
    passed_over = (parties.ministry, parties.supervising_section, parties.contractor, content.desk_name)
    return names_in_texts(dict(_texts(content, "")), people, passed_over)


def names_in_texts(
    texts: Mapping[str, str], people: Iterable[Person], passed_over: Iterable[str] = ()
) -> tuple[Fault, ...]:
    """Return where texts (place → text) hold a staff member's full name or family name."""
    names = tuple(dict.fromkeys(name for p in people for name in _written(p.name)))
    known = sorted((_common(x) for x in passed_over if x.strip()), key=len, reverse=True)
    return tuple(
        Fault("staff_name", "proposal", column=place, value=name)
        for place, text in texts.items()
        for name in names
        if _holds(_without(text, known), name)
    )


def _written(full: str) -> Iterator[str]:
    """Yield a name as it may be written: whole, then the parts that point to one person.

    Japanese names begin with the family name; of a name in Latin letters every part counts, since the
    order differs from country to country.
    """
    parts = unicodedata.normalize("NFKC", full).split()
    if parts:
        yield " ".join(parts)
        yield from (p for p in parts if len(p) >= _SHORTEST_LATIN) if full.isascii() else parts[:1]


def _holds(text: str, name: str) -> bool:
    if name.isascii():
        words = r"\s*".join(re.escape(word) for word in name.casefold().split())
        return re.search(rf"(?<![a-z]){words}(?![a-z])", text.casefold()) is not None
    text, name = ("".join(_common(x).split()) for x in (text, name))
    if len(name) > 1:
        return name in text
    # 原 is a name, 原因 and 草原 are not: one letter counts beside no other kanji, or with an honorific.
    return re.search(rf"{name}{_HONORIFIC}|(?<!{_KANJI}){name}(?!{_KANJI})", text) is not None


def _common(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_COMMON)


def _without(text: str, known: Iterable[str]) -> str:
    text = _common(text)
    for words in known:
        # A mark stays, so that the letters on both sides do not become a name.
        text = text.replace(words, "〓")
    return text


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if not _CODE.fullmatch(value):
            yield path, value
    elif is_dataclass(value):
        for f in fields(value):
            yield from _texts(getattr(value, f.name), f"{path}.{f.name}".lstrip("."))
    elif isinstance(value, tuple):
        for n, item in enumerate(value):
            yield from _texts(item, f"{path}[{n}]")
