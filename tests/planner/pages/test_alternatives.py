"""変更案: what if? answered at once, taken back, and told where a plan kept no figures."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from forecasts.slots import Period
from planner.actions.keep_plan import Made, keep_plan
from planner.alternatives.compare import Settings, compared
from planner.store import Store, open_store
from tests.planner.alternatives.small_desk import make_desk, make_work
from tests.planner.document_builder import real_content
from tests.planner.pages.conftest import PLANNER, fill, open_page, written


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store whose plan kept the figures of a comparison."""
    store = fill(open_store(tmp_path_factory.mktemp("asked")))
    desk = make_desk()
    days = desk.calendar.office_days(date(2026, 4, 1), date(2026, 4, 15))
    work = make_work(desk, days, [75.0] * 5 + [30.0] * (len(days) - 5))
    found = compared(work, desk, Period(days[0], days[5]), Settings(1, 3), lambda *_: None)
    content = real_content(as_of=date(2026, 3, 1), seed=7, alternatives=found.alternatives, slot_min=30)
    best = next(a.key for a in found.alternatives if a.is_recommended)
    made = Made(figures=found.figures)
    keep_plan(store, real_content(**vars_of(content, best)), made, PLANNER, datetime(2026, 3, 3))
    yield store
    store.close()


def vars_of(content, best: str) -> dict[str, object]:
    return {
        "as_of": content.as_of,
        "seed": content.seed,
        "slot_min": 30,
        "alternatives": content.alternatives,
        "recommended": best,
        "robustness": (),
    }


def said(at: AppTest) -> str:
    (found,) = [m for m in at.markdown if "この条件では" in m.value] or [None]
    return written(at) if found is None else str(found.value)


def control(at: AppTest, kind: str, label: str):
    return next(w for w in at.get(kind) if w.label == label)


def test_another_setting_is_answered_at_once_and_taken_back(
    asked: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MADOGUCHI_HOME", str(asked.home))
    at = open_page(asked, "alternatives")
    assert not at.exception
    before = said(at)
    assert "この条件では、目標を下回るおそれは" in before
    control(at, "select_slider", "許容するおそれ").set_value(50).run()
    assert not at.exception
    assert "許容するおそれを50%としたときの" in written(at)
    control(at, "selectbox", "変更の初日").set_value(date(2026, 4, 13)).run()
    control(at, "selectbox", "変更の最終日").set_value(date(2026, 4, 14)).run()
    assert "（2開庁日）" in written(at)
    control(at, "selectbox", "変更の最終日").set_value(date(2026, 4, 13)).run()
    control(at, "selectbox", "変更の初日").set_value(date(2026, 4, 14)).run()  # past the last day
    assert not at.exception
    assert "（1開庁日）" in written(at)
    next(b for b in at.button if b.label == "推奨案に戻す").click().run()
    assert not at.exception
    assert said(at) == before


def test_a_plan_without_figures_says_so(looked_at: Store) -> None:
    at = open_page(looked_at, "alternatives")
    assert not at.exception
    assert any("試すための値が保存されていない" in m.value for m in at.markdown)
