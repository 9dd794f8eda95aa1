from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest

from forecasts.events import Event
from forecasts.model import EventEffect
from forecasts.models.joint import FittedJoint, Joint
from tests.forecasts.simulated import CALENDAR, known, transfer, transfers

AS_OF = date(2026, 2, 27)
APRIL = CALENDAR.office_days(date(2026, 3, 2), date(2026, 5, 1))
EVENTS = transfers(2022, 2025)
COMING = replace(transfer(date(2026, 4, 1)), announced_on=date(2026, 2, 20))
ROLLOUT = Event(date(2026, 4, 1), date(2026, 4, 30), "rollout", "new terminals", date(2026, 2, 1))


@cache
def fitted(*more: Event, seed: int = 1) -> FittedJoint:
    return Joint().fit(known(date(2023, 3, 1), AS_OF, (*EVENTS, *more), seed))


def effect(of: FittedJoint, kind: str, days: Sequence[date] = APRIL) -> EventEffect:
    (found,) = [e for e in of.explain(days).effects if e.kind == kind]
    return found


def test_the_interval_of_an_effect_holds_the_true_one_on_most_desks() -> None:
    found = [effect(fitted(COMING, seed=seed), "transfer") for seed in range(8)]
    assert sum(f.low < 1.8 < f.high for f in found) >= 5
    assert np.mean([f.effect for f in found]) == pytest.approx(1.8, abs=0.1)
    assert max(f.high / f.low for f in found) < 1.5


def test_an_effect_tells_when_it_was_seen_and_how_fast_it_fades() -> None:
    found = effect(fitted(COMING), "transfer")
    assert (found.times_seen, found.years) == (3, (2023, 2024, 2025))  # of April, that of 2022 was before
    assert found.days_to_half in {3, 4, 5}  # what is added falls by exp(-t / 5): half after 3.5 days


def test_without_a_coming_round_the_last_one_seen_is_told() -> None:
    january = CALENDAR.office_days(date(2026, 5, 7), date(2026, 6, 1))
    found = effect(fitted(), "transfer", january)
    assert found.years == (2023, 2024, 2025)
    assert 1.2 < found.effect < 1.8  # July moved 300 people, not 500


def test_a_kind_never_seen_is_told_as_a_guess_held_wide() -> None:
    found = effect(fitted(ROLLOUT), "rollout")
    assert (found.times_seen, found.years, found.days_to_half) == (0, (), None)
    assert found.effect == pytest.approx(1, abs=0.05)
    assert found.low < 0.7
    assert found.high > 1.4


def test_transfers_never_seen_are_a_guess_held_wide_too() -> None:
    """No day of theirs has an effect above 1, yet the day told of must be one on which they act."""
    of = Joint().fit(known(date(2025, 9, 1), AS_OF, (COMING,)))
    found = effect(of, "transfer")
    assert (found.times_seen, found.years) == (0, ())
    assert found.low < 0.7 < 1.4 < found.high


def test_an_unseen_kind_on_the_same_days_does_not_blur_what_is_known_of_another() -> None:
    alone, together = (effect(fitted(COMING, *more), "transfer") for more in ((), (ROLLOUT,)))
    assert together.low == pytest.approx(alone.low, rel=0.02)
    assert together.high == pytest.approx(alone.high, rel=0.02)


def test_what_the_calendar_does_is_told_with_the_years_it_was_seen_in() -> None:
    seen = known(date(2023, 3, 1), AS_OF)
    count = seen.history.count.copy()
    count[[CALENDAR.closed_days_before(d) >= 4 for d in seen.history.days]] *= 2
    of = Joint().fit(replace(seen, history=replace(seen.history, count=count)))
    found = effect(of, "after_closure")
    assert found.effect == pytest.approx(2, rel=0.2)
    assert found.low < found.effect < found.high < 1.3 * found.low
    # Each Golden Week of 2023-25, each new year of 2024-26.
    assert (found.times_seen, found.years) == (6, (2023, 2024, 2025, 2026))


def test_products_are_what_the_paths_expect_on_event_days_too() -> None:
    of = fitted(COMING, ROLLOUT)
    reasons = of.explain(APRIL[20:30]).days
    expected = np.array([r.expected for r in reasons])
    np.testing.assert_allclose(expected, [r.base * r.weekday * r.season * r.event for r in reasons])
    mean = of.forecast(APRIL[20:30], 20_000, 1).day_rate.sum(axis=2).mean(axis=0)
    np.testing.assert_allclose(mean, expected, rtol=0.04)


def test_no_part_of_a_rate_is_left_out_of_its_reasons() -> None:
    of = fitted(COMING, ROLLOUT)
    rows, estimate = of.learned.rows(APRIL), of.learned.estimate
    log = of.learned.offset + rows.known @ estimate.mean + rows.new @ rows.means
    whole = np.exp(log + of.learned.variance(rows) / 2) * estimate.incident_factor
    np.testing.assert_allclose([r.expected for r in of.explain(APRIL).days], whole)


def test_the_noise_of_a_day_covers_what_it_says() -> None:
    of = fitted(COMING)
    rate = of.forecast(APRIL, 2000, 1).day_rate.sum(axis=2)
    reasons = of.explain(APRIL).days
    low, high, expected = (
        np.array([getattr(r, name) for r in reasons]) for name in ("noise_low", "noise_high", "expected")
    )
    assert (low < 1).all()
    assert (high > 1).all()
    inside = (rate >= low * expected) & (rate <= high * expected)
    assert inside.mean() == pytest.approx(0.8, abs=0.02)
    assert (np.abs(inside.mean(axis=0) - 0.8) < 0.05).all()


def test_weekdays_are_told_against_the_mean_weekday() -> None:
    of = fitted()
    week = of.explain(CALENDAR.office_days(date(2026, 6, 1), date(2026, 6, 6))).days
    factors = np.array([r.weekday for r in week])
    assert np.log(factors).mean() == pytest.approx(0, abs=0.01)
    np.testing.assert_allclose(factors, np.array([1.2, 1.0, 0.95, 0.95, 0.9]), rtol=0.06)
    assert {r.events for r in week} == {()}


def test_an_absurd_headcount_is_told_within_the_bound_that_paths_keep() -> None:
    of = fitted().given((*EVENTS, transfer(date(2026, 4, 1), 100_000_000)))
    reasons = of.explain(APRIL).days
    most = np.exp(of.most)
    assert max(r.expected for r in reasons) == pytest.approx(most)
    assert of.forecast(APRIL, 200, 1).day_rate.sum(axis=2).max() <= most * (1 + 1e-9)
    for r in reasons:
        assert r.expected == pytest.approx(r.base * r.weekday * r.season * r.event)
