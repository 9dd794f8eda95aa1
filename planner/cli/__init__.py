"""The commands without a browser: ``madoguchi demo``, ``plan``, ``import``, ``forecast``, ``serve``.

One file = one command. They speak Japanese as the screens do; bad input ends with exit code 2.
"""

from planner.cli.commands import main

__all__ = ["main"]
