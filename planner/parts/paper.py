"""A proposal as it will be printed: its pages, its text, and its files to take along."""

from functools import partial

import streamlit as st

from planner import session
from planner.document import Document, document, text_of
from planner.exports import FORMATS
from planner.exports.pdf import page_images
from planner.store import Filed


@st.cache_data(max_entries=16, show_spinner="提案書を組んでいる。")
def _images(key: str, _document: Document) -> list[bytes]:  # noqa: ARG001  # the key of the cache
    return page_images(_document)


def document_of(filed: Filed) -> Document:
    """Return the document of a proposal; its foot shows the head of the audit chain."""
    entries = session.store().audit_entries()
    head = entries[-1].hash if entries else ""
    return document(filed.proposal, today=session.today(), chain_head=head)


def pages(filed: Filed) -> None:
    """Show the pages as they will be printed, and the same as text for a screen reader."""
    shown = document_of(filed)
    proposal = filed.proposal
    key = f"{session.store().home}/{proposal.number}/{filed.row_version}/{shown.footer}"
    images = _images(key, shown)
    name = f"{shown.title}{shown.draft_mark}"
    with st.container(height=620, border=True):
        for n, image in enumerate(images, start=1):
            alt = f"{name}　{n}ページ（全{len(images)}ページ）。文字は「文字で読む」にある。"
            st.image(image, width="stretch", alt=alt)
    with st.expander("文字で読む"):
        st.text(text_of(shown))


def downloads(filed: Filed) -> None:
    """Offer the files that 主管課 may have; each is written when it is asked for."""
    shown, proposal = document_of(filed), filed.proposal
    with st.container(horizontal=True):
        for made in FORMATS:
            st.download_button(
                made.name,
                data=partial(made.write, shown),
                file_name=f"{proposal.number}-v{proposal.version_no}-{made.file_name}",
                mime=made.media_type,
                on_click="ignore",
            )
