"""Operators of a day, and what the day would be with other people in one segment."""
