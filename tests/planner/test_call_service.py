"""Calls of a period read from tables: against exact days of each path-day, and against the simulation."""

from math import inf

import numpy as np
import pytest

from forecasts.distribution import Floats
from planner.call_service import CallService, call_service
from planner.queueing.arrivals import Arrivals, Kinds
from planner.queueing.choice import Method
from planner.queueing.exact.chain import Days, exact_days
from planner.queueing.line import Conventions, Line
from planner.queueing.shop import Shop
from planner.queueing.simulated.crew import crew
from planner.queueing.simulated.simulation import simulated
from planner.queueing.timeline import timeline
from tests.planner.queueing_builder import make_shop

USUAL = Conventions()
EXACT = Method("exact")
LINE = Line(12.0, 5.0)
FOUR = make_shop(
    ((510, 720), (780, 1095)), ((510, 690), (750, 1095)), ((540, 750), (810, 1095)), ((540, 780), (840, 1050))
)
THREE = make_shop(*FOUR.stretches[:3])


def kinds(*patience_min: float, measured: tuple[bool, ...] = (True,), immediate: bool = True) -> Kinds:
    count = len(patience_min)
    return Kinds(
        np.full(count, 12.0), np.ones(count), np.array(patience_min), np.full(count, immediate),
        np.array(measured), law="exponential",
    )  # fmt: skip


