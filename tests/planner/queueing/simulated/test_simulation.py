"""The simulated day against exact solutions, and what no day may break."""

import csv
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.shared_data import REASON, is_missing, shared
from forecasts.distribution import Floats
from planner.queueing.arrivals import Contacts, contacts
from planner.queueing.formulas.erlang import erlang_a_waiting
from planner.queueing.line import Conventions
from planner.queueing.shop import Shop, Stretch
from planner.queueing.simulated.crew import crew
from planner.queueing.simulated.simulation import Simulated, Tally, simulated, tally
from tests.planner.queueing_builder import flat, make_arrivals, make_kinds, make_shop

REFERENCE = "facts/transient_reference_90calls.csv"
DAY = ((510, 720), (780, 1095))


def within_errors(values: Floats, expected: float, errors: float = 4.0) -> bool:
    """Whether the mean of independent values lies within so many standard errors of the expected one."""
    return bool(abs(values.mean() - expected) <= errors * values.std() / np.sqrt(values.size))


@pytest.mark.parametrize(("rate", "people"), [(0.25, 3), (0.6, 5)])  # the second is overloaded
def test_a_long_flat_day_is_erlang_a(rate: float, people: int) -> None:
    arrivals = make_arrivals(flat(rate * 15, paths=400), kinds=make_kinds(law="exponential"))
    crews = crew([make_shop(*[((0, 1440),)] * people, opens=0, closes=1440)])
    found = tally(arrivals, contacts(arrivals, 1, 0), crews, 1.0)
    expected = erlang_a_waiting(rate, 9.0, 5.0, people, 1.0)
    calls = rate * 15 * 64
    steady = slice(32, 96)
    for counted, share in (
        (found.in_time, expected.in_time),
        (found.answered, 1 - expected.abandoned),
        (found.wait_min, expected.mean_wait_min),
        (found.busy_min, 9.0 * (1 - expected.abandoned)),
    ):
        assert within_errors(counted[:, 0, steady].sum(axis=1), calls * share)


def reference_shop(rows: list[dict[str, str]], opens: int) -> Shop:
    """Who came first leaves first."""
    there: list[int] = [opens] * int(rows[0]["s"])
    people: list[tuple[Stretch, ...]] = []
    for t, row in enumerate(rows):
        at = opens + 15 * t
        people += [((there.pop(0), at),) for _ in range(int(row["leave"]))]
        there += [at] * int(row["join"])
    closes = opens + 15 * len(rows)
    return make_shop(*people, *[((start, closes),) for start in there], opens=opens, closes=closes)


@pytest.mark.skipif(is_missing(REFERENCE), reason=REASON)
@pytest.mark.parametrize("within_min", [1 / 3, 1.0, 5.0, 20.0])
def test_a_changing_day_is_the_exact_time_varying_solution(within_min: float) -> None:
    with shared(REFERENCE).open(encoding="utf-8", newline="") as file:
        rows = [
            r
            for r in csv.DictReader(file)
            if r["convention"] == "exhaustive" and abs(float(r["T_min"]) - within_min) < 1e-6
        ]
    opens = 420
    calls = np.zeros((3000, 1, 96))
    calls[:, 0, 28:76] = [15 * float(r["lam_per_min"]) for r in rows]
    arrivals = make_arrivals(calls, kinds=make_kinds(law="exponential"))
    drawn = contacts(arrivals, 3, 0)
    found = tally(arrivals, drawn, crew([reference_shop(rows, opens)]), within_min)
    late = (found.offered - found.in_time)[:, 0, 28:76]
    expected = np.array([float(r["late"]) for r in rows])
    assert within_errors(late.sum(axis=1), float(expected.sum()))
    errors = (late.mean(axis=0) - expected) / (late.std(axis=0) / np.sqrt(len(late)))
    assert np.abs(errors).max() < 4.5


def by_hand(*items: tuple[int, float, int, float]) -> Contacts:
    """Contacts of one path: (day, minute, kind, handling); kind 0 = call, 1 = mail."""
    row, minute, kind, handling = np.array(sorted(items), dtype=float).reshape(-1, 4).T
    patience = np.full(minute.size, 99.0)
    return Contacts(row.astype(np.int64), minute, kind.astype(np.int64), handling, patience)


