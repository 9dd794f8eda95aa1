"""``madoguchi due``: which coming peaks want a proposal, a decision or a notice to users, and by when."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from planner.cli import outputs, terminal
from planner.cli.clock import local_now
from planner.cli.desks import named_desk
from planner.cli.japanese import Command
from planner.cli.options import Options
from planner.content import plain
from planner.desk import Desk
from planner.exports.peak_calendar import peak_calendar
from planner.outlook import KeptOutlook
from planner.peaks import Due, coming_peaks, due
from planner.store import Store, open_store
from planner.wording import peaks as words
from planner.wording.dates import short_day
from planner.wording.numbers import count, times

SOMETHING_IS_DUE = 3
"""Exit code where a step is due or late, so that cron or a monitor can tell."""
NO_OUTLOOK = 2
HELP = f"""
これからの繁忙（山）ごとに、提案・承認・周知の期限を一覧にする。最新の見通しを使う。
期限の迫った手続があるときの終了コードは {SOMETHING_IS_DUE}、ないときは 0。

例: madoguchi due --desk lan-desk --within 10 --ics peaks.ics
"""
_MOST = 400


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("due", cls=Command, help=HELP)(command)


def command(
    desk: Annotated[str | None, typer.Option(help="窓口ファイル（TOML）又は窓口の符号【必須】")] = None,
    within: Annotated[
        str, typer.Option(help="期限まで何開庁日以内を「迫った」とするか", metavar="整数")
    ] = "10",
    as_of: Annotated[str | None, typer.Option("--as-of", help="この日の時点で数える。既定は今日")] = None,
    ics: Annotated[Path | None, typer.Option(help="山と期限を書き出すファイル（iCalendar）")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="結果を書き出すファイル（JSON）")] = None,
) -> None:
    """List what is due."""
    options = Options()
    name = options.needed_text("--desk", desk)
    limit = options.whole("--within", within, 0, _MOST)
    today = options.day("--as-of", as_of) or local_now().date()
    options.checked()
    store = open_store()
    try:
        found = named_desk(store.home, name).desk
        seen = _newest(store, found)
        proposals = [filed.proposal for filed in store.proposals(found.id)]
    finally:
        store.close()
    if seen is None:
        terminal.show_mistake(f"{found.name}の見通しがまだありません。画面の「見通し」で作成してください。")
        raise typer.Exit(NO_OUTLOOK)
    rows = due(coming_peaks(seen, found), proposals, found.calendar, today)
    _show(found, seen, rows, today)
    if ics is not None:
        data = peak_calendar(found, (row.peak for row in rows), seen.facts.as_of)
        terminal.show_files([outputs.written_file(ics, data)])
    if json_file is not None:
        text = json.dumps(plain(rows), ensure_ascii=False, indent=1, allow_nan=False)
        terminal.show_files([outputs.written_file(json_file, text.encode())])
    if any(row.step is not None and row.days_left <= limit for row in rows):
        raise typer.Exit(SOMETHING_IS_DUE)


def _newest(store: Store, desk: Desk) -> KeptOutlook | None:
    """Return the newest outlook that can be read; None where the desk has none."""
    kept = (store.outlook(head.id) for head in store.outlooks(desk.id))
    return next((outlook for outlook in kept if outlook is not None), None)


def _show(desk: Desk, seen: KeptOutlook, rows: tuple[Due, ...], today: date) -> None:
    facts = seen.facts
    reach = f"{short_day(facts.as_of)}時点の見通し、{words.day(facts.days[-1], facts.as_of)}まで"
    told = f"{desk.name}　これからの山と期限（{reach}）"
    if not rows:
        terminal.out.print(told, words.NONE_AHEAD, sep="\n", soft_wrap=True)
        return
    table = Table(title=told, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for heading in ("山の期間", "行事"):
        table.add_column(heading, overflow="fold")
    for heading in ("平常比", "問合せ（80%の範囲）"):
        table.add_column(heading, justify="right", overflow="fold")
    for heading in ("次の手続", "期限", "残り", "提案番号"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*_cells(row, today))
    terminal.out.print(table)


def _cells(row: Due, today: date) -> tuple[str, ...]:
    peak = row.peak
    step = words.STEPS[row.step] if row.step else words.NOTHING_LEFT
    return (
        words.span(peak.period.start, peak.period.last, today),
        "、".join(peak.events),
        times(peak.ratio),
        f"{count(peak.expected)}件（{count(peak.low)}〜{count(peak.high)}）",
        step,
        "" if row.by is None else words.day(row.by, today),
        words.left(row.days_left, row.step) if row.step else "",
        row.proposal,
    )
