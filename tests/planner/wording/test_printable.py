"""What is called printable is what the shipped fonts draw."""

import re
from pathlib import Path

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from planner.wording.printable import printable

FONTS = Path(__file__).parents[3] / "planner" / "fonts"


def is_drawn(text: str) -> bool:
    """Whether PDF/A accepts the text in our fonts: it refuses a character that has no glyph."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    source = f'#set text(font: "BIZ UDPGothic", fallback: false)\n#text("{quoted}")'
    try:
        typst.compile(source.encode(), font_paths=[FONTS], ignore_system_fonts=True, pdf_standards="a-2b")
    except typst.TypstError:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("8:30〜18:15", "8:30〜18:15"),
        ("髙﨑①㈱ 事務局", "髙﨑①㈱ 事務局"),
        ("Confraternização", "Confraternização"),
        ("Tōkyō", "Tokyo"),
        ("絵文字😀と한", "絵文字〓と〓"),
        ("ゼロ幅\u200bの空白", "ゼロ幅の空白"),
    ],
)
def test_what_the_fonts_lack_is_replaced(text: str, said: str) -> None:
    assert printable(text) == said
    assert is_drawn(said)


def test_the_fonts_refuse_what_they_lack() -> None:
    """Else the other tests here would say nothing."""
    assert not is_drawn("한")


def test_all_of_the_plane_that_is_kept_is_drawn() -> None:
    kept = [chr(c) for c in range(0x20, 0x10000) if not 0xD800 <= c < 0xE000 and printable(chr(c)) == chr(c)]
    assert len(kept) > 7000
    assert is_drawn("".join(kept))


@given(st.text())
def test_printable_text_stays_as_it_is(text: str) -> None:
    assert printable(printable(text)) == printable(text)
    assert not re.search("[\ue000-\uf8ff\u301c]", printable(text))
