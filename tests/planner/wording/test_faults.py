from forecasts.faults import Fault
from planner.wording.faults import fault_count, fault_sentences


def unknown(row: int | None, value: str = "のろし") -> Fault:
    return Fault("unknown_channel", "log.csv", row, "受付方法", value, "電話")


def test_faults_that_only_the_row_tells_apart_are_one_sentence() -> None:
    rows = (2, 3, 4, 9, 1_200)
    faults = [unknown(2), unknown(3, "狼煙"), *map(unknown, rows[1:])]
    first, second = fault_sentences(faults)
    assert first.startswith("log.csv 2〜4、9、1,200行目 列「受付方法」: 「のろし」")
    assert second.startswith("log.csv 3行目 列「受付方法」: 「狼煙」")


def test_a_fault_without_a_row_names_none() -> None:
    assert fault_sentences([unknown(None)])[0].startswith("log.csv 列「受付方法」")


def test_the_faults_that_were_only_counted_count_too() -> None:
    assert fault_count([unknown(2), Fault("more_faults", "log.csv", value="4000")]) == 4_001
