"""``madoguchi plan``: files in, proposal out; needs no database."""

from pathlib import Path
from typing import Annotated

import typer

from forecasts.faults import Notice
from planner.cli import outputs, terminal
from planner.cli.japanese import Command
from planner.cli.options import Options
from planner.intake import LogSource, Sources, file_faults, read_question
from planner.plan import Settings, planned
from planner.proposing import problem_of
from planner.rosters.soundness import problems_with

_SEED = str(Settings().seed)
EXAMPLE = """
問合せ記録と窓口ファイルから、変更案の比較と提案書一式を作る。データベースは使わない。

例: madoguchi plan --inquiries data/sample/inquiries.csv --desk data/desks/lan-desk.toml
--from 2026-04-01 --to 2026-04-30 --as-of 2026-03-01 --out out/april
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("plan", cls=Command, help=EXAMPLE)(plan)


def plan(  # noqa: PLR0913, PLR0917  # one parameter an option
    inquiries: Annotated[
        Path | None, typer.Option(help="問合せ記録、電話交換機の報告又は日別の件数表（CSV・Excel）【必須】")
    ] = None,
    desk: Annotated[Path | None, typer.Option(help="窓口ファイル（TOML）【必須】")] = None,
    first: Annotated[str | None, typer.Option("--from", help="計画期間の初日 2026-04-01【必須】")] = None,
    last: Annotated[str | None, typer.Option("--to", help="計画期間の末日（その日を含む）【必須】")] = None,
    columns: Annotated[
        str | None, typer.Option(help="項目=列名 の対応。received_at=受付日時,channel=受付方法 など")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="この日までの記録だけを使う。既定は --from の前日")
    ] = None,
    out: Annotated[Path, typer.Option(help="書き出す場所")] = Path("out/plan"),
    seed: Annotated[str, typer.Option(help="乱数の種。同じ種なら同じ結果になる", metavar="整数")] = _SEED,
) -> None:
    """Plan a period from files."""
    options = Options()
    sources = Sources(
        desk=options.needed_path("--desk", desk),
        first=options.needed_day("--from", first),
        last=options.needed_day("--to", last),
        as_of=options.day("--as-of", as_of),
    )
    log = LogSource(options.needed_path("--inquiries", inquiries), options.columns(columns))
    settings = Settings(seed=options.whole("--seed", seed, 0, 2**31 - 1))
    options.folder("--out", out)
    options.checked(lambda: file_faults(sources.desk, log))
    with terminal.progress() as tell:
        tell("reading", 0.0)
        question = read_question(sources, log)
        answer = planned(question, settings, tell)
        tell("writing", 0.95)
        written = outputs.written(out, outputs.of_plan(question.desk, answer))
    terminal.show_notices(question.notices)
    if answer.roster is None:
        terminal.show_notices([Notice("no_roster")])
        terminal.show_causes(problems_with(problem_of(answer.content, question.desk)))
    else:
        terminal.show_notices([Notice("roster_alone")])
    terminal.show_plan(answer.content)
    terminal.show_assumptions(answer.content)
    terminal.show_files(written)
