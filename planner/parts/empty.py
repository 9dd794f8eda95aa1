"""What a page says while there is nothing to show: what to do first, and the sample."""

import streamlit as st

_FIRST = """
まず、問合せの記録を取り込み、計画を作る。

- 自分の窓口で始める: 「データ」の画面で、手元のファイルをそのままの形で取り込む。
- 見本（架空データ）で試す: 端末で `madoguchi demo --out out/demo` を実行し、この画面を開き直す。

取り込みの後は、「見通し」の画面で期間を選び、変更案を作ることができる。
"""


def no_plan() -> None:
    """Say how a first plan is made."""
    st.info("計画がまだない。")
    st.markdown(_FIRST)


def no_proposal(what: str) -> None:
    """Say that there is no proposal, and what makes one."""
    st.info(what)
