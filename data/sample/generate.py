"""Re-create inquiries.csv, the inquiry log of 見本省LAN受付窓口: 架空データ, nobody wrote these inquiries.

    python data/sample/generate.py [FILE]

The same seed gives the same bytes. Expected days: demand.py; what the desk does with them: desk_day.py.
"""

import csv
import sys
from bisect import bisect
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
from demand import World, world
from desk_day import CLOSES_MIN, OPENS_MIN, Contact, answer, settle

from forecasts.calendar import Calendar
from forecasts.events import read_events
from forecasts.slots import Grid, Period

SEED = 20260302
PERIOD = Period.through(date(2021, 3, 1), date(2026, 2, 27))
HEADER = (
    "受付番号", "受付日時", "受付方法", "分類", "部局", "応答日時", "切断日時", "完了日時", "対応時間(分)",
)  # fmt: skip
_HERE = Path(__file__).resolve().parent
_EVENT_FILES = ("diet.csv", "transfers.csv", "others.csv")

# Channel: share, somebody waits, mean handling time in minutes.
_CHANNELS = {
    "電話": (0.50, True, 19.0),
    "メール": (0.25, False, 16.0),
    "申請": (0.20, False, 15.0),
    "来室": (0.05, True, 18.0),
}
_PATIENCE_MIN = 5.0
_HANDLING_SIGMA = float(np.sqrt(np.log(1 + 0.95**2)))  # lognormal with a CV of 0.95
_DAY_CV = 0.09  # spread of a day beyond Poisson: the counts are negative binomial
_OUTAGE_CALLS, _OUTAGE_FROM_MIN, _OUTAGE_MIN = 45, 9 * 60 + 40, 150
_CLOSED_DAY_MAILS = 0.8
_GRID = Grid(30)
# Weight of each half hour from 8:30, calls and visitors; mail and forms have an evening as well.
_PROFILE = np.array([5, 9, 10, 9.5, 8.5, 7.5, 6, 3.5, 3.5, 6.5, 8, 7.5, 7, 6.5, 6.5, 6, 5.5, 4.5, 3, 1])
_EVENING = np.array([0.8, 0.8, 0.5, 0.5, 0.3, 0.3, 0.2, 0.2])
_BUREAUS = ("大臣官房", "政策局", "管理局", "基盤局", "統計局", "地方局")
_BUREAU_SHARES = (0.22, 0.2, 0.18, 0.16, 0.13, 0.11)
_CATEGORIES = ("アカウント", "メール", "印刷", "ネットワーク", "端末", "ソフト", "権限", "その他")
_USUAL = np.array([0.14, 0.15, 0.12, 0.13, 0.17, 0.13, 0.08, 0.08])
_AFTER_TRANSFER = np.array([0.34, 0.1, 0.08, 0.08, 0.12, 0.05, 0.2, 0.03])


def rows() -> Iterator[tuple[str, ...]]:
    """Yield the rows of the log in order of receipt."""
    rng = np.random.default_rng(SEED)
    events = read_events(_HERE.parent / "events" / name for name in _EVENT_FILES)
    desk = world(Calendar(), events, PERIOD, SEED)
    backlog: list[Contact] = []
    log: list[Contact] = []
    for day in PERIOD.days:
        arrived = list(_arrivals(desk, day, rng))
        log += arrived
        backlog += sorted((c for c in arrived if not c.is_waiting), key=lambda c: c.received_min)
        if desk.calendar.is_office_day(day):
            midnight = _midnight_min(day)
            busy = answer([c for c in arrived if c.is_waiting], midnight)
            backlog = settle(backlog, busy, midnight)
    log.sort(key=lambda c: c.received_min)
    subjects, bureaus = _subjects(log, desk, rng), rng.choice(_BUREAUS, size=len(log), p=_BUREAU_SHARES)
    for number, (contact, subject, bureau) in enumerate(zip(log, subjects, bureaus, strict=True), start=1):
        named = (f"架空-{number:05d}", _written(contact.received_min), contact.channel, subject, bureau)
        yield (*named, *_outcome(contact))


