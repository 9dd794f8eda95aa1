"""The shape of a desk file: which keys, which types, which bounds. One model for each table.

Field names are those of ``planner.desk``; where a person writes a time of day ("8:30"), the key of the
file is the name without ``_min``. Bounds with a law behind them name it.
"""

from datetime import date
from typing import Annotated, Literal

import holidays
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from forecasts.slots import DAY_MIN, minute_of
from planner.desk import RestDays, Waiting, WorkingHours
from planner.desk_levers import AIMS, Aim, Following


def _minute(value: object) -> int:
    """Read a time of day between 0:00 and 24:00."""
    if isinstance(value, str):
        try:
            minute = minute_of(value)
        except ValueError:
            minute = -1
        if 0 <= minute <= DAY_MIN:
            return minute
    code = "clock"
    raise PydanticCustomError(code, "not a time of day")


def _country(value: str) -> str:
    if value not in holidays.list_supported_countries():
        code = "country"
        raise PydanticCustomError(code, "no holidays are known for this country")
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
Clock = Annotated[int, BeforeValidator(_minute)]
Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]
DayMinutes = Annotated[int, Field(ge=0, le=DAY_MIN)]
# strict=False takes TOML's arrays for tuples and sets; their members stay strict.
Texts = Annotated[tuple[Text, ...], Field(strict=False)]
Days = Annotated[frozenset[date], Field(strict=False)]


class Table(BaseModel):
    """A table of the file: unknown keys, conversions, inf and nan are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class HeadTable(Table):
    """The keys outside any table."""

    id: Code
    name: Text
    slot_min: Literal[15, 30, 60] = 15
    minimum_heads: Annotated[int, Field(ge=1)] = 1
    is_mail_interrupted: bool = True
    event_files: Texts = ()
    notes: Texts = ()
    is_sample: bool = False


class CalendarTable(Table):
    """``[calendar]``"""

    country: Annotated[str, AfterValidator(_country)] = "JP"
    year_end_closure: bool = True
    closed: Days = frozenset()
    opened: Days = frozenset()


class ReceptionTable(Table):
    """``[reception]``"""

    opens_min: Clock = Field(alias="opens")
    closes_min: Clock = Field(alias="closes")


class ChannelTable(Table):
    """``[[channels]]``"""

    id: Code
    name: Text
    waiting: Waiting
    handling_min: Annotated[float, Field(gt=0, le=DAY_MIN)]
    handling_cv: Annotated[float, Field(ge=0, le=5)] = 1.0
    patience_min: Annotated[float, Field(gt=0, le=DAY_MIN)] | None = None
    is_measured: bool = False
    synonyms: Texts = ()


class GradeTable(Table):
    """``[[grades]]``"""

    id: Code
    name: Text
    monthly_price_yen: Count
    operations_min: DayMinutes = 0


class ShiftTable(Table):
    """``[[shifts]]``"""

    id: Code
    name: Text
    start_min: Clock = Field(alias="start")
    end_min: Clock = Field(alias="end")
    break_min: DayMinutes = 60


class PersonTable(Table):
    """``[[people]]``"""

    id: Code
    name: Text
    grade: str
    title: str = ""
    is_resident: bool = True
    may_manage: bool = False
    standing_shift: str = ""
    leave: Days = frozenset()
    skills: Annotated[frozenset[Text], Field(strict=False)] = frozenset()


class ExtraPeopleTable(Table):
    """``[[extra_people]]``"""

    first: date = Field(alias="from")
    last: date = Field(alias="to")
    heads: Annotated[int, Field(ge=1, le=20)] = 1
    source: str = ""


class LeversTable(Table):
    """``[levers]``"""

    earlier_min: DayMinutes = 60
    later_min: DayMinutes = 60
    extra_heads: Annotated[int, Field(ge=0, le=20)] = 2
    extra_grade: str = ""
    starts_min: Annotated[tuple[Clock, ...], Field(strict=False, alias="starts")] = ()
    shortest_days: Annotated[int, Field(ge=1, le=60)] = 5
    notice_days: Annotated[int, Field(ge=0, le=250)] = 0
    training_days: Annotated[int, Field(ge=0, le=20)] = 0
    order: Annotated[tuple[Aim, ...], Field(strict=False)] = AIMS


_ASSUMED = Following()
Shares = Annotated[tuple[Share, Share, Share], Field(strict=False)]


class FollowingTable(Table):
    """``[following]``: low, middle and high of each share."""

    earlier: Shares = _ASSUMED.earlier
    later: Shares = _ASSUMED.later
    new: Shares = _ASSUMED.new
    same_day: Shares = _ASSUMED.same_day
    next_day: Shares = _ASSUMED.next_day


class PastHoursTable(Table):
    """``[[past_hours]]``"""

    first: date = Field(alias="from")
    last: date = Field(alias="to")
    opens_min: Clock = Field(alias="opens")
    closes_min: Clock = Field(alias="closes")


class TargetTable(Table):
    """``[target]``"""

    within_min: Annotated[float, Field(ge=0, le=DAY_MIN)] = 1.0
    within_share: Share = 0.8
    answer_rate: Share = 0.9
    same_day_share: Share = 0.95
    max_risk: Share = 0.2
    is_reference: bool = True
    least_hour: Share = 0.0


class LabourTable(Table):
    """``[labour]``; 労働基準法36条4項: 45 h a month, 360 h a year; 5項: 720 h with a special clause.

    A month has at most five statutory rest days. ``yearly_variable`` is read here and refused by ``checks``,
    which can say why.
    """

    has_art36_agreement: bool = False
    overtime_month_h: Annotated[float, Field(ge=0, le=45)] = 45.0
    overtime_year_h: Annotated[float, Field(ge=0, le=360)] = 360.0
    rest_interval_h: Annotated[float, Field(ge=0, le=24)] = 11.0
    has_special_clause: bool = False
    special_year_h: Annotated[float, Field(ge=0, le=720)] = 720.0
    rest_day_work_days: Annotated[int, Field(ge=0, le=5)] = 0
    statutory_rest_weekday: Annotated[int, Field(ge=1, le=7)] = 7
    working_hours: WorkingHours = "weekly"
    rest_days: RestDays = "weekly"
    rest_cycle_start: date | None = None


class LeadTable(Table):
    """``[[leads]]``"""

    kind: str
    propose_before_days: Count
    decide_before_days: Count
    notify_before_days: Count


class TermsTable(Table):
    """``[terms]``"""

    ministry: Text
    supervising_section: Text
    addressee_title: Text
    contractor: Text
    sender_title: Text
    ground: Text
    propose_before_days: Count = 15
    decide_before_days: Count = 10
    notify_before_days: Count = 5
    cost_rule: Literal["within_contract", "per_person_month"] = "within_contract"
    end_after_days: Annotated[int, Field(ge=1, le=20)] = 3
    end_backlog: Count = 0
