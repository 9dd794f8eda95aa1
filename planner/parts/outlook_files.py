"""Downloads of the page 見通し: quantiles by day, joint paths. Counts only: nothing could name a person."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

import streamlit as st

from planner.outlook import KeptOutlook
from planner.outlook.figures import LEVELS, View, day_bands, paths_of
from planner.parts.outlook_words import acting_names
from planner.wording.outlook import ALL_CHANNELS

_SAMPLE = "架空データ"
_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')
_DAY_HEAD = ("開庁日", "受付方法", "行事", "見込み（件）")


def downloads(outlook: KeptOutlook, view: View) -> None:
    """Offer what is shown as files that a spreadsheet opens."""
    st.write("表示中の期間、受付方法及び行事の扱いのとおりに出力する。氏名その他の個人の情報は含まない。")
    st.download_button(
        "日ごとの予測区間を出力する（CSV）",
        data=lambda: quantile_file(outlook, view),
        file_name=file_name(outlook, view, "日別予測区間"),
        mime="text/csv",
        on_click="ignore",
    )
    st.download_button(
        "予測の経路を出力する（CSV）",
        data=lambda: path_file(outlook, view),
        file_name=file_name(outlook, view, "予測経路"),
        mime="text/csv",
        on_click="ignore",
        help=f"1行が、起こり得る問合せの推移の一つである（{outlook.paths}通り）。合計や最大は行ごとに求める。",
    )


def file_name(outlook: KeptOutlook, view: View, what: str) -> str:
    """Name a file so that every system can keep it; invented data says so."""
    facts = outlook.facts
    parts = (
        _SAMPLE if facts.is_sample else "",
        "見通し",
        facts.desk_name,
        f"{facts.as_of:%Y%m%d}時点",
        _channel(outlook, view) if view.channel else "",
        "" if view.has_events else "行事なし",
        what,
    )
    return f"{'_'.join(_UNSAFE.sub('-', part) for part in parts if part)}.csv"


def quantile_file(outlook: KeptOutlook, view: View) -> bytes:
    """Write the quantiles of each day, one day a row."""
    head = (*_DAY_HEAD, *(f"{level * 100:g}%点（件）" for level in LEVELS), *_mark_head(outlook))
    reasons = {day: "、".join(names) for day, names in acting_names(outlook).items()}
    rows = (
        (
            band.first.isoformat(),
            _channel(outlook, view),
            reasons.get(band.first, "") if view.has_events else "",
            f"{band.expected:.1f}",
            *(f"{q:.0f}" for q in band.quantiles),
            *_mark(outlook),
        )
        for band in day_bands(outlook, view)
    )
    return _csv(head, rows)


def path_file(outlook: KeptOutlook, view: View) -> bytes:
    """Write the joint paths, one path a row and one office day a column."""
    days = [band.first.isoformat() for band in day_bands(outlook, view)]
    head = ("経路", *(f"{day}（件）" for day in days), *_mark_head(outlook))
    rows = (
        (str(n + 1), *map(str, path), *_mark(outlook))
        for n, path in enumerate(paths_of(outlook, view).tolist())
    )
    return _csv(head, rows)


def _channel(outlook: KeptOutlook, view: View) -> str:
    return dict(outlook.facts.channels).get(view.channel, ALL_CHANNELS)


def _mark_head(outlook: KeptOutlook) -> tuple[str, ...]:
    return ("注記",) if outlook.facts.is_sample else ()


def _mark(outlook: KeptOutlook) -> tuple[str, ...]:
    return (_SAMPLE,) if outlook.facts.is_sample else ()


def _csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write UTF-8 with the mark by which Excel knows it."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8-sig")
