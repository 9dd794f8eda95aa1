"""Why a step was refused, and what to do."""

from collections.abc import Mapping

from planner.wording.terms import ROLES, STATES, STEPS

_REFUSALS: Mapping[str, str] = {
    "wrong_state": "この提案は「{state}」の段階にあるため、この操作はできません。画面を開き直してください。",
    "no_right": "この役割（{role}）では、この操作はできません。",
    "author_decides": "起案した人は自ら承認できません。主管課が判断するか、役割を切り替えてください。",
    "comment_missing": "{step}には理由が要ります。理由を記入してください。",
    "urgent_reason_missing": (
        "通常の期限を過ぎた緊急の提案です。「緊急とする理由」を記入してから、社内確認に回してください。"
    ),
    "conditions_missing": "条件付承認には条件が要ります。条件を記入してください。",
    "changed_meanwhile": "ほかの操作で内容が変わりました。画面を開き直し、確かめてから操作してください。",
    "content_changed": "保存された内容が、提案時のものと一致しません。管理者に連絡してください。",
    "staff_name_in_text": (
        "要員の氏名が含まれているため、この操作はできません（箇所: {places}）。役割名に置き換えてください。"
    ),
    "staff_unknown": (
        "窓口ファイルがないため、氏名の有無を確かめられません。窓口ファイルを取り込んでください。"
    ),
    "no_such_proposal": "提案「{detail}」は見つかりません。一覧から選び直してください。",
    "rows_rejected": (
        "読み取れない行が{detail}行あります。直してから取り込むか、その行を除いて取り込むことを選んでください。"
    ),
    "no_such_import": "取込み「{detail}」は見つかりません。一覧から選び直してください。",
    "already_undone": "この取込みは既に取り消されています。画面を開き直してください。",
    "reason_missing": "学習から除く日（{detail}）には理由が要ります。理由を記入してください。",
    "not_marked": "この日（{detail}）は学習から除かれていません。画面を開き直してください。",
    "not_a_decision": "承認、条件付承認、差戻し又は却下のいずれかを選んでください。",
}

_PLACES: Mapping[str, str] = {
    "texts.background": "背景",
    "texts.risks": "リスク",
    "texts.revert_condition": "解除条件",
    "texts.notice": "利用者周知",
    "texts.urgency": "緊急とする理由",
}


def refusal_sentence(code: str, detail: str = "") -> str:
    """Say why a step was refused; an unknown code is shown as it is."""
    role = detail.partition(":")[0]
    places = "、".join(_place(p) for p in detail.split(", "))
    return _REFUSALS.get(code, "この操作はできません（{code}）。").format(
        code=code,
        detail=detail,
        state=STATES.get(detail, detail),
        role=ROLES.get(role, role),
        step=STEPS.get(detail, detail),
        places=places,
    )


def _place(path: str) -> str:
    """Name a place of a proposal: 背景, 経緯の記事 …; what has no name is shown as it is."""
    return "経過の所見" if path.startswith("history") else _PLACES.get(path, path)
