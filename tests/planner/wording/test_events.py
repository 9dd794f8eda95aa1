from dataclasses import replace
from datetime import date

import pytest

from forecasts.events import COLUMNS, EXPECTED, KINDS, OWN
from forecasts.faults import Fault
from planner.wording.event_faults import EVENT_FAULTS
from planner.wording.events import (
    FIELDS,
    MARKS,
    differences,
    event_fault_line,
    event_name,
    event_span,
    field_name,
    groups_of,
    learned,
    mark,
)
from planner.wording.terms import event_kind
from tests.forecasts.event_builder import make_event, session

EVENT = make_event(name="4月期人事異動", group="4月期", headcount=1320)


def test_every_kind_and_field_has_its_word() -> None:
    assert set(MARKS) == set(KINDS)
    assert set(FIELDS) == set(COLUMNS)
    assert all(len(mark(kind)) == 1 for kind in (*KINDS, f"{OWN}棚卸し"))
    assert event_kind(f"{OWN}棚卸し") == "棚卸し"
    with pytest.raises(KeyError):
        event_kind("festival")


def test_fields_are_named_in_the_words_of_the_kind() -> None:
    assert field_name("start", "transfer") == "発令日"
    assert field_name("end", "diet_special") == "会期終了日"
    assert field_name("planned_end", "diet_special") == "当初の会期終了日"
    assert field_name("start", "rollout") == "開始日"


def test_events_are_written_with_their_people_and_days() -> None:
    assert event_name(EVENT) == "4月期人事異動（1,320名）"
    assert event_name(replace(EVENT, status=EXPECTED)) == "人事異動（公表前、前年並みの想定）"
    assert event_span(EVENT) == "令和8年4月1日（水）"
    assert event_span(replace(EVENT, end=date(2026, 4, 3))) == "令和8年4月1日（水）\n〜令和8年4月3日（金）"


@pytest.mark.parametrize("code", EVENT_FAULTS)
def test_every_fault_of_an_event_is_a_sentence(code: str) -> None:
    line = event_fault_line(Fault(code, "常会", None, "end", "2026-06-22", "2026-06-21以前"), "diet_ordinary")
    assert line.startswith("常会の会期終了日: ")
    assert "2026-" not in line
    assert "{" not in line
    assert line.endswith("。")


def test_an_unknown_kind_is_answered_with_the_names_of_the_kinds() -> None:
    line = event_fault_line(Fault("unknown_value", "", None, "kind", "祭"))
    assert "人事異動、国会（常会）" in line


def test_differences_are_told_field_by_field() -> None:
    later, gone, new = replace(EVENT, end=date(2026, 4, 2)), make_event(name="訓練"), make_event(name="点検")
    assert differences([EVENT, gone], [later, replace(new, kind="other")]) == (
        ("変更", "4月期人事異動", "終了日: 令和8年4月1日 → 令和8年4月2日"),
        ("追加", "点検", "その他、令和8年4月1日（水）"),
        ("削除", "訓練", "人事異動、令和8年4月1日（水）"),
    )
    assert differences([EVENT], [EVENT]) == ()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"status": "dissolved", "end": date(2026, 1, 23)}, "解散: 令和8年1月23日"),
        (
            {"status": "extended", "end": date(2026, 7, 1)},
            "延長: 終わりは令和8年6月21日ではなく令和8年7月1日",
        ),
        ({"status": "cancelled"}, "中止"),
        ({"status": "confirmed"}, "確定"),
    ],
)
def test_what_became_known_is_told_the_newest_first(changed: dict[str, object], said: str) -> None:
    first, told = date(2026, 6, 21), date(2026, 1, 23)
    event = replace(session(date(2026, 1, 23), first), planned_end=first, changed_on=told, **changed)  # type: ignore[arg-type]
    assert learned([event]) == (
        (told, event.name, said),
        (date(2026, 1, 16), event.name, "公表: 令和8年1月23日〜令和8年6月21日"),
    )


def test_rounds_are_gathered_in_order_of_their_first_day() -> None:
    later = make_event(date(2026, 4, 6), name="4月期人事異動", group="4月期")
    other = make_event(date(2026, 3, 1), kind="other", name="点検")
    assert groups_of([later, EVENT, other]) == ((other,), (EVENT, later))
