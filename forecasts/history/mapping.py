"""How the columns and the words of one file are understood: confirmed by a person, remembered by the desk."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from forecasts.history.kinds import Kind

EVERY_OTHER = "*"
"""As a written channel: whatever is not named."""


@dataclass(frozen=True, slots=True)
class FileMapping:
    """What the columns of a file are.

    ``columns``: field (of ``KINDS[kind]``) → name of the column. ``channels``: channel or role as written →
    its code; ``*`` stands for whatever is not named. ``channel``: the code of every row where no column
    tells it. ``units``: field of a duration → ``s``, ``min`` or ``h`` where cells are bare numbers.
    ``sheet``: worksheet; "" = the only or the first one with data. ``header_line``: line of the header where
    a person had to say it; 0 = found by itself. ``interval_min``: length of the intervals of a report;
    0 = as the starts tell.
    """

    kind: Kind = "inquiries"
    columns: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    channel: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    header_line: int = 0
    interval_min: int = 0

    def plain(self) -> dict[str, Any]:
        """Return what JSON can hold; ``FileMapping(**plain)`` is equal."""
        return asdict(self)
