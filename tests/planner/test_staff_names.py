from dataclasses import replace

import pytest

from planner.content import Assumption, Content
from planner.desk import Person
from planner.staff_names import names_in, names_in_texts
from tests.planner.content_builder import PARTIES, make_content

PEOPLE = (
    Person("p1", "髙﨑 美咲", "standard"),
    Person("p2", "見本\u3000太郎", "junior"),
    Person("p3", "原 誠", "junior"),
    Person("p4", "Ana Silva", "senior"),
)


def found(text: str) -> set[str]:
    return {fault.value for fault in names_in_texts({"texts.notice": text}, PEOPLE)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("髙﨑が早番に入る。", {"髙﨑"}),
        ("高崎が休む", {"髙﨑"}),
        ("髙 﨑 美\n咲を増やす", {"髙﨑", "髙﨑 美咲"}),
        ("担当は見本太郎とする。", {"見本", "見本 太郎"}),
        ("原さんと交代", {"原"}),
        ("担当原氏", {"原"}),
        ("早番は原、遅番は別の者", {"原"}),
        ("ＳＩＬＶＡ さん", {"Silva"}),
        ("AnaSilva", {"Ana Silva"}),
    ],
)
def test_names_are_found(text: str, names: set[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    ["原因は人事異動である。原則として…", "誠に申し訳ない", "analysis of silvan data", "", "一般SE 2名"],
)
def test_other_words_are_not_names(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize("field", ["background", "risks", "revert_condition", "notice"])
def test_every_free_text_is_searched(content: Content, field: str) -> None:
    texts = replace(content.texts, **{field: "髙﨑が担当する。"})
    (fault,) = names_in(replace(content, texts=texts), PEOPLE)
    assert (fault.code, fault.column, fault.value) == ("staff_name", f"texts.{field}", "髙﨑")


def test_assumptions_and_titles_are_searched_too() -> None:
    content = make_content(
        assumptions=(Assumption("shift_end", "method"), Assumption("desk_note", "desk_file", "髙﨑の経験")),
        parties=replace(PARTIES, sender_title="責任者 髙﨑"),
    )
    assert {f.column for f in names_in(content, PEOPLE)} == {"assumptions[1].subject", "parties.sender_title"}


def test_an_organisation_is_no_person(content: Content) -> None:
    """見本省 holds the family name 見本, and stands in the builder's texts and titles."""
    assert "見本" in content.parties.addressee_title
    assert names_in(content, PEOPLE) == ()
    named = replace(content, texts=replace(content.texts, notice="見本省の見本が担当する。"))
    assert {f.value for f in names_in(named, PEOPLE)} == {"見本"}


def test_words_of_the_program_are_no_names(content: Content) -> None:
    person = Person("p5", "Min Kim", "junior")
    assert not names_in(content, [person])
    texts = replace(content.texts, background="Kim が早番に入る。")
    assert {f.value for f in names_in(replace(content, texts=texts), [person])} == {"Kim"}
