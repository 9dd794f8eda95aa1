"""Document → 別添データ: a workbook that obeys the rules for machine-readable statistics (総務省, 2020).

One datum a cell, numbers as numbers, no merged cell, no formula, no drawing, unit in the header, one table
a sheet, header in row 1 only, no blank rows or columns, ISO dates. A test holds what can be checked.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, time
from typing import Any

from xlsxwriter import Workbook

from forecasts.backtest import WINDOW_DAYS
from forecasts.events import EXPECTED
from forecasts.slots import clock
from planner.alternatives.alternative import Alternative, Interval
from planner.content import Content, LastYear, plain
from planner.document import Document
from planner.document.presence import by_role, clock_hours
from planner.document.words import assumed, assumed_of
from planner.evidence import LAST_YEAR
from planner.wording.assumptions import SOURCES, UNITS, assumption_label
from planner.wording.printable import printable
from planner.wording.terms import (
    EVENT_STATUSES,
    MODELS,
    TARGETS,
    alternative_name,
    event_kind,
)

Cell = str | int | float | None
Sheet = tuple[str, tuple[str, ...], Iterable[Sequence[Any]]]
_HEAD_WIDTH = 20


def data_annex(document: Document) -> bytes:
    """Write the figures of a document as a machine-readable workbook."""
    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(stream, options) as book:
        created = datetime.combine(document.dated, time())
        book.set_properties({"title": document.title, "author": document.sender, "created": created})
        for name, header, rows in _sheets(document):
            sheet = book.add_worksheet(name)
            sheet.set_column(0, len(header) - 1, _HEAD_WIDTH)
            sheet.freeze_panes(1, 0)
            for r, row in enumerate((header, *rows)):
                for c, value in enumerate(row):
                    _put(sheet, r, c, value)
    return stream.getvalue()


def _put(sheet: Any, row: int, column: int, value: Any) -> None:
    cell: Cell = plain(value)  # rounded as in plan.json, days as 2026-04-01
    if cell in {None, "NaN"}:  # not known: an empty cell
        return
    if isinstance(cell, str):
        sheet.write_string(row, column, printable(" ".join(cell.split())))
    else:
        sheet.write_number(row, column, cell)


def _sheets(document: Document) -> Iterator[Sheet]:
    content = document.content
    yield _forecast(content)
    yield _comparison(content)
    yield _presence(content)
    yield _slots(content)
    yield _events(content)
    yield _assumptions(content)
    yield _accuracy(content)
    yield "指標", ("項目", "値", "単位"), [*_indicators(document)]


def _forecast(content: Content) -> Sheet:
    header = (
        "日付",
        "予測下限（件）",
        "予測中央値（件）",
        "予測上限（件）",
        "期待値（件）",
        "平常の水準（件）",
        "前年同時期の実績（件）",
        "行事",
    )
    rows = [
        (d.day, d.low, d.median, d.high, d.expected, d.usual, d.actual_last_year, "、".join(d.events) or None)
        for d in content.outlook
    ]
    return "予測_日別", header, rows


_COMPARED: tuple[tuple[str, Callable[[Alternative], Any]], ...] = (
    ("変更案コード", lambda a: a.key),
    ("変更案", lambda a: alternative_name(a.key)),
    ("推奨（1=推奨）", lambda a: int(a.is_recommended)),
    ("期間の初日", lambda a: a.change.period.start),
    ("期間の末日", lambda a: a.change.period.last),
    ("受付開始", lambda a: clock(a.formation.opens_min)),
    ("受付終了", lambda a: clock(a.formation.closes_min)),
    ("増員（名）", lambda a: a.effort.extra_heads),
    ("要員（名）", lambda a: a.formation.total_heads),
    ("目標を下回るおそれ（割合）", lambda a: a.outcome.risk),
    ("1日だけで目標を下回る確率（割合）", lambda a: a.outcome.day_miss),
    ("最低の1時間の開始", lambda a: clock(a.outcome.worst_hour_min)),
    ("業務占有率（割合）", lambda a: a.outcome.occupancy),
    ("増やす人時（人時）", lambda a: a.effort.extra_person_hours),
    ("受付時間の増減（時間）", lambda a: a.effort.extra_reception_hours),
    ("参考額（円）", lambda a: a.effort.reference_cost_yen),
    ("契約金額の増（円）", lambda a: a.effort.contract_cost_yen),
    ("模擬計算の標準誤差（割合）", lambda a: a.outcome.standard_error),
)
_WITH_INTERVAL: tuple[tuple[str, str, Callable[[Alternative], Interval]], ...] = (
    ("基準時間内の応答率", "割合", lambda a: a.outcome.in_time),
    ("応答率", "割合", lambda a: a.outcome.answer_rate),
    ("当日中回答率", "割合", lambda a: a.outcome.same_day),
    ("繁忙期間の基準時間内の応答率", "割合", lambda a: a.outcome.window_in_time),
    ("最低の1時間の応答率", "割合", lambda a: a.outcome.worst_hour),
    ("平均待ち時間", "分", lambda a: a.outcome.wait_min),
    ("終業時に残る問合せ", "件/日", lambda a: a.outcome.backlog),
)


def _comparison(content: Content) -> Sheet:
    header = ["提案（1=提案する）", *(name for name, _ in _COMPARED)]
    for name, unit, _ in _WITH_INTERVAL:
        header += [f"{name}（{unit}）", f"{name} 80%下限（{unit}）", f"{name} 80%上限（{unit}）"]
    rows = []
    for a in content.alternatives:
        intervals = [interval_of(a) for _, _, interval_of in _WITH_INTERVAL]
        shown = (x for value in intervals for x in (value.mean, value.low, value.high))
        rows.append((int(a.key == content.recommended), *(of(a) for _, of in _COMPARED), *shown))
    return "変更案_比較", tuple(header), rows


def _presence(content: Content) -> Sheet:
    """List people at reception, never duties: their times are the contractor's to decide."""
    header = ("変更案コード", "役割", "時間帯の開始", "時間帯の終了", "受付の人数（人）")
    rows: list[tuple[Any, ...]] = []
    for a in content.alternatives:
        hours = [*clock_hours(a.formation.opens_min, a.formation.closes_min)]
        for role, heads in by_role(a, dict(content.grades)).items():
            rows += [(a.key, role, clock(s), clock(e), n) for (s, e), n in zip(hours, heads, strict=True)]
    return "体制_時間帯別", header, rows


