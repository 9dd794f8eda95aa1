"""The closed forms over all that a desk may ask: finite, ordered, shares between 0 and 1."""

from math import inf, isfinite

from hypothesis import example, given
from hypothesis import strategies as st

from planner.queueing.formulas.erlang import Waiting, erlang_a_waiting, erlang_b, erlang_c, erlang_c_waiting

# What may be lost in the last digits; what must hold exactly is compared without it.
LAST_DIGITS = 1e-12

heads = st.integers(0, 500)
pressures = st.one_of(st.floats(0, 5), st.sampled_from([0.0, 1e-9, 1.0 - 1e-12, 1.0, 1.0 + 1e-12, 5.0]))
handlings = st.floats(0.1, 120)
limits = st.one_of(st.floats(0, 60), st.just(inf))
patiences = st.one_of(st.none(), st.floats(0.1, 60), st.floats(60, 1e9), st.sampled_from([0.1, 5.0]))


def calls_per_min(pressure: float, people: int, handling_min: float) -> float:
    """Load 0 to 5 times the people; with nobody, 0 to 5 Erlang."""
    return pressure * max(people, 1) / handling_min


def is_sound(found: Waiting) -> bool:
    shares = (found.delayed, found.abandoned, found.in_time)
    return (
        all(0.0 <= share <= 1.0 for share in shares)
        and found.mean_wait_min >= 0.0
        and found.abandoned <= found.delayed
        and found.in_time <= 1.0 - found.abandoned
    )


@given(people=heads, pressure=pressures, handling=handlings, patience=patiences, within=limits)
@example(people=1, pressure=5.0, handling=120.0, patience=1e9, within=60.0)
@example(people=500, pressure=1.0, handling=0.1, patience=1e9, within=60.0)
@example(people=500, pressure=1e-9, handling=120.0, patience=0.1, within=0.0)
def test_waiting_is_sound(
    people: int, pressure: float, handling: float, patience: float | None, within: float
) -> None:
    rate = calls_per_min(pressure, people, handling)
    found = erlang_a_waiting(rate, handling, patience, people, within)
    assert is_sound(found)
    is_endless = patience is None and rate * handling >= people
    assert isfinite(found.mean_wait_min) != is_endless
    # Work is conserved: what is answered cannot exceed the people there.
    if not is_endless:
        assert rate * handling * (1 - found.abandoned) <= people * (1 + LAST_DIGITS)


magnitudes = st.floats(-300, 300).map(lambda exponent: 10.0**exponent)


@given(
    load=st.floats(-300, 99).map(lambda exponent: 10.0**exponent),
    people=heads,
    handling=st.floats(-100, 100).map(lambda exponent: 10.0**exponent),
    patience=magnitudes,
    within=magnitudes,
)
def test_far_beyond_any_desk_nothing_breaks(
    load: float, people: int, handling: float, patience: float, within: float
) -> None:
    assert is_sound(erlang_a_waiting(load / handling, handling, patience, people, within))


@given(people=heads, pressure=pressures, handling=handlings, patience=patiences, within=limits)
def test_one_more_is_never_worse(
    people: int, pressure: float, handling: float, patience: float | None, within: float
) -> None:
    rate = calls_per_min(pressure, people, handling)
    found = erlang_a_waiting(rate, handling, patience, people, within)
    more = erlang_a_waiting(rate, handling, patience, people + 1, within)
    assert more.delayed <= found.delayed + LAST_DIGITS
    assert more.abandoned <= found.abandoned + LAST_DIGITS
    assert more.mean_wait_min <= found.mean_wait_min * (1 + LAST_DIGITS)
    assert more.in_time >= found.in_time - LAST_DIGITS


@given(
    people=heads,
    pressure=pressures,
    handling=handlings,
    patience=patiences,
    within=limits,
    later=st.floats(0, 60),
)
def test_a_longer_limit_is_never_met_less(
    people: int, pressure: float, handling: float, patience: float | None, within: float, later: float
) -> None:
    rate = calls_per_min(pressure, people, handling)
    found = erlang_a_waiting(rate, handling, patience, people, within)
    longer = erlang_a_waiting(rate, handling, patience, people, within + later)
    assert longer.in_time >= found.in_time - LAST_DIGITS
    assert abs(longer.delayed - found.delayed) <= LAST_DIGITS


@given(people=heads, pressure=pressures, handling=handlings, patience=patiences)
def test_at_once_and_at_all_are_the_ends_of_the_limit(
    people: int, pressure: float, handling: float, patience: float | None
) -> None:
    rate = calls_per_min(pressure, people, handling)
    at_once = erlang_a_waiting(rate, handling, patience, people, 0.0)
    assert abs(at_once.in_time - (1 - at_once.delayed)) <= LAST_DIGITS
    if isfinite(at_once.mean_wait_min):
        at_all = erlang_a_waiting(rate, handling, patience, people, inf)
        assert abs(at_all.in_time - (1 - at_all.abandoned)) <= LAST_DIGITS


@given(people=heads, pressure=pressures, handling=handlings, within=limits)
def test_erlang_b_and_c_are_sound(people: int, pressure: float, handling: float, within: float) -> None:
    rate = calls_per_min(pressure, people, handling)
    blocked, delayed = float(erlang_b(rate * handling, people)), float(erlang_c(rate * handling, people))
    assert 0.0 <= blocked <= delayed <= 1.0
    assert float(erlang_b(rate * handling, people + 1)) <= blocked
    assert float(erlang_c(rate * handling, people + 1)) <= delayed
    found = erlang_c_waiting(rate, handling, people, within)
    assert is_sound(found)
    assert abs(found.delayed - delayed) <= LAST_DIGITS
    assert found.abandoned == 0.0
