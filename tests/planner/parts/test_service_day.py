"""The sentences of the part: who breaks first, why, what the chosen formation does; never a false claim."""

from dataclasses import replace

from planner.content import Content
from planner.parts.service_day import figures, sentences, title
from planner.service_day import service_day
from tests.planner.content_builder import make_alternative
from tests.planner.document_builder import real_content

SLOTS = range(96)


def content_of(now: dict[int, float], chosen: dict[int, float], usual: float | None = 0.9) -> Content:
    """Two alternatives with the usual share from 8:30 to 18:15 but for the named slots."""

    def shares(named: dict[int, float]) -> tuple[float | None, ...]:
        return tuple(named.get(n, usual if 34 <= n < 73 else None) for n in SLOTS)

    return real_content(
        alternatives=(
            make_alternative("status_quo", slot_in_time=shares(now)),
            make_alternative("plus_1", slot_in_time=shares(chosen)),
        )
    )


def said(content: Content, key: str = "plus_1", *, has_duties: bool = True) -> list[str]:
    return list(sentences(service_day(content, key, has_duties=has_duties)))


def test_the_present_breaks_and_the_chosen_does_not() -> None:
    first, why, further, then = said(content_of({48: 0.6, 49: 0.58, 60: 0.55}, {48: 0.84}))
    assert first == "現体制では、12:00〜12:30に基準時間内（1分以内）の応答率が58%まで下がる（目標80%）"
    assert "休憩による離席（2人）" in why
    assert further == "このほか、15:00〜15:15の55%でも目標を下回る"
    assert then == "「1名増員」では、同じ時間帯で最低でも84%であり、目標を下回る時間帯はない"


def test_the_client_is_told_heads_and_arrivals_but_no_breaks() -> None:
    whole = "".join(said(content_of({48: 0.6}, {}), has_duties=False))
    assert "受付の人数の少なさ（1日の最多" in whole
    assert not any(word in whole for word in ("休憩", "運用管理", "離席"))


def test_only_the_chosen_breaks() -> None:
    first, second, *_ = said(content_of({}, {40: 0.7}))
    assert first == "現体制では、基準時間内の応答率が目標（80%）を下回る時間帯はない"
    assert second.startswith("「1名増員」では、10:00〜10:15に")


def test_neither_breaks() -> None:
    content = content_of({}, {})
    assert said(content) == ["現体制及び「1名増員」では、基準時間内の応答率が目標（80%）を下回る時間帯はない"]
    assert said(content, "status_quo") == ["現体制では、基準時間内の応答率が目標（80%）を下回る時間帯はない"]
    assert title(service_day(content, "plus_1", has_duties=True)) == said(content)[0]


def test_the_present_compared_with_itself_is_told_once() -> None:
    assert len(said(content_of({48: 0.6}, {}), "status_quo")) == 2


def test_a_day_below_throughout_names_no_time() -> None:
    hours = dict.fromkeys(range(34, 72), 0.5)  # after 18:00 less than one inquiry a day
    first, *_ = said(content_of(hours, {}))
    assert "1日を通じて目標を下回り、50%まで下がる" in first


def test_no_calls_are_no_break() -> None:
    assert said(content_of({}, {}, usual=None)) == [
        "応答の目標に数える問合せが見込まれないため、時間帯ごとの基準時間内の応答率はない"
    ]


def test_the_table_has_a_row_a_slot_of_either_hours_and_marks_what_is_unknown() -> None:
    content = content_of({40: 0.7}, {})
    earlier = replace(content.alternatives[1].formation, opens_min=450)
    chosen = replace(content.alternatives[1], formation=earlier)
    content = replace(content, alternatives=(content.alternatives[0], chosen))
    table = figures(service_day(content, "plus_1", has_duties=False))
    assert [c.head for c in table.columns] == [
        "時間帯",
        "問合せ（件／時）",
        "現状維持の基準時間内の応答率",
        "1名増員の基準時間内の応答率",
        "現状維持の受付（人）",
        "1名増員の受付（人）",
    ]
    assert [table.rows[0][0], table.rows[-1][0]] == ["7:30〜7:45", "18:00〜18:15"]
    assert table.rows[0][2] == "―"
    assert table.rows[10][:4] == ("10:00〜10:15", "9.0", "70%", "90%")
