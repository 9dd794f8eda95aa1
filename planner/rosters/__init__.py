"""Named rosters: plain data, one file per rule, a solver, and checkers that never saw the solver."""
