"""見通し says nothing that its own figures deny: causes, hours of the busiest day, shares of few days."""

from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from planner import charts
from planner.outlook import KeptOutlook
from planner.outlook.figures import View
from planner.parts.outlook_accuracy import accuracy_words
from planner.parts.outlook_chart import series_of
from planner.parts.outlook_grounds import day_table
from planner.parts.outlook_hours import around
from planner.parts.outlook_words import acting_names
from tests.planner.outlook_builder import make_backtest, make_facts, make_outlook

OUTLOOK = make_outlook()
SUMMER = date(2026, 7, 2)


def lifted(day: date) -> KeptOutlook:
    """Return the outlook with one day that is lifted without a name."""
    told = OUTLOOK.facts.explanation
    days = tuple(replace(r, event=1.6) if r.day == day else r for r in told.days)
    return replace(OUTLOOK, facts=make_facts(explanation=replace(told, days=days)))


def test_a_day_lifted_by_what_is_only_expected_names_it() -> None:
    seen = lifted(SUMMER)
    assert acting_names(seen)[SUMMER] == ("人事異動（公表前、想定）",)
    row = next(r for r in day_table(seen, View(26)).rows if str(r[0]).startswith("7月2日"))
    assert row[-1] == "人事異動（公表前、想定）"


def test_a_day_that_is_not_lifted_names_nothing_expected() -> None:
    assert acting_names(OUTLOOK)[SUMMER] == ()
    assert acting_names(lifted(date(2026, 9, 1)))[date(2026, 9, 1)] == ()


@pytest.mark.parametrize(("top", "first"), [(0, 0), (9, 0), (30, 20), (57, 38)])
def test_the_hours_of_the_busiest_day_are_among_those_shown(top: int, first: int) -> None:
    shown = around(range(58), top)
    assert top in shown
    assert shown == list(range(first, first + 20))


def test_few_days_are_all_shown() -> None:
    assert around([3, 4, 5], 5) == [3, 4, 5]


def test_shares_of_few_days_are_not_told() -> None:
    test = make_backtest()
    few = replace(
        test,
        horizons=tuple(replace(h, all_days=replace(h.all_days, days=4)) for h in test.horizons),
    )
    assert "80%予測区間には実績の" in accuracy_words(OUTLOOK, test)
    assert "80%予測区間には" not in accuracy_words(OUTLOOK, few)
    assert "判断できない" in accuracy_words(OUTLOOK, few)


def test_the_legend_names_only_what_is_drawn() -> None:
    with_events, calm = (
        charts.svg(charts.outlook_fan(series_of(OUTLOOK, v), "題")) for v in (View(), View(has_events=False))
    )
    assert "点線: 行事" in with_events
    assert "点線: 行事" not in calm
    drawn = [("1", 0.2, 0.1, None)]
    assert "ひし形" not in charts.svg(charts.errors_by_horizon(drawn, "題"))
    assert "ひし形" in charts.svg(charts.errors_by_horizon([("1", 0.2, 0.1, 0.3)], "題"))


def _effects_page() -> None:
    import streamlit as st  # Streamlit runs the body of this function as a page of its own

    from planner.parts.outlook_grounds import effects  # as above
    from tests.planner.outlook_builder import make_outlook  # as above

    told_by = st.session_state.get("effects_from", "")
    effects(make_outlook(chosen="boosting", effects_from=told_by))


def test_effects_of_another_model_are_said_to_be_its_own() -> None:
    at = AppTest.from_function(_effects_page).run()
    assert not at.exception
    assert "分けて示せない" not in "".join(m.value for m in at.markdown)
    at.session_state["effects_from"] = "joint"
    said = "".join(m.value for m in at.run().markdown)
    assert "「勾配ブースティング」は行事ごとの効果を分けて示せない" in said
    assert "「行事を考慮した負の二項回帰」が同じ記録から推定した効果を示す" in said
