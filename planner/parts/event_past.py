"""What became known when, and the versions of the list."""

from datetime import date

import streamlit as st

from forecasts.events import known_on
from forecasts.history.dates import day_of
from planner.document.blocks import Column, Table
from planner.parts import markup
from planner.parts.event_dates import day_field
from planner.parts.event_list import Kept, keep
from planner.parts.event_table import table
from planner.wording.dates import stamp_ja, wareki, wareki_weekday
from planner.wording.events import differences, learned

_SHOWN = 40
_VERSIONS = 20
_LOCAL = "この端末の利用者"


def as_known(now: Kept, today: date) -> None:
    """Show the events of the days ahead as they were known on a day, and what came to light later."""
    with st.columns(3)[0]:
        typed = day_field("いつの時点で分かっていたことを見るか", today, key="events-known-on")
    day = day_of(typed)
    if day is None:
        st.error(
            f"「{markup.verbatim(typed)}」は日付として読めない。令和8年4月1日、2026/4/1のように入れてください。"
        )
        return
    ahead = tuple(e for e in known_on(now.events, day) if e.end >= day)
    st.write(
        f"{wareki_weekday(day)}の終わりに分かっていた、その日以後の行事は{len(ahead)}件である。"
        "予測及び過去の検証は、その時点で分かっていた行事だけを使う。"
    )
    table(ahead)
    rows = [(wareki_weekday(d), name, what) for d, name, what in learned(now.events) if d <= day]
    columns = (Column("分かった日"), Column("行事"), Column("分かったこと"))
    if rows:
        markup.table(Table(columns, tuple(rows[:_SHOWN]), "いつ、何が分かったか（新しい順）"))
    later = len(learned(now.events)) - len(rows)
    if later:
        markup.notes((f"{wareki(day)}より後に分かったことが、ほかに{later}件ある。",))


def versions(now: Kept) -> None:
    """Show who changed what when; let the version before be kept again."""
    if not now.versions:
        st.write("この画面で変更すると、誰が、いつ、何を変えたかがここに残る。")
        markup.notes((f"今の{len(now.events)}件は、窓口ファイルの行事ファイルから読み込んだものである。",))
        return
    _taking_back(now)
    earlier = (now.from_files, *(v.events for v in now.versions[:-1]))
    rows = [
        (f"第{v.version}版\n{stamp_ja(v.at)}", _LOCAL if v.user == "local" else v.user, what, name, detail)
        for old, v in zip(reversed(earlier), reversed(now.versions), strict=True)
        for what, name, detail in (differences(old, v.events) or (("―", "―", "変更なし"),))
    ]
    columns = tuple(Column(name) for name in ("版", "誰が", "変更", "行事", "内容"))
    markup.table(Table(columns, tuple(rows[:_SHOWN]), "変更の経過（新しい順）"))
    if len(rows) > _SHOWN:
        markup.notes((f"最近の{_SHOWN}件を示した。全ての版は保存されている。",))


def _taking_back(now: Kept) -> None:
    """Keep an older version again; the version before unless another is chosen."""
    older = {v.version: v.events for v in reversed(now.versions[:-1])} | {0: now.from_files}
    with st.popover("一つ前の版に戻す", key=f"events-undo-{now.version}"):
        st.write("選んだ版と同じ内容を、新しい版として保存する。今の版も記録に残る。")
        wanted = st.selectbox(
            "戻す版",
            list(older),
            format_func=lambda n: f"第{n}版" if n else "最初（行事ファイルのまま）",
            key=f"events-older-{now.version}",
            filter_mode=None,
        )
        lines = [
            f"{what}: {name}　{detail}" for what, name, detail in differences(now.events, older[wanted or 0])
        ]
        st.markdown(markup.listed(lines[:_VERSIONS]) or "今と同じ内容である。")
        if st.button("戻すことを確定する", key=f"events-undo-sure-{now.version}", disabled=not lines):
            keep(now, older[wanted or 0], (), "前の版に戻した。")
