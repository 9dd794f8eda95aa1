"""Words for the ways in which an inquiry comes in: which channel or role of a desk a written word means."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from forecasts.history.labels import TOTALS
from forecasts.history.text import key_of

Names = Mapping[str, tuple[str, ...]]
"""Code of a channel or role → its name and synonyms."""

# Words of one family mean one way in; a desk's channel is of the family in which its own name stands.
_FAMILIES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        family: frozenset(map(key_of, words))
        for family, words in {
            "phone": (
                "電話", "入電", "着信", "受電", "架電", "内線", "外線", "コール", "音声", "phone",
                "telephone", "tel", "call", "phone call", "inbound call", "ivr", "voice",
            ),
            "mail": ("メール", "電子メール", "Eメール", "mail", "email", "e-mail"),
            "form": (
                "申請", "申請書", "フォーム", "ポータル", "ウェブ", "セルフサービス", "サービスカタログ",
                "form", "web", "web form", "portal", "self service", "self-service", "selfservice",
                "service catalog",
            ),
            "walk_in": (
                "来室", "来訪", "来所", "窓口", "対面", "口頭", "持込み", "持ち込み", "持込",
                "カウンター", "walk-in", "walk in", "walkin", "in person", "face to face", "counter",
                "direct opening", "direct",
            ),
            "chat": ("チャット", "ボット", "chat", "chatbot", "bot", "teams", "slack", "virtual agent"),
        }.items()
    }
)  # fmt: skip
# In a longer word (電話（前年度）, 電話応答数, 電話対応時間): no inquiries of now, or not all of them.
_NO_COUNT = re.compile(
    r"前年|前月|前期|前回|昨年|昨対|増減|構成|累計|平均|目標|計画|見込|予測|応答|放棄|切断|未処理|完了"
    r"|[差比率](?:[(%].*)?$|割合|時間(?:[(].*)?$"
)  # as key_of leaves it


def codes_of(words: Iterable[str], names: Names) -> dict[str, str]:
    """Return written word → code, as far as that is no guess.

    A word is one of a code's names, or belongs to a family (電話, TEL, IVR) in which exactly one code has a
    name. Japanese words may be part of a longer one (電話（内線）, メール受付) if of one family only, and
    unless it tells something else (電話応答率, 電話（前年度）) or the sum of others (電話計 beside 電話内線).
    """
    by_key = {key_of(name): code for code, own in names.items() for name in (code, *own)}
    by_family = _codes_by_family(names)
    found: dict[str, str] = {}
    for word in words:
        code = by_key.get(key_of(word)) or by_family.get(family_of(word), "")
        if word and code:
            found[word] = code
    parts = {code for word, code in found.items() if not _is_sum(word)}
    return {word: code for word, code in found.items() if not (_is_sum(word) and code in parts)}


def family_of(word: str) -> str:
    """Return the family of a word; "" = none, or more than one."""
    key = key_of(word)
    exact = [family for family, words in _FAMILIES.items() if key in words]
    if exact:
        return exact[0]
    if _NO_COUNT.search(key):
        return ""
    parts = {f for f, words in _FAMILIES.items() if any(w in key for w in words if not w.isascii())}
    return parts.pop() if len(parts) == 1 else ""


def code_of_family(family: str, names: Names) -> str:
    """Return the one code that has a name of a family; "" = there is none, or more than one."""
    return _codes_by_family(names).get(family, "")


def _is_sum(word: str) -> bool:
    return key_of(word).rstrip("件数)").endswith(tuple(TOTALS))


def _codes_by_family(names: Names) -> dict[str, str]:
    codes: dict[str, set[str]] = {}
    for code, own in names.items():
        for family in {family_of(name) for name in own} - {""}:
            codes.setdefault(family, set()).add(code)
    return {family: found.pop() for family, found in codes.items() if len(found) == 1}
