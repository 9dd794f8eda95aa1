"""The one clock of the command line."""

from datetime import datetime


def local_now() -> datetime:
    """Return the desk's local time without a zone, as the store keeps it."""
    return datetime.now().astimezone().replace(tzinfo=None, microsecond=0)
