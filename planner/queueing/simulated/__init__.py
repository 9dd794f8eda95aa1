"""The simulation of the desk's day: the judge of all else, and of what no chain knows."""
