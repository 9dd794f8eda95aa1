"""Figures as an official reads them: rounded to what is known, intervals always beside them."""

from math import isnan

from planner.wording.dates import percent

MINUTES_A_HOUR = 60


def count(number: float) -> str:
    """Write inquiries or people as whole numbers: 1,234."""
    return f"{round(number):,}"


def count_span(low: float, high: float) -> str:
    """Write an interval of inquiries: 92〜142."""
    return count(low) if round(low) == round(high) else f"{count(low)}〜{count(high)}"


def share_span(mean: float, low: float, high: float) -> str:
    """Write a share with its interval: 78%（72〜83%）."""
    first, last = percent(low), percent(high)
    inside = first if first == last else f"{first.removesuffix('%')}〜{last}"
    return f"{percent(mean)}（{inside}）"


def count_with_span(mean: float, low: float, high: float) -> str:
    """Write a number with its interval: 6（3〜9）."""
    return f"{count(mean)}（{count_span(low, high)}）"


def minutes_with_span(mean: float, low: float, high: float) -> str:
    """Write minutes with an interval: 1.8（1.2〜2.4）."""
    return f"{mean:.1f}（{low:.1f}〜{high:.1f}）"


def heads(number: float) -> str:
    """Write people at reception to a tenth: 3.4."""
    return f"{number:.1f}"


def times(ratio: float) -> str:
    """Write a ratio: 1.4倍."""
    return f"{ratio:.1f}倍"


def ratio(number: float) -> str:
    """Write a ratio to a hundredth: 0.83; ― for NaN."""
    return "―" if isnan(number) else f"{number:.2f}"


def duration(minutes: int) -> str:
    """Write 60 as 1時間, 90 as 1時間30分."""
    hours, rest = divmod(abs(minutes), MINUTES_A_HOUR)
    return (f"{hours}時間" if hours else "") + (f"{rest}分" if rest or not hours else "")


def person_hours(hours: float) -> str:
    """Write 80人時."""
    return f"{round(hours):,}人時"


def hours(number: float) -> str:
    """Write 12時間; to a tenth below ten hours."""
    return f"{number:.0f}時間" if number >= 10 or not number else f"{number:.1f}時間"  # false digits
