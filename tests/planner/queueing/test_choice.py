"""Which computation, and the reason told."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from planner.queueing.arrivals import Kinds
from planner.queueing.choice import Method, method_for_calls

# Two lines, visitors who stay, mail.
KINDS = Kinds(
    handling_min=np.array([12.0, 12.0, 12.0, 20.0]),
    handling_cv=np.array([1.0, 1.0, 1.0, 0.4]),
    patience_min=np.array([5.0, 5.0, inf, inf]),
    is_immediate=np.array([True, True, True, False]),
    is_measured=np.array([True, True, False, False]),
)
VOLUME = np.array([30.0, 10.0, 4.0, 15.0])
SMALL, LARGE = 24, 25


def method(
    kinds: Kinds = KINDS, volume: np.ndarray = VOLUME, people: int = 4, *, interruptible: bool = True
) -> Method:
    return method_for_calls(kinds, volume, people, interruptible=interruptible)


def with_cv(cv: float) -> Kinds:
    return replace(KINDS, handling_cv=np.array([cv, cv, cv, 0.0]))


def test_exact_wherever_the_chain_is_right() -> None:
    found = method()
    assert (found.kind, found.reason) == ("exact", "")
    assert found.handling_cv == pytest.approx(1.0)
    assert found.is_exact


def test_mail_that_calls_do_not_interrupt_is_simulated_where_there_is_mail() -> None:
    assert method(interruptible=False) == Method("simulation", "mail_not_interrupted")
    assert not method(interruptible=False).is_exact
    assert method(volume=np.array([30.0, 10.0, 4.0, 0.0]), interruptible=False).is_exact


@pytest.mark.parametrize(
    ("cv", "people", "kind"),
    [
        (0.96, SMALL, "exact"),
        (1.04, LARGE, "exact"),
        (0.94, SMALL, "two_phase"),
        (1.06, SMALL, "two_phase"),
        (0.94, LARGE, "exact"),
        (0.71, LARGE, "exact"),
        (1.19, LARGE, "exact"),
        (0.71, SMALL, "two_phase"),
        (1.99, SMALL, "two_phase"),
        (0.69, LARGE, "simulation"),
        (1.21, LARGE, "simulation"),
        (0.69, SMALL, "simulation"),
        (2.01, SMALL, "simulation"),
        (0.0, SMALL, "simulation"),
    ],
)
def test_the_spread_of_handling_times_and_the_people_decide(cv: float, people: int, kind: str) -> None:
    found = method(with_cv(cv), people=people)
    assert found.kind == kind
    assert found.reason == ("handling_cv" if kind == "simulation" else "")
    assert found.handling_cv == pytest.approx(cv, abs=1e-9)
    assert found.is_exact == (kind != "simulation")


def test_kinds_of_different_handling_are_spread_together() -> None:
    """3 and 30 minutes, each exponential: a mixture whose coefficient of variation is above 1."""
    kinds = replace(KINDS, handling_min=np.array([3.0, 30.0, 3.0, 20.0]), handling_cv=np.ones(4))
    calls = np.array([30.0, 10.0, 4.0, 0.0])
    mean = (34 * 3 + 10 * 30) / 44
    square = (34 * 2 * 3**2 + 10 * 2 * 30**2) / 44
    assert method(kinds, calls).handling_cv == pytest.approx(np.sqrt(square - mean**2) / mean)
    assert method(kinds, calls, LARGE).reason == "handling_cv"
    assert method(kinds, np.array([30.0, 0.0, 4.0, 0.0])).handling_cv == pytest.approx(1.0)


@pytest.mark.parametrize(("visitors", "is_exact"), [(21.0, True), (22.0, False)])
def test_many_of_another_patience_are_simulated(visitors: float, *, is_exact: bool) -> None:
    found = method(volume=np.array([30.0, 10.0, visitors, 15.0]))
    assert found.is_exact == is_exact
    assert found.reason == ("" if is_exact else "mixed_patience")


def test_no_calls_need_no_simulation() -> None:
    assert method(volume=np.array([0.0, 0.0, 0.0, 9.0])).is_exact
    assert method(volume=np.zeros(4), interruptible=False).is_exact


def test_patient_callers_with_another_handling_time_are_fewer_before_they_are_simulated() -> None:
    both = np.array([True, True])
    for handling, share, kind in ((18.0, 0.3, "exact"), (50.0, 0.3, "simulation"), (50.0, 0.02, "exact")):
        mixture = Kinds(
            np.array([20.0, handling]), np.ones(2), np.array([5.0, np.inf]), both, ~both | [True, False]
        )
        found = method_for_calls(mixture, np.array([1 - share, share]), 4, interruptible=True)
        assert (found.kind == "simulation" and found.reason == "mixed_patience") == (kind == "simulation")
