"""``madoguchi forecast``: how many inquiries to expect, day by day, from a file or from what was imported."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from planner import evidence
from planner.cli import terminal
from planner.cli.japanese import Command
from planner.cli.options import Options
from planner.desk_past import question_from_store
from planner.intake import LogSource, Question, Sources, read_question
from planner.plan import Outlook, Settings, looked_ahead
from planner.store import open_store
from planner.wording.dates import percent, short_day
from planner.wording.findings import beside_last_year, members_words
from planner.wording.terms import MODELS

EXAMPLE = """
問合せの件数を日ごとに予測し、80%区間とともに表示する。--inquiries を省くと、取り込んだ記録を使う。

例: madoguchi forecast --desk data/desks/lan-desk.toml --inquiries data/sample/inquiries.csv
--from 2026-04-01 --to 2026-04-30 --as-of 2026-03-01
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("forecast", cls=Command, help=EXAMPLE)(forecast)


def forecast(  # one parameter an option
    desk: Annotated[Path | None, typer.Option(help="窓口ファイル（TOML）【必須】")] = None,
    first: Annotated[str | None, typer.Option("--from", help="予測する初日【必須】")] = None,
    last: Annotated[str | None, typer.Option("--to", help="予測する末日（その日を含む）【必須】")] = None,
    inquiries: Annotated[
        Path | None, typer.Option(help="問合せ記録など（CSV・Excel）。省くと取り込んだ記録")
    ] = None,
    columns: Annotated[str | None, typer.Option(help="項目=列名 の対応")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="この日までの記録だけを使う")] = None,
) -> None:
    """Forecast a period."""
    options = Options()
    sources = Sources(
        desk=options.needed_path("--desk", desk),
        first=options.needed_day("--from", first),
        last=options.needed_day("--to", last),
        as_of=options.day("--as-of", as_of),
    )
    log = None if inquiries is None else LogSource(inquiries, options.columns(columns))
    options.checked()
    with terminal.progress() as tell:
        tell("reading", 0.0)
        question = _stored(sources) if log is None else read_question(sources, log)
        seen = looked_ahead(question, Settings(), tell)
    terminal.show_notices(question.notices)
    _show(question, seen)


def _stored(sources: Sources) -> Question:
    store = open_store()
    try:
        return question_from_store(sources, store)
    finally:
        store.close()


def _show(question: Question, seen: Outlook) -> None:
    table = Table(title=f"{question.desk.name}　問合せ件数の予測（件/日）", title_justify="left")
    table.add_column("日")
    for name in ("下限", "中央", "上限", "平常"):
        table.add_column(name, justify="right")
    table.add_column("行事")
    for day in evidence.outlook(seen.forecast, seen.explanation, question.history):
        if day.day in question.period:
            figures = (day.low, day.median, day.high, day.usual)
            table.add_row(short_day(day.day), *(f"{x:,.0f}" for x in figures), "、".join(day.events))
    terminal.out.print(table)
    tested = next((b for b in seen.choice.backtests if b.model == seen.choice.model.name), None)
    terminal.out.print(f"予測方法: {MODELS[seen.choice.model.name]}。下限〜上限は80%区間。")
    if seen.choice.weights:
        terminal.out.print(f"{members_words(seen.choice.weights, seen.choice.weights_reason)}。")
    if tested is not None:
        terminal.out.print(
            f"過去{tested.origins}回の試し予測で、80%区間に入った日は{percent(tested.coverage)}、"
            f"平均の外れは{percent(tested.wape)}（偶然だけでも{percent(tested.wape_floor)}）。"
        )
    beside = evidence.accuracy_of(seen.choice, 0).last_year
    if beside is not None and beside.wape_last_year:
        terminal.out.print(f"{beside_last_year(beside.wape, beside.wape_last_year)}。")
