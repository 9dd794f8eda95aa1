"""A roster made by hand (Excel or CSV) → a Roster, of which every rule can be checked without solving."""

from planner.rosters.handmade.reader import Handmade, read_roster

__all__ = ["Handmade", "read_roster"]
