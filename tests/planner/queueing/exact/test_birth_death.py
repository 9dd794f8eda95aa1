"""Laws carried through time, against dense matrix exponentials."""

import numpy as np
import pytest
from scipy.linalg import expm
from scipy.stats import poisson

from forecasts.distribution import Floats
from planner.queueing.exact import birth_death
from planner.queueing.exact.birth_death import deaths, stayed, stepped
from planner.queueing.line import Line

LINE = Line(9.0, 5.0)
RNG = np.random.default_rng(5)
STATES = 40


def generator(births: float, dying: Floats) -> Floats:
    out = np.diag(np.full(dying.size - 1, births), 1) + np.diag(dying[1:], -1)
    return np.asarray(out - np.diag(out.sum(axis=1)))


def laws(rows: int) -> Floats:
    """Laws as a day has them, each about a mean of its own below 9."""
    means = RNG.uniform(0.5, 9.0, rows)
    return np.asarray(poisson.pmf(np.arange(STATES), means[:, None]))


def test_deaths_are_services_and_hang_ups() -> None:
    found = deaths(LINE, 2, 5)
    assert found == pytest.approx([0, 1 / 9, 2 / 9, 2 / 9 + 0.2, 2 / 9 + 0.4])
    assert deaths(LINE, np.array([0.0, 2.0]), 5)[1] == pytest.approx(found)
    assert deaths(Line(9.0), 0, 5) == pytest.approx(np.zeros(5))


@pytest.mark.parametrize("line", [LINE, Line(9.0), Line(3.0, 0.5)], ids=str)
def test_laws_are_those_of_the_matrix_exponential(line: Line) -> None:
    law, births = laws(6), np.array([0.0, 0.1, 0.5, 0.5, 2.0, 0.0])
    minutes, heads = np.array([15.0, 0.0, 3.0, 15.0, 5.0, 60.0]), np.array([4.0, 4.0, 0.0, 2.0, 12.0, 0.0])
    dying = deaths(line, heads, STATES)
    expected = [law[r] @ expm(generator(births[r], dying[r]) * minutes[r]) for r in range(6)]
    assert np.abs(stepped(law, births, dying, minutes) - expected).max() < 1e-10


def test_minutes_spent_are_the_integral_of_the_law() -> None:
    law, births, minutes = laws(3), np.array([0.1, 0.4, 0.9]), np.array([15.0, 5.0, 0.0])
    dying = deaths(LINE, 3, STATES)[None]
    after, spent = stayed(law, births, dying, minutes)
    at, weight = np.polynomial.legendre.leggauss(40)
    for r in range(3):
        q = generator(births[r], dying[0])
        moments = minutes[r] * (1 + at) / 2
        integral = (weight * minutes[r] / 2) @ (law[r] @ expm(q * moments[:, None, None]))
        assert np.abs(spent[r] - integral).max() < 1e-10
        assert np.abs(after[r] - law[r] @ expm(q * minutes[r])).max() < 1e-9
    assert spent.sum(axis=1) == pytest.approx(minutes, abs=1e-10)
    assert after.sum(axis=1) == pytest.approx(np.ones(3), abs=1e-12)


@pytest.mark.parametrize("same_deaths", [True, False])
def test_rows_solved_in_parts_are_the_same(monkeypatch: pytest.MonkeyPatch, *, same_deaths: bool) -> None:
    law, births, minutes = laws(11), RNG.random(11), RNG.random(11) * 15
    dying = deaths(LINE, 3, STATES)[None] if same_deaths else deaths(LINE, np.arange(11.0), STATES)
    whole = stayed(law, births, dying, minutes)
    monkeypatch.setattr(birth_death, "_AT_ONCE", 7 * STATES * 2)
    parts = stayed(law, births, dying, minutes)
    assert np.abs(np.array(whole) - np.array(parts)).max() < 1e-13


def test_a_law_spread_over_all_states_keeps_six_digits() -> None:
    law = RNG.random((4, STATES)) ** 4
    law /= law.sum(axis=1, keepdims=True)
    births, minutes, dying = np.array([0.0, 0.1, 0.5, 2.0]), np.full(4, 15.0), deaths(LINE, 4, STATES)
    expected = [law[r] @ expm(generator(births[r], dying) * 15.0) for r in range(4)]
    assert np.abs(stepped(law, births, dying[None], minutes) - expected).max() < 5e-6


def test_semigroup() -> None:
    law, births, dying = laws(2), np.array([0.3, 0.8]), deaths(LINE, 3, STATES)[None]
    half, whole = np.full(2, 4.0), np.full(2, 8.0)
    twice = stepped(stepped(law, births, dying, half), births, dying, half)
    assert np.abs(twice - stepped(law, births, dying, whole)).max() < 1e-10
