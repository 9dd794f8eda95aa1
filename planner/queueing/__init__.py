"""Waiting: closed formulas and the simulation of the desk's day."""
