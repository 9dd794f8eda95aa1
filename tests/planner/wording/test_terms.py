"""Every code that the program can produce has its word; a code without one is an error, never shown raw."""

from itertools import product

import pytest

from forecasts.combine import NAME as COMBINED
from forecasts.events import EXPECTED, KINDS, STATUSES
from forecasts.models import MODELS
from planner.access import Role
from planner.alternatives.levers import KEYS
from planner.proposal import State, Step
from planner.wording import terms
from planner.wording.assumptions import assumption_label
from planner.wording.checks import check_words
from planner.wording.progress import progress_words
from planner.wording.reasons import reason_sentence
from planner.wording.terms import alternative_name, change_words, hours_change


def test_every_code_has_its_word() -> None:
    assert set(terms.STATES) == set(State)
    assert set(terms.STEPS) >= set(Step)
    assert set(terms.ROLES) == set(Role)
    assert set(terms.EVENT_KINDS) == set(KINDS)
    assert set(terms.EVENT_STATUSES) == {*STATUSES, EXPECTED}
    assert {*(model.name for model in MODELS), COMBINED, "event_regression"} <= set(terms.MODELS)


def test_alternatives_have_different_names() -> None:
    names = [alternative_name(key) for key in KEYS]
    assert names[:4] == ["現状維持", "時間帯変更のみ", "1名増員", "2名増員"]
    assert len(set(names)) == len(KEYS)


@pytest.mark.parametrize(
    ("early", "late", "said"),
    [
        (0, 0, ""),
        (60, 0, "受付開始の1時間繰上げ"),
        (0, 60, "受付終了の1時間繰下げ"),
        (60, 90, "受付開始の1時間繰上げ及び受付終了の1時間30分繰下げ"),
        (60, -60, "受付時間帯の1時間繰上げ"),
        (-30, 30, "受付時間帯の30分繰下げ"),
        (-60, 0, "受付開始の1時間繰下げ"),
    ],
)
def test_hours_are_worded_as_they_move(early: int, late: int, said: str) -> None:
    assert hours_change(early, late) == said


def test_no_two_changes_are_worded_alike() -> None:
    changes = [*product((-60, 0, 60), (-60, 0, 60), (0, 1, 2))]
    assert len({change_words(*change) for change in changes}) == len(changes)
    assert change_words(0, 0, 0) == "変更なし"
    assert change_words(60, 60, 1, "初級SE") == (
        "受付要員の1名増員（初級SE）、受付開始の1時間繰上げ及び受付終了の1時間繰下げ"
    )


@pytest.mark.parametrize(
    "word",
    [
        lambda: assumption_label("unheard_of"),
        lambda: check_words("unheard_of"),
        lambda: check_words("unheard_of", "15"),
        lambda: progress_words("unheard_of"),
        lambda: reason_sentence("unheard_of", "0.2"),
        lambda: alternative_name("hours_only"),
    ],
)
def test_an_unknown_code_is_an_error(word: object) -> None:
    assert callable(word)
    with pytest.raises((KeyError, IndexError, ValueError)):
        word()


def test_a_rule_speaks_for_itself() -> None:
    assert check_words("breaks", "休憩（目安）（労働基準法34条（1項））") == (
        "休憩（目安）",
        "労働基準法34条（1項）",
    )
    assert check_words("propose_in_time", "15") == check_words("propose_in_time")
