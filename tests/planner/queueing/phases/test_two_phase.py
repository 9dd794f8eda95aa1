"""A day of two-phase calls: the chain at CV 1, the lane simulator elsewhere, and what no day may break."""

import csv
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.shared_data import REASON, is_missing, shared
from forecasts.distribution import Floats
from planner.queueing.arrivals import Contacts, contacts
from planner.queueing.exact.chain import Days, exact_days
from planner.queueing.line import Conventions, Line
from planner.queueing.phases.phases import phases
from planner.queueing.phases.two_phase import two_phase_days
from planner.queueing.simulated.crew import Crew, crew
from planner.queueing.simulated.simulation import tally
from planner.queueing.timeline import Return, Timeline, timeline
from tests.planner.queueing_builder import make_arrivals, make_kinds, make_shop

REFERENCE = "facts/transient_reference_90calls.csv"
LIMITS = (0.0, 1 / 3, 1.0, 20.0)
# Two breaks at a time, one of them shorter than the longest limit; somebody stays; nobody early.
SHOP = make_shop(
    ((555, 660), (705, 900)), ((555, 660), (675, 765)), ((600, 705), (735, 900)), opens=540, closes=900
)


def rates_of(plan: Timeline, calls: float) -> Floats:
    """Two days that rise and fall about so many calls."""
    wave = 1 + 0.5 * np.sin(np.arange(len(plan.heads)) / 4)
    per_min = calls * wave / (wave @ plan.lengths_min)
    return np.stack((per_min, 1.5 * per_min))


def differences(one: Days, other: Days) -> dict[str, float]:
    pairs = {
        f.name: (getattr(one, f.name), getattr(other, f.name)) for f in fields(one) if f.name != "closed"
    }
    pairs |= {
        f"closed {f.name}": (getattr(one.closed, f.name), getattr(other.closed, f.name))
        for f in fields(one.closed)
    }
    return {name: float(np.abs(a - b).max()) for name, (a, b) in pairs.items()}


@pytest.mark.parametrize("shift_end", ["exhaustive", "handover"])
@pytest.mark.parametrize("line", [Line(9.0, 5.0), Line(9.0), Line(6.0, 4.0, 8.0)])
def test_at_cv_1_it_is_the_chain(line: Line, shift_end: str) -> None:
    plan, conventions = (
        timeline(SHOP, 15),
        Conventions("handover" if shift_end == "handover" else "exhaustive"),
    )
    rates = rates_of(plan, 60.0)
    found = two_phase_days(line, 1.0, plan, rates, LIMITS, conventions)
    assert max(differences(found, exact_days(line, plan, rates, LIMITS, conventions)).values()) < 1e-8


def test_at_cv_1_who_comes_back_on_time_is_the_chains() -> None:
    plan, conventions = timeline(SHOP, 15), Conventions(returns="on_time")
    rates = rates_of(plan, 60.0)
    found = two_phase_days(Line(9.0, 5.0), 1.0, plan, rates, LIMITS, conventions)
    expected = exact_days(Line(9.0, 5.0), plan, rates, LIMITS, conventions)
    assert max(differences(found, expected).values()) < 1e-8
    late = two_phase_days(Line(9.0, 5.0), 1.0, plan, rates, LIMITS).late.sum()
    assert late > found.late.sum() * 1.001  # a break that is moved costs


@pytest.mark.skipif(is_missing(REFERENCE), reason=REASON)
@pytest.mark.parametrize("shift_end", ["exhaustive", "handover"])
def test_at_cv_1_it_is_the_published_day(shift_end: str) -> None:
    with shared(REFERENCE).open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["convention"] == shift_end]
    by_limit = {float(r["T_min"]): [x for x in rows if x["T_min"] == r["T_min"]] for r in rows}
    day = next(iter(by_limit.values()))
    plan = Timeline(
        tuple(range(0, 15 * len(day) + 1, 15)),
        tuple(int(r["s"]) for r in day),
        tuple(int(r["leave"]) for r in day),
        (0, *(int(r["join"]) for r in day[1:])),
    )
    rates = np.array([[float(r["lam_per_min"]) for r in day]])
    conventions = Conventions("handover" if shift_end == "handover" else "exhaustive")
    found = two_phase_days(Line(9.0, 5.0), 1.0, plan, rates, tuple(by_limit), conventions)
    for limit, late in zip(by_limit.values(), found.late, strict=True):
        # The file's own integral of 20 minutes is good to 2e-6 only: both chains here agree to 1e-11.
        off = 1e-7 if float(limit[0]["T_min"]) < 15 else 2e-6
        assert np.abs(late[0] - [float(r["late"]) for r in limit]).max() < off
    assert np.abs(found.wait_min[0] - [float(r["EQ_minutes"]) for r in day]).max() < 1e-7
    assert np.abs(found.overtime_min[0] - [float(r["overtime_minutes"]) for r in day]).max() < 1e-7


