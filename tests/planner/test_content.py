import json
import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, get_args, get_origin, get_type_hints

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from planner import content as content_module
from planner import desk, proposal
from planner.content import Content, canonical_json, content_digest, content_from_json, plain
from planner.rosters import roster
from tests.planner.content_builder import make_alternative, make_content, make_outcome

CLIENT_TYPES = (Content, proposal.Proposal, proposal.Decision)
PERSONAL_TYPES = {desk.Person, desk.Desk, roster.Roster, roster.RosterProblem, roster.Duty, roster.Violation}
PERSONAL_NAMES = {"person", "people", "name", "user", "staff", "member", "handler", "requester", "employee"}
# Names of things and a unit, not people: (type, field).
NAMES_OF_THINGS = {
    ("Content", "desk_name"),
    ("PastEvent", "name"),
    ("KnownEvent", "name"),
    ("Effort", "extra_person_hours"),
}


def reachable(root: Any) -> Iterator[type]:
    """Every class that a value of the type may hold, itself included."""
    seen: set[Any] = set()
    waiting = [root]
    while waiting:
        hint = waiting.pop()
        if hint in seen:
            continue
        seen.add(hint)
        if get_origin(hint) is not None or isinstance(hint, types.UnionType):
            waiting += [a for a in get_args(hint) if a is not Ellipsis]
        elif isinstance(hint, type):
            yield hint
            waiting += list(get_type_hints(hint).values()) if is_dataclass(hint) else []


@pytest.mark.parametrize("root", CLIENT_TYPES)
def test_no_field_can_hold_a_person(root: type) -> None:
    found = {c for c in reachable(root) if is_dataclass(c)}
    assert not found & PERSONAL_TYPES
    named = {
        (c.__name__, f.name) for c in found for f in fields(c) if set(f.name.split("_")) & PERSONAL_NAMES
    }
    assert named <= NAMES_OF_THINGS
    # A field of any type, or a free mapping, could hold anything.
    assert not {c for c in reachable(root) if c in {object, dict, Any}}


def test_the_walk_finds_people_where_there_are_some() -> None:
    assert desk.Person in set(reachable(roster.RosterProblem))
    assert {desk.Person, content_module.Texts, date} <= set(reachable(tuple[Content, desk.Desk]))


def test_reads_back_what_it_writes(content: Content) -> None:
    text = canonical_json(content)
    again = content_from_json(text)
    assert again == content_from_json(canonical_json(again))
    assert canonical_json(again) == text
    assert again.alternative("plus_1").formation == content.alternative("plus_1").formation


def test_canonical_json_is_stable(content: Content) -> None:
    text = canonical_json(content)
    assert text == canonical_json(make_content())
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert content_digest(content) == content_digest(replace(content, needed_peak=4.2 + 1e-9))
    assert content_digest(content) != content_digest(replace(content, needed_peak=4.3))


def test_whole_numbers_give_the_same_digest_as_int_and_float(content: Content) -> None:
    as_int, as_float = replace(content, needed_peak=4), replace(content, needed_peak=4.0)
    assert content_digest(as_int) == content_digest(as_float)
    assert content_digest(content_from_json(canonical_json(as_int))) == content_digest(as_float)
    assert plain(-0.0) == 0
    assert str(plain(-0.0)) == "0"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_survives(content: Content, value: float) -> None:
    odd = make_alternative(outcome=make_outcome(0.7, 0.4, occupancy=value))
    text = canonical_json(replace(content, alternatives=(odd,)))
    assert json.loads(text)["alternatives"][0]["outcome"]["occupancy"] in {"NaN", "Infinity", "-Infinity"}
    again = content_from_json(text).alternatives[0].outcome.occupancy
    assert np.array_equal(again, value, equal_nan=True)
    assert canonical_json(content_from_json(text)) == text


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_plain_numbers_are_settled_after_one_pass(value: float) -> None:
    once = plain(value)
    assert plain(float(once)) == once


def test_other_types_are_refused_not_guessed(content: Content) -> None:
    with pytest.raises(TypeError):
        canonical_json(replace(content, seed=np.int64(3)))  # type: ignore[arg-type]


def test_text_that_is_no_content_is_refused() -> None:
    with pytest.raises(ValidationError):
        content_from_json('{"desk_id": "lan-desk"}')


def test_an_unknown_alternative_is_a_key_error(content: Content) -> None:
    with pytest.raises(KeyError):
        content.alternative("plus_9")


def test_a_content_of_an_older_version_still_opens(content: Content) -> None:
    """Kept before a forecast had weights, or a comparison with last year."""
    kept = json.loads(canonical_json(content))
    for name in (
        "coverage95",
        "event_window_coverage",
        "event_windows",
        "weights",
        "weights_reason",
        "last_year",
    ):
        del kept["accuracy"][name]
    again = content_from_json(json.dumps(kept))
    assert again.accuracy == content.accuracy
    assert (again.accuracy.weights, again.accuracy.last_year) == ((), None)
