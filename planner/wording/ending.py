"""Words of 解除条件: the end of a change before its last day."""

ENDING_EXPLAINED = (
    "繰上げの目安とする件数は、予測の全ての経路の各日を問合せの件数の順に並べ、"
    "平常体制で三つの目標の全てを保てる最も多い日の件数である。電話・来室・メール・申請を合わせて数える。"
)


def progress(kept: int, days: int, *, is_backlog_known: bool) -> str:
    """Say how far the rule has been kept."""
    if kept < days:
        return f"解除の条件は、{days}開庁日のうち、直近まで続けて{kept}開庁日を満たしている。"
    confirm = "" if is_backlog_known else "終業時に残る問合せ（滞留）を確かめた上で、"
    return f"解除の条件を、直近まで続けて{kept}開庁日満たした。{confirm}解除を協議してください。"