def two_phase(drawn: Contacts, cv: float, seed: int) -> Contacts:
    """The same contacts with handling times of two phases."""
    law, rng, count = phases(9.0, cv), np.random.default_rng([seed, 5]), drawn.row.size
    starts = rng.random(count) < law.first_share
    goes_on = ~starts | (rng.random(count) < law.on_share)
    first = np.where(starts, rng.exponential(1 / law.first_per_min, count), 0.0)
    second = np.where(goes_on, rng.exponential(1 / law.second_per_min, count), 0.0)
    return replace(drawn, handling_min=first + second)


def simulated(crews: Crew, rates: Floats, cv: float, within_min: float, law: str) -> tuple[Floats, Floats]:
    """Late calls by slot and simulated day, and all calls; the day's slots of 15 minutes."""
    shop = crews.shops[0]
    per_slot = np.zeros(96)
    per_slot[shop.opens_min // 15 : shop.closes_min // 15] = rates * 15
    arrivals = make_arrivals(np.tile(per_slot, (8000, 1, 1)), kinds=make_kinds(9.0, cv))
    drawn = contacts(arrivals, 11, 0)
    found = tally(arrivals, two_phase(drawn, cv, 11) if law == "phases" else drawn, crews, within_min)
    return (found.offered - found.in_time)[:, 0], found.offered[:, 0]


# One break each, so that nobody leaves before the state has forgotten who came first.
ORACLE = make_shop(
    ((540, 660), (720, 900)), ((540, 690), (750, 900)), ((540, 720), (765, 900)), opens=540, closes=900
)


@pytest.mark.parametrize(
    ("cv", "conventions"),
    [(0.75, Conventions()), (1.6, Conventions()), (1.6, Conventions(returns="on_time"))],
)
def test_the_day_is_the_simulated_one_where_calls_have_two_phases(
    cv: float, conventions: Conventions
) -> None:
    plan = timeline(ORACLE, 15)
    rates = rates_of(plan, 60.0)[:1]
    late, _ = simulated(crew([ORACLE], conventions), rates[0], cv, 2.0, "phases")
    found = two_phase_days(Line(9.0, 5.0), cv, plan, rates, (2.0,), conventions).late[0, 0]
    errors = late.std(axis=0)[36:60] / np.sqrt(len(late))
    z = (late.mean(axis=0)[36:60] - found) / errors
    assert 0.6 < np.sqrt((z**2).mean()) < 1.45
    day = late.sum(axis=1)
    assert abs(day.mean() - found.sum()) < 4 * day.std() / np.sqrt(day.size)


@pytest.mark.parametrize(("cv", "of_phases", "of_chain"), [(0.5, 0.003, 0.005), (1.5, 0.002, 0.007)])
def test_lognormal_calls_are_met_nearer_than_by_the_chain(
    cv: float, of_phases: float, of_chain: float
) -> None:
    """In shares of the day's 110 calls, for three people, answered within 1 minute."""
    shop = make_shop(*[((540, 1080),)] * 3, opens=540, closes=1080)
    plan = timeline(shop, 15)
    rates = rates_of(plan, 110.0)[:1]
    late, offered = simulated(crew([shop]), rates[0], cv, 1.0, "lognormal")
    share = late.sum() / offered.sum()
    error = abs(two_phase_days(Line(9.0, 5.0), cv, plan, rates, (1.0,)).late.sum() / 110.0 - share)
    chain = abs(exact_days(Line(9.0, 5.0), plan, rates, (1.0,)).late.sum() / 110.0 - share)
    assert error < of_phases
    assert chain > of_chain
    assert error < 0.6 * chain


@given(
    st.sampled_from([0.6, 0.85, 1.0, 1.3, 3.0]),
    st.lists(st.integers(0, 3), min_size=1, max_size=4),
    st.sampled_from([4.0, np.inf]),
    st.floats(0.0, 0.9),
    st.sampled_from(["exhaustive", "handover"]),
)
@settings(max_examples=25)
def test_every_call_is_answered_hangs_up_or_is_left(
    cv: float, heads: list[int], patience_min: float, rate: float, shift_end: str
) -> None:
    change = np.diff(heads, prepend=heads[0])
    plan = Timeline(
        tuple(range(0, 20 * len(heads) + 1, 20)),
        tuple(heads),
        tuple(int(max(-c, 0)) for c in change),
        tuple(int(max(c, 0)) for c in change),
    )
    conventions = Conventions("handover" if shift_end == "handover" else "exhaustive")
    limits = (0.0, 3.0, 30.0)
    day = two_phase_days(
        Line(5.0, patience_min), cv, plan, np.array([[rate] * len(heads)]), limits, conventions
    )
    assert (day.late[0] >= day.late[1] - 1e-8).all()
    assert (day.late[1] >= day.late[2] - 1e-8).all()
    assert np.abs(day.late[0] - day.delayed).max() < 1e-8  # nobody who waits is answered at once
    worked = day.busy_min.sum() + day.overtime_min.sum() + day.closed.busy_min.sum()
    if shift_end == "exhaustive":  # a call that is handed over may have to start anew
        assert day.answered.sum() * 5.0 == pytest.approx(worked, abs=1e-6)
    last = day.waiting[0, -1]
    assert (day.closed.answered + day.closed.abandoned + day.closed.left)[0] == pytest.approx(last, abs=1e-8)


def test_moved_breaks_keep_the_work_done() -> None:
    plan = timeline(SHOP, 15)
    day = two_phase_days(Line(9.0, 5.0), 1.8, plan, rates_of(plan, 60.0), (1.0,))
    worked = day.busy_min.sum(axis=1) + day.overtime_min.sum(axis=1) + day.closed.busy_min
    assert np.abs(day.answered * 9.0 - worked).max() < 1e-6


def test_days_in_chunks_are_the_same_days(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = timeline(SHOP, 15)
    rates = rates_of(plan, 60.0)
    whole = two_phase_days(Line(9.0, 5.0), 1.5, plan, rates, (1.0, 5.0))
    monkeypatch.setattr("planner.queueing.phases.two_phase._NUMBERS_AT_ONCE", 1)
    parts = two_phase_days(Line(9.0, 5.0), 1.5, plan, rates, (1.0, 5.0))
    assert max(differences(whole, parts).values()) < 1e-9


def test_too_few_places_are_found_and_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = timeline(SHOP, 15)
    expected = two_phase_days(Line(9.0, 5.0), 1.5, plan, rates_of(plan, 60.0), (1.0,))
    monkeypatch.setattr("planner.queueing.phases.two_phase._DEVIATIONS", 0.5)
    found = two_phase_days(Line(9.0, 5.0), 1.5, plan, rates_of(plan, 60.0), (1.0,))
    assert max(differences(found, expected).values()) < 1e-7


def test_a_group_back_from_a_break_that_a_caller_sees_whole() -> None:
    plan = Timeline((0, 30, 35, 90), (2, 1, 2, 2)[:3], (0, 1, 0), (0, 0, 1), (Return(1, 2, 1),))
    rates = np.full((1, 3), 0.3)
    found = two_phase_days(Line(9.0, 20.0), 1.0, plan, rates, (15.0,))
    assert max(differences(found, exact_days(Line(9.0, 20.0), plan, rates, (15.0,))).values()) < 1e-8


def test_wrong_figures_are_refused_with_their_place() -> None:
    plan = timeline(SHOP, 15)
    rates = rates_of(plan, 60.0)
    rates[1, 3] = np.nan
    for broken, cv, limits, told in (
        (rates, 1.5, (1.0,), r"\[1, 3\] is nan"),
        (np.zeros((2, 3)), 1.5, (1.0,), r"\(2, 3\)"),
        (np.zeros((1, len(plan.heads))), 1.5, (1.0, -2.0), r"\[1\] is -2"),
        (np.zeros((1, len(plan.heads))), -1.5, (1.0,), "-1.5"),
    ):
        with pytest.raises(ValueError, match=told):
            two_phase_days(Line(9.0), cv, plan, broken, limits)


def test_no_days_and_days_without_calls_are_answered_too() -> None:
    plan = timeline(SHOP, 15)
    none = two_phase_days(Line(9.0, 5.0), 1.5, plan, np.zeros((0, len(plan.heads))), (1.0,))
    assert none.late.shape == (1, 0, len(plan.heads))
    quiet = two_phase_days(Line(9.0), 1.5, plan, np.zeros((1, len(plan.heads))), (1.0,))
    assert quiet.late.sum() == quiet.wait_min.sum() == quiet.busy_min.sum() == 0.0
