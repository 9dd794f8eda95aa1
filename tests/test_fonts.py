"""The shipped fonts draw every character of CP932 by themselves, on paper, in charts and on the screen."""

import re
import tomllib
from pathlib import Path

import pytest
import typst
import vl_convert

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "planner" / "fonts"
MISSING = "\u0e01"  # Thai, in no font of ours; our fonts' mark of a missing glyph is blank
CODES = [bytes([code]) for code in (*range(0x21, 0x7F), *range(0xA1, 0xE0))] + [
    bytes([lead, trail]) for lead in (*range(0x81, 0xA0), *range(0xE0, 0xFD)) for trail in range(0x40, 0xFD)
]


def cp932() -> list[str]:
    """Every character of CP932 that draws something, 外字 (private use) left out."""
    decoded = {code.decode("cp932", "ignore") for code in CODES}
    return sorted(c for c in decoded if len(c) == 1 and c.isprintable() and not 0xE000 <= ord(c) < 0xF900)


def drawings(text: str, weight: str) -> list[str]:
    """The outline of each character, in order, as typst draws it with our fonts alone."""
    page = f'#set page(width: 4000pt, height: auto)\n#set text(font: "BIZ UDPGothic", weight: "{weight}", '
    page += "fallback: false, cjk-latin-spacing: none)\n"
    page += "\n".join(f'#text("\\u{{{ord(character):x}}}")\\' for character in text)
    svg = typst.compile(page.encode(), format="svg", font_paths=[FONTS], ignore_system_fonts=True)
    assert isinstance(svg, bytes)
    shapes = dict(re.findall(r'<symbol id="(\w+)"[^>]*>(.*?)</symbol>', svg.decode(), flags=re.DOTALL))
    return [shapes[name] for name in re.findall(r'<use xlink:href="#(\w+)"', svg.decode())]


@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_every_character_is_drawn(weight: str) -> None:
    characters = cp932()
    assert len(characters) > 7400
    assert {*"髙﨑①㈱∑№"} <= {*characters}
    assert drawings(MISSING, weight) == []
    assert len(drawings("".join(characters), weight)) == len(characters)


def test_bold_is_another_drawing() -> None:
    assert drawings("髙①", "regular") != drawings("髙①", "bold")


def chart(text: str, font: str = "BIZ UDPGothic") -> bytes:
    mark = {"type": "text", "text": text, "font": font, "fontSize": 40}
    spec = {"data": {"values": [{}]}, "mark": mark, "width": 200, "height": 60}
    return vl_convert.vegalite_to_png(spec)


def test_charts_draw_japanese() -> None:
    """vl-convert draws nothing where a glyph is missing, without a word."""
    vl_convert.register_font_directory(str(FONTS))
    drawings_of = {chart(character) for character in "髙①㈱"}
    assert len(drawings_of) == 3
    assert not drawings_of & {chart(""), chart(MISSING)}


def test_the_screen_is_given_the_fonts() -> None:
    theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
    faces = {face["weight"]: ROOT / face["url"].removeprefix("app/") for face in theme["fontFaces"]}
    assert faces.keys() == {"400", "700"}
    assert all(path.read_bytes()[:4] == b"wOF2" for path in faces.values())
    assert {face["family"] for face in theme["fontFaces"]} == {"BIZ UDPGothic"}
    assert "BIZ UDPGothic" in theme["font"]
