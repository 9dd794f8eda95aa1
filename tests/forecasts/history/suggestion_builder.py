"""Suggestions for small tables; every doubt has its sentence."""

from collections.abc import Sequence

from forecasts.history.layout import laid_out
from forecasts.history.mapping import FileMapping
from forecasts.history.sheets import read_sheets
from forecasts.history.suggestion import Suggestion, suggested
from planner.wording.notices import NOTICES

DESK = {
    "phone": ("phone", "電話", "TEL"),
    "mail": ("mail", "メール"),
    "form": ("form", "申請"),
    "walk_in": ("walk_in", "来室", "窓口"),
}
ROLES = {"standard": ("standard", "一般SE"), "junior": ("junior", "初級SE")}
HEADER = "受付番号,受付日時,受付方法"


def of_bytes(raw: bytes, remembered: Sequence[FileMapping] = ()) -> Suggestion:
    sheet = read_sheets("a.csv", raw).sheets[0]
    found = suggested(sheet, laid_out(sheet), DESK, ROLES, remembered)
    for doubt in found.doubts:
        assert doubt.value in NOTICES[doubt.code].format(value=doubt.value)
    return found


def of(*lines: str, remembered: Sequence[FileMapping] = ()) -> Suggestion:
    return of_bytes("\n".join((*lines, "")).encode(), remembered)


def doubts(found: Suggestion) -> dict[str, str]:
    return {doubt.code: doubt.value for doubt in found.doubts}
