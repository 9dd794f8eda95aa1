"""Nobody is lost between states, and a caller's chances are those computed by hand."""

from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.queueing.line import Line
from planner.queueing.phases import phase_moves as moves
from planner.queueing.phases.phase_caller import late
from planner.queueing.phases.phase_turns import later
from planner.queueing.phases.phases import phases

PLACES = 12


def rules(cv: float, patience_min: float = 5.0) -> moves.Rules:
    return moves.Rules(Line(9.0, patience_min), phases(9.0, cv), PLACES)


def reachable(heads: int, places: int) -> list[int]:
    """The states in which no more people are in phase 2 than are busy, for so many first places."""
    return [n * (heads + 1) + m for n in range(places) for m in range(min(n, heads) + 1)]


@given(st.sampled_from([0.5, 0.8, 1.0, 1.7]), st.integers(1, 5), st.data())
def test_chances_sum_to_one_where_people_come_and_go(cv: float, heads: int, data: st.DataObject) -> None:
    people = data.draw(st.integers(0, heads))
    known = reachable(heads, PLACES - people)
    waiting = [n * (heads + 1) + m for n in range(PLACES - people) for m in range(heads + 1)]
    for table, states in (
        (moves.leaving(rules(cv), heads, people), known),
        (moves.passing_on(rules(cv), heads, people), known),
        (moves.coming(rules(cv), heads, (0, 0), people), known),
        (moves.coming(rules(cv), heads, (people // 2, people - people // 2), 1), known),
        (moves.seeing_leave(rules(cv), heads, people, people), waiting),
        (moves.seeing_come(rules(cv), heads, (people, 0), people), waiting),
    ):
        total = np.asarray(table.sum(axis=1)).ravel()[states]
        assert np.abs(total - 1.0).max() < 1e-12


@given(st.sampled_from([0.5, 0.8, 1.0, 1.7]), st.integers(0, 5))
def test_calls_end_at_the_rates_of_their_phases(cv: float, heads: int) -> None:
    line = rules(cv)
    number = np.repeat(np.arange(PLACES), heads + 1)
    first, second = (np.broadcast_to(x, (PLACES, heads + 1)).ravel() for x in line.busy(heads))
    known = reachable(heads, PLACES)
    rates = moves.working(line, heads)
    law = line.phases
    done = first * law.first_per_min * (1 - law.on_share) + second * law.second_per_min
    expected = -done - np.maximum(number - heads, 0) * line.line.leaving_per_min
    assert np.abs(rates @ number - expected)[known].max() < 1e-12
    assert np.abs(rates.sum(axis=1))[known].max() < 1e-12


@pytest.mark.parametrize("cv", [0.9, 1.4])
def test_a_caller_behind_one_person_waits_for_the_rest_of_that_call(cv: float) -> None:
    line = rules(cv)
    law, gone = line.phases, 1 / 5.0
    found = late(line, 1, (), np.zeros(1), 2.0)[:, 0, 0].reshape(PLACES, 2)
    rate = law.second_per_min + gone
    assert found[1, 1] == pytest.approx(1 - law.second_per_min / rate * (1 - exp(-rate * 2.0)), abs=1e-12)
    assert (found[0] == 0.0).all()
    assert (np.diff(found[1:, 1]) > 0).all()  # the more ahead, the later


def test_nobody_there_answers_nobody() -> None:
    assert (late(rules(1.5), 0, (), np.zeros(1), 30.0) == 1.0).all()


@pytest.mark.parametrize("cv", [0.8, 1.5])
def test_calls_of_those_away_go_on_each_by_itself(cv: float) -> None:
    law = phases(9.0, cv)
    away = law.still(4.0)
    assert away @ away == pytest.approx(law.still(8.0), abs=1e-12)
    found = later({(2, 1): np.array([0.25]), (0, 0): np.array([0.75])}, away)
    assert sum(found.values()) == pytest.approx(1.0, abs=1e-12)
    mean = sum(share * np.array(calls) for calls, share in found.items())
    assert mean == pytest.approx(0.25 * (2 * away[0] + away[1]), abs=1e-12)
    assert found[2, 1] == pytest.approx(
        0.25 * (2 * away[0, 0] * away[0, 1] * away[1, 0] + away[0, 0] ** 2 * away[1, 1])
    )
