"""Erlang B, C and A against 40-digit values, published values, and at the borders."""

import csv
import json
from fractions import Fraction
from itertools import product
from math import inf, nan, pi, sqrt

import numpy as np
import pytest

from benchmarks.shared_data import REASON, is_missing, shared
from planner.queueing.formulas.erlang import (
    erlang_a_waiting,
    erlang_b,
    erlang_c,
    erlang_c_waiting,
    state_law,
)
from tests.planner.queueing_digits import exact_waiting

needs_facts = pytest.mark.skipif(is_missing("facts/erlang_published.csv"), reason=REASON)
# Shares, and waits in mean handling times.
DIGITS = 1e-12


def rows(name: str) -> list[dict[str, str]]:
    with shared(f"facts/{name}").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("load", "people", "blocked", "delayed"),
    [
        (0.5, 2, 0.076923076923076923, 0.1),
        (20.0, 21, None, 0.76064181871376719),
        (99.5, 120, None, 0.029282771353620927),
        (480.0, 524, 0.002516176178787015, 0.029164820033621271),
    ],
)
def test_erlang_b_and_c_to_many_digits(
    load: float, people: int, blocked: float | None, delayed: float
) -> None:
    assert erlang_c(load, people) == pytest.approx(delayed, rel=0, abs=DIGITS)
    assert erlang_c_waiting(load, 1.0, people, 0.0).delayed == pytest.approx(delayed, rel=0, abs=DIGITS)
    if blocked is not None:
        assert erlang_b(load, people) == pytest.approx(blocked, rel=0, abs=DIGITS)


@pytest.mark.parametrize(
    ("load", "people", "patience", "expected"),
    [
        (0.5, 1, 2.0, (0.41802329313067358, 0.16395341373865285, 0.3279068274773057)),
        (480.0, 480, 0.25, (0.34154367967194035, 0.024270315626109693, 0.0060675789065274233)),
        (480.0, 524, 2.0, (0.026512644167912904, 0.0002504195624963719, 0.00050083912499274381)),
    ],
)
@pytest.mark.parametrize("handling_min", [1.0, 9.0])
def test_erlang_a_to_many_digits(
    load: float, people: int, patience: float, expected: tuple[float, float, float], handling_min: float
) -> None:
    found = erlang_a_waiting(load / handling_min, handling_min, patience * handling_min, people, 0.1)
    values = (found.delayed, found.abandoned, found.mean_wait_min / handling_min)
    assert values == pytest.approx(expected, rel=0, abs=DIGITS)


@needs_facts
def test_40_digit_values() -> None:
    checked = 0
    for row in rows("erlang_40digits.csv"):
        load, people = float(row["a"]), int(row["n"])
        found = {"erlang_b": float(erlang_b(load, people)), "erlang_c": float(erlang_c(load, people))}
        # The suffix of the columns is the mean patience in handling times.
        for patience in ("0.25", "0.5556", "2.0"):
            waiting = erlang_a_waiting(load, 1.0, float(patience), people, 0.1)
            found[f"A_pwait_{patience}"] = waiting.delayed
            found[f"A_pab_{patience}"] = waiting.abandoned
            found[f"A_ew_{patience}"] = waiting.mean_wait_min
            found[f"A_sl_T0.1_{patience}"] = waiting.in_time
        for column, value in found.items():
            # Erlang C is left empty under overload, the limit at the four largest sizes.
            if row[column]:
                checked += 1
                assert value == pytest.approx(float(row[column]), rel=0, abs=DIGITS), (row, column)
    assert checked == 28 + 22 + 3 * (3 * 28 + 24)


SHORT, USUAL, LONG = (60.0, 0.1), (9.0, 5.0), (0.5, 600.0)


@pytest.mark.parametrize("people", [0, 1, 4, 40, 41, 500])
@pytest.mark.parametrize(
    ("pressure", "times"),
    # Long patience under heavy load would mean millions of states to sum.
    [*product((0.1, 0.9, 1.0, 1.02, 5.0), (SHORT, USUAL)), *product((0.5, 0.99, 1.0, 1.02), (LONG,))],
)
def test_limits_to_many_digits(people: int, pressure: float, times: tuple[float, float]) -> None:
    handling_min, patience_min = times
    rate = max(people, 1) * pressure / handling_min
    for within in (0.0, 1 / 3, 5.0, 60.0):
        exact = exact_waiting(rate, handling_min, patience_min, people, within)
        found = erlang_a_waiting(rate, handling_min, patience_min, people, within)
        assert found.delayed == pytest.approx(float(exact.delayed), rel=0, abs=DIGITS)
        assert found.abandoned == pytest.approx(float(exact.abandoned), rel=0, abs=DIGITS)
        assert found.in_time == pytest.approx(float(exact.in_time), rel=0, abs=DIGITS)
        assert found.mean_wait_min == pytest.approx(float(exact.mean_wait_min), rel=DIGITS, abs=DIGITS)


