"""Every doubt about a forecast is said with its figures, what follows, and what to do."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from forecasts.events import Event
from forecasts.soundness import CODES, soundness
from planner.wording.faults import notice_sentence
from planner.wording.soundness import SOUNDNESS, soundness_doubt
from tests.forecasts.simulated import CALENDAR, known

VALUES = {
    "no_inquiries": "",
    "few_weeks": "5",
    "under_a_year": "26",
    "under_two_years": "78",
    "no_recent_days": "2025-02-28 6",
    "dries_up": "2025-02-03",
    "level_jump": "2025-02-03 0.1",
    "huge_day": "2025-02-03 100000 52",
    "days_missing": "2023-04-03 2024-03-29 244",
    "many_empty_days": "110 580",
    "event_never_seen": "own:棚卸し 秋",
    "many_left_out": "200 580",
}


def test_every_code_has_its_words() -> None:
    assert tuple(SOUNDNESS) == tuple(VALUES) == CODES


@pytest.mark.parametrize("code", CODES)
def test_a_doubt_says_what_it_means_and_what_to_do(code: str) -> None:
    doubt = soundness_doubt(code, VALUES[code])
    assert all(text.endswith("。") for text in (doubt.seen, doubt.means, doubt.do))
    assert "{" not in doubt.seen
    assert notice_sentence(code, VALUES[code]).startswith(doubt.seen)


def test_figures_are_written_as_an_official_writes_them() -> None:
    assert soundness_doubt("huge_day", VALUES["huge_day"]).seen == (
        "令和7年2月3日の件数は100,000件で、前後の日（約52件）の10倍を超えています。"
    )
    assert soundness_doubt("level_jump", "2025-02-03 9.8").seen == (
        "令和7年2月3日頃から、件数の水準が以前の9.8倍に変わっています。"
    )
    assert "「棚卸し 秋」" in soundness_doubt("event_never_seen", VALUES["event_never_seen"]).seen


def test_what_is_found_can_be_said() -> None:
    rollout = Event(date(2025, 3, 10), date(2025, 3, 21), "own:棚卸し 秋", "棚卸し", date(2025, 2, 3))
    seen = known(date(2023, 10, 2), date(2025, 2, 28), (rollout,))
    count = np.array(seen.history.count)
    count[60:120] = 0
    count[-4:] *= 10
    count[200, 9, 0] = 50_000
    out = frozenset(seen.history.days[220:300])
    history = replace(seen.history, count=count, left_out=out)
    days = CALENDAR.office_days(date(2025, 3, 1), date(2025, 5, 1))
    found = soundness(replace(seen, history=history, as_of=date(2025, 4, 30)), days)
    assert len({n.code for n in found}) == 7
    assert all(notice_sentence(n.code, n.value) for n in found)
