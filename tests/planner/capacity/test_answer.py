"""The answer as data: it survives JSON, and the client's part holds no price."""

import json
from dataclasses import fields

import pytest
from pydantic import ValidationError

from planner.capacity.answer import CapacityAnswer, YearHeads, answer_of_plain, heads_only
from planner.content import plain
from tests.planner.capacity.answer_builder import make_answer


def test_an_answer_is_read_back_from_its_json() -> None:
    answer = make_answer()
    text = json.dumps(plain(answer), allow_nan=False)
    back = answer_of_plain(json.loads(text))
    assert json.dumps(plain(back), allow_nan=False) == text
    assert back.cases == answer.cases
    with pytest.raises(ValidationError):
        answer_of_plain({"desk_id": "x"})


def test_the_client_is_given_heads_alone() -> None:
    heads = heads_only(make_answer())
    text = json.dumps(plain(heads))
    assert not {"yen", "present_yen", "risk", "grades", "in_time"} & {f.name for f in fields(YearHeads)}
    for secret in ("yen", "41200000", "risk", "junior", "standard"):
        assert secret not in text
    assert heads.present_total == 4
    assert [c.is_reached for c in heads.cases] == [True, False]


def test_prices_are_told_by_the_year() -> None:
    answer: CapacityAnswer = make_answer()
    assert answer.yen_a_year(answer.present_yen) == 40_800_000
