"""Words about coming peaks and what is due."""

STEPS = {"propose": "提案", "decide": "承認", "notify": "利用者への周知"}
NONE_AHEAD = "平常より2割近く多くなる日は、見通しの期間内にない。"
NOTHING_LEFT = "手続は済んでいる"


def left(days: int) -> str:
    """Write how many office days are left."""
    if days < 0:
        return "期限を過ぎている（緊急の提案となる）"
    return f"あと{days}開庁日" if days else "本日まで"
