"""Required heads by Erlang B, C and A: published staffing, and the least that is enough."""

import csv
import json
from fractions import Fraction
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.shared_data import REASON, is_missing, shared
from planner.queueing.formulas.erlang import erlang_a_waiting, erlang_b, erlang_c_waiting
from planner.queueing.formulas.required import (
    fewest_heads,
    required_heads_a,
    required_heads_b,
    required_heads_c,
)

# 100 calls of 3 minutes in 30 minutes, 20 seconds: the example of pyworkforce's documents and tests.
CALLS_PER_MIN, HANDLING_MIN, WITHIN_MIN = 100 / 30, 3.0, 20 / 60


def test_published_heads_by_erlang_b() -> None:
    assert required_heads_b(CALLS_PER_MIN, HANDLING_MIN, 0.02) == 17


@pytest.mark.parametrize(("within_share", "heads"), [(0.8, 14), (0.9, 15)])
def test_published_heads_by_erlang_c(within_share: float, heads: int) -> None:
    assert required_heads_c(CALLS_PER_MIN, HANDLING_MIN, WITHIN_MIN, within_share) == heads


@pytest.mark.parametrize("patience_min", [3.0, 5.0, 10.0])
def test_published_heads_by_erlang_a(patience_min: float) -> None:
    assert required_heads_a(CALLS_PER_MIN, HANDLING_MIN, patience_min, WITHIN_MIN, 0.8, 0.95) == 13


@pytest.mark.skipif(is_missing("facts/erlang_published.csv"), reason=REASON)
def test_published_service_needs_its_people() -> None:
    """What is published of n people asks for n people, within its rounding."""
    with shared("facts/erlang_published.csv").open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["kind"] == "C" and r["quantity"] == "service_level"]
    for row in rows:
        q = {k: float(Fraction(v) if isinstance(v, str) else v) for k, v in json.loads(row["inputs"]).items()}
        handling = q.get("aht_min") or q["aht_s"] / 60
        interval = q.get("interval_min") or q.get("interval_s", 0.0) / 60
        rate = q["calls"] / interval if "calls" in q else q["a"] / handling
        within = q.get("T_min") or q["T_s"] / 60
        target = float(row["published"]) - float(row["tolerance"])
        assert required_heads_c(rate, handling, within, target) == q["n"], row["inputs"]
    assert len(rows) >= 8


def test_overload_is_no_trap() -> None:
    """The least is above the load, whatever the target: where peers raise or count down from nothing."""
    assert required_heads_c(1.0, 9.0, 1e6, 0.0) == 10
    assert required_heads_c(500.0, 9.0, 1.0, 0.8) > 4500
    assert required_heads_a(1.0, 9.0, 5.0, 1.0, 0.0) == 0
    assert required_heads_a(1.0, 9.0, 1e6, 60.0, 0.8) <= required_heads_c(1.0, 9.0, 60.0, 0.8)


def test_nobody_is_needed_where_no_call_comes() -> None:
    assert required_heads_b(0.0, 9.0, 0.01) == 0
    assert required_heads_c(0.0, 9.0, 1.0, 0.8) == 0
    assert required_heads_a(0.0, 9.0, 5.0, 1.0, 0.8) == 0


def test_endless_patience_is_erlang_c() -> None:
    for patience in (None, inf):
        assert required_heads_a(1.0, 9.0, patience, 1.0, 0.8) == required_heads_c(1.0, 9.0, 1.0, 0.8)


loads = st.floats(1e-3, 500)
shares = st.floats(0.05, 0.999)


@given(load=loads, blocked=shares)
def test_erlang_b_is_the_least_that_is_enough(load: float, blocked: float) -> None:
    heads = required_heads_b(load / 9.0, 9.0, blocked)
    assert erlang_b(load / 9.0 * 9.0, heads) <= blocked
    assert heads == 0 or erlang_b(load / 9.0 * 9.0, heads - 1) > blocked


@given(load=loads, within=st.floats(0, 60), share=shares)
def test_erlang_c_is_the_least_that_is_enough(load: float, within: float, share: float) -> None:
    heads = required_heads_c(load / 9.0, 9.0, within, share)
    assert heads > load / 9.0 * 9.0
    assert erlang_c_waiting(load / 9.0, 9.0, heads, within).in_time >= share
    assert erlang_c_waiting(load / 9.0, 9.0, heads - 1, within).in_time < share


@given(load=loads, patience=st.floats(0.1, 600), within=st.floats(0, 60), share=shares, answered=shares)
def test_erlang_a_is_the_least_that_is_enough(
    load: float, patience: float, within: float, share: float, answered: float
) -> None:
    def is_enough(people: int) -> bool:
        found = erlang_a_waiting(load / 9.0, 9.0, patience, people, within)
        return found.in_time >= share and 1.0 - found.abandoned >= answered

    heads = required_heads_a(load / 9.0, 9.0, patience, within, share, answered)
    assert is_enough(heads)
    assert not is_enough(heads - 1)


def test_the_search_finds_what_is_far_off() -> None:
    assert fewest_heads(lambda people: people >= 1000, 0.5) == 1000
    assert fewest_heads(lambda people: people >= 0, 0.5) == 0


def test_bad_input_is_refused_by_name() -> None:
    for share in (-0.1, 1.0, nan):
        with pytest.raises(ValueError, match=f"within_share is {share}: from 0 to below 1"):
            required_heads_c(1.0, 9.0, 1.0, share)
        with pytest.raises(ValueError, match=f"within_share is {share}"):
            required_heads_a(1.0, 9.0, 5.0, 1.0, share)
        with pytest.raises(ValueError, match=f"answer_rate is {share}"):
            required_heads_a(1.0, 9.0, 5.0, 1.0, 0.8, share)
    for blocked in (0.0, -0.1, nan):
        with pytest.raises(ValueError, match=f"blocked_share is {blocked}: above 0"):
            required_heads_b(1.0, 9.0, blocked)
    with pytest.raises(ValueError, match="calls_per_min is -1"):
        required_heads_c(-1.0, 9.0, 1.0, 0.8)
    with pytest.raises(ValueError, match="handling_min is 0"):
        required_heads_b(1.0, 0.0, 0.1)
    with pytest.raises(ValueError, match="patience_min is 0"):
        required_heads_a(0.0, 9.0, 0.0, 1.0, 0.8)
    with pytest.raises(ValueError, match="within_min is nan"):
        required_heads_c(0.0, 9.0, nan, 0.8)
