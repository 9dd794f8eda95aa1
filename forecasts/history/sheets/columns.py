"""Columns of text from rows of differing width."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest

import pyarrow as pa

Row = Sequence[str]


def table_of(rows: Sequence[Row]) -> pa.Table:
    """Make columns "0", "1", … of rows; shorter rows are padded with ""."""
    columns = zip_longest(*rows, fillvalue="")
    arrays = [pa.array(column, pa.string()) for column in columns]
    if not arrays:
        arrays = [pa.array([""] * len(rows), pa.string())]
    return pa.Table.from_arrays(arrays, names=[str(number) for number in range(len(arrays))])


def joined(tables: Sequence[pa.Table], least_width: int = 1) -> pa.Table:
    """Put tables of differing width under each other."""
    width = max(least_width, *(table.num_columns for table in tables))
    return pa.concat_tables([_padded(table, width) for table in tables])


def with_rows(table: pa.Table, rows: Mapping[int, Row], *, is_replacing: bool) -> pa.Table:
    """Insert rows, or replace what is there, so that each has its index in the outcome."""
    pieces, done, start, run = [], 0, 0, list[Row]()
    for index in sorted(rows):
        if index != start + len(run):
            if run:
                pieces.append(table_of(run))
                start, run = start + len(run), []
            pieces.append(table.slice(done, index - start))
            done, start = done + index - start, index
        run.append(rows[index])
        done += is_replacing
    if run:
        pieces.append(table_of(run))
    return joined([*pieces, table.slice(done)])


def _padded(table: pa.Table, width: int) -> pa.Table:
    if table.num_columns == width:
        return table
    blank = pa.array([""] * table.num_rows, pa.string())
    for number in range(table.num_columns, width):
        table = table.append_column(str(number), blank)  # one array for all: a wide row costs nothing
    return table
