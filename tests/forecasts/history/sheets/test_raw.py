import os
import tracemalloc
from pathlib import Path

import pytest

from forecasts.faults import Fault, FaultyFile
from forecasts.history.sheets import raw, raw_of


def fault_of(path: Path) -> Fault:
    with pytest.raises(FaultyFile) as caught:
        raw_of(path)
    (fault,) = caught.value.faults
    return fault


def test_the_bytes_of_a_file_are_read(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(b"a,b\r\n")
    assert raw_of(path) == b"a,b\r\n"


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    assert fault_of(path) == Fault("missing_file", str(path))
    assert fault_of(path / "below").code == "missing_file"
    assert fault_of(tmp_path / "a\0b").code == "missing_file"


def test_a_folder_a_pipe_and_a_device_are_no_files(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path, pipe, Path("/dev/zero")):
        assert fault_of(path).code == "unreadable_file"


def test_a_sparse_file_of_two_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "sparse.csv"
    with path.open("wb") as file:
        file.truncate(2 << 30)
    tracemalloc.start()
    try:
        fault = fault_of(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (fault.code, fault.value, fault.allowed) == ("file_too_large", "2,147,483,648", "400,000,000")
    assert peak < 1_000_000


def test_a_file_that_grows_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The exchange writes on: between the first look and the last, a row comes in."""
    path = tmp_path / "log.csv"
    path.write_bytes(b"a,b\n")
    ask = os.fstat

    def ask_and_write(descriptor: int) -> os.stat_result:
        status = ask(descriptor)
        with path.open("ab") as file:
            file.write(b"1,2\n")
        return status

    monkeypatch.setattr(raw.os, "fstat", ask_and_write)
    assert fault_of(path).code == "changed_while_read"
