"""What the program is doing, in words."""

from collections.abc import Mapping

PROGRESS: Mapping[str, str] = {
    "reading": "入力を読み込んでいます",
    "choosing_model": "過去の期間で予測方法を比べています",
    "forecasting": "問合せを予測しています",
    "drawing_paths": "64週先までの経路を作っています",
    "judging": "変更案の応答状況を計算しています",
    "designing_pattern": "勤務の組合せを作っています",
    "choosing_change": "変更の内容と日を選んでいます",
    "stressing": "前提が外れた場合を計算しています",
    "rostering": "勤務表を組んでいます",
    "drawing_years": "先の年度の問合せを見込んでいます",
    "judging_year": "月ごとの必要な人数を計算しています",
    "writing": "提案書を書き出しています",
    "done": "終わりました",
}


def progress_words(code: str) -> str:
    """Return what is being done. Raises KeyError on an unknown code."""
    return PROGRESS[code]
