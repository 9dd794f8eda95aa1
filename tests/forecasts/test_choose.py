from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pytest

from forecasts.choose import Choice, Rehearsal, chosen
from forecasts.combine import Combined
from forecasts.distribution import Forecast
from forecasts.events import Event
from forecasts.model import Explanation, Fitted, Known, Model
from forecasts.models import MODELS
from forecasts.models.last_year_growth import LastYearGrowth
from forecasts.models.recent_mean import RecentMean
from forecasts.models.tagged_mean import TaggedMean
from tests.forecasts.simulated import known, transfers

EVENTS = transfers(2021, 2026)
EVENT_MODEL = next(m for m in MODELS if m.name == "joint")
TWO: tuple[Model, ...] = (RecentMean(), EVENT_MODEL)
YEARS = known(date(2022, 10, 1), date(2025, 9, 30), EVENTS)


def choice_of(
    seen: Known, rehearsal: Rehearsal, models: Sequence[Model] = TWO, members: Sequence[Model] = TWO[1:]
) -> Choice:
    return chosen(seen, models, rehearsal, {m.name for m in members})


def test_with_events_the_model_that_knows_them_is_chosen() -> None:
    choice = choice_of(YEARS, Rehearsal(30, 8, 100, 1))
    assert (choice.model.name, choice.reason) == (EVENT_MODEL.name, "best_score")
    assert (choice.weights, choice.weights_reason) == ((), "")
    baseline, regression = choice.backtests
    assert baseline.model == "recent_mean"
    assert baseline.crps_event is not None
    assert regression.crps_event is not None
    assert regression.crps_event < 0.8 * baseline.crps_event
    assert 0.65 < regression.coverage < 0.92
    (beside,) = choice.beside
    assert (beside.model, beside.other) == (EVENT_MODEL.name, "recent_mean")
    assert beside.crps_ratio == pytest.approx(regression.crps / baseline.crps)


@dataclass(frozen=True)
class Tilted:
    """A model that always tells so many times what another does: wrong alone, right with its opposite."""

    of: Model
    times: float
    name: str
    min_office_days: int = 40

    def fit(self, known: Known) -> "FittedTilted":
        return FittedTilted(self.of.fit(known), self.times)


@dataclass(frozen=True)
class FittedTilted:
    of: Fitted
    times: float

    def forecast(self, days: Sequence[date], paths: int, seed: int) -> Forecast:
        said = self.of.forecast(days, paths, seed)
        rate = self.times * said.day_rate
        return replace(said, day_rate=rate, day_count=np.random.default_rng(seed).poisson(rate))

    def explain(self, days: Sequence[date]) -> Explanation:
        return self.of.explain(days)

    def given(self, events: Sequence[Event]) -> "FittedTilted":
        return replace(self, of=self.of.given(events))


def test_members_that_help_each_other_are_combined() -> None:
    """One tells a quarter too few, the other a quarter too many: what came lies between them."""
    members: tuple[Model, ...] = (
        Tilted(EVENT_MODEL, 0.75, "too_few"),
        Tilted(EVENT_MODEL, 1.25, "too_many"),
    )
    models = (Tilted(RecentMean(), 0.6, "baseline"), *members, LastYearGrowth())
    choice = choice_of(YEARS, Rehearsal(30, 10, 100, 1), models, members)
    scores = {t.model: t for t in choice.backtests}
    assert set(scores) == {*(m.name for m in models), "combined"}
    assert all(scores["combined"].crps < scores[m.name].crps for m in (*members, models[0]))
    assert (choice.reason, choice.weights_reason) == ("combined", "learned")
    assert isinstance(choice.model, Combined)
    assert {c.other for c in choice.beside} == set(scores) - {"combined"}
    assert dict(choice.weights).keys() == {m.name for m in members}
    assert sum(w for _, w in choice.weights) == pytest.approx(1)
    assert all(0.2 < w < 0.8 for _, w in choice.weights)
    beside = next(c for c in choice.beside if c.other == "last_year_growth")
    assert beside.wape < beside.wape_other


def test_a_combination_that_is_worse_than_a_member_is_not_taken() -> None:
    """The baseline drags the combination down; the other member alone is better."""
    choice = choice_of(YEARS, Rehearsal(30, 10, 100, 1), TWO, TWO)
    assert (choice.model.name, choice.reason) == (EVENT_MODEL.name, "best_score")
    assert [t.model for t in choice.backtests] == ["recent_mean", EVENT_MODEL.name, "combined"]


def test_so_few_trials_that_weights_cannot_be_learned_leave_them_equal() -> None:
    choice = choice_of(known(date(2025, 6, 2), date(2025, 11, 5)), Rehearsal(24, 2, 50, 1), TWO, TWO)
    assert (choice.model.name, choice.reason, choice.weights_reason) == ("combined", "combined", "equal")
    assert [w for _, w in choice.weights] == [0.5, 0.5]
    assert choice.model.fit(known(date(2025, 6, 2), date(2025, 11, 5))).explain([date(2025, 11, 6)]).days


