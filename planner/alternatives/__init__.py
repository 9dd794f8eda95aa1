"""Levers, windows, patterns, the solver's question: the alternatives, 現状維持 first."""
