"""Erlang B, C and A against 40-digit values, published values, and at the borders."""

import csv
import json
from fractions import Fraction
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.shared_data import REASON, is_missing, shared
from planner.queueing.erlang import (
    erlang_a_waiting,
    erlang_b,
    erlang_c,
    erlang_c_waiting,
    state_law,
)

needs_facts = pytest.mark.skipif(is_missing("facts/erlang_published.csv"), reason=REASON)
DIGITS = 1e-11


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
    assert erlang_c(load, people) == pytest.approx(delayed, rel=DIGITS)
    if blocked is not None:
        assert erlang_b(load, people) == pytest.approx(blocked, rel=DIGITS)


@pytest.mark.parametrize(
    ("load", "people", "patience", "delayed", "abandoned", "wait"),
    [
        (0.5, 1, 2.0, 0.41802329313067358, 0.16395341373865285, 0.3279068274773057),
        (480.0, 480, 0.25, 0.34154367967194035, 0.024270315626109693, 0.0060675789065274233),
        (480.0, 524, 2.0, 0.026512644167912904, 0.0002504195624963719, 0.00050083912499274381),
    ],
)
def test_erlang_a_to_many_digits(
    load: float, people: int, patience: float, delayed: float, abandoned: float, wait: float
) -> None:
    found = erlang_a_waiting(load, 1.0, patience, people, 0.1)
    assert found.delayed == pytest.approx(delayed, rel=DIGITS)
    assert found.abandoned == pytest.approx(abandoned, rel=DIGITS)
    assert found.mean_wait_min == pytest.approx(wait, rel=DIGITS)


@needs_facts
def test_40_digit_values() -> None:
    for row in rows("erlang_40digits.csv"):
        load, people = float(row["a"]), int(row["n"])
        assert erlang_b(load, people) == pytest.approx(float(row["erlang_b"]), rel=DIGITS)
        assert erlang_c(load, people) == pytest.approx(float(row["erlang_c"] or 1), rel=DIGITS)
        # The suffix of the columns is the mean patience in handling times.
        for patience in ("0.25", "0.5556", "2.0"):
            found = erlang_a_waiting(load, 1.0, float(patience), people, 0.1)
            for value, column in (
                (found.delayed, "pwait"),
                (found.abandoned, "pab"),
                (found.mean_wait_min, "ew"),
                (found.in_time, "sl_T0.1"),
            ):
                if published := row[f"A_{column}_{patience}"]:
                    assert value == pytest.approx(float(published), rel=DIGITS), (row, column)


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


@needs_facts
def test_published_values() -> None:
    usable = [
        r
        for r in rows("erlang_published.csv")
        if not r["kind"].endswith("-suspect") and r["within"] == "True"
    ]
    assert len(usable) > 170
    wrong = [
        (r["inputs"], r["quantity"], r["published"], value)
        for r in usable
        if abs((value := answer(r)) - float(r["published"])) > float(r["tolerance"]) * (1 + 1e-9)
    ]
    assert not wrong


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


@given(
    load=st.floats(0.01, 600),
    people=st.integers(1, 500),
    patience=st.floats(0.01, 1e4),
    within=st.floats(0, 20),
)
def test_erlang_a_is_sound(load: float, people: int, patience: float, within: float) -> None:
    found = erlang_a_waiting(load, 1.0, patience, people, within)
    more = erlang_a_waiting(load, 1.0, patience, people + 1, within)
    assert 0 <= found.abandoned <= found.delayed + 1e-12 <= 1 + 1e-12
    assert 0 <= found.in_time <= 1 - found.abandoned + found.delayed + 1e-12
    assert more.in_time >= found.in_time - 1e-9
    assert more.abandoned <= found.abandoned + 1e-9
    # Work is conserved: what is answered cannot exceed the people there.
    assert load * (1 - found.abandoned) <= people * (1 + 1e-9)
