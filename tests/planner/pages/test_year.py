"""年間計画: the contractor sees all, the client heads alone; asking starts a job that a reload finds."""

import time

import pytest

from planner.access import Role
from planner.content import plain
from planner.store import Store
from tests.planner.capacity.answer_builder import make_answer
from tests.planner.pages.conftest import open_page, written


def kept(store: Store) -> None:
    job, _ = store.jobs.add("year", {"desk_id": "lan-desk"}, time.time(), 60)
    worker = store.jobs.claim(job.id, time.time(), 60)
    assert store.jobs.end(job.id, worker, "done", time.time(), {"year": plain(make_answer())})


def test_it_answers_and_compares(filled: Store) -> None:
    kept(filled)
    at = open_page(filled, "year")
    assert not at.exception
    said = written(at)
    for words in (
        "令和8年度は、今の常駐4人では足りない月がある（令和8年4月）",
        "臨時の増員 延べ2週",
        "+400千円",
        "常駐が1人減",
        "不足 最大8.3ポイント",
        "令和8年4月期人事異動",
        "72%（超過）",
        "前提: ",
    ):
        assert words in said


def test_the_client_sees_heads_alone(filled: Store) -> None:
    kept(filled)
    at = open_page(filled, "year", Role.APPROVER)
    assert not at.exception
    said = written(at)
    assert "必要な人数が今の常駐4人を超える月がある" in said
    assert "4月1日〜10日 1人（2週）" in said
    for secret in ("千円", "単価", "初級SE", "おそれ", "72%"):
        assert secret not in said
    assert not [b for b in at.button if "計算" in b.label]


@pytest.mark.parametrize(
    ("role", "words"), [(Role.PLANNER, "取り込んでください"), (Role.APPROVER, "受託事業者が")]
)
def test_before_there_is_one_it_says_what_to_do(filled: Store, role: Role, words: str) -> None:
    at = open_page(filled, "year", role)
    assert not at.exception
    assert any(words in info.value for info in at.info)


def test_a_reload_finds_the_work_under_way(filled: Store) -> None:
    job, _ = filled.jobs.add("year", {"desk_id": "lan-desk"}, time.time(), 600)
    worker = filled.jobs.claim(job.id, time.time(), 600)
    filled.jobs.report(job.id, worker, "judging_year", 0.6)
    at = open_page(filled, "year", job=job.id)
    assert not at.exception
    assert "計算を中止する" in [b.label for b in at.button]
    filled.jobs.cancel(job.id)
    filled.jobs.end(job.id, worker, "cancelled", time.time(), ())
    at = open_page(filled, "year", job=job.id)
    assert any("中止した" in info.value for info in at.info)