@pytest.mark.parametrize("pressure", [0.5, 1.0])
def test_a_patience_of_years_is_no_endless_one(pressure: float) -> None:
    """At a load of just all people the queue still grows over weeks until somebody leaves."""
    exact = exact_waiting(pressure * 4 / 9, 9.0, 1e7, 4, 60.0)
    found = erlang_a_waiting(pressure * 4 / 9, 9.0, 1e7, 4, 60.0)
    assert found.delayed == pytest.approx(float(exact.delayed), rel=0, abs=DIGITS)
    assert found.in_time == pytest.approx(float(exact.in_time), rel=0, abs=DIGITS)
    assert found.mean_wait_min == pytest.approx(float(exact.mean_wait_min), rel=DIGITS)


def test_at_full_load_waits_grow_with_the_root_of_patience() -> None:
    """The wait becomes half a normal law: sd = root of patience / (people x handling), in handling times."""
    found = erlang_a_waiting(4 / 9, 9.0, 9e18, 4, 1.0)
    assert found.mean_wait_min == pytest.approx(9.0 * sqrt(2 / pi * 1e18 / 4), rel=1e-8)


def number(value: str | float) -> float:
    return float(Fraction(value)) if isinstance(value, str) else value


def asked(row: dict[str, str]) -> dict[str, float]:
    """The inputs in minutes."""
    given_as = {name: number(value) for name, value in json.loads(row["inputs"]).items()}
    is_rate = "mu" in given_as
    seconds = 60.0 if {"aht_s", "T_s", "interval_s"} & set(given_as) else 1.0
    handling = (
        1 / given_as["mu"] if is_rate else given_as.get("aht_min", given_as.get("aht_s", 60.0) / seconds)
    )
    if "calls" in given_as:
        interval = given_as.get("interval_min", given_as.get("interval_s", 0.0) / 60)
        load = given_as["calls"] / interval * handling
    elif "rho" in given_as:
        load = given_as["rho"] * given_as["n"]
    else:
        load = given_as.get("a", given_as.get("lam", 0.0) * handling)
    patience = 1 / given_as["theta"] if "theta" in given_as else given_as.get("patience_min", inf)
    within = given_as.get("T_min", given_as.get("T_s", 0.0) / 60)
    people = given_as.get("n", given_as.get("c", 0))
    return {
        "load": load, "handling": handling, "patience": patience, "within": within, "people": people,
        "lines": given_as.get("K", 0),
    }  # fmt: skip


def answer(row: dict[str, str]) -> float:
    q = asked(row)
    people, rate = int(q["people"]), q["load"] / q["handling"]
    if row["quantity"] == "blocking":
        return float(erlang_b(q["load"], people))
    if "K" in row["inputs"]:
        law = state_law(q["load"], people, q["handling"] / q["patience"], 0, int(q["lines"]))
        queue = float(law @ np.maximum(np.arange(law.size) - people, 0))
        return {
            "P(blocked)": float(law[-1]),
            "P(abandon|admitted)": queue / q["patience"] / rate / (1 - float(law[-1])),
            "E[Q]/lambda_s": queue / rate,
        }[row["quantity"]]
    patience = None if q["patience"] == inf else q["patience"]
    found = erlang_a_waiting(rate, q["handling"], patience, people, q["within"])
    return {
        "service_level": found.in_time,
        "sl_offered": found.in_time,
        "p_wait": found.delayed,
        "p_abandon": found.abandoned,
        "occupancy": q["load"] * (1 - found.abandoned) / people,
        "asa": found.mean_wait_min,
        "asa_s": found.mean_wait_min * 60,
        # Asked with rates per second, answered in seconds.
        "E[W]_s": found.mean_wait_min,
    }[row["quantity"]]


def is_usable(row: dict[str, str]) -> bool:
    return not row["kind"].endswith("-suspect") and row["within"] == "True"


def is_met(row: dict[str, str]) -> bool:
    return abs(answer(row) - float(row["published"])) <= float(row["tolerance"]) * (1 + 1e-9)


@needs_facts
def test_published_values() -> None:
    usable = [row for row in rows("erlang_published.csv") if is_usable(row)]
    assert len(usable) == 180
    assert not [(r["inputs"], r["quantity"], r["published"], answer(r)) for r in usable if not is_met(r)]


@needs_facts
def test_published_values_that_are_wrong_are_not_met() -> None:
    wrong = [row for row in rows("erlang_published.csv") if row["within"] != "True"]
    assert len(wrong) == 8
    assert not any(is_met(row) for row in wrong)


def test_overload_is_answered() -> None:
    assert erlang_c_waiting(1.0, 9.0, 9, 1.0) == erlang_c_waiting(2.0, 9.0, 9, 100.0)
    assert erlang_c_waiting(1.0, 9.0, 9, 1.0).mean_wait_min == inf
    assert erlang_c_waiting(1.0, 9.0, 9, 1.0).in_time == 0.0
    # 500 Erlang for one person: one call in 500 is answered.
    assert erlang_a_waiting(500.0, 1.0, 1e5, 1, 1.0).abandoned == pytest.approx(499 / 500)
    assert erlang_a_waiting(1.0, 9.0, 5.0, 0, 1.0).abandoned == pytest.approx(1.0)
    assert erlang_a_waiting(1.0, 9.0, 5.0, 0, 1.0).in_time == 0.0


