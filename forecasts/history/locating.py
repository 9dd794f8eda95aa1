"""Which column of a table is meant by each field of a mapping."""

from collections.abc import Sequence

from forecasts.faults import Fault, FaultyFile
from forecasts.history.kinds import KINDS
from forecasts.history.mapping import EVERY_OTHER, FileMapping
from forecasts.history.text import key_of


def located(mapping: FileMapping, header: Sequence[str], place: str, line: int = 1) -> dict[str, int]:
    """Find the column of each mapped field: by its very name, else in another width or spelling.

    ``*`` stands for several columns and is not looked for. Raises FaultyFile with every fault: a field
    that the kind does not have, a required one without a column, a column that is missing, that two
    names of the header fit or that two fields share.
    """
    fields, columns = KINDS[mapping.kind], mapping.columns
    allowed = ", ".join(header)
    faults = [
        Fault("unknown_field", place, column=name, value=name, allowed=", ".join(fields))
        for name in columns
        if name not in fields
    ]
    faults += [Fault("unmapped_field", place, line, name, allowed=allowed) for name in lacking(mapping)]
    found: dict[str, int] = {}
    for name in (f for f in fields if columns.get(f, EVERY_OTHER) != EVERY_OTHER):
        at = _fitting(columns[name], header)
        if len(at) != 1:
            code = "duplicate_column" if at else "missing_column"
            faults.append(Fault(code, place, line, columns[name], name, allowed))
        elif at[0] in found.values():
            faults.append(Fault("shared_column", place, line, columns[name], name, allowed))
        else:
            found[name] = at[0]
    if faults:
        raise FaultyFile(faults)
    return found


def lacking(mapping: FileMapping) -> list[str]:
    """Return the required fields that have no column: the channel too, unless the mapping tells it."""
    columns = mapping.columns
    lacking = [
        name
        for name, field in KINDS[mapping.kind].items()
        if field.is_required and not {name, *field.instead} & columns.keys()
    ]
    has_channel = "channel" not in KINDS[mapping.kind] or "channel" in columns or mapping.channel
    return lacking if has_channel else [*lacking, "channel"]


def _fitting(column: str, header: Sequence[str]) -> list[int]:
    """Return which columns a name means."""
    exact = [n for n, name in enumerate(header) if name == column]
    return exact or [n for n, name in enumerate(header) if key_of(name) == key_of(column)]