def test_what_is_no_member_is_measured_and_never_chosen() -> None:
    choice = choice_of(YEARS, Rehearsal(30, 8, 100, 1), (RecentMean(), EVENT_MODEL, TaggedMean()), ())
    assert choice.model.name == "recent_mean"
    assert len(choice.backtests) == 3


def test_a_model_that_needs_most_of_the_past_is_tried_on_the_rest_of_it() -> None:
    """Eighteen months: last year × growth can be tried on the last of them, the others on all."""
    seen = known(date(2024, 4, 1), date(2025, 9, 30), EVENTS)
    choice = choice_of(seen, Rehearsal(10, 8, 50, 1), (*TWO, LastYearGrowth()))
    tried = {t.model: t.origins for t in choice.backtests}
    assert 0 < tried["last_year_growth"] < tried["recent_mean"] == tried[EVENT_MODEL.name]
    beside = next(c for c in choice.beside if c.other == "last_year_growth")
    assert beside.origins == tried["last_year_growth"]


def test_too_short_a_history_leaves_the_baseline() -> None:
    choice = choice_of(known(date(2025, 9, 1), date(2025, 10, 17)), Rehearsal(20, 8, 50, 1))
    assert (choice.model.name, choice.reason) == ("recent_mean", "short_history")
    assert [t.model for t in choice.backtests] == ["recent_mean"]


def test_a_model_that_cannot_be_tested_is_not_chosen() -> None:
    choice = choice_of(known(date(2025, 9, 1), date(2025, 10, 20)), Rehearsal(20, 8, 50, 1))
    assert (choice.model.name, choice.reason) == ("recent_mean", "short_history")
    assert [t.model for t in choice.backtests] == ["recent_mean"]


def test_nothing_left_to_test_on_leaves_the_baseline() -> None:
    choice = choice_of(known(date(2025, 9, 1), date(2025, 10, 3)), Rehearsal(20, 8, 50, 1))
    assert (choice.model.name, choice.reason, choice.backtests) == ("recent_mean", "untested", ())


def test_one_origin_tells_chance_from_skill_no_better_so_the_member_serves() -> None:
    choice = choice_of(known(date(2025, 9, 1), date(2025, 11, 7)), Rehearsal(24, 8, 50, 1))
    assert (choice.model.name, choice.reason) == (EVENT_MODEL.name, "short_history")
    assert {t.origins for t in choice.backtests} == {1}


@pytest.mark.parametrize("last", [10, 20, 120])
def test_days_left_out_at_the_end_leave_no_origin_without_a_day_to_score(last: int) -> None:
    seen = known(date(2024, 1, 4), date(2025, 9, 30), EVENTS)
    marked = frozenset(seen.history.days[-last:])
    seen = replace(seen, history=replace(seen.history, left_out=marked))
    choice = choice_of(seen, Rehearsal(10, 8, 50, 1))
    assert choice.reason == "best_score"
    assert all(test.origins > 1 for test in choice.backtests)


def test_no_history_is_refused() -> None:
    seen = known(date(2025, 10, 1), date(2025, 10, 20))
    empty = replace(seen, history=seen.history.before(seen.history.days[0]))
    with pytest.raises(ValueError, match="recent_mean needs 20 office days to learn from, not 0"):
        choice_of(empty, Rehearsal(20, 8, 50, 1))


def test_hardly_any_history_is_refused() -> None:
    with pytest.raises(ValueError, match="needs 20 office days"):
        choice_of(known(date(2025, 10, 1), date(2025, 10, 20)), Rehearsal(20, 8, 50, 1))


def test_the_same_seed_gives_the_same_choice() -> None:
    seen = known(date(2024, 1, 1), date(2025, 9, 30), EVENTS)
    first, again = (choice_of(seen, Rehearsal(20, 4, 50, 1), TWO, TWO) for _ in range(2))
    assert (again.model.name, again.backtests) == (first.model.name, first.backtests)
    assert (again.weights, again.beside) == (first.weights, first.beside)


def test_progress_is_told() -> None:
    told: list[float] = []
    chosen(known(date(2025, 6, 2), date(2025, 11, 5)), TWO, Rehearsal(20, 2, 20, 1), set(), told.append)
    assert told == [0.0, 0.5]


def test_half_of_the_origins_lie_where_a_large_round_was_planned() -> None:
    """Each sees 20 office days: the April rounds, announced 18 March, come whole into the scores."""
    seen = known(date(2023, 1, 4), date(2025, 6, 30), EVENTS)
    test = choice_of(seen, Rehearsal(20, 4, 50, 1)).backtests[0]
    assert test.origins == 4
    assert test.event_days >= 2 * 12


def test_a_desk_that_nobody_calls_has_a_choice_too() -> None:
    """Nothing came: every model is right, no share of errors can be told, no weight is not a number."""
    seen = known(date(2024, 6, 3), date(2025, 9, 30))
    seen = replace(seen, history=replace(seen.history, count=np.zeros_like(seen.history.count)))
    choice = choice_of(seen, Rehearsal(20, 4, 30, 1), TWO, TWO)
    assert all(np.isnan(t.wape) and t.crps < 0.5 for t in choice.backtests)
    assert np.isfinite([w for _, w in choice.weights]).all()