def test_no_demand_is_answered() -> None:
    for patience in (None, 5.0):
        found = erlang_a_waiting(0.0, 9.0, patience, 2, 1.0)
        assert (found.delayed, found.abandoned, found.mean_wait_min, found.in_time) == (0.0, 0.0, 0.0, 1.0)


def test_light_load_and_long_patience_do_not_underflow() -> None:
    """Where pyworkforce's Erlang A answers 0.086."""
    patient = erlang_c_waiting(10 / 3, 3.0, 14, 1 / 3)
    nearly = erlang_a_waiting(10 / 3, 3.0, 3e5, 14, 1 / 3)
    assert nearly.in_time == pytest.approx(patient.in_time, abs=1e-5)
    assert erlang_a_waiting(5.0, 1.0, 1000.0, 10, 0.5).delayed == pytest.approx(0.0361, abs=1e-4)


def test_an_endless_limit_counts_all_who_stay() -> None:
    found = erlang_a_waiting(1.0, 5.0, 3.0, 4, inf)
    assert found.in_time == pytest.approx(1 - found.abandoned)
    assert erlang_c_waiting(1.0, 3.0, 4, inf).in_time == 1.0


def test_endless_patience_is_erlang_c() -> None:
    for patience in (inf, 1e300):
        assert erlang_a_waiting(0.5, 9.0, patience, 5, 1.0) == erlang_c_waiting(0.5, 9.0, 5, 1.0)
        assert erlang_a_waiting(1.0, 9.0, patience, 5, 1.0) == erlang_c_waiting(1.0, 9.0, 5, 1.0)


def test_no_patience_at_all_is_erlang_b() -> None:
    found = erlang_a_waiting(0.5, 9.0, 1e-320, 5, 1.0)
    assert found.delayed == pytest.approx(float(erlang_b(4.5, 5)), abs=DIGITS)
    assert found.abandoned == pytest.approx(found.delayed, abs=DIGITS)
    assert found.in_time == pytest.approx(1 - found.delayed, abs=DIGITS)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ((-1.0, 9.0, 5.0, 4, 1.0), r"calls_per_min is -1\.0: 0 or more"),
        ((nan, 9.0, 5.0, 4, 1.0), "calls_per_min is nan"),
        ((inf, 9.0, 5.0, 4, 1.0), "calls_per_min is inf"),
        ((1e200, 1e200, 5.0, 4, 1.0), "load is inf .*: at most"),
        ((1e200, 9.0, 5.0, 4, 1.0), r"load is 9e\+200 .*: at most"),
        ((1.0, 0.0, 5.0, 4, 1.0), r"handling_min is 0\.0: above 0"),
        ((1.0, -9.0, 5.0, 4, 1.0), r"handling_min is -9\.0"),
        ((1.0, nan, 5.0, 4, 1.0), "handling_min is nan"),
        ((1.0, inf, 5.0, 4, 1.0), "handling_min is inf"),
        ((1.0, 9.0, 0.0, 4, 1.0), r"patience_min is 0\.0: minutes above 0"),
        ((1.0, 9.0, -5.0, 4, 1.0), r"patience_min is -5\.0"),
        ((1.0, 9.0, nan, 4, 1.0), "patience_min is nan"),
        ((1.0, 9.0, 5.0, -1, 1.0), "people is -1: a whole number from 0"),
        ((1.0, 9.0, 5.0, 1.5, 1.0), r"people is 1\.5"),
        ((1.0, 9.0, 5.0, 4, -1.0), r"within_min is -1\.0: 0 or more minutes"),
        ((1.0, 9.0, 5.0, 4, nan), "within_min is nan"),
    ],
)
def test_bad_input_is_refused_by_name(given: tuple[float, float, float, int, float], message: str) -> None:
    calls, handling, patience, people, within = given
    with pytest.raises(ValueError, match=message):
        erlang_a_waiting(calls, handling, patience, people, within)
    if "patience" not in message:
        with pytest.raises(ValueError, match=message):
            erlang_a_waiting(calls, handling, None, people, within)
        with pytest.raises(ValueError, match=message):
            erlang_c_waiting(calls, handling, people, within)


def test_bad_loads_are_refused_by_place() -> None:
    for closed_form in (erlang_b, erlang_c):
        with pytest.raises(ValueError, match=r"load\[1\] is -0\.5: 0 or more"):
            closed_form(np.array([0.5, -0.5]), 3)
        with pytest.raises(ValueError, match="load is nan"):
            closed_form(nan, 3)
        with pytest.raises(ValueError, match="people is -1"):
            closed_form(1.0, -1)


def test_bad_states_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"leaving is -1\.0"):
        state_law(1.0, 2, -1.0, 0, 5)
    with pytest.raises(ValueError, match="highest is 1: not below lowest, 2"):
        state_law(1.0, 2, 1.0, 2, 1)
    with pytest.raises(ValueError, match=r"leaving is 0\.0: above 0 is wanted where nobody answers"):
        state_law(1.0, 0, 0.0, 0, 5)
