"""Waiting: what callers meet at a desk, by closed formulas, exactly, or simulated."""
