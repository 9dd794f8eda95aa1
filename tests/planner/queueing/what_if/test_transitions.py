"""Transition chances of birth-death chains, against SciPy's exponential of the whole matrix."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from planner.queueing.exact.birth_death import deaths, stayed
from planner.queueing.line import Line
from planner.queueing.what_if.transitions import transitions


def generator(births: float, dying: np.ndarray) -> np.ndarray:
    out = np.diag(np.full(dying.size - 1, births), 1) + np.diag(dying[1:], -1)
    return out - np.diag(out.sum(axis=1))


@settings(max_examples=30)
@given(
    births=st.floats(0, 3),
    heads=st.integers(0, 8),
    patience=st.sampled_from([0.5, 5.0, np.inf]),
    minutes=st.floats(0, 60),
)
def test_chances_are_the_exponential(births: float, heads: int, patience: float, minutes: float) -> None:
    """From far states as well, which a day never sees."""
    dying = deaths(Line(9.0, patience), np.array([heads, 3.0]), 30)
    number = np.tile(np.arange(30.0), (2, 1))
    chances, gathered = transitions(np.array([births, 0.5]), dying, np.array([minutes, 7.0]), number)
    exact = expm(generator(births, dying[0]) * minutes)
    assert chances[0] == pytest.approx(exact, abs=1e-11)
    assert chances.sum(axis=2) == pytest.approx(np.ones((2, 30)), abs=1e-11)
    assert (chances >= 0).all()
    augmented = np.zeros((31, 31))
    augmented[:30, :30] = generator(births, dying[0])
    augmented[:30, 30] = number[0]
    assert gathered[0] == pytest.approx(expm(augmented * minutes)[:30, 30], rel=1e-10, abs=1e-10)


def test_they_carry_a_law_as_the_day_is_carried() -> None:
    dying = deaths(Line(9.0, 5.0), np.array([2.0]), 40)
    law = np.zeros((1, 40))
    law[0, 3] = 1.0
    minutes, late = np.array([15.0]), np.linspace(0, 1, 40)[None]
    chances, gathered = transitions(np.array([0.3]), dying, minutes, late)
    after, spent = stayed(law, np.array([0.3]), dying, minutes)
    assert law @ chances[0] == pytest.approx(after, abs=1e-11)
    assert law @ gathered[0] == pytest.approx(spent @ late[0], abs=1e-10)
