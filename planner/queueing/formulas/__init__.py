"""Closed formulas in balance: Erlang B, C and A, the people they ask for, and the offered load."""
