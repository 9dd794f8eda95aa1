"""Engines: the same rows for CP-SAT, for HiGHS, and for lines of single people (columns)."""
