"""``madoguchi serve``: the dashboard on this machine's own address."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from planner.cli import terminal
from planner.cli.japanese import Command
from planner.cli.options import Options
from planner.store.opening import HOME, home_folder

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = """
画面を開く。この端末からだけ見られる（127.0.0.1）。終えるときは Ctrl+C。

例: madoguchi serve --port 8501
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve", cls=Command, help=EXAMPLE)(serve)


def serve(port: Annotated[str, typer.Option(help="番号", metavar="整数")] = "8501") -> None:
    """Serve until stopped."""
    options = Options()
    number = options.whole("--port", port, 1024, 65535)
    options.checked()
    terminal.out.print(f"画面: http://127.0.0.1:{number}　（終えるときは Ctrl+C）")
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), f"--server.port={number}"]
    home = {**os.environ, HOME: str(home_folder())}  # of the folder we were called in, not of ROOT
    quiet = subprocess.DEVNULL  # Streamlit's own greeting is English; its errors go to stderr
    sys.exit(subprocess.run(command, cwd=ROOT, env=home, stdout=quiet, check=False).returncode)  # noqa: S603  # our own
