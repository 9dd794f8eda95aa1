"""Plain HTML for what Streamlit has no words of its own: sentences, facts, tables read by a screen reader."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

import streamlit as st

from planner.document.blocks import Table

_SHORT, _WORD, _DATE = 12, 4, 15
_IS_DATE = re.compile(r"令和.{1,2}年\d+月\d+日")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#!|~$&+-]|:(?=[a-zA-Z/]))")
_WITH_INTERVAL = re.compile(r"([\d.,]+%?)(（.+〜.+）)")


def verbatim(text: str) -> str:
    """Return text that Streamlit's Markdown shows as it is: a name from a file draws no picture, no link."""
    return _MARKDOWN.sub(r"\\\1", text)


def listed(lines: Iterable[str]) -> str:
    """Return lines as a list in Markdown, each shown as it is."""
    return "\n".join(f"- {verbatim(line)}" for line in lines)


def answer(sentence: str, more: str = "") -> None:
    """Say the answer of the page in a sentence, with what follows from it under it."""
    rest = f"<p class='mado-more'>{escape(more)}</p>" if more else ""
    st.html(f"<p class='mado-answer'>{escape(sentence)}</p>{rest}")


def more(sentence: str) -> None:
    """Say what follows from the answer of the page, where that is known later; "" says nothing."""
    if sentence:
        st.html(f"<p class='mado-more'>{escape(sentence)}</p>")


def tiles(facts: Iterable[tuple[str, str, str]]) -> None:
    """Show a few facts side by side: name, value, what follows."""
    cells = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}<small>{escape(more)}</small></dd></div>"
        for name, value, more in facts
    )
    st.html(f"<dl class='mado-tiles'>{cells}</dl>")


def facts(rows: Iterable[tuple[str, str]]) -> None:
    """Show names and what they are, one a line."""
    lines = "".join(f"<tr><th scope='row'>{escape(n)}</th><td>{_text(v)}</td></tr>" for n, v in rows)
    st.html(f"<table class='mado-table mado-facts'><tbody>{lines}</tbody></table>")


def table(block: Table, badges: Mapping[int, str] | None = None) -> None:
    """Show a table of the document; the marked column in bold, ``badges`` beside the names of columns."""
    badges = badges or {}
    head = "".join(
        f"<th scope='col'{_classes(block, n, c.head)}>{escape(c.head)}{_badge(badges.get(n, ''))}</th>"
        for n, c in enumerate(block.columns)
    )
    body = "".join(f"<tr>{_row(block, row)}</tr>" for row in block.rows)
    caption = f"<caption>{escape(block.caption)}</caption>" if block.caption else ""
    st.html(
        f"<div class='mado-scroll' tabindex='0' role='region' aria-label='{escape(block.caption or '表')}'>"
        f"<table class='mado-table'>{caption}<thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def notes(lines: Sequence[str]) -> None:
    """Show small print; no lines say nothing."""
    if lines:
        st.html("".join(f"<p class='mado-note'>{escape(line)}</p>" for line in lines))


def _row(block: Table, row: Sequence[str]) -> str:
    first = f"<th scope='row'{_classes(block, 0, row[0])}>{_text(row[0])}</th>"
    return first + "".join(f"<td{_classes(block, n, t)}>{_figure(t)}</td>" for n, t in enumerate(row) if n)


def _classes(block: Table, n: int, text: str = "") -> str:
    classes = ["mado-figure"] * block.columns[n].is_figure + ["mado-marked"] * (n == block.marked)
    longest = max(map(len, text.split("\n")))
    is_cut = text[:1].isdecimal() or "\n" in text  # figures and lines that were cut on purpose
    most = _DATE if _IS_DATE.match(text) else _SHORT if is_cut else _WORD
    classes += ["mado-short"] * (0 < longest <= most)
    return f" class='{' '.join(classes)}'" if classes else ""


def _badge(text: str) -> str:
    return f"<br><span class='mado-badge'>{escape(text)}</span>" if text else ""


def _figure(text: str) -> str:
    """Set an interval under its figure: 78%（72〜83%）."""
    found = _WITH_INTERVAL.fullmatch(text)
    return f"{escape(found[1])}<br><small>{escape(found[2])}</small>" if found else _text(text)


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")
