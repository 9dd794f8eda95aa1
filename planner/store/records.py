"""What the store gives back, besides the types of the core."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from forecasts.events import Event
from forecasts.faults import Fault
from forecasts.history.account import Account
from forecasts.history.kinds import Kind
from forecasts.history.mapping import FileMapping
from forecasts.slots import Period
from planner.content import Content
from planner.proposal import Proposal

JobState = Literal["waiting", "running", "done", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Filed:
    """A proposal as it is kept.

    ``row_version`` grows with every step, across versions: who acts names the one that was seen.
    ``authors``: the users who wrote, reviewed or submitted it. ``is_intact``: whether the kept text of a
    submitted content still has the digest of its submission.
    """

    proposal: Proposal
    row_version: int
    created_at: datetime
    authors: frozenset[str]
    is_intact: bool = True


@dataclass(frozen=True, slots=True)
class PlanHead:
    """A plan without its content, for lists."""

    id: int
    desk_id: str
    created_at: datetime
    digest: str
    summary: str
    as_of: date
    period: Period


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """A plan as it is kept."""

    head: PlanHead
    content: Content


@dataclass(frozen=True, slots=True)
class OutlookHead:
    """A kept outlook without its paths. ``digest``: SHA-256 of what is kept; ``at``: when it was made."""

    id: int
    desk_id: str
    as_of: date
    at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One file that was read in. Its rows = added + corrected + unchanged + repeated.

    ``rows``: of the frame (a record of a table with months as columns gives several). ``repeated``: rows for
    which another row of the file stands. ``removed``: rows of former imports whose place it took.
    ``added_on_known_days``: added rows of days of which former imports had spoken. ``first_day``,
    ``last_day``: None without rows. ``replaces``: the import of the same file under another mapping that it
    stands in for. ``is_active``: whether it counts, being neither undone nor replaced. ``is_repeat``: the
    file was known under this mapping, and nothing was kept.
    """

    id: int
    desk_id: str
    kind: Kind
    file_name: str
    file_digest: str
    header: tuple[str, ...]
    mapping: FileMapping
    account: Account
    user: str
    at: datetime
    rows: int
    added: int
    corrected: int
    unchanged: int
    repeated: int
    removed: int
    added_on_known_days: int
    first_day: date | None
    last_day: date | None
    is_partial: bool
    replaces: int | None = None
    undone_at: datetime | None = None
    undone_by: str = ""
    is_active: bool = True
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class ImportSource:
    """Where a reading comes from: desk, name of the file without its folder, SHA-256 of its bytes."""

    desk_id: str
    file_name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A day that stays in the data and is left out of learning, and why."""

    day: date
    reason: str
    user: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EventList:
    """A version of a desk's own events; the versions before it stay."""

    version: int
    events: tuple[Event, ...]
    user: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One link of the audit chain. ``detail`` is canonical JSON text; ``at`` ISO 8601, local time."""

    seq: int
    at: str
    office_title: str
    role: str
    role_switched: bool
    action: str
    subject: str
    detail: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """Whether the audit chain is whole. ``broken_seq``: the first link that does not fit (None = whole).

    ``head`` is the newest hash: published outside (the footer of a PDF) it also shows a cut end.
    """

    entries: int
    head: str
    broken_seq: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every link fits."""
        return self.broken_seq is None


@dataclass(frozen=True, slots=True)
class Job:
    """Long work. Times in seconds since 1970; ``result`` and ``faults`` are there once it has ended."""

    id: str
    kind: str
    parameters: Mapping[str, Any]
    state: JobState
    text: str
    fraction: float
    is_cancel_asked: bool
    worker: str
    lease_until_s: float
    created_s: float
    ended_s: float | None = None
    result: Mapping[str, Any] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    def is_alive(self, now_s: float) -> bool:
        """Tell whether somebody works on it, or will soon."""
        return self.state in {"waiting", "running"} and now_s < self.lease_until_s

    def is_lost(self, now_s: float) -> bool:
        """Tell whether its worker died: to be shown as failed; it may be started again."""
        return self.state in {"waiting", "running"} and now_s >= self.lease_until_s
