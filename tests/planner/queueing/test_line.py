"""What is a line, and what is none."""

from math import inf, nan

import pytest

from planner.queueing.line import Conventions, Line


def test_rates_are_one_over_the_times() -> None:
    line = Line(8.0, 4.0)
    assert (line.service_per_min, line.leaving_per_min, line.measured_leaving_per_min) == (0.125, 0.25, 0.25)


def test_nobody_hangs_up_unless_told() -> None:
    assert Line(8.0).leaving_per_min == 0.0
    assert Line(8.0, 5.0, inf).measured_leaving_per_min == 0.0
    assert Line(8.0, inf, 5.0).measured_leaving_per_min == 0.2


@pytest.mark.parametrize("handling_min", [0.0, -1.0, nan, inf])
def test_handling_is_above_zero_and_ends(handling_min: float) -> None:
    with pytest.raises(ValueError, match=f"handling_min is {handling_min}"):
        Line(handling_min)


@pytest.mark.parametrize("patience_min", [0.0, -2.0, nan, -inf])
def test_patience_is_above_zero(patience_min: float) -> None:
    with pytest.raises(ValueError, match=f"patience_min is {patience_min}"):
        Line(9.0, patience_min)
    with pytest.raises(ValueError, match=f"measured {patience_min}"):
        Line(9.0, 5.0, patience_min)


def test_a_leaver_finishes_the_call_and_has_the_whole_break_unless_told() -> None:
    assert Conventions() == Conventions("exhaustive", "full")


def test_words_that_are_no_convention_are_refused() -> None:
    with pytest.raises(ValueError, match="shift_end is 'foo'"):
        Conventions(shift_end="foo")  # type: ignore[arg-type]  # what a caller without types may do
    with pytest.raises(ValueError, match="returns 'bar'"):
        Conventions(returns="bar")  # type: ignore[arg-type]  # the same
