"""One caller's chances: closed forms against dense matrices of the place in the line."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import expm

from forecasts.distribution import Floats
from planner.queueing.exact.caller import Caller, Turn, advanced, caller, places_within
from planner.queueing.line import Line

PLACES = 24
LINES = [
    Line(9.0, 5.0),
    Line(9.0),
    Line(9.0, 5.0, inf),
    Line(9.0, inf, 5.0),
    Line(4.0, 20.0, 2.0),
    Line(30.0, 0.1),
]


def flown(line: Line, heads: int, minutes: float) -> Floats:
    """Return the chances from each place to each place, and, last, to be answered."""
    rates = np.zeros((PLACES + 1, PLACES + 1))
    for j in range(PLACES):
        ahead = heads * line.service_per_min + j * line.leaving_per_min
        rates[j, j - 1 if j else PLACES] = ahead
        rates[j, j] = -ahead - line.measured_leaving_per_min
    return np.asarray(expm(rates * minutes))


@pytest.mark.parametrize("line", LINES, ids=str)
@pytest.mark.parametrize("heads", [0, 1, 4])
@pytest.mark.parametrize("minutes", [1e-6, 1 / 3, 7.0, 60.0])
def test_places_and_answers_are_those_of_the_generator(line: Line, heads: int, minutes: float) -> None:
    one, expected = Caller(line, PLACES), flown(line, heads, minutes)
    assert np.abs(one.answered(heads, minutes) - expected[:-1, -1]).max() < 1e-11
    assert np.abs(one.moved(heads, minutes) - expected[:-1, :-1]).max() < 1e-11


@pytest.mark.parametrize("line", LINES, ids=str)
def test_no_time_is_no_answer(line: Line) -> None:
    assert Caller(line, PLACES).answered(4, 0.0).tolist() == [0.0] * PLACES


@given(
    line=st.sampled_from(LINES),
    heads=st.integers(0, 4),
    after=st.floats(0.1, 9.0),
    limit=st.floats(9.0, 30.0),
)
def test_a_turn_at_which_nothing_changes_changes_nothing(
    line: Line, heads: int, after: float, limit: float
) -> None:
    one = Caller(line, PLACES)
    straight = one.answered_through(heads, (), limit)
    turned = one.answered_through(heads, (Turn(after, heads, 0),), limit)
    assert np.abs(turned - straight).max() < 1e-9
    held = Turn(after, heads, 2, np.array([[0.0, 0.0, 1.0], [0.0, 0.0, 1.0]]))
    assert np.abs(one.answered_through(heads, (held,), limit) - straight).max() < 1e-9


def test_joiners_answer_the_first_and_calls_handed_back_go_ahead() -> None:
    then = np.array([[0.9, 0.8, 0.7, 0.6]])
    assert advanced(then, 2).tolist() == [[1.0, 1.0, 0.9, 0.8]]
    assert advanced(then, 9).tolist() == [[1.0] * 4]
    assert advanced(then, 0).tolist() == then.tolist()
    assert advanced(then, -3).tolist() == [[0.6, 0.0, 0.0, 0.0]]
    assert advanced(then, -9).tolist() == [[0.0] * 4]


def test_who_is_held_up_does_not_answer() -> None:
    then = np.array([[0.9, 0.8, 0.7]])
    held = np.array([[1.0, 0.0, 0.0], [0.25, 0.5, 0.25]])
    found = Turn(1.0, 3, 2, held).before(then)
    assert found[0] == pytest.approx([1.0, 1.0, 0.9])
    assert found[1] == pytest.approx(
        [0.25 + 0.5 + 0.25 * 0.9, 0.25 + 0.5 * 0.9 + 0.25 * 0.8, 0.25 * 0.9 + 0.5 * 0.8 + 0.25 * 0.7]
    )


def test_the_place_where_chances_end() -> None:
    line = Line(9.0)
    places = places_within(line, 400, 4, 20.0, 5)
    chances = Caller(line, 400).answered(4, 20.0)
    assert chances[places - 20] > 0
    assert chances[places - 5] < 1e-16
    assert places % 8 == 0
    assert places < 400
    assert places_within(line, 10, 4, 20.0, 5) == 10
    assert places_within(line, 400, 4, 0.0, 5) < 16


def test_laws_are_kept_while_there_is_room_and_only_for_their_line() -> None:
    line = Line(9.0, 5.0)
    assert caller(line, 16) is caller(Line(9.0, 5.0), 16)
    assert caller(line, 16) is not caller(line, 24)
    one = Caller(line, 2100)
    assert one.moved(1, 3.0) is not one.moved(1, 3.0)  # 4,410,000 numbers: too many to keep
    assert one.answered(1, 3.0) is one.answered(1, 3.0)
    assert (one.answered(1, 3.0) != one.answered(2, 3.0))[:50].all()


@pytest.mark.parametrize("patience_min", [1e6, 1e9, 1e12])
def test_endless_patience_is_the_limit(patience_min: float) -> None:
    almost, never = Caller(Line(9.0, patience_min), 60), Caller(Line(9.0), 60)
    tolerance = 2000 / patience_min + 1e-11
    assert np.abs(almost.answered(3, 20.0) - never.answered(3, 20.0)).max() < tolerance
    assert np.abs(almost.moved(3, 20.0) - never.moved(3, 20.0)).max() < tolerance