def calls_of(
    volume: Floats, concentration: float = inf, opens: int = 510, closes: int = 1095, slot_min: int = 15
) -> Floats:
    """Return calls by path, day and slot for volumes (P, D), the slots of a path-day noisy or not."""
    start = np.arange(1440 // slot_min) * slot_min
    hill = np.where(
        (start + slot_min > opens) & (start < closes), 1 + np.exp(-(((start - 640) / 80) ** 2)), 0.0
    )
    shape = hill / hill.sum()
    if concentration == inf:
        return np.asarray(volume[:, :, None] * shape)
    rng = np.random.default_rng(11)
    some = np.zeros((*volume.shape, start.size))
    some[:, :, hill > 0] = rng.dirichlet(concentration * shape[hill > 0], volume.shape)
    return np.asarray(volume[:, :, None] * some)


def volumes(paths: int = 12, days: int = 3, cv: float = 0.22, mean: float = 60.0) -> Floats:
    return np.asarray(np.random.default_rng(5).gamma(cv**-2, cv**2 * mean, (paths, days)))


def solved(arrivals: Arrivals, shops: list[Shop], limit_min: float = 1.0) -> CallService:
    return call_service(arrivals, shops, limit_min, EXACT, USUAL)


def each_alone(calls: Floats, shop: Shop, line: Line = LINE, slot_min: int = 15) -> Days:
    """Solve every path-day with its own rates, rows (P x D)."""
    plan = timeline(shop, slot_min)
    rates = (calls / slot_min)[:, :, list(plan.slots(slot_min))].reshape(-1, len(plan.heads))
    return exact_days(line, plan, rates, [1.0])


def share(found: CallService) -> Floats:
    offered = found.offered.sum(axis=2)
    nothing = np.full(offered.shape, np.nan)
    return np.asarray(np.divide(found.in_time.sum(axis=2), offered, out=nothing, where=offered > 0))


@pytest.mark.parametrize("patience_min", [5.0, inf])
def test_a_path_day_is_its_exact_day_within_a_tenth_of_a_point(patience_min: float) -> None:
    calls = calls_of(volumes())
    found = solved(Arrivals(calls[..., None], 15, kinds(patience_min)), [FOUR] * 3)
    exact = each_alone(calls, FOUR, Line(12.0, patience_min))
    assert np.abs(share(found).ravel() - exact.in_time()[0]).max() < 0.001
    assert found.offered.sum(axis=2).ravel() == pytest.approx(exact.offered.sum(axis=1))
    assert found.answered.sum(axis=2).ravel() == pytest.approx(exact.answered, abs=0.05)
    busy = exact.busy_min.sum(axis=1) + exact.overtime_min.sum(axis=1) + exact.closed.busy_min
    assert found.busy_min.sum(axis=2).ravel() == pytest.approx(busy, rel=1e-3)
    overtime = exact.overtime_min.sum(axis=1) + exact.closed.busy_min
    assert found.overtime_min.ravel() == pytest.approx(overtime, abs=0.1)
    wait = exact.wait_min.sum(axis=1) + exact.closed.wait_min
    assert found.wait_min.sum(axis=2).ravel() == pytest.approx(wait, abs=0.5, rel=0.005)


def test_noisy_slots_of_paths_are_met_on_the_whole() -> None:
    """Several path-days stand for all: right for the period, rough for one path."""
    volume = volumes(paths=40)
    calls = calls_of(volume, 400.0)
    found = solved(Arrivals(calls[..., None], 15, kinds(5.0)), [FOUR] * 3)
    exact = each_alone(calls, FOUR).in_time()[0].reshape(volume.shape)
    mean_shape = solved(Arrivals(calls_of(volume)[..., None], 15, kinds(5.0)), [FOUR] * 3)
    period = (exact * volume).sum() / volume.sum()
    assert found.in_time.sum() / found.offered.sum() == pytest.approx(period, abs=0.005)
    assert np.sqrt(np.mean((share(found) - exact) ** 2)) < 0.012
    # Noise makes callers wait: the mean shape would promise too much.
    assert mean_shape.in_time.sum() / mean_shape.offered.sum() > period + 0.002


def test_noisy_slots_of_a_path_are_read_roughly() -> None:
    """Slots of one path over three days: their own chance is not read, only what it comes to on the whole."""
    volume = volumes(paths=40)
    calls = calls_of(volume, 400.0)
    found = solved(Arrivals(calls[..., None], 15, kinds(5.0)), [FOUR] * 3)
    exact = (each_alone(calls, FOUR).in_time()[0].reshape(volume.shape) * volume).sum(axis=1) / volume.sum(
        axis=1
    )
    read = found.in_time.sum(axis=(1, 2)) / found.offered.sum(axis=(1, 2))
    assert np.abs(read - exact).max() < 0.015
    assert (read - exact).mean() == pytest.approx(0.0, abs=0.0015)


@pytest.mark.parametrize("concentration", [inf, 800.0])
def test_the_simulation_says_the_same(concentration: float) -> None:
    """Two kinds, the second not measured and patient; two plans by day; slots of paths noisy."""
    calls = calls_of(volumes(paths=8, days=4), concentration)
    arrivals = Arrivals(
        calls[..., None] * np.array([0.93, 0.07]), 15, kinds(5.0, inf, measured=(True, False))
    )
    shops = [FOUR, THREE, FOUR, THREE]
    found = solved(arrivals, shops)
    replications = 250
    other = simulated(arrivals, crew(shops), 1.0, replications, 1)
    mean = other.mean
    assert found.offered.sum() == pytest.approx(mean.offered.sum(), rel=0.005)
    assert found.in_time.sum() / found.offered.sum() == pytest.approx(
        mean.in_time.sum() / mean.offered.sum(), abs=0.008
    )
    noise = other.day_in_time.std(axis=0) / np.sqrt(replications)
    off = share(found) - mean.in_time.sum(axis=2) / mean.offered.sum(axis=2)
    assert np.sqrt(np.mean(off**2)) < (0.01 if concentration == inf else 0.02)
    assert noise.max() < 0.01
    assert found.answered.sum() == pytest.approx(mean.answered.sum(), rel=0.008)
    assert found.wait_min.sum() == pytest.approx(mean.wait_min.sum(), rel=0.05)
    assert found.busy_min.sum() == pytest.approx(mean.busy_min.sum(), rel=0.01)
    assert found.overtime_min.sum() == pytest.approx(mean.overtime_min.sum(), rel=0.03)


def test_a_day_does_not_depend_on_the_plans_of_others() -> None:
    arrivals = Arrivals(calls_of(volumes(), 400.0)[..., None], 15, kinds(5.0))
    both = solved(arrivals, [FOUR, THREE, FOUR])
    four, three = (solved(arrivals, [shop] * 3) for shop in (FOUR, THREE))
    assert both.in_time[:, [0, 2]] == pytest.approx(four.in_time[:, [0, 2]], abs=1e-9)
    assert both.in_time[:, 1] == pytest.approx(three.in_time[:, 1], abs=1e-9)
    assert both.overtime_min[:, 1] == pytest.approx(three.overtime_min[:, 1], abs=1e-9)


def test_days_of_different_hours_of_rush_are_read_apart() -> None:
    calls = calls_of(volumes(days=2))
    calls[:, 1] = calls[:, 1, ::-1]
    found = solved(Arrivals(calls[..., None], 15, kinds(5.0)), [FOUR] * 2)
    assert np.abs(share(found).ravel() - each_alone(calls, FOUR).in_time()[0]).max() < 0.001


def test_days_and_paths_without_calls() -> None:
    volume = volumes()
    volume[:, 1] = 0.0
    volume[3, 2] = 0.0
    found = solved(Arrivals(calls_of(volume)[..., None], 15, kinds(5.0)), [FOUR] * 3)
    known = volume > 0
    for values in (found.offered, found.in_time, found.answered, found.wait_min, found.busy_min):
        assert np.isfinite(values).all()
        assert np.abs(values[~known]).max() < 1e-9
    usual = solved(Arrivals(calls_of(volumes())[..., None], 15, kinds(5.0)), [FOUR] * 3)
    assert share(found)[:, 0] == pytest.approx(share(usual)[:, 0], abs=0.002)


def test_a_first_day_without_calls_does_not_change_who_stands_in_line() -> None:
    volume = volumes(days=2)
    mixture = kinds(5.0, inf, measured=(True, False))
    calls = calls_of(volume)[..., None] * np.array([0.8, 0.2])
    usual = share(solved(Arrivals(calls, 15, mixture), [THREE] * 2))
    closed = calls.copy()
    closed[:, 0] = 0.0
    after = solved(Arrivals(closed, 15, mixture), [THREE] * 2)
    assert after.in_time[:, 1].sum(axis=1) / after.offered[:, 1].sum(axis=1) == pytest.approx(
        usual[:, 1], abs=0.002
    )


def test_two_phases_at_cv_1_are_one() -> None:
    arrivals = Arrivals(calls_of(volumes(paths=3, days=2))[..., None], 15, kinds(5.0))
    exact = solved(arrivals, [THREE] * 2)
    phases = call_service(arrivals, [THREE] * 2, 1.0, Method("two_phase", handling_cv=1.0), USUAL)
    assert phases.in_time == pytest.approx(exact.in_time, abs=1e-6)
    assert phases.busy_min == pytest.approx(exact.busy_min, abs=1e-5)
    even = call_service(arrivals, [THREE] * 2, 1.0, Method("two_phase", handling_cv=0.75), USUAL)
    assert even.overtime_min.sum() < 0.95 * exact.overtime_min.sum()


def test_a_desk_of_mail_alone_has_no_calls() -> None:
    found = solved(Arrivals(calls_of(volumes())[..., None], 15, kinds(inf, immediate=False)), [FOUR] * 3)
    assert found.offered.shape == (12, 3, 96)
    assert not any(v.any() for v in (found.offered, found.in_time, found.busy_min, found.overtime_min))


def test_reception_that_opens_off_the_grid() -> None:
    calls = calls_of(volumes(), slot_min=60)
    found = solved(Arrivals(calls[..., None], 60, kinds(5.0)), [FOUR] * 3)
    assert found.offered[:, :, 8] == pytest.approx(calls[:, :, 8] / 2)  # 8:30 to 9:00
    assert found.offered[:, :, 18] == pytest.approx(calls[:, :, 18] / 4)  # 18:00 to 18:15
    assert found.offered[:, :, 9:18] == pytest.approx(calls[:, :, 9:18])
    exact = each_alone(calls, FOUR, slot_min=60)
    assert np.abs(share(found).ravel() - exact.in_time()[0]).max() < 0.001


def test_only_measured_calls_count_but_all_keep_people_busy() -> None:
    calls = calls_of(volumes())[..., None]
    arrivals = Arrivals(calls * np.array([0.5, 0.5]), 15, kinds(5.0, 5.0, measured=(True, False)))
    half, whole = solved(arrivals, [FOUR] * 3), solved(Arrivals(calls, 15, kinds(5.0)), [FOUR] * 3)
    assert half.offered == pytest.approx(whole.offered / 2)
    assert half.in_time == pytest.approx(whole.in_time / 2)
    assert half.answered == pytest.approx(whole.answered / 2)
    assert half.wait_min == pytest.approx(whole.wait_min / 2)
    assert half.busy_min == pytest.approx(whole.busy_min)


def test_calls_that_nobody_ever_answers_are_not_answered() -> None:
    shop = make_shop(((510, 600),))
    arrivals = Arrivals(calls_of(volumes())[..., None], 15, kinds(inf))
    found = solved(arrivals, [shop] * 3)
    mean = simulated(arrivals, crew([shop] * 3), 1.0, 20, 1).mean
    assert found.answered.sum() == pytest.approx(mean.answered.sum(), rel=0.05)


def test_a_shop_with_nobody_answers_nobody() -> None:
    found = solved(Arrivals(calls_of(volumes())[..., None], 15, kinds(5.0)), [make_shop()] * 3)
    assert found.offered.sum() == pytest.approx(volumes().sum())
    assert np.abs(found.in_time).max() < 1e-9
    assert np.abs(found.answered.sum(axis=2)).max() < 1e-6
    assert np.abs(found.busy_min).max() < 1e-9