def _arrivals(desk: World, day: date, rng: np.random.Generator) -> Iterator[Contact]:
    midnight = _midnight_min(day)
    if not desk.calendar.is_office_day(day):
        minutes = rng.uniform(8 * 60, 22 * 60, size=rng.poisson(_CLOSED_DAY_MAILS))
        yield from (_contact("メール", midnight + m, rng) for m in minutes)
        return
    expected = desk.expected(day) * rng.gamma(1 / _DAY_CV**2, _DAY_CV**2)
    for channel, (share, is_waiting, _) in _CHANNELS.items():
        for minute in _minutes(rng.poisson(expected * share), rng, is_waiting=is_waiting):
            yield _contact(channel, midnight + minute, rng)
    if any(e.kind == "outage" and e.start <= day <= e.end for e in desk.events):
        minutes = _OUTAGE_FROM_MIN + rng.uniform(0, _OUTAGE_MIN, size=rng.poisson(_OUTAGE_CALLS))
        yield from (_contact("電話", midnight + m, rng) for m in minutes)


def _minutes(count: int, rng: np.random.Generator, *, is_waiting: bool) -> Sequence[float]:
    """Draw minutes of the day: half hours by weight, even within; lines and counter open with reception."""
    weights = _PROFILE if is_waiting else np.concatenate((_PROFILE, _EVENING))
    slots = rng.choice(len(weights), size=count, p=weights / weights.sum())
    minutes = OPENS_MIN + _GRID.slot_min * (slots + rng.random(count))
    # The last half hour is open for half of it.
    return (np.where(minutes < CLOSES_MIN, minutes, minutes - 15) if is_waiting else minutes).tolist()


def _contact(channel: str, received_min: float, rng: np.random.Generator) -> Contact:
    _, is_waiting, mean = _CHANNELS[channel]
    drawn = mean * rng.lognormal(-(_HANDLING_SIGMA**2) / 2, _HANDLING_SIGMA)
    patience = rng.exponential(_PATIENCE_MIN)
    # Whole seconds for stamps, whole minutes for work: as a ticket system writes them.
    return Contact(
        received_min=int(received_min * 60) / 60,
        channel=channel,
        is_waiting=is_waiting,
        handling_min=min(max(1, round(drawn)), 180),
        patience_min=max(1, round(patience * 60)) / 60 if channel == "電話" else np.inf,
    )


def _subjects(log: Sequence[Contact], desk: World, rng: np.random.Generator) -> Iterator[str]:
    """Draw categories: accounts and rights weigh more after a transfer."""
    draws = rng.random(len(log))
    borders: dict[date, list[float]] = {}
    for contact, draw in zip(log, draws, strict=True):
        day = _stamp(contact.received_min).date()
        if day not in borders:
            weights = _USUAL + desk.transfer_excess(day) * _AFTER_TRANSFER
            borders[day] = (weights.cumsum() / weights.sum()).tolist()
        yield _CATEGORIES[min(bisect(borders[day], draw), len(_CATEGORIES) - 1)]


def _outcome(contact: Contact) -> tuple[str, str, str, str]:
    """Return the columns of answer, hang-up, closing and handling; empty where there is nothing to say."""
    return (
        _written(contact.answered_min) if contact.channel == "電話" else "",
        _written(contact.abandoned_min),
        _written(contact.closed_min) if not contact.is_waiting else "",
        "" if contact.closed_min is None else str(contact.handling_min),
    )


def _midnight_min(day: date) -> float:
    return day.toordinal() * 24.0 * 60


def _stamp(minutes: float) -> datetime:
    return datetime(1, 1, 1) + timedelta(seconds=round(minutes * 60), days=-1)


def _written(minutes: float | None) -> str:
    if minutes is None:
        return ""
    at = _stamp(minutes)
    return f"{at.year}/{at.month}/{at.day} {at.hour}:{at:%M:%S}"


def main(path: Path) -> None:
    """Write the log: UTF-8 with BOM, as Excel opens it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else _HERE / "inquiries.csv")
