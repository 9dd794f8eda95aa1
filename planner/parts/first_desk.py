"""The first desk of an installation: its file is chosen on the page, or the shipped example is taken."""

import tempfile
from pathlib import Path

import streamlit as st

from forecasts.faults import FaultyFile
from planner import session
from planner.desk_folder import keep_desk
from planner.parts import steps
from planner.parts.upload import refused

_EXAMPLES = Path(__file__).resolve().parents[2] / "data" / "desks"


def first_desk() -> None:
    """Ask for the desk file that inquiries are read for."""
    st.info("窓口がまだない。記録を読むには、受付時間、受付方法、体制などを書いた窓口ファイルが要る。")
    file = st.file_uploader("窓口ファイル（TOML）", type=["toml"], max_upload_size=1)
    if file is not None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "desk.toml"
            path.write_bytes(file.getvalue())
            _keep(path)
    st.write("手元にないときは、見本（架空データ）を写して始め、後で内容を書き換えることができる。")
    for path in sorted(_EXAMPLES.glob("*.toml")):
        if st.button(f"見本「{path.stem}」を写す", key=f"example-{path.stem}"):
            _keep(path)


def _keep(path: Path) -> None:
    try:
        kept = keep_desk(session.store().home, path)
    except FaultyFile as faulty:
        refused(faulty.faults)
        return
    session.choose(desk=kept.parent.name)
    steps.say("窓口ファイルを写した。続けて、問合せの記録を取り込むことができる。")
