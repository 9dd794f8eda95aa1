"""``madoguchi capacity``: which residents and temporary weeks the coming years need, and their price."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from forecasts.faults import Fault
from planner.capacity.answer import CapacityAnswer, Case
from planner.capacity.calendar import HORIZONS, fiscal_year_start
from planner.capacity.plan import Ask, answered
from planner.capacity.scenario import Scenario
from planner.cli import outputs, terminal
from planner.cli.japanese import Command
from planner.cli.options import Options
from planner.content import plain
from planner.desk_past import question_from_store
from planner.intake import LogSource, Question, Sources, read_question
from planner.plan import Progress, Settings, looked_ahead
from planner.store import open_store
from planner.wording import year as words
from planner.wording.dates import percent, thousand_yen, wareki_month

EXAMPLE = """
先の12・24・36か月に必要な常駐の人数と臨時の増員を、最小の費用で求める。
--inquiries を省くと、取り込んだ記録を使う。

例: madoguchi capacity --desk data/desks/lan-desk.toml --inquiries data/sample/inquiries.csv
--as-of 2026-03-01 --months 12 --users 80
"""
_QUARTER = timedelta(weeks=13)
_LOOKING = 0.4
"""The share of the work that choosing a model takes."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("capacity", cls=Command, help=EXAMPLE)(capacity)


def capacity(  # noqa: PLR0913, PLR0917  # one parameter an option
    desk: Annotated[Path | None, typer.Option(help="窓口ファイル（TOML）【必須】")] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="この日までの記録だけを使う 2026-03-01【必須】")
    ] = None,
    inquiries: Annotated[
        Path | None, typer.Option(help="問合せ記録など（CSV・Excel）。省くと取り込んだ記録")
    ] = None,
    columns: Annotated[str | None, typer.Option(help="項目=列名 の対応")] = None,
    months: Annotated[str, typer.Option(help="翌月から何か月先まで（12、24、36）", metavar="整数")] = "12",
    risk: Annotated[
        str | None, typer.Option(help="許す「目標を下回るおそれ」（%）。既定は窓口ファイル", metavar="整数")
    ] = None,
    users: Annotated[str, typer.Option(help="試算: 利用者を今の何%とするか", metavar="整数")] = "100",
    users_from: Annotated[
        str | None, typer.Option("--users-from", help="利用者が変わる日。既定は次の年度の初日")
    ] = None,
    handling: Annotated[str, typer.Option(help="試算: 処理時間を今の何%とするか", metavar="整数")] = "100",
    json_file: Annotated[Path | None, typer.Option("--json", help="結果を書き出すファイル（JSON）")] = None,
) -> None:
    """Plan the years ahead."""
    options = Options()
    known = options.needed_day("--as-of", as_of)
    path = options.needed_path("--desk", desk)
    log = None if inquiries is None else LogSource(inquiries, options.columns(columns))
    horizon = options.whole("--months", months, min(HORIZONS), max(HORIZONS))
    if horizon not in HORIZONS:
        options.faults.append(Fault("bad_option", "--months", value=months, allowed="12、24、36"))
    accepted = None if risk is None else options.whole("--risk", risk, 0, 99) / 100
    share = options.whole("--users", users, 1, 500) / 100
    longer = options.whole("--handling", handling, 1, 500) / 100
    since = options.day("--users-from", users_from)
    options.checked()
    scenario = asked_scenario(known, share, since, longer)
    sources = Sources(path, known + timedelta(days=1), known + _QUARTER, known)
    with terminal.progress() as tell:
        tell("reading", 0.0)
        question = _stored(sources) if log is None else read_question(sources, log)
        answer = year_answered(question, Ask(horizon, accepted, scenario), tell)
    terminal.show_notices(question.notices)
    show(answer)
    if json_file is not None:
        data = json.dumps(plain(answer), ensure_ascii=False, indent=1, allow_nan=False)
        terminal.show_files([outputs.written_file(json_file, data.encode())])


