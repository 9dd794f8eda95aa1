"""How much of a file is read at most: what is larger is no table of a desk, or is meant to hurt.

A desk has some hundred thousand inquiries in its years; every bound stands far above that, and below what a
laptop with 4 GB can hold.
"""

LARGEST_FILE_BYTES = 400_000_000
"""Of a file as it lies on the disk: 5 million rows of a ticket export. Memory is about four times this."""

MOST_LINES = 5_000_000
"""Lines of a text file: 20 years of 1,000 inquiries a day."""

MOST_CELLS = 100_000_000
"""Records × width: 400 MB of delimiters alone would be as many cells, and each costs four bytes."""

MOST_COLUMNS = 500
"""The widest ticket exports (ServiceNow with every field) have some 200 columns."""

LONGEST_CELL = 32_767
"""Characters: as much as a cell of Excel holds. What is longer is a quote that was never closed."""

LONGEST_LINE = 2_000_000
"""Bytes of one line, in UTF-8: all columns filled to the brim are no line that a person has seen."""

MOST_RECORD_LINES = 2_000
"""Lines that one record may span through line breaks in quoted cells."""

MOST_REREAD_BYTES = 50_000_000
"""Bytes that are looked at again after faulty quotes, beside once the file: a few seconds."""

LARGEST_WORKBOOK_BYTES = 100_000_000
"""Of a workbook as it lies on the disk: a million rows take about 40 MB."""

LARGEST_DIRECTORY_BYTES = 1_000_000
"""Of the directory of a workbook: some 10,000 parts, where real ones have some 50."""

LARGEST_UNPACKED_BYTES = 1_000_000_000
"""Of all parts of a workbook together: a million rows of ten columns take about 600 MB of XML."""

LARGEST_PART_BYTES = 8_000_000
"""Of a part that is read in one piece (styles, list of worksheets): its tree takes 25 times this."""

GREATEST_RATIO = 250
"""Unpacked to packed bytes of a part; worksheets reach about 20, with empty formatted rows 100."""

SMALL_PART_BYTES = 1_000_000
"""Below this a part may be packed as it likes: it hurts nobody."""

MOST_WORKBOOK_CELLS = 10_000_000
"""Cells that hold something, of all worksheets; also the strings that they share."""

MOST_WORKSHEETS = 200
"""A worksheet per month makes 36 in three years."""

MOST_WORKSHEET_ROWS = 1_048_576
"""As many as Excel has."""

LONGEST_TAG = 1 << 20
"""Bytes of XML without an opening bracket: no tag and no cell is as long, and a tag is kept whole."""