def _slots(content: Content) -> Sheet:
    header = (
        "変更案コード",
        "時間帯の開始",
        "時間帯の終了",
        "必要（人）",
        "配置（人）",
        "基準時間内の応答率（割合）",
    )
    rows = []
    for a in content.alternatives:
        first, last = (
            a.formation.opens_min // content.slot_min,
            -(-a.formation.closes_min // content.slot_min),
        )
        for n in range(first, last):
            start, end = clock(n * content.slot_min), clock((n + 1) * content.slot_min)
            rows.append((a.key, start, end, a.needed[n], a.scheduled[n], a.slot_in_time[n]))
    return "必要要員_時間帯別", header, rows


def _events(content: Content) -> Sheet:
    header = ("行事", "種別", "初日", "末日", "公表日", "対象（名）", "状況", "出典")
    rows = [
        (
            e.name,
            event_kind(e.kind),
            e.start,
            e.end,
            None if e.status == EXPECTED else e.announced_on,
            e.headcount,
            EVENT_STATUSES[e.status],
            e.source,
        )
        for e in content.events
    ]
    return "行事", header, rows


def _assumptions(content: Content) -> Sheet:
    """Write numbers as numbers; a convention has none and says under 対象 what holds.

    The columns of intervals stand where some number was measured: a column without a datum is no table's.
    """
    header: tuple[str, ...] = ("前提", "対象", "値", "単位", "件数", "出所")
    if is_measured := any(a.interval for a in content.assumptions):
        header = (*header, "80%区間の下限", "80%区間の上限")
    rows = [
        (
            assumption_label(a.code),
            (assumed(content, a) if a.number is None else assumed_of(content, a)) or None,
            a.number,
            UNITS[a.unit] or None,
            a.sample_size,
            SOURCES[a.source],
            *((a.low, a.high) if is_measured else ()),
        )
        for a in content.assumptions
    ]
    return "前提", header, rows


def _accuracy(content: Content) -> Sheet:
    a = content.accuracy
    header = ("予測方法", "比較の対象", "指標", "全期間", "行事の期間", "単位")
    models = (MODELS[a.model], MODELS[a.baseline])
    rows = [
        (*models, "平均誤差率", a.wape, a.wape_event, "割合"),
        (*models, "避けられない誤差率", a.wape_floor, a.wape_floor_event, "割合"),
        (*models, "80%予測区間に入った割合", a.coverage, a.coverage_event, "割合"),
        (*models, f"{WINDOW_DAYS}開庁日の合計が80%予測区間に入った割合", a.window_coverage, None, "割合"),
        (*models, "80%予測区間に行事の期間の合計が入った割合", None, a.event_window_coverage, "割合"),
        (*models, "比較の対象に対する誤差の比", a.crps_ratio, a.crps_ratio_event, "比"),
        (*models, "検証した時点の数", a.origins, None, "回"),
        (*models, "予測の長さ", a.horizon_days, None, "開庁日"),
        *((models[0], MODELS[m], "組合せの割合", w, None, "割合") for m, w in a.weights),
        *_last_year(models[0], a.last_year),
    ]
    return "精度", header, rows


def _last_year(model: str, beside: LastYear | None) -> Iterator[tuple[Any, ...]]:
    """Yield the chosen model beside last year's days; the WAPE of both on the same days."""
    if beside is None:
        return
    of = (model, MODELS[LAST_YEAR])
    yield *of, "同じ日の平均誤差率", beside.wape, beside.wape_event, "割合"
    of_last_year = (beside.wape_last_year, beside.wape_event_last_year)
    yield *of, "同じ日の比較の対象の平均誤差率", *of_last_year, "割合"
    yield *of, "比較の対象に対する誤差の比", beside.crps_ratio, beside.crps_ratio_event, "比"


def _indicators(document: Document) -> Iterator[tuple[Any, ...]]:
    content = document.content
    yield "データの区分", document.sample_mark or "実データ", "区分"
    yield "提案番号", document.number.removeprefix("提案番号 "), "番号"
    yield "内容の要約値", document.digest, "SHA-256"
    yield "予測の基準日", content.as_of, "日付"
    for name, day in (
        ("提案の期限", content.dates.propose_by),
        ("承認の期限", content.dates.decide_by),
        ("周知の期限", content.dates.notify_by),
    ):
        yield name, day, "日付"
    yield "繁忙期間の問合せの平常に対する比", content.peak_ratio, "倍"
    yield "最も多い時間帯の必要人数", content.needed_peak, "人"
    units = {"within_min": "分"}
    for key, value in content.targets:
        yield TARGETS[key], value, units.get(key, "割合")
    channels = dict(content.channels)
    for channel, share in content.channel_shares:
        yield f"受付方法の割合 {channels[channel]}", share, "割合"
    yield "予測の経路の数", content.paths, "本"
    yield "乱数の種", content.seed, "整数"
    yield "プログラムの版", content.program_version, "版"
