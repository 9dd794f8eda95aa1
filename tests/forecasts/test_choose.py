from dataclasses import replace
from datetime import date

import pytest

from forecasts.choose import chosen
from forecasts.models import MODELS
from tests.forecasts.simulated import known, transfers

EVENTS = transfers(2021, 2026)


def test_with_events_the_model_that_knows_them_is_chosen() -> None:
    choice = chosen(known(date(2022, 10, 1), date(2025, 9, 30), EVENTS), MODELS, 30, 8, 100, 1)
    assert (choice.model.name, choice.reason) == ("event_regression", "best_score")
    baseline, regression = choice.backtests
    assert baseline.model == "recent_mean"
    assert baseline.crps_event is not None
    assert regression.crps_event is not None
    assert regression.crps_event < 0.8 * baseline.crps_event
    assert 0.65 < regression.coverage < 0.92


def test_too_short_a_history_leaves_the_baseline() -> None:
    short = known(date(2025, 9, 1), date(2025, 10, 17))
    choice = chosen(short, MODELS, 20, 8, 50, 1)
    assert (choice.model.name, choice.reason) == ("recent_mean", "short_history")
    assert [t.model for t in choice.backtests] == ["recent_mean"]


def test_a_model_that_cannot_be_tested_is_not_chosen() -> None:
    choice = chosen(known(date(2025, 9, 1), date(2025, 11, 7)), MODELS, 20, 8, 50, 1)
    assert (choice.model.name, choice.reason) == ("recent_mean", "short_history")
    assert [t.model for t in choice.backtests] == ["recent_mean"]


def test_nothing_left_to_test_on_leaves_the_baseline() -> None:
    choice = chosen(known(date(2025, 9, 1), date(2025, 10, 3)), MODELS, 20, 8, 50, 1)
    assert (choice.model.name, choice.reason, choice.backtests) == ("recent_mean", "untested", ())


def test_three_months_are_tested_on_one_origin() -> None:
    choice = chosen(known(date(2025, 8, 1), date(2025, 11, 5)), MODELS, 24, 8, 50, 1)
    assert choice.reason == "best_score"
    assert {t.origins for t in choice.backtests} == {1}


@pytest.mark.parametrize("last", [10, 20, 120])
def test_days_left_out_at_the_end_leave_no_origin_without_a_day_to_score(last: int) -> None:
    seen = known(date(2024, 1, 4), date(2025, 9, 30), EVENTS)
    marked = frozenset(seen.history.days[-last:])
    seen = replace(seen, history=replace(seen.history, left_out=marked))
    choice = chosen(seen, MODELS, 10, 8, 50, 1)
    assert choice.reason == "best_score"
    assert all(test.origins > 1 for test in choice.backtests)


def test_hardly_any_history_is_refused() -> None:
    with pytest.raises(ValueError, match="needs 20 office days"):
        chosen(known(date(2025, 10, 1), date(2025, 10, 20)), MODELS, 20, 8, 50, 1)


def test_the_same_seed_gives_the_same_choice() -> None:
    seen = known(date(2024, 1, 1), date(2025, 9, 30), EVENTS)
    first, again = (chosen(seen, MODELS, 20, 4, 50, 1) for _ in range(2))
    assert (again.model.name, again.backtests) == (first.model.name, first.backtests)


def test_half_of_the_origins_lie_where_a_large_round_was_planned() -> None:
    """Each sees 20 office days: the April rounds, announced 18 March, come whole into the scores."""
    seen = known(date(2023, 1, 4), date(2025, 6, 30), EVENTS)
    test = chosen(seen, MODELS, 20, 4, 50, 1).backtests[0]
    assert test.origins == 4
    assert test.event_days >= 2 * 12
