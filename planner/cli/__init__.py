"""The commands without a browser: ``madoguchi demo``, ``plan``, ``import``, ``imports``, ``forecast`` ….

One file = one command. They speak Japanese as the screens do; bad input ends with exit code 2.
"""

import sys


def main() -> None:
    """Run a command. What it needs takes seconds to load: Ctrl+C is heard while that goes on."""
    try:
        from planner.cli.commands import main as run
    except KeyboardInterrupt:
        sys.exit(130)
    run()
