from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from forecasts.combine import Combined, Weights, mixed_forecast, weighted
from forecasts.model import Explanation, Known, Model
from forecasts.models import MODELS
from forecasts.models.recent_mean import RecentMean
from forecasts.models.tagged_mean import TaggedMean
from forecasts.models.typed_ratio import TypedRatio
from tests.forecasts.simulated import CALENDAR, known, transfers

EVENTS = transfers(2023, 2025)
KNOWN = known(date(2023, 10, 2), date(2025, 3, 20), EVENTS)
DAYS = CALENDAR.office_days(date(2025, 3, 24), date(2025, 4, 15))
EVENT_MODEL = next(m for m in MODELS if m.name == "joint")
MEMBERS: tuple[Model, ...] = (RecentMean(), EVENT_MODEL)


def explained(model: Model, seen: Known = KNOWN) -> Explanation:
    return model.fit(seen).explain(DAYS)


def test_paths_are_those_of_the_members() -> None:
    fitted = Combined(MEMBERS, (0.3, 0.7)).fit(KNOWN)
    mixed = fitted.forecast(DAYS, 50, 1)
    assert (mixed.model, mixed.days, mixed.paths) == ("combined", DAYS, 50)
    rows = {r.tobytes() for r in mixed.day_rate}
    of = [{r.tobytes() for r in m.fit(KNOWN).forecast(DAYS, 50, 1).day_rate} for m in MEMBERS]
    assert [len(rows & own) for own in of] == [15, 35]
    heaviest = EVENT_MODEL.fit(KNOWN).forecast(DAYS, 50, 1)
    np.testing.assert_array_equal(mixed.share, heaviest.share)
    assert mixed.slot_counts().sum() == mixed.day_count.sum()
    assert fitted.forecast(DAYS, 50, 1).day_count.tobytes() == mixed.day_count.tobytes()


def test_rates_and_counts_of_a_path_stay_together() -> None:
    forecasts = [m.fit(KNOWN).forecast(DAYS, 40, 1) for m in MEMBERS]
    mixed = mixed_forecast(forecasts, (0.5, 0.5), 1)
    count_of = {
        r.tobytes(): c.tobytes()
        for f in forecasts
        for r, c in zip(f.day_rate, f.day_count, strict=True)
    }  # fmt: skip
    assert all(
        count_of[r.tobytes()] == c.tobytes() for r, c in zip(mixed.day_rate, mixed.day_count, strict=True)
    )


def test_reasons_multiply_to_what_the_mixture_expects() -> None:
    fitted = Combined(MEMBERS, (0.4, 0.6)).fit(KNOWN)
    reasons = fitted.explain(DAYS).days
    expected = np.array([r.expected for r in reasons])
    np.testing.assert_allclose(expected, [r.base * r.weekday * r.season * r.event for r in reasons])
    mean = fitted.forecast(DAYS, 3000, 1).day_rate.sum(axis=2).mean(axis=0)
    np.testing.assert_allclose(mean, expected, rtol=0.05)


def test_the_event_factor_lies_between_the_members() -> None:
    """The one knows no event, the other that an April doubles: on its days the mixture lies between."""
    mixed = Combined(MEMBERS, (0.4, 0.6)).fit(KNOWN).explain(DAYS)
    alone = explained(EVENT_MODEL)
    assert mixed.effects == alone.effects
    peak = [d >= date(2025, 4, 1) for d in DAYS].index(True)
    assert 1 < mixed.days[peak].event < alone.days[peak].event
    assert mixed.days[peak].events == alone.days[peak].events != ()


def test_without_a_member_that_knows_events_the_heaviest_explains() -> None:
    found = Combined((RecentMean(), TaggedMean()), (0.4, 0.6)).fit(replace(KNOWN, events=())).explain(DAYS)
    assert [r.day for r in found.days] == list(DAYS)


def test_what_if_without_events_there_is_no_peak() -> None:
    fitted = Combined((TypedRatio(), TaggedMean()), (0.5, 0.5)).fit(KNOWN)
    assert max(r.event for r in fitted.explain(DAYS).days) > 1.2
    calm = fitted.given(())
    assert calm.weights == fitted.weights
    assert all(r.event == pytest.approx(1) and not r.events for r in calm.explain(DAYS).days)


def test_a_member_that_lacks_the_history_leaves_its_weight_to_the_others() -> None:
    short = known(date(2025, 2, 14), date(2025, 3, 20))
    assert EVENT_MODEL.min_office_days > len(short.history.days)
    fitted = Combined(MEMBERS, (0.2, 0.8)).fit(short)
    assert fitted.weights == (1.0,)
    with pytest.raises(ValueError, match="combined needs 20 office days to learn from, not"):
        Combined(MEMBERS, (0.2, 0.8)).fit(known(date(2025, 3, 10), date(2025, 3, 20)))


def test_a_model_without_weight_is_not_in_it() -> None:
    weights = Weights(("recent_mean", EVENT_MODEL.name), (0.0, 1.0), "learned", 9)
    combined = weighted(MODELS, weights)
    assert [m.name for m, _ in combined.parts] == [EVENT_MODEL.name]
    assert combined.min_office_days == EVENT_MODEL.min_office_days
