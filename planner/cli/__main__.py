"""``python -m planner.cli``: what the worker process of a job is started with."""

from planner.cli import main

main()
