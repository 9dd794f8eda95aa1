"""Words about coming peaks and what is due. Days of another year than today's stand with their year."""

from datetime import date

from planner.wording.dates import reiwa_year, short_day, short_span

STEPS = {"propose": "提案", "decide": "承認", "notify": "利用者への周知"}
NONE_AHEAD = "平常より15%以上多くなる開庁日は、見通しの期間内にない。"
NOTHING_LEFT = "手続は済んでいる"


def left(days: int, step: str) -> str:
    """Write how many office days are left for a step."""
    if days < 0:
        return "期限を過ぎている" + ("（緊急の提案となる）" if step == "propose" else "")
    return f"あと{days}開庁日" if days else "本日まで"


def day(on: date, today: date) -> str:
    """Write 4月1日（水）, or 令和9年4月1日（木）."""
    return _year(on, today) + short_day(on)


def span(first: date, last: date, today: date) -> str:
    """Write 4月1日（水）〜4月15日（水）, with the year of its first day where that is not today's."""
    return _year(first, today) + short_span(first, last)


def _year(on: date, today: date) -> str:
    return "" if on.year == today.year else reiwa_year(on.year)
