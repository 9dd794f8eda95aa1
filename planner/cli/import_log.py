"""``madoguchi imports`` lists what a desk took in; ``madoguchi undo-import`` takes an import back."""

from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from forecasts.faults import Fault, FaultyFile
from planner.actions.undo_import import undo_import
from planner.cli import terminal
from planner.cli.clock import local_now
from planner.cli.desks import named_desk
from planner.cli.importing import contractor
from planner.cli.japanese import Command
from planner.cli.options import Options
from planner.store import ImportRecord, open_store
from planner.wording.files import KIND_NAMES, import_state

_MOST = 2**31 - 1
IMPORTS = """
窓口の取込みの履歴（番号、日時、ファイル、種類、期間、件数、状態）を一覧にする。

例: madoguchi imports --desk lan-desk
"""
UNDO = """
取込みを一つ、全て取り消す。訂正された件は元の値に戻り、取消しは記録に残る。

例: madoguchi undo-import 3 --desk lan-desk
"""

DeskName = Annotated[str | None, typer.Option(help="窓口ファイル（TOML）又は窓口の符号【必須】")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("imports", cls=Command, help=IMPORTS)(imports)
    app.command("undo-import", cls=Command, help=UNDO)(undo)


def imports(desk: DeskName = None) -> None:
    """List the imports of a desk, the newest first."""
    options = Options()
    name = options.needed_text("--desk", desk)
    options.checked()
    store = open_store()
    try:
        found = named_desk(store.home, name).desk
        records = store.imports(found.id)
    finally:
        store.close()
    if not records:
        terminal.out.print(f"{found.name}には、まだ何も取り込んでいません。", soft_wrap=True)
        return
    title = f"{found.name}　取込みの履歴"
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("番号", justify="right", no_wrap=True)
    for heading in ("日時", "ファイル", "種類", "期間"):
        table.add_column(heading, overflow="fold")
    for heading in ("行", "新規", "訂正", "取込\n不可"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("状態", overflow="fold")
    for record in reversed(records):
        table.add_row(*_cells(record))
    terminal.out.print(table)


def _cells(record: ImportRecord) -> tuple[str, ...]:
    span = "" if record.first_day is None else f"{record.first_day} 〜\n{record.last_day}"
    counts = (record.rows, record.added, record.corrected, record.account.rejected)
    return (
        str(record.id),
        f"{record.at:%Y-%m-%d %H:%M}",
        record.file_name,
        KIND_NAMES[record.kind],
        span,
        *(f"{n:,}" for n in counts),
        import_state(record.undone_at, is_active=record.is_active, is_partial=record.is_partial),
    )


def undo(
    number: Annotated[str | None, typer.Argument(help="取込みの番号", metavar="番号")] = None,
    desk: DeskName = None,
) -> None:
    """Take an import back."""
    options = Options()
    typed = options.needed_text("番号", number)
    import_id = options.whole("番号", typed, 1, _MOST) if typed else 0
    name = options.needed_text("--desk", desk)
    options.checked()
    store = open_store()
    try:
        found = named_desk(store.home, name).desk
        known = [record.id for record in store.imports(found.id)]
        if import_id not in known:
            allowed = ", ".join(map(str, known))
            raise FaultyFile([Fault("unknown_import", "番号", value=typed, allowed=allowed)])
        record = undo_import(store, import_id, contractor(found), local_now())
    finally:
        store.close()
    terminal.out.print(f"取込み{record.id}（{record.file_name}）を取り消しました。", soft_wrap=True)
