"""Text as the shipped fonts draw it (planner/fonts/README.md): what they lack is replaced, never left out."""

import unicodedata
from functools import cache

_BEYOND_CP932 = frozenset("–—…‘’“”−≤≥±×÷→←↑↓●○■□▲△▼▽✓〜‖")
_LATIN_1 = range(0xA0, 0x100)
_PRIVATE_USE = range(0xE000, 0xF900)
_WIDE_SPACE = "\u3000"
_MISSING = "〓"  # 下駄: the printers' mark for a missing type


def printable(text: str) -> str:
    """Return the text with every character that the fonts lack replaced: ō → o, else 〓."""
    return "".join(map(_drawable, text))


@cache
def _drawable(character: str) -> str:
    if _is_held(character):
        return character
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Cc"}:
        return "" if character not in "\n\t" else character
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    return plain if plain and all(map(_is_held, plain)) else _MISSING


def _is_held(character: str) -> bool:
    code = ord(character)
    if code in _PRIVATE_USE or not (character.isprintable() or character == _WIDE_SPACE):
        return False
    if code in _LATIN_1 or character in _BEYOND_CP932:
        return True
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True
