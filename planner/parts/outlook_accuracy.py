"""精度 on the page 見通し: whether intervals kept their word, how far off, beside ways that people know."""

import streamlit as st

from forecasts.backtest import Backtest, DayScore, HorizonScore
from planner.charts import calibration, errors_by_horizon
from planner.document.blocks import Column, Table
from planner.outlook import KeptOutlook
from planner.parts import drawing, markup
from planner.wording.dates import percent
from planner.wording.outlook import (
    beside_words,
    calibration_title,
    covered_words,
    error_words,
    errors_title,
    horizon_name,
    model_name,
)

_KNOWN_WAY = "last_year_growth"
_FEW_ORIGINS = 6
_FEW_DAYS = 20
"""A share of fewer days says nothing."""
_FEW_WINDOWS = 10
"""A share of fewer totals of periods says nothing."""


def accuracy(outlook: KeptOutlook) -> None:
    """Show how good the forecast was on the desk's own past, as known then."""
    test = outlook.facts.backtest
    if test is None:
        _untested()
        return
    st.write(accuracy_words(outlook, test))
    left, right = st.columns([2, 3])
    with left:
        title = calibration_title(test.calibration)
        drawing.draw(calibration(test.calibration, title), title)
    with right:
        last = test.horizons[-1]
        title = errors_title(_name(test, last), last.all_days.wape, last.all_days.wape_floor)
        rows = [
            (
                _name(test, h).removesuffix("開庁日先"),
                h.all_days.wape,
                h.all_days.wape_floor,
                None if h.on_events is None or h.on_events.days < _FEW_DAYS else h.on_events.wape,
            )
            for h in test.horizons
        ]
        drawing.draw(errors_by_horizon(rows, title), title)
    markup.table(_by_horizon(test))
    _totals(test)
    markup.table(_by_model(outlook))
    markup.notes(
        (
            f"過去の{test.origins}時点に立ち戻り、当時知り得た記録及び公表済みの行事だけから、"
            f"{test.horizon_days}開庁日先までを予測して実績と比べた。",
            "偶然の変動は、見込みが完全に当たっていても残る誤差である（件数が少ないほど大きい）。"
            "端数を四捨五入しているため、内訳の計は平均誤差率と一致しないことがある。",
            f"{_FEW_DAYS}日に満たない対象については、予測区間に入った割合を示さない。",
            "学習から除外した日は、過去の全ての時点で除き、検証の対象ともしないため、精度は実際よりやや高く示される。",
            "誤差の比は予測分布の誤差（CRPS）の比で、1未満であれば採用した方法の方が精度が高い。",
        )
    )
    if test.origins < _FEW_ORIGINS:
        markup.notes(("検証した時点が少ないため、精度は参考値である。",))


def _untested() -> None:
    st.info("記録が短いため、過去の期間による検証はまだできない。")
    st.markdown(
        "- 予測区間は、短い記録を踏まえて広くとっている。\n"
        "- 8週を超える記録を取り込むと、過去の時点に立ち戻った検証を行い、ここに示す。\n"
        "- 前年同時期の記録があれば、「データ」の画面で追加で取り込む。"
    )


def accuracy_words(outlook: KeptOutlook, test: Backtest) -> str:
    """Say how far off it was, whether the intervals kept their word, and what people would have done."""
    said = error_words(test.wape, test.wape_floor)
    if _days(test) >= _FEW_DAYS:
        said += covered_words(test.coverage, test.coverage95)
    else:
        said += "検証した日数が少ないため、予測区間の当たり方は判断できない。"
    beside = next((b for b in outlook.facts.beside if b.other == _KNOWN_WAY), None)
    if beside is not None:
        said += beside_words(beside.other, beside.crps_ratio, beside.crps_ratio_event)
    return said


def _days(test: Backtest) -> int:
    """Return how many days were compared in all."""
    return sum(h.all_days.days for h in test.horizons)


def _by_horizon(test: Backtest) -> Table:
    columns = (
        Column("予測の先"),
        Column("対象"),
        Column("検証した日数", "日", is_figure=True),
        Column("平均誤差率", is_figure=True),
        Column("うち偶然の変動", is_figure=True),
        Column("それを超える誤差", is_figure=True),
        Column("80%予測区間に入った割合", is_figure=True),
        Column("95%予測区間に入った割合", is_figure=True),
    )
    rows = []
    for horizon in test.horizons:
        name = _name(test, horizon)
        rows.append((name, "全ての日", *_cells(horizon.all_days)))
        if horizon.on_events is not None:
            rows.append((name, "行事の日", *_cells(horizon.on_events)))
    return Table(columns, tuple(rows), "予測の精度（何開庁日先かによる違い）")


def _name(test: Backtest, horizon: HorizonScore) -> str:
    """Name a horizon by the days that were tried of it."""
    return horizon_name(horizon.first_lead, min(horizon.last_lead, test.horizon_days))


def _cells(score: DayScore) -> tuple[str, ...]:
    return (
        f"{score.days:,}",
        percent(score.wape),
        percent(min(score.wape_floor, score.wape)),
        percent(max(score.excess, 0.0)),
        percent(score.coverage80) if score.days >= _FEW_DAYS else "―",
        percent(score.coverage95) if score.days >= _FEW_DAYS else "―",
    )


def _totals(test: Backtest) -> None:
    """Say how often totals of periods lay in their interval: staff is decided on them."""
    said = []
    if test.window_coverage is not None and test.windows >= _FEW_WINDOWS:
        said.append(f"連続する10開庁日の合計（{test.windows}期間）では{percent(test.window_coverage)}")
    if test.event_window_coverage is not None and test.event_windows >= _FEW_WINDOWS:
        said.append(
            f"一連の行事の期間の合計（{test.event_windows}期間）では{percent(test.event_window_coverage)}"
        )
    if said:
        st.write(f"期間の合計の実績が80%予測区間に入った割合は、{'、'.join(said)}である。")


def _by_model(outlook: KeptOutlook) -> Table:
    facts = outlook.facts
    beside = {b.other: b for b in facts.beside}
    columns = (
        Column("予測の方法"),
        Column("平均誤差率", is_figure=True),
        Column("80%予測区間に入った割合", is_figure=True),
        Column("採用した方法の誤差の比（全ての日）", is_figure=True),
        Column("同（行事の日）", is_figure=True),
    )
    rows = []
    for test in sorted(facts.backtests, key=lambda b: (b.model != facts.chosen, b.crps)):
        is_chosen, other = test.model == facts.chosen, beside.get(test.model)
        rows.append(
            (
                model_name(test.model) + ("【採用】" if is_chosen else ""),
                percent(test.wape),
                percent(test.coverage) if _days(test) >= _FEW_DAYS else "―",
                "―" if other is None else f"{other.crps_ratio:.2f}",
                "―" if other is None or other.crps_ratio_event is None else f"{other.crps_ratio_event:.2f}",
            )
        )
    return Table(columns, tuple(rows), "ほかの予測方法との比較")