def asked_scenario(as_of: date, users: float, users_from: date | None, handling: float) -> Scenario:
    """Return what is supposed; users go at the next fiscal year where no day is said."""
    since = (users_from or fiscal_year_start(as_of)) if users != 1.0 else None
    return Scenario("asked", users, since, handling)


def year_answered(question: Question, ask: Ask, progress: Progress) -> CapacityAnswer:
    """Choose a model as a plan does, and answer for the years ahead."""
    seen = looked_ahead(question, Settings(), lambda code, share: progress(code, _LOOKING * share / 0.4))
    fitted = seen.choice.model.fit(seen.known)
    return answered(
        question, fitted, ask, lambda code, share: progress(code, _LOOKING + (1 - _LOOKING) * share)
    )


def _stored(sources: Sources) -> Question:
    store = open_store()
    try:
        return question_from_store(sources, store)
    finally:
        store.close()


def show(answer: CapacityAnswer) -> None:
    """Print the answer, the months, the scenarios, and what they rest on."""
    asked, first = answer.asked, answer.cases[0]
    span = words.span_words(asked.first, asked.months)
    sample = "（架空データ）" if answer.is_sample else ""
    terminal.out.print(f"{answer.desk_name}　{span}の年間計画{sample}", style="bold", soft_wrap=True)
    said = words.answer_words(span, answer.present_total, first.missed, asked.max_risk)
    terminal.out.print(said, soft_wrap=True)
    terminal.out.print(_months(answer))
    terminal.out.print(_cases(answer))
    terminal.out.print("前提")
    grade = dict(answer.grades)[answer.extra_grade]
    limits = asked.limits.least_weeks, asked.limits.most_weeks
    targets = dict(answer.targets)
    for line in words.assumptions(
        asked.max_risk, limits, (answer.extra_heads, grade), targets, answer.approximate
    ):
        terminal.out.print(f"・{line}", soft_wrap=True)


def _months(answer: CapacityAnswer) -> Table:
    table = Table(title="月ごとの必要な人数", title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("月", no_wrap=True)
    for name in ("問合せ\n(件/日)", "必要な\n人数", "今の体制で\n下回るおそれ", "応答", "応答率", "当日中"):
        table.add_column(name, justify="right", no_wrap=True)
    for m in answer.months:
        need = words.need_words(m.needed, is_reached=m.is_reached, is_least=m.is_least)
        risk = words.risk_words(m.risk, is_missed=m.short > 0)
        shares = (percent(x) for x in (m.in_time, m.answer_rate, m.same_day))
        table.add_row(wareki_month(m.first), f"{m.inquiries:,.0f}", need, risk, *shares)
    return table


def _cases(answer: CapacityAnswer) -> Table:
    table = Table(title="場合ごとの体制", title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("場合", overflow="fold", max_width=24)
    table.add_column("足りない月", overflow="fold", max_width=16)
    table.add_column("常駐", no_wrap=True)
    table.add_column("臨時の増員", overflow="fold")
    for name in ("年額", "今との差"):
        table.add_column(name, justify="right", no_wrap=True)
    for case in answer.cases:
        table.add_row(*_case(answer, case))
    return table


def _case(answer: CapacityAnswer, case: Case) -> tuple[str, ...]:
    s, plan = case.scenario, case.plan
    yen = answer.yen_a_year(plan.yen)
    blocks = words.blocks_words([(b.first, b.last, b.heads, b.weeks) for b in plan.blocks])
    left = "" if not plan.left else "\n" + words.left_words([(m.first, m.short) for m in plan.left])
    return (
        words.case_name(s.key, s.users_times, s.users_from, s.handling_times),
        words.months_words(case.missed),
        words.residents_words(plan.total, plan.change),
        blocks + left,
        thousand_yen(yen),
        words.signed_yen(yen - answer.yen_a_year(answer.present_yen)),
    )
