from benchmarks.goals import Goal, verdicts

GOALS = {
    "coverage80_min": Goal(least=0.75),
    "coverage95_min": Goal(least=0.90),
    "never_measured": Goal(most=1.0),
}


def test_bounds_are_included() -> None:
    goal = Goal(0.75, 0.87)
    assert [goal.is_met(x) for x in (0.74, 0.75, 0.87, 0.88)] == [False, True, True, False]
    assert str(goal) == ">= 0.75 and <= 0.87"


def test_what_was_missed_is_told_first_with_the_figure_reached() -> None:
    told = list(verdicts(GOALS, {"coverage80_min": 0.76, "coverage95_min": 0.894, "another": 3.0}))
    assert told == [
        "MISSED  coverage95_min  0.894  (goal >= 0.9)",
        "met     coverage80_min  0.76  (goal >= 0.75)",
    ]
