"""A kept outlook of a real question: what the plan chose, drawn out to 64 weeks, the same twice."""

from datetime import date, timedelta

import numpy as np
import pytest

from forecasts.choose import Choice
from forecasts.events import Event
from forecasts.history.counts import History
from forecasts.model import Model, as_known
from forecasts.models.joint import Joint
from forecasts.models.recent_mean import RecentMean
from forecasts.slots import Period
from planner.intake import Question
from planner.outlook import HORIZON_WEEKS, KeptOutlook
from planner.outlook.figures import View, peak_of
from planner.outlook.making import computed_outlook, kept_outlook
from planner.plan import Outlook, Settings
from planner.store.outlook_packing import packed_outlook
from tests.planner.alternatives.small_desk import make_desk

DESK = make_desk()
AS_OF = date(2026, 3, 31)
SETTINGS = Settings(seed=1, paths=30, replications=1, backtest_paths=20, backtest_origins=2)


def question(first: date, events: tuple[Event, ...] = ()) -> Question:
    days = DESK.calendar.office_days(first, AS_OF + timedelta(days=1))
    count = np.zeros((len(days), DESK.grid.slots, 2), dtype=np.int64)
    count[:, 18:36] = np.random.default_rng(1).poisson(40 / 36, (len(days), 18, 2))
    history = History(days, DESK.grid, DESK.channel_ids, count)
    period = Period(AS_OF + timedelta(days=1), AS_OF + timedelta(weeks=13))
    return Question(DESK, history, events, period, AS_OF, {}, {}, (("log.csv", "a" * 64),))


@pytest.fixture(scope="module")
def short() -> KeptOutlook:
    """Five weeks of history: too little to try anything."""
    return computed_outlook(question(date(2026, 2, 24)), SETTINGS, lambda _code, _share: None)


def test_it_reaches_64_weeks_and_holds_what_came(short: KeptOutlook) -> None:
    facts = short.facts
    assert facts.days == DESK.calendar.office_days(date(2026, 4, 1), date(2026, 4, 1) + timedelta(weeks=64))
    assert short.count.shape == short.calm_count.shape == (30, len(facts.days), 2)
    assert facts.learned_until == AS_OF
    assert short.past_count.sum() == question(date(2026, 2, 24)).history.count.sum()
    assert [weeks for weeks, _ in facts.peaks] == list(HORIZON_WEEKS)
    np.testing.assert_allclose(short.share[short.share_of].sum(axis=1), 1.0)


def test_a_history_too_short_to_try_says_so_and_still_answers(short: KeptOutlook) -> None:
    assert short.facts.backtest is None
    assert short.facts.why == "untested"
    assert "few_weeks" in {d.code for d in short.facts.doubts}
    assert np.isfinite(short.rate).all()
    peak = peak_of(short, View(4))
    assert peak.low < 40 < peak.high


def told_by(first: date, model: Model) -> KeptOutlook:
    """An outlook of a desk with transfers in 2024 and 2025, which ``model`` serves alone."""
    transfers = tuple(
        Event(
            date(year, 4, 1), date(year, 4, 1), "transfer", f"{year}年4月期人事異動", date(year, 3, 1),
            group=str(year), headcount=600, status="done",
        )
        for year in (2024, 2025)
    )  # fmt: skip
    asked = question(first, transfers)
    known = as_known(asked.history, asked.events, DESK.calendar, AS_OF)
    days = DESK.calendar.office_days(AS_OF + timedelta(days=1), asked.period.end)
    fitted = model.fit(known)
    seen = Outlook(Choice(model, (), "best_score"), known, fitted.forecast(days, 30, 1), fitted.explain(days))
    return kept_outlook(asked, seen, SETTINGS)


def test_what_events_do_is_told_by_the_model_that_knows_where_the_chosen_one_does_not() -> None:
    alone, joint = (told_by(date(2024, 2, 1), m) for m in (RecentMean(), Joint()))
    assert (alone.facts.chosen, alone.facts.effects_from) == ("recent_mean", "joint")
    assert alone.facts.explanation.effects == joint.facts.explanation.effects != ()
    assert "transfer" in {e.kind for e in alone.facts.explanation.effects}
    assert (joint.facts.chosen, joint.facts.effects_from) == ("joint", "")


def test_a_history_too_short_for_that_tells_nothing(short: KeptOutlook) -> None:
    assert (short.facts.explanation.effects, short.facts.effects_from) == ((), "")


def test_the_same_question_gives_the_same_bytes(short: KeptOutlook) -> None:
    again = computed_outlook(question(date(2026, 2, 24)), SETTINGS, lambda _code, _share: None)
    assert packed_outlook(again) == packed_outlook(short)
