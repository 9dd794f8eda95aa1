"""The list of commands, and what happens when one fails."""

import sys

import typer
from typer.exceptions import TyperException

from forecasts.faults import FaultyFile
from planner.cli import demo, forecast, importing, job, plan, serve, terminal
from planner.cli.japanese import Group, mistake, speak_japanese
from planner.proposal import NotAllowed

app = typer.Typer(
    cls=Group,
    help="窓口の問合せを予測し、体制（シフト）変更の提案書を作る。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["--help", "-h"]},
)
for command in (demo, plan, importing, forecast, serve, job):
    command.register(app)


def main() -> None:
    """Run a command; exit with 2 on bad input, 1 on what could not be done."""
    speak_japanese()
    try:
        sys.exit(typer.main.get_command(app).main(standalone_mode=False) or 0)
    except FaultyFile as faulty:
        terminal.show_faults(faulty.faults)
        sys.exit(2)
    except NotAllowed as refused:
        terminal.show_refusal(refused)
        sys.exit(1)
    except TyperException as error:
        terminal.show_mistake(mistake(error))
        sys.exit(2)
    except (typer.Abort, KeyboardInterrupt):
        terminal.show_mistake("中止しました。書き掛けのものはありません。")
        sys.exit(130)
