from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest

from forecasts.model import EventEffect, Known, as_known
from forecasts.models.joint import FittedJoint, Joint
from forecasts.pooling import elsewhere, pooled
from forecasts.regressors import Column
from tests.forecasts.simulated import CALENDAR, event_factor, history, transfer, transfers

AS_OF = date(2026, 2, 27)
ANNOUNCED = replace(transfer(date(2026, 4, 1)), announced_on=date(2026, 2, 20))
EVENTS = (*transfers(2022, 2025), ANNOUNCED)
APRIL = CALENDAR.office_days(date(2026, 3, 30), date(2026, 4, 15))
MAIN = Column("event", "transfer", part="main")


@cache
def desk(start: date, peak: float, seed: int) -> Known:
    """What one desk knows that was raised to ``peak`` times by the April rounds it lived through."""
    return as_known(history(start, AS_OF + timedelta(days=1), EVENTS, peak, seed), EVENTS, CALENDAR, AS_OF)


OTHERS = tuple(desk(date(2023, 3, 1), 2.0, seed) for seed in (1, 2, 3))
NEW = desk(date(2025, 9, 1), 2.0, 4)


@cache
def together(*knowns: Known) -> tuple[FittedJoint, ...]:
    return pooled(knowns)


@cache
def alone(known: Known) -> FittedJoint:
    return Joint().fit(known)


def transfer_of(fitted: FittedJoint) -> EventEffect:
    (effect,) = [e for e in fitted.explain(APRIL).effects if e.kind == "transfer"]
    return effect


def rates(fits: Sequence[FittedJoint]) -> list[bytes]:
    return [f.forecast(APRIL, 20, 1).day_rate.tobytes() for f in fits]


def test_a_desk_that_never_saw_april_learns_from_three_that_did() -> None:
    *others, new = (transfer_of(f) for f in together(*OTHERS, NEW))
    by_itself = transfer_of(alone(NEW))
    usual = np.mean([o.effect for o in others])
    assert by_itself.effect < 1.2
    assert by_itself.low < 0.7
    assert new.effect == pytest.approx(usual, rel=0.07)
    assert 1.4 < new.low < 2.0 < new.high
    assert new.high / new.low < 0.7 * by_itself.high / by_itself.low
    assert new.times_seen == 0


def test_what_is_pooled_reaches_the_paths() -> None:
    fits = (alone(NEW), together(*OTHERS, NEW)[-1])
    first, second = (f.forecast([date(2026, 4, 1)], 2000, 1).day_rate.sum(axis=(1, 2)) for f in fits)
    assert np.median(second) > 1.5 * np.median(first)
    assert np.log(second).std() < 0.8 * np.log(first).std()


def test_a_desk_with_a_long_past_of_its_own_hardly_moves() -> None:
    own = desk(date(2021, 3, 1), 1.4, 5)
    before, after = transfer_of(alone(own)), transfer_of(together(*OTHERS, own)[-1])
    distance = np.log(transfer_of(alone(OTHERS[0])).effect / before.effect)
    assert 0 <= np.log(after.effect / before.effect) < 0.25 * distance
    assert after.effect < 1.55


@pytest.mark.parametrize("seed", [20, 120])
def test_desks_with_a_short_past_are_nearer_to_the_truth_together(seed: int) -> None:
    """Each lived through one April; desks differ in how strongly they feel it."""
    peaks = np.random.default_rng(seed).normal(1.8, 0.1, size=8)
    desks = [desk(date(2025, 3, 1), float(p), n) for n, p in enumerate(peaks, start=seed)]
    errors = []
    for fits in ([alone(d) for d in desks], pooled(desks)):
        told = [np.log([r.event for r in f.explain(APRIL).days]) for f in fits]
        truth = [np.log(event_factor(APRIL, EVENTS, float(p))) for p in peaks]
        errors.append(np.abs(np.array(told) - np.array(truth)).mean())
    assert errors[1] < 0.96 * errors[0]


def test_each_answer_belongs_to_its_desk_whatever_the_order() -> None:
    forward, backward = together(*OTHERS, NEW), together(NEW, *reversed(OTHERS))
    for one, other in zip(forward, reversed(backward), strict=True):
        assert one.learned.days == other.learned.days
        np.testing.assert_allclose(
            [r.expected for r in one.explain(APRIL).days], [r.expected for r in other.explain(APRIL).days]
        )


def test_the_same_desks_give_the_same_bytes() -> None:
    assert rates(together(*OTHERS, NEW)) == rates(pooled((*OTHERS, NEW)))


@pytest.mark.parametrize("desks", [(), (NEW,), (OTHERS[0], NEW)])
def test_fewer_than_three_desks_are_each_alone(desks: tuple[Known, ...]) -> None:
    assert rates(pooled(desks)) == rates([alone(d) for d in desks])


def test_a_desk_is_told_nothing_by_itself_and_nothing_by_desks_that_saw_nothing() -> None:
    told = elsewhere([alone(d).learned for d in (*OTHERS, NEW)])
    assert MAIN in told[0]
    assert all(MAIN not in t for t in elsewhere([alone(d).learned for d in (OTHERS[0], OTHERS[1], NEW)])[:2])
    assert all(MAIN not in t for t in elsewhere([alone(NEW).learned] * 4))


def test_desks_that_disagree_leave_more_open_than_desks_that_agree() -> None:
    unlike = (OTHERS[0], desk(date(2023, 3, 1), 1.2, 6), desk(date(2023, 3, 1), 3.0, 7), NEW)
    alike, apart = (elsewhere([alone(d).learned for d in desks])[-1] for desks in ((*OTHERS, NEW), unlike))
    assert apart[MAIN].sd > 1.5 * alike[MAIN].sd
    alike_by = np.log2(1 + 500 / 400)  # April moves more people than the typical round
    assert alike[MAIN].mean * alike_by == pytest.approx(np.log(2.0), abs=0.2)


def test_a_desk_with_too_short_a_past_is_refused() -> None:
    with pytest.raises(ValueError, match="needs 28 office days"):
        pooled((*OTHERS, desk(date(2026, 2, 2), 2.0, 8)))