def test_overtime_is_what_outlasts_a_duty_not_a_break() -> None:
    arrivals, crews = make_arrivals(flat(1.0)), crew([make_shop(((690, 720), (780, 800)))])
    over_a_break = tally(arrivals, by_hand((0, 710, 0, 20.0)), crews, 1.0)
    assert over_a_break.overtime_min.sum() == 0
    assert over_a_break.busy_min[0, 0, 47:49].tolist() == [10, 10]
    on_time = crew(crews.shops, Conventions(returns="on_time"))
    into_a_cut_break = tally(arrivals, by_hand((0, 710, 0, 20.0)), on_time, 1.0)
    assert into_a_cut_break.overtime_min.sum() == 10
    over_the_end = tally(arrivals, by_hand((0, 790, 0, 25.0)), crews, 1.0)
    assert over_the_end.overtime_min.sum() == pytest.approx(15)


@pytest.mark.parametrize(("mail_min", "same_day"), [(30.0, 1), (31.0, 0)])
def test_a_moved_break_takes_from_mail(mail_min: float, same_day: int) -> None:
    arrivals, crews = make_arrivals(flat(1.0)), crew([make_shop(((690, 720), (780, 800)))])
    drawn = by_hand((0, 690, 1, mail_min), (0, 710, 0, 20.0))
    assert tally(arrivals, drawn, crews, 1.0).same_day.sum() == same_day


def test_what_comes_after_closing_is_due_on_the_next_day() -> None:
    arrivals, crews = make_arrivals(flat(1.0, days=2)), crew([make_shop(DAY)] * 2)
    drawn = by_hand((0, 500, 0, 5.0), (0, 1100, 0, 5.0), (0, 1110, 1, 5.0), (1, 1100, 1, 5.0))
    found = tally(arrivals, drawn, crews, 1.0)
    assert found.due.tolist() == found.same_day.tolist() == [[1, 2]]


def busy_desk(patience_min: float = 5.0, paths: int = 40, days: int = 3) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(8)
    calls = flat(1.5, paths, days, 510, 1095) * rng.gamma(9.0, 1 / 9, (paths, days, 1))
    return calls, flat(0.3, paths, days, 420, 1200)


def test_no_demand_is_answered() -> None:
    found = simulated(make_arrivals(flat(0.0, 3, 2)), crew([make_shop(DAY)] * 2), 1.0, 2, 1)
    assert all((getattr(found.mean, f.name) == 0).all() for f in fields(Tally))
    assert np.isnan(found.day_in_time).all()


def test_overload_is_answered() -> None:
    kinds = make_kinds(patience_min=np.inf)
    arrivals = make_arrivals(flat(20.0, 2, 1, 510, 1095), kinds=kinds)
    drawn = contacts(arrivals, 1, 0)
    patient = tally(arrivals, drawn, crew([make_shop(((510, 1095),))]), 1.0)
    assert (patient.answered == patient.offered).all()
    assert patient.in_time.sum() < 0.05 * patient.offered.sum()
    assert patient.overtime_min.sum() == pytest.approx(drawn.handling_min.sum() - 2 * 585, rel=0.01)
    nobody = tally(arrivals, drawn, crew([make_shop()]), 1.0)
    assert nobody.offered.sum() == drawn.row.size
    assert nobody.answered.sum() == nobody.busy_min.sum() == 0


def test_everything_that_came_is_somewhere() -> None:
    calls, mails = busy_desk()
    arrivals = make_arrivals(calls, mails)
    drawn = contacts(arrivals, 4, 0)
    found = tally(arrivals, drawn, crew([make_shop(DAY, DAY)] * 3), 1.0)
    inside = (drawn.minute >= 510) & (drawn.minute < 1095)
    is_call = inside & (drawn.kind == 0)
    after_the_last_closing = (drawn.minute >= 1095) & (drawn.row % 3 == 2)
    assert found.offered.sum() == is_call.sum()
    assert found.due.sum() == (~is_call & ~after_the_last_closing).sum()
    assert ((found.in_time <= found.answered) & (found.answered <= found.offered)).all()
    before = np.concatenate((np.zeros((40, 1)), found.backlog[:, :-1]), axis=1)
    done = found.due + before - found.backlog
    assert (done >= found.same_day).all()
    assert (found.same_day <= found.due).all()
    # Two people cannot work more than they are there and their overtime.
    assert (found.busy_min.sum(axis=2) <= 2 * 525 + found.overtime_min + 1e-6).all()


def judged(people: list[tuple[Stretch, ...]], opens: int = 510) -> Simulated:
    calls, mails = busy_desk()
    shop = make_shop(*people, opens=opens)
    return simulated(make_arrivals(calls, mails), crew([shop] * 3), 1.0, 2, 6)


def shares(found: Simulated) -> tuple[float, float, float]:
    mean = found.mean
    return (
        float(mean.in_time.sum() / mean.offered.sum()),
        float(mean.answered.sum() / mean.offered.sum()),
        float(mean.same_day.sum() / mean.due.sum()),
    )


