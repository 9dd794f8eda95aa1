import pytest

from forecasts.faults import Fault, FaultyFile


def test_every_fault_is_carried_in_order() -> None:
    faults = [
        Fault("bad_date", "log.csv", 3, "受付日時", "2026-02-30", "2026-03-02"),
        Fault("empty_file", "b.csv"),
    ]
    raised = FaultyFile(iter(faults))
    assert raised.faults == tuple(faults)
    assert "log.csv:3:受付日時: bad_date '2026-02-30'" in str(raised)


def test_without_a_fault_nothing_is_faulty() -> None:
    with pytest.raises(ValueError, match="without a fault"):
        FaultyFile([])
