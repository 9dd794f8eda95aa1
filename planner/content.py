"""All that a formation change proposal says, by role and office title. Every export writes this.

No field here can hold a person: the client approves hours, headcount by role and period
(昭和61年労働省告示第37号); names, leave, overtime by person and wages stay with the contractor.
"""

import hashlib
import json
import math
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from forecasts.slots import Period
from planner.alternatives.alternative import Alternative
from planner.alternatives.robustness import Stress
from planner.ending import EndRule


@dataclass(frozen=True, slots=True)
class DayOutlook:
    """One office day of the forecast: 80 % interval and median of all inquiries, the usual level, events."""

    day: date
    low: float
    median: float
    high: float
    expected: float
    usual: float
    events: tuple[str, ...]
    actual_last_year: int | None = None


@dataclass(frozen=True, slots=True)
class PastEvent:
    """The same event in an earlier year: inquiries a day in its first ``office_days`` and the weeks before.

    ``ratio`` = the one over the other.
    """

    name: str
    start: date
    office_days: int
    per_day: float
    per_day_before: float
    ratio: float
    headcount: int | None = None


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An event that the proposal answers, with its source and the day on which it became known."""

    kind: str
    name: str
    start: date
    end: date
    announced_on: date
    headcount: int | None
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class LastYear:
    """The chosen model beside 「前年同日×伸び率」, on the days of ``origins`` trials that both forecast.

    WAPE of both as shares; ``crps_ratio``: below 1 the chosen model is better. None: no event days.
    """

    origins: int
    wape: float
    wape_last_year: float
    wape_event: float | None
    wape_event_last_year: float | None
    crps_ratio: float
    crps_ratio_event: float | None


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How good the chosen model was on this desk's own past (rolling origin), event weeks apart.

    ``wape`` and ``wape_floor`` (Poisson) as shares; ``coverage`` of the 80 % interval, ``window_coverage`` of
    that of totals of ten office days (None where there was none). ``crps_ratio``: CRPS relative to the
    baseline model (1 = equal, lower is better). ``origins``: how often the past was forecast, so many office
    days ahead; 0 = the history is too short for it, and the figures are NaN. ``weights``: what each member
    of a combination counts, ``weights_reason`` why (``forecasts.choose``). ``last_year``: None where less
    than a year of history leaves no such comparison.
    """

    model: str
    baseline: str
    wape: float
    wape_floor: float
    wape_event: float | None
    coverage: float
    coverage_event: float | None
    crps_ratio: float
    crps_ratio_event: float | None
    origins: int
    horizon_days: int
    window_coverage: float | None = None
    wape_floor_event: float | None = None
    coverage95: float | None = None
    event_window_coverage: float | None = None
    event_windows: int = 0
    weights: tuple[tuple[str, float], ...] = ()
    weights_reason: str = ""
    last_year: LastYear | None = None


@dataclass(frozen=True, slots=True)
class Assumption:
    """One figure that was assumed or estimated, or one convention; its words stand in planner.wording.

    ``source``: code of where it can be changed. ``subject``: channel id, or the text of a desk's own note.
    ``number`` in ``unit`` (code; None: a convention), estimated from ``sample_size`` inquiries or hang-ups;
    ``low`` and ``high``: its 80 % interval, where it was measured.
    """

    code: str
    source: str
    subject: str = ""
    number: float | None = None
    unit: str = ""
    sample_size: int | None = None
    low: float | None = None
    high: float | None = None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 80 % interval of the number, None where it was not measured."""
        return None if self.low is None or self.high is None else (self.low, self.high)


@dataclass(frozen=True, slots=True)
class Dates:
    """Lead times: propose by, decide by, notify users by (last days, included)."""

    propose_by: date
    decide_by: date
    notify_by: date
    is_urgent: bool


@dataclass(frozen=True, slots=True)
class Parties:
    """Who proposes to whom, by office title, and the contractual ground."""

    ministry: str
    supervising_section: str
    addressee_title: str
    contractor: str
    sender_title: str
    ground: str


@dataclass(frozen=True, slots=True)
class Texts:
    """The parts a person may edit before submission. ``urgency``: why an urgent one cannot wait (緊急)."""

    background: str
    risks: str
    revert_condition: str
    notice: str
    urgency: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One check of law or form, with its result."""

    code: str
    is_passed: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """All that a proposal says: every figure of every export comes from here.

    ``learned_until``: the last office day of the history that the forecast learned from.
    ``targets``: the promised shares; ``peak_ratio``: expected inquiries in the window against the usual
    level; ``window``: the peak, on which all alternatives are compared; ``needed_peak``: people needed at
    reception in the busiest slot; ``short_slots``: slots of a mean day of the window in which the standing
    formation is below need. ``heat`` (weekday x hour):
    expected inquiries per hour in the window. ``input_digests``: file → SHA-256. ``robustness``: the
    alternatives where assumptions fail; empty in contents of older programs. ``end_rule``: 解除条件.
    """

    desk_id: str
    desk_name: str
    is_sample: bool
    parties: Parties
    as_of: date
    learned_until: date
    period: Period
    window: Period
    slot_min: int
    grades: tuple[tuple[str, str], ...]
    channels: tuple[tuple[str, str], ...]
    targets: tuple[tuple[str, float], ...]
    events: tuple[KnownEvent, ...]
    outlook: tuple[DayOutlook, ...]
    past: tuple[PastEvent, ...]
    peak_ratio: float
    left_out_days: tuple[date, ...]
    closed_days: tuple[tuple[date, str], ...]
    channel_shares: tuple[tuple[str, float], ...]
    heat: tuple[tuple[float, ...], ...]
    accuracy: Accuracy
    alternatives: tuple[Alternative, ...]
    recommended: str
    needed_peak: float
    short_slots: tuple[int, ...]
    cost_rule: str
    dates: Dates
    checks: tuple[Check, ...]
    assumptions: tuple[Assumption, ...]
    texts: Texts
    seed: int
    paths: int
    program_version: str
    input_digests: tuple[tuple[str, str], ...]
    robustness: tuple[Stress, ...] = ()
    end_rule: EndRule | None = None

    def alternative(self, key: str) -> Alternative:
        """Return an alternative by its key; raises KeyError."""
        return {a.key: a for a in self.alternatives}[key]

    @property
    def proposed(self) -> Alternative:
        """The alternative that is proposed."""
        return self.alternative(self.recommended)

    @property
    def change_period(self) -> Period:
        """The days of the proposed change; the window where nothing changes."""
        return self.window if self.proposed.change.is_none else self.proposed.change.period


def canonical_json(content: Content) -> str:
    """Write a content so that equal contents give equal bytes: sorted keys, no spaces, rounded numbers."""
    return json.dumps(
        plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def content_digest(content: Content) -> str:
    """Return the SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def plain(value: Any) -> Any:
    """Turn frozen data into JSON values: dates as ISO text, floats rounded to 6 digits.

    A whole float is written without a fraction (as RFC 8785 does): 1 and 1.0 are equal and must give equal
    bytes after a round trip. What is no finite number becomes "NaN", "Infinity": JSON has no such numbers,
    and null would not be read back as a float.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return _number(value)
    return value


def _number(value: float) -> int | float | str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    rounded = round(float(value), 6)
    return int(rounded) if rounded.is_integer() else rounded


@cache
def _reader() -> TypeAdapter[Content]:
    return TypeAdapter(Content)


def content_from_json(text: str) -> Content:
    """Read a content back from its JSON; raises pydantic.ValidationError where it is none."""
    return _reader().validate_json(text)
