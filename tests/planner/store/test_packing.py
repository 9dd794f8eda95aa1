import pytest

from forecasts.faults import Fault
from planner.store.packing import packed_faults, unpacked_faults


@pytest.mark.parametrize("value", ["2026/2/30", "令和8年2月30日", "25時91分", "▲3", "１２，３", "", "98件"])
def test_a_date_or_number_that_was_wrong_is_kept(value: str) -> None:
    fault = Fault("bad_date", "log.csv", 3, "受付日時", value, "2026-03-02")
    assert unpacked_faults(packed_faults([fault])) == (fault,)


@pytest.mark.parametrize(
    "value",
    [
        "架空 太郎",
        "印刷できない",
        "user@example.invalid",
        "2026/2/30 架空",
        "090-0000-0000",
        "０３（0000）0000",
        "0123456",
        "000-0000-0000",
    ],
)
def test_words_in_a_wrong_cell_are_not_kept(value: str) -> None:
    (kept,) = unpacked_faults(packed_faults([Fault("bad_date", "log.csv", 3, "受付日時", value)]))
    assert (kept.value, kept.row, kept.column, kept.code) == ("", 3, "受付日時", "bad_date")
