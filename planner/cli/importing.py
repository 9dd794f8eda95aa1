"""``madoguchi import``: takes an inquiry log into the store; the same file twice is counted once."""

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from planner.access import Actor, Role
from planner.actions.import_log import LogFile, import_log
from planner.cli import terminal
from planner.cli.clock import local_now
from planner.cli.japanese import Command
from planner.cli.options import Options
from planner.desk import Desk
from planner.desk_folder import keep_desk
from planner.intake import LogSource, read_import
from planner.store import open_store

EXAMPLE = """
問合せ記録を取り込む。同じファイルを二度取り込んでも、件数は増えない。

例: madoguchi import data/sample/inquiries.csv --desk data/desks/lan-desk.toml
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import", cls=Command, help=EXAMPLE)(import_file)


def contractor(desk: Desk) -> Actor:
    """Return the local user of the command line, who works for the contractor."""
    return Actor("local", Role.PLANNER, f"{desk.terms.contractor} 計画担当")


def import_file(
    file: Annotated[Path | None, typer.Argument(help="問合せ記録（CSV）", metavar="ファイル")] = None,
    desk: Annotated[Path | None, typer.Option(help="窓口ファイル（TOML）【必須】")] = None,
    columns: Annotated[str | None, typer.Option(help="項目=列名 の対応")] = None,
) -> None:
    """Take a log in."""
    options = Options()
    path, desk_path = options.needed_path("ファイル", file), options.needed_path("--desk", desk)
    mapping = options.columns(columns)
    options.checked()
    with terminal.progress() as tell:
        tell("reading", 0.0)
        described, inquiries = read_import(desk_path, LogSource(path, mapping))
        log_file = LogFile(described.id, hashlib.sha256(path.read_bytes()).hexdigest(), mapping)
        store = open_store()
        try:
            kept = keep_desk(store.home, desk_path)
            record = import_log(store, log_file, inquiries, contractor(described), local_now())
        finally:
            store.close()
    if record.is_repeat:
        terminal.out.print(f"同じ内容のファイルを取込み済みのため、件数は増えません（{record.rows:,}件）。")
        return
    span = f"{inquiries['received_at'].min():%Y-%m-%d} 〜 {inquiries['received_at'].max():%Y-%m-%d}"
    terminal.out.print(f"{described.name}に{record.rows:,}件を取り込みました（{span}）。")
    terminal.out.print(f"窓口ファイルの控え: {kept}", soft_wrap=True)
