"""Blocks of the proposal document on the page: the same words and figures, written once."""

from collections.abc import Iterable, Mapping

import streamlit as st

from planner.content import Content
from planner.document.blocks import Block, Bullets, Figure, Heading, Notes, Paragraph, Quote, Table
from planner.parts import drawing, markup


def parted(blocks: Iterable[Block]) -> Mapping[str, list[Block]]:
    """Part blocks by their headings: heading → what stands under it up to the next one."""
    parts: dict[str, list[Block]] = {}
    heading = ""
    for block in blocks:
        if isinstance(block, Heading):
            heading = block.text
        else:
            parts.setdefault(heading, []).append(block)
    return parts


def show(blocks: Iterable[Block], content: Content) -> None:
    """Show blocks in their order."""
    for block in blocks:
        match block:
            case Heading():
                st.subheader(block.text, anchor=False)
            case Paragraph() | Quote():
                st.write(block.text)
            case Bullets():
                st.markdown("\n".join(f"- {item}" for item in block.items))
            case Notes():
                markup.notes(block.items)
            case Table():
                markup.table(block)
            case Figure():
                drawing.figure(block.kind, content)
