"""The list of commands, and what happens when one fails."""

import io
import sys

import typer
from typer.exceptions import TyperException

from forecasts.faults import FaultyFile
from planner.cli import (
    capacity,
    demo,
    due,
    forecast,
    import_log,
    importing,
    job,
    plan,
    roster,
    serve,
    terminal,
)
from planner.cli.japanese import Group, mistake, speak_japanese
from planner.proposal import NotAllowed

STOPPED = 130
"""Exit code after Ctrl+C."""
app = typer.Typer(
    cls=Group,
    help="窓口の問合せを予測し、体制（シフト）変更の提案書を作る。",
    add_completion=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["--help", "-h"]},
)
for command in (demo, plan, importing, import_log, forecast, due, capacity, roster, serve, job):
    command.register(app)


def main() -> None:
    """Run a command; exit with 2 on bad input, 1 on what could not be done. Never shows a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that cannot write 〜 gets ?, not an error
            stream.reconfigure(errors="replace")
    speak_japanese()
    try:
        code = typer.main.get_command(app).main(sys.argv[1:] or ["--help"], standalone_mode=False) or 0
        if code == STOPPED:  # Typer makes this code of a KeyboardInterrupt
            terminal.show_mistake("中止しました。書き掛けのものはありません。")
        sys.exit(code)
    except FaultyFile as faulty:
        terminal.show_faults(faulty.faults)
        sys.exit(2)
    except NotAllowed as refused:
        terminal.show_refusal(refused)
        sys.exit(1)
    except TyperException as error:
        terminal.show_mistake(mistake(error))
        sys.exit(2)
    except Exception:  # noqa: BLE001  # whatever went wrong: a traceback helps nobody at a desk
        terminal.show_unexpected()
        sys.exit(1)