def test_more_people_never_serve_worse() -> None:
    found = [shares(judged([DAY] * people)) for people in range(1, 7)]
    assert found == sorted(found)
    for share in zip(*found, strict=True):
        assert list(share) == sorted(share)


def test_breaks_and_shift_changes_take_capacity() -> None:
    whole = judged([((510, 1095),)] * 4)
    broken = judged([DAY] * 4)
    noon = slice(720 // 15, 780 // 15)
    assert shares(broken)[0] < shares(whole)[0]
    assert broken.mean.in_time[:, :, noon].sum() < 0.05 * broken.mean.offered[:, :, noon].sum()
    early = judged([((510, 900),)] * 2 + [((510, 1095),)] * 2)
    # Until the change it is the day of four people, call by call; after it, of two.
    assert (early.mean.in_time[:, :, :59] == whole.mean.in_time[:, :, :59]).mean() > 0.9
    assert early.mean.in_time[:, :, 60:73].sum() < whole.mean.in_time[:, :, 60:73].sum()


def test_every_formation_meets_the_same_calls() -> None:
    two, three = judged([DAY] * 2), judged([DAY] * 3)
    assert (two.mean.offered == three.mean.offered).all()
    assert (two.mean.due == three.mean.due).all()
    again = judged([DAY] * 2)
    assert all((getattr(two.mean, f.name) == getattr(again.mean, f.name)).all() for f in fields(Tally))


def test_an_earlier_opening_turns_waiting_contacts_into_calls() -> None:
    calls, mails = flat(1.0, 30, 2, 450, 1095), flat(0.0, 30, 2)
    arrivals = make_arrivals(calls, mails)
    usual = simulated(arrivals, crew([make_shop(((450, 1095),))] * 2), 1.0, 1, 2).mean
    early = simulated(arrivals, crew([make_shop(((450, 1095),), opens=450)] * 2), 1.0, 1, 2).mean
    assert usual.offered[:, :, :34].sum() == early.due.sum() == 0
    assert early.offered.sum() == usual.offered.sum() + usual.due.sum()


def test_mail_waits_for_the_next_day() -> None:
    mails = flat(0.0, 50, 3)
    # At noon, before a break: 315 minutes are left for 80 mails of 9 minutes, then whole days.
    mails[:, 0, 48] = 80.0
    found = simulated(make_arrivals(flat(0.0, 50, 3), mails), crew([make_shop(DAY)] * 3), 1.0, 2, 3).mean
    assert found.backlog.mean(axis=0) == pytest.approx([80 - 315 / 9, 0, 0], abs=8)
    assert found.same_day.mean(axis=0) == pytest.approx([315 / 9, 0, 0], abs=4)


def test_the_standard_error_shrinks_with_replications() -> None:
    calls, _ = busy_desk(paths=5)
    crews = crew([make_shop(DAY, DAY, DAY)] * 3)
    few, many = (simulated(make_arrivals(calls), crews, 1.0, n, 1).standard_error for n in (4, 64))
    assert 0 < many < few
    assert np.isnan(simulated(make_arrivals(calls), crews, 1.0, 1, 1).standard_error)


edges = st.lists(st.integers(28, 80), min_size=2, max_size=6, unique=True).filter(lambda q: len(q) % 2 == 0)


def stretches(quarters: list[int]) -> tuple[Stretch, ...]:
    at = [15 * q for q in sorted(quarters)]
    return tuple(zip(at[::2], at[1::2], strict=True))


@settings(max_examples=60)
@given(
    people=st.lists(edges, max_size=5),
    rate=st.floats(0, 4),
    seed=st.integers(0, 100),
    conventions=st.sampled_from([Conventions(), Conventions(returns="on_time")]),
    interruptible=st.booleans(),
)
def test_any_pattern_is_sound(
    people: list[list[int]], rate: float, seed: int, conventions: Conventions, interruptible: bool
) -> None:
    arrivals = make_arrivals(flat(rate, 4, 2, 480, 1140), flat(rate / 5, 4, 2))
    crews = crew([make_shop(*map(stretches, people))] * 2, conventions)
    found = tally(arrivals, contacts(arrivals, seed, 0), crews, 1.0, interruptible=interruptible)
    assert all((getattr(found, f.name) >= -1e-9).all() for f in fields(Tally))
    assert ((found.in_time <= found.answered) & (found.answered <= found.offered)).all()
    there = crews.staffed(1440)[:, 0]
    assert (found.same_day <= found.due).all()
    worked = found.busy_min.sum(axis=2) + found.deferred_min
    # A call that swallows the whole stretch after a moved break is booked on no plan and as no overtime.
    if all(len(quarters) == 2 for quarters in people):
        assert (worked <= there + found.overtime_min + 1e-6).all()
