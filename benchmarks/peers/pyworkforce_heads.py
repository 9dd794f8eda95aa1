"""Steady-state answers of pyworkforce: its Erlang C, and its Erlang A with callers who hang up."""

from pyworkforce.queuing import ErlangA, ErlangC

_HOUR_MIN = 60


def erlang_c_in_time(calls_per_min: float, handling_min: float, people: int, within_min: float) -> float:
    """Return the share answered within the limit; NaN where its documentation wants more people than load."""
    if people <= calls_per_min * handling_min:
        return float("nan")
    asked = ErlangC(_HOUR_MIN * calls_per_min, handling_min, within_min, _HOUR_MIN)
    return float(asked.service_level(people))


def erlang_a_in_time(
    calls_per_min: float, handling_min: float, patience_min: float, people: int, within_min: float
) -> float:
    """Return the share answered within the limit."""
    return float(_erlang_a(calls_per_min, handling_min, patience_min, within_min).service_level(people))


def erlang_a_needed(
    calls_per_min: float, handling_min: float, patience_min: float, within_min: float, within_share: float
) -> int:
    """Return the fewest people who answer a share within the limit."""
    asked = _erlang_a(calls_per_min, handling_min, patience_min, within_min)
    return int(asked.required_positions(within_share)["raw_positions"])


def _erlang_a(calls_per_min: float, handling_min: float, patience_min: float, within_min: float) -> ErlangA:
    return ErlangA(_HOUR_MIN * calls_per_min, handling_min, within_min, _HOUR_MIN, patience_min)
