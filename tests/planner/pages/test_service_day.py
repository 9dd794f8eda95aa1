"""Service through the day on 変更案 and 承認: the chosen one is shown, the client sees no breaks."""

from streamlit.testing.v1 import AppTest

from planner.access import Role
from planner.store import Store
from tests.planner.pages.conftest import open_page, written


def said(at: AppTest) -> str:
    (sentence,) = [m.value for m in at.markdown if "基準時間内（1分以内）の応答率が" in m.value]
    return str(sentence)


def test_the_page_of_alternatives_says_where_it_breaks_for_the_chosen_one(looked_at: Store) -> None:
    for key, name in (("plus_1", "「1名増員」"), ("hours", "「時間帯変更のみ」")):
        at = open_page(looked_at, "alternatives", alternative=key)
        assert not at.exception
        assert f"{name}では、" in said(at)
    assert "各案で最も良く置いたもの" in written(at)


def test_the_approver_reads_it_without_breaks_and_operations_work(looked_at: Store) -> None:
    at = open_page(looked_at, "approval", Role.APPROVER)
    assert not at.exception
    assert "現体制では、" in said(at)
    whole = said(at) + written(at)
    assert "1日1件に満たない時間" in whole
    assert not any(word in whole for word in ("離席", "運用管理業務による", "休憩による", "置いたもの"))
