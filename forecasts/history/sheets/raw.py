"""The bytes of a file, if it is a file, not too large, and not being written at the moment."""

import os
import stat
from pathlib import Path

from forecasts.faults import Fault, FaultyFile
from forecasts.history.sheets.limits import LARGEST_FILE_BYTES


def raw_of(path: Path) -> bytes:
    """Read a file of at most ``LARGEST_FILE_BYTES``.

    The size is asked before a byte is read: a sparse file of many gigabytes costs nothing.

    Raises:
        FaultyFile: missing_file, unreadable_file (no right, a folder, a pipe, a device), file_too_large,
            changed_while_read.
    """
    place = str(path)
    try:
        _check(place, path.stat())
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            _check(place, before)
            raw = file.read(before.st_size + 1)  # one more: a file that grew is seen
            after = os.fstat(file.fileno())
    except (FileNotFoundError, NotADirectoryError):
        raise FaultyFile([Fault("missing_file", place)]) from None
    except OSError as error:
        raise FaultyFile([Fault("unreadable_file", place, value=error.strerror or "")]) from None
    except ValueError:  # a NUL in the name of the file
        raise FaultyFile([Fault("missing_file", place.replace("\0", "�"))]) from None
    if (len(raw), after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise FaultyFile([Fault("changed_while_read", place)])
    return raw


def _check(place: str, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        is_folder = stat.S_ISDIR(status.st_mode)
        raise FaultyFile([Fault("unreadable_file", place, value="folder" if is_folder else "no file")])
    if status.st_size > LARGEST_FILE_BYTES:
        allowed = f"{LARGEST_FILE_BYTES:,}"
        raise FaultyFile([Fault("file_too_large", place, value=f"{status.st_size:,}", allowed=allowed)])
