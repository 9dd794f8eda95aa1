"""Lines: every person's own rows as one graph of days, and what links people as a master over whole lines."""
