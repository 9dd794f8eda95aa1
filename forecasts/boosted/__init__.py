"""The parts of the boosted model: what trees see, the fit they start from, how the level is forgotten."""
