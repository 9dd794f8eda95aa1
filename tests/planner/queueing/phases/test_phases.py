"""Two phases with the mean and the coefficient of variation that were asked for."""

from math import inf, isclose, nan, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.queueing.phases.phases import LEAST_CV, Phases, phases


def moments(law: Phases) -> tuple[float, float, float]:
    """E[X], E[X^2], E[X^3]."""
    a, b = 1 / law.first_per_min, 1 / law.second_per_min
    on, first = law.on_share, law.first_share
    from_second = (b, 2 * b**2, 6 * b**3)
    from_first = (
        a + on * b,
        2 * a**2 + on * (2 * a * b + 2 * b**2),
        6 * a**3 + on * (6 * a**2 * b + 6 * a * b**2 + 6 * b**3),
    )
    one, two, three = (first * x + (1 - first) * y for x, y in zip(from_first, from_second, strict=True))
    return one, two, three


@given(st.floats(0.1, 60.0), st.floats(LEAST_CV, 5.0))
def test_two_phases_keep_mean_and_variation(handling_min: float, cv: float) -> None:
    law = phases(handling_min, cv)
    mean, square, _ = moments(law)
    assert isclose(mean, handling_min, rel_tol=1e-9)
    assert isclose(sqrt(square - mean**2) / mean, cv, rel_tol=1e-6)
    assert 0 <= law.first_share <= 1
    assert 0 <= law.on_share <= 1


@given(st.floats(1.05, 4.0))
def test_above_one_the_third_moment_is_that_of_the_lognormal_law(cv: float) -> None:
    mean, _, cube = moments(phases(9.0, cv))
    assert isclose(cube / mean**3, (1 + cv**2) ** 3, rel_tol=1e-6)


def test_steadier_calls_than_two_phases_allow_are_erlang_2() -> None:
    assert phases(9.0, 0.2) == phases(9.0, LEAST_CV)
    assert phases(9.0, 0.2).cv == LEAST_CV
    law = phases(9.0, 0.0)
    assert law.on_share == law.first_share == 1.0
    assert isclose(law.first_per_min, 2 / 9, rel_tol=1e-6)


@pytest.mark.parametrize("cv", [1 - 1e-9, 1.0, 1 + 1e-9])
def test_at_one_it_is_the_exponential_law(cv: float) -> None:
    mean, square, cube = moments(phases(9.0, cv))
    assert isclose(mean, 9.0, rel_tol=1e-6)
    assert isclose(square, 2 * 81.0, rel_tol=1e-6)
    if cv <= 1:  # above, a hair of variation is put into calls that last for days
        assert isclose(cube, 6 * 729.0, rel_tol=1e-6)


@pytest.mark.parametrize("cv", [-0.1, nan, inf])
def test_what_is_no_variation_is_refused(cv: float) -> None:
    with pytest.raises(ValueError, match=str(cv)):
        phases(9.0, cv)
