"""One TOML file → one Desk. ``schema`` holds the shape, ``checks`` what must agree across entries."""

from planner.desk_file.read import event_paths, read_desk

__all__ = ["event_paths", "read_desk"]
