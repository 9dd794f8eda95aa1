"""The parts of the joint model: level, columns, regression, what was learned, why."""
