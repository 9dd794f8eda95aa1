"""A fault in something that a person gave us: where, what, what is allowed, what to do.

A fault carries a code and its values, not a sentence: ``planner.wording.faults`` makes Japanese of it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

_FIGURES = re.compile(r"[\W\d_年月日時分秒件令和平成昭元]*")
"""A date, a time or a number, in any width."""
_TELEPHONE_DIGITS, _STAFF_DIGITS = 9, 6


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in an input.

    ``code`` names the kind of fault and selects the sentence and the remedy. ``place`` is the file or the
    option; ``row`` counts lines of the file from 1 (the header is line 1); ``allowed`` says what would
    have been right, in the notation of the file.
    """

    code: str
    place: str
    row: int | None = None
    column: str = ""
    value: str = ""
    allowed: str = ""


def impersonal(fault: Fault, instead: str = "") -> Fault:
    """Leave out a value that may name a person: words, a telephone number, the number of a member of staff.

    Where columns are shifted the cell of a date may hold any of them.
    """
    value = fault.value
    digits = "".join(filter(str.isdecimal, value))
    is_telephone = len(digits) >= _TELEPHONE_DIGITS and int(digits[0]) == 0
    is_number = len(digits) >= _STAFF_DIGITS and digits == value.strip()
    is_kept = _FIGURES.fullmatch(value) and not (is_telephone or is_number)
    return fault if is_kept else replace(fault, value=instead)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user must know that is no fault: code and values, for ``planner.wording``."""

    code: str
    value: str = ""


class FaultyFile(Exception):
    """An input cannot be used. Carries every fault that was found, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults in the order in which they were found; there must be at least one."""
        self.faults = tuple(faults)
        if not self.faults:
            message = "FaultyFile without a fault"
            raise ValueError(message)
        super().__init__(
            "; ".join(f"{f.place}:{f.row or ''}:{f.column}: {f.code} {f.value!r}" for f in self.faults)
        )
