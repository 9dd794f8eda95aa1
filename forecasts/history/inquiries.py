"""One row per inquiry: a ticket export, a reception list."""

from collections.abc import Callable
from typing import Any

import numpy as np

from forecasts.faults import Notice
from forecasts.history.moments import moments
from forecasts.history.numbers import flags
from forecasts.history.rows import A_FLAG, A_MOMENT, Rows, Times, Values, categorical
from forecasts.history.text import key_of
from forecasts.history.timed import is_possible, read_times

LATER = ("closed_at", "answered_at", "abandoned_at")
_NAMES = ("kind", "category", "bureau")

Pseudonym = Callable[[str], str]


def inquiries(rows: Rows, pseudonym: Pseudonym | None = None) -> Values:
    """Read inquiries (``records.COLUMNS["inquiries"]``).

    A cell that is wrong rejects its record; an empty one rejects it only where it is the time of receipt
    or the channel. A later time before the receipt or in no possible year (9999-12-31) is dropped and
    counted in a notice: a wrong closing must not lose an inquiry. Handlers are kept as ``pseudonym`` of
    their name, the same for all its spellings; without a ``pseudonym`` they are not kept.
    """
    received = read_times(rows, "received_at", "received_on", "received_time")
    columns: dict[str, Any] = {"received_at": received.at, "is_timed": received.is_timed}
    columns["channel"] = rows.coded("channel", "unknown_channel")
    for name in LATER:
        if (later := rows.read(name, lambda texts: moments(texts).at, "bad_date", A_MOMENT)) is not None:
            columns[name] = later
    if (texts := rows.texts("number")) is not None:
        is_each_its_own = np.array_equal(texts.codes, np.arange(len(texts.words)))
        words = texts.words if is_each_its_own else texts.words.take(texts.codes)
        columns["number"] = words.to_pandas().array
    for name in _NAMES:
        if (texts := rows.texts(name)) is not None:
            columns[name] = categorical(texts, texts.distinct)
    if pseudonym is not None and (texts := rows.texts("handler")) is not None:
        hashed = {word: pseudonym(key_of(word)) if word else "" for word in texts.distinct}
        columns["handler"] = categorical(texts, tuple(hashed.values()))
    _measures(rows, columns)
    _drop_impossible(rows, columns)
    return rows.framed("inquiries", columns)


def _measures(rows: Rows, columns: dict[str, Any]) -> None:
    if (handling := rows.durations("handling_min", "min")) is not None:
        columns["handling_min"] = handling
    if (escalated := rows.read("escalated", flags, "bad_flag", A_FLAG)) is not None:
        columns["escalated"] = escalated


def _drop_impossible(rows: Rows, columns: dict[str, Any]) -> None:
    """Make later times that cannot be missing, and say how many of the accepted records had one."""
    received_at, is_timed, accepted = columns["received_at"], columns["is_timed"], ~rows.is_rejected
    for name in LATER:
        if name not in columns:
            continue
        later: Times = columns[name]
        is_day = later == later.astype("datetime64[D]")  # 終了日 tells the day only
        by_day = later.astype("datetime64[D]") < received_at.astype("datetime64[D]")
        is_early = np.where(is_day | ~is_timed, by_day, later < received_at) & accepted
        is_far = ~np.isnat(later) & ~is_possible(later) & ~is_early & accepted
        for code, is_wrong in (("before_receipt", is_early), ("far_later_time", is_far)):
            if is_wrong.any():
                column = rows.header[rows.numbers[name]]
                rows.notices.append(Notice(code, f"{column}: {int(is_wrong.sum()):,}"))
        columns[name] = np.where(is_early | is_far, np.datetime64("NaT", "us"), later)
