import pytest

from forecasts.history.channel_words import code_of_family, codes_of, family_of

DESK = {
    "phone": ("phone", "電話", "内線"),
    "mail": ("mail", "メール"),
    "form": ("form", "申請", "Web申請"),
    "walk_in": ("walk_in", "来室"),
}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("phone", ("電話", "TEL", "Ｔｅｌ", "Phone", "IVR", "電話（内線）", "電話受付", "内線", "入電")),
        ("mail", ("メール", "mail", "E-mail", "Email", "電子メール", "メール受付", "Webメール")),
        ("form", ("申請", "フォーム", "ポータル", "Web", "Self service", "セルフサービス", "申請フォーム")),
        ("walk_in", ("来室", "来訪", "窓口", "Walk-in", "walk in", "Direct opening", "口頭")),
    ],
)
def test_words_of_a_family_mean_the_desks_channel(code: str, words: tuple[str, ...]) -> None:
    assert codes_of(words, DESK) == dict.fromkeys(words, code)


def test_what_could_be_two_or_none_is_left_out() -> None:
    assert codes_of(["電話・メール", "チャット", "FAX", "", "その他"], DESK) == {}


def test_a_desks_own_word_wins_over_its_family() -> None:
    desk = DESK | {"walk_in": ("walk_in", "来室", "TEL")}
    assert codes_of(["TEL", "電話", "IVR"], desk) == {"TEL": "walk_in", "電話": "phone"}


def test_two_channels_of_one_family_are_told_apart_by_name_only() -> None:
    desk = {"inside": ("inside", "内線"), "outside": ("outside", "外線")}
    assert codes_of(["内線", "外線", "電話"], desk) == {"内線": "inside", "外線": "outside"}
    assert code_of_family("phone", desk) == ""
    assert code_of_family("phone", DESK) == "phone"


def test_a_word_belongs_to_one_family() -> None:
    assert family_of("チャット") == "chat"
    assert family_of("第1窓口") == "walk_in"
    assert family_of("優先度") == ""


@pytest.mark.parametrize(
    "word",
    [
        "電話（前年度）",
        "電話前年比",
        "電話応答数",
        "電話 放棄率(%)",
        "電話対応時間",
        "電話累計",
        "メール増減",
    ],
)
def test_what_is_no_count_of_inquiries_means_no_channel(word: str) -> None:
    assert codes_of(["電話", word], DESK) == {"電話": "phone"}


def test_a_sum_counts_only_where_its_parts_do_not() -> None:
    assert codes_of(["電話 新規", "電話 継続", "電話 計"], DESK) == dict.fromkeys(
        ("電話 新規", "電話 継続"), "phone"
    )
    assert codes_of(["電話計", "メール計"], DESK) == {"電話計": "phone", "メール計": "mail"}
