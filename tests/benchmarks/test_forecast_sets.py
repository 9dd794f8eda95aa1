"""The real sets are cut as was agreed: regular days, folds that end with the data, events known ahead."""

from datetime import date, timedelta

import pytest

from benchmarks.forecast_sets import FILES, NEEDS, daily_set, folds_of
from benchmarks.shared_data import REASON, is_missing
from forecasts.events import known_on

needs_data = pytest.mark.skipif(any(is_missing(path) for path in NEEDS), reason=REASON)
DAYS = tuple(date(2026, 1, 1) + timedelta(days=n) for n in range(365))
AGREED = {
    "ae_uk": (9, 37, 91),
    "uihc_ed": (9, 37, 91),
    "anonbank": (8, 37, 13),
    "helpdesk_italy": (9, 37, 91),
    "servicenow": (6, 3, 28),
}


def test_the_last_horizon_ends_with_the_data() -> None:
    folds = folds_of(DAYS, 3, 37, 91)
    assert folds.origins[-1] + timedelta(days=91) == DAYS[-1]
    assert [(b - a).days for a, b in zip(folds.origins, folds.origins[1:], strict=False)] == [37, 37]


def test_warm_up_origins_lie_before_and_have_sixty_days() -> None:
    folds = folds_of(DAYS, 3, 37, 91)
    assert [(b - a).days for a, b in zip(folds.all_origins, folds.all_origins[1:], strict=False)] == [37] * 5
    assert len(folds.warm_up) == 3
    assert (folds.warm_up[0] - DAYS[0]).days + 1 >= 60
    assert folds_of(DAYS[:120], 2, 3, 28).warm_up == ()


@needs_data
@pytest.mark.parametrize("name", FILES)
def test_a_set_is_regular_and_cut_as_agreed(name: str) -> None:
    of = daily_set(name)
    history, folds, calendar = of.known.history, of.folds, of.known.calendar
    origins, step, horizon = AGREED[name]
    assert (len(folds.origins), folds.horizon_days) == (origins, horizon)
    assert {(b - a).days for a, b in zip(folds.origins, folds.origins[1:], strict=False)} == {step}
    assert folds.origins[-1] + timedelta(days=horizon) == history.days[-1] == of.known.as_of
    assert history.days == calendar.office_days(history.days[0], history.days[-1] + timedelta(days=1))
    assert len(history.days) == (history.days[-1] - history.days[0]).days + 1
    assert history.count.sum() > 3_000


@needs_data
@pytest.mark.parametrize("name", FILES)
def test_all_events_are_known_at_every_origin(name: str) -> None:
    of = daily_set(name)
    assert known_on(of.known.events, of.folds.all_origins[0]) == of.known.events


@needs_data
def test_events_are_runs_of_days_with_one_name() -> None:
    events = daily_set("ae_uk").known.events
    christmas = [e for e in events if e.kind == "own:Christmas Day"]
    assert [(e.start, e.end) for e in christmas] == [(date(y, 12, 25),) * 2 for y in range(2014, 2019)]
    # The table writes this day once with a space behind it.
    assert sum(e.kind == "own:Valentines Day" for e in events) == 5
    summer = [e for e in events if e.kind == "own:Summer School Holiday"]
    assert len(summer) == 5
    assert all((e.end - e.start).days > 30 for e in summer)
    games = [e for e in daily_set("uihc_ed").known.events if e.kind == "own:game_day"]
    assert sum((e.end - e.start).days + 1 for e in games) == 35
    assert not any("temp" in e.kind for e in daily_set("uihc_ed").known.events)


@needs_data
def test_totals_are_those_of_the_file() -> None:
    total = daily_set("servicenow").known.history.count.sum(axis=(1, 2))
    assert total[:3].tolist() == [315, 465, 392]
    assert daily_set("helpdesk_italy").known.history.count.sum() == 3804
    assert daily_set("anonbank").known.history.count.sum() == 445_369
