"""Regular events that move the inquiries, and on which day each became known.

One row of an event file is one event; a transfer with several effective dates (発令日) is several rows that
share ``group``. A plan made on day d sees only events announced on or before d, as they stood on d.
"""

from forecasts.events.checks import event_faults, own_faults
from forecasts.events.event import (
    EXPECTED,
    KINDS,
    OWN,
    SESSIONS,
    STATUSES,
    Event,
    in_order,
    is_cancelled,
)
from forecasts.events.exceptions import calendar_as_known, calendar_with
from forecasts.events.files import (
    COLUMNS,
    LARGEST_BYTES,
    MOST_EVENTS,
    cells_of,
    event_of,
    events_in,
    read_events,
    write_events,
)
from forecasts.events.known import known_on

__all__ = [
    "COLUMNS",
    "EXPECTED",
    "KINDS",
    "LARGEST_BYTES",
    "MOST_EVENTS",
    "OWN",
    "SESSIONS",
    "STATUSES",
    "Event",
    "calendar_as_known",
    "calendar_with",
    "cells_of",
    "event_faults",
    "event_of",
    "events_in",
    "in_order",
    "is_cancelled",
    "known_on",
    "own_faults",
    "read_events",
    "write_events",
]
