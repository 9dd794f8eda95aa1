"""Small desks counted out: the optimiser equals counting out, and counting out can tell."""

from dataclasses import replace
from random import Random

import pytest

from benchmarks.alternatives_enumerated import choices_apart, counted, drawn_figures, monotone
from benchmarks.enumerated_patterns import counted_out, drawn_desk, drawn_questions, judged
from planner.alternatives.levers import levers_of
from planner.alternatives.solver import designed


@pytest.mark.parametrize("seed", range(1000, 1004))
def test_the_optimiser_equals_counting_out(seed: int) -> None:
    found = counted(seed)
    assert found.patterns >= 6
    assert (found.pattern_differences, found.choice_differences, found.violations) == (0, 0, 0)
    assert found.checks > 50


def test_a_worse_pattern_is_told_apart() -> None:
    rng = Random(1)  # noqa: S311  # drawn, not secret
    *_, question = drawn_questions(drawn_desk(rng), rng)
    other = replace(question, late_table=question.late_table[::-1].copy())
    assert judged(question, designed(question)[0].seats) == counted_out(question)
    assert judged(question, designed(other)[0].seats) > counted_out(question)


def test_a_missing_choice_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    levers = levers_of(drawn_desk(Random(2)))  # noqa: S311  # drawn, not secret
    deliver = drawn_figures(levers, 2)
    assert choices_apart(deliver, 0.2) == 0
    monkeypatch.setattr("benchmarks.alternatives_enumerated.chosen_of", lambda *_: {})
    assert choices_apart(deliver, 0.2) == len({lever.key for lever in levers})


def test_what_is_not_monotone_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    deliver = drawn_figures(levers_of(drawn_desk(Random(2))), 2)  # noqa: S311  # drawn, not secret
    assert all(monotone(deliver))
    monkeypatch.setattr("benchmarks.alternatives_enumerated.cost", lambda _, max_risk: (max_risk,))
    assert not all(monotone(deliver))
