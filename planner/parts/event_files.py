"""Event files on the page: taken in after a look at them, given out."""

from collections.abc import Sequence

import streamlit as st

from forecasts.events import LARGEST_BYTES, Event, events_in, in_order, write_events
from forecasts.faults import Fault
from forecasts.history.dates import day_of
from planner.document.blocks import Table
from planner.event_calendar import as_ical, from_ical
from planner.parts import markup
from planner.parts.event_dates import day_field
from planner.parts.event_list import Kept, keep
from planner.parts.event_table import COLUMNS, row
from planner.wording.faults import fault_sentences

_SHOWN = 50
_MOST_FAULTS = 30


def exporting(now: Kept) -> None:
    """Offer the list as a table and as a calendar."""
    with st.container(horizontal=True):
        st.download_button(
            "表として出力する（CSV）",
            data=lambda: write_events(now.events),
            file_name=f"events-{now.desk.id}.csv",
            mime="text/csv",
            on_click="ignore",
        )
        st.download_button(
            "カレンダーとして出力する（iCalendar）",
            data=lambda: as_ical(now.events, f"{now.desk.name} 行事"),
            file_name=f"events-{now.desk.id}.ics",
            mime="text/calendar",
            on_click="ignore",
        )
    markup.notes(("どちらの形式も、この画面で取り込むと同じ行事に戻る。",))


def importing(now: Kept) -> None:
    """Ask for a file, show what it holds and what is wrong with it, then add it to the list."""
    file = st.file_uploader(
        "行事のファイル（CSV又はiCalendar）",
        type=["csv", "ics"],
        key=f"event-file-{now.version}",
        max_upload_size=LARGEST_BYTES // 1_000_000,
        help="iCalendarの件名と日付だけを読む。主催者、出席者、場所及び説明は読まない。",
    )
    if file is None:
        return
    events, faults = _read(file.name, file.getvalue(), now)
    known = [e for e in events if e in now.events]
    new = [e for e in events if e not in now.events]
    _preview(new, len(known), faults)
    if not new:
        return
    rest = f"（読み取れない{len(faults)}件は加えない）" if faults else ""
    if st.button(f"{len(new)}件を行事に加える{rest}", key=f"event-file-add-{now.version}"):
        keep(now, (*now.events, *new), new, f"{file.name}から{len(new)}件の行事を加えた。")


def _read(name: str, raw: bytes, now: Kept) -> tuple[tuple[Event, ...], tuple[Fault, ...]]:
    """Read a file by its ending; a calendar that does not tell when it was announced is asked about."""
    if not name.lower().endswith(".ics"):
        return events_in(name, raw)
    events, faults = from_ical(name, raw)
    if not any(f.code == "no_announced_day" for f in faults):
        return events, faults
    typed = day_field("公表日が分からない予定の公表日", key=f"event-file-day-{now.version}")
    announced = day_of(typed) if typed else None
    if typed and announced is None:
        st.error(f"「{markup.verbatim(typed)}」は日付として読めない。")
    return (events, faults) if announced is None else from_ical(name, raw, announced)


def _preview(new: Sequence[Event], known: int, faults: Sequence[Fault]) -> None:
    """Show what would be added, and what cannot be."""
    said = f"新しい行事は{len(new)}件である。"
    st.write(said + (f"ほかに、同じ行事が既に{known}件ある。" if known else ""))
    if faults:
        sentences = fault_sentences(faults)[:_MOST_FAULTS]
        st.warning(f"次の{len(faults)}件は取り込めない。\n\n{markup.listed(sentences)}")
    if new:
        rows = tuple(row(e) for e in in_order(new)[:_SHOWN])
        markup.table(Table(COLUMNS, rows, "取り込む行事"))
        if len(new) > _SHOWN:
            markup.notes((f"最初の{_SHOWN}件を示した。",))
