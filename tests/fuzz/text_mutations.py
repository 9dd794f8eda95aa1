"""What happens to text files on their way: each mutation changes a ``Document`` in place.

Of a mutation inside one record the file may not be refused; those that hit the file as a whole say with which
codes it may.
"""

from collections.abc import Callable
from random import Random

from tests.fuzz.document import MARKS, Document, Record

RUBBISH = (
    "",
    " ",
    "-",
    "#REF!",
    "#N/A",
    "=1+1",
    "=cmd|'/c calc'!A0",
    "2026/2/30 9:00",
    "0000-00-00 00:00:00",
    "2026/3/2 99:99",
    "9999999/3/2 8:30",
    "令和９９９年１３月３２日",
    "昭和元年０月",
    "1e309",
    "-1e309",
    "nan",
    "inf",
    "١٢٣",
    "½",
    "²",
    "1_000",
    "0x1F",
    "9" * 400,
    "-" * 300,
    "8:30-",
    "-9:00",
    "99:99:99:99",
    "▲▲3",
    "😀",
    "e\u0301",
    "\u202e架空",
    "\ufeff",
    "\u2028",
    "合計",
    "※",
    "以上",
    "受付日時",
    "<script>",
    "%s%n",
)
CONTROLS = "\x01\x07\x08\x0b\x0c\x0e\x1b\x1c\x1f\x7f\x85\xa0"
_OTHER_CODEC = {"utf-8": "cp932", "cp932": "utf-8", "utf-16-le": "utf-16-be"}
_FEW_LINES = 3  # as many in another encoding may be an accident, more are two files glued together

Mutation = Callable[[Document, Random], None]


def flip_byte(document: Document, random: Random) -> None:
    """One byte becomes another."""
    at, raw = _record(document, random)
    place = random.randrange(len(raw))
    document.touch(at, raw[:place] + bytes([random.randrange(256)]) + raw[place + 1 :])


def flip_many(document: Document, random: Random) -> None:
    """Several bytes of a record become others."""
    at, raw = _record(document, random)
    noise = bytearray(raw)
    for _ in range(random.randrange(2, 9)):
        noise[random.randrange(len(raw))] = random.randrange(256)
    document.touch(at, bytes(noise))


def delete_record(document: Document, random: Random) -> None:
    """A line is gone, as in a merge by hand."""
    at = random.randrange(len(document.records))
    document.is_lost |= at < document.header
    del document.records[at]
    if not document.records:
        document.records.append(Record(b"", 0, is_touched=True))


def duplicate_record(document: Document, random: Random) -> None:
    """A line is there twice; both are read."""
    at = random.randrange(len(document.records))
    record = document.records[at]
    document.is_lost |= at < document.header
    again = Record(record.raw, 0, is_touched=True)
    document.records.insert(at + 1, again)
    if any(quoted is record for quoted in document.quoted):
        document.quoted.append(again)


def swap_records(document: Document, random: Random) -> None:
    """Two lines change places."""
    one, other = (random.randrange(len(document.records)) for _ in range(2))
    document.is_lost |= min(one, other) < document.header and one != other
    records = document.records
    records[one], records[other] = records[other], records[one]


def insert_quote(document: Document, random: Random) -> None:
    """A quotation mark too many, often where it begins a cell."""
    at, raw = _record(document, random)
    delimiter = document.bytes_of(document.delimiter)
    starts = [0, *(n + len(delimiter) for n in _occurrences(raw, delimiter))]
    place = random.choice(starts) if random.random() < 0.6 else _place(document, random, raw)
    _insert(document, at, place, '"' * random.choice((1, 1, 1, 2, 3)))


def insert_nul(document: Document, random: Random) -> None:
    """A NUL, as broken disks and programs leave."""
    at, raw = _record(document, random)
    _insert(document, at, _place(document, random, raw), "\0")


def insert_delimiter(document: Document, random: Random) -> None:
    """A cell too many."""
    at, raw = _record(document, random)
    text = document.delimiter * random.choice((1, 1, 2, 1_000))
    _insert(document, at, _place(document, random, raw), text)


def insert_control(document: Document, random: Random) -> None:
    """A control character."""
    at, raw = _record(document, random)
    _insert(document, at, _place(document, random, raw), random.choice(CONTROLS))


def insert_line_break(document: Document, random: Random) -> None:
    """A line break in the middle of a record."""
    at, raw = _record(document, random)
    _insert(document, at, _place(document, random, raw), random.choice(("\n", "\r\n", "\r", "\n\n")))


def insert_blank_lines(document: Document, random: Random) -> None:
    """Blank lines between records."""
    at = random.randrange(len(document.records) + 1)
    raw = document.bytes_of(random.choice(("\n", "\r\n", " \n", f"{document.delimiter * 3}\n")))
    blanks = (Record(raw, 0, is_touched=True) for _ in range(random.randrange(1, 4)))
    document.records[at:at] = blanks
    document.is_lost |= at < document.header


def insert_title(document: Document, random: Random) -> None:
    """One more title above all."""
    words = random.choice(("架空データの一覧", "List", "出力日 2026/3/6", "社外秘"))
    document.records.insert(0, Record(document.bytes_of(words + "\r\n"), 0, is_touched=True))
    document.header += 1


def huge_cell(document: Document, random: Random) -> None:
    """A cell as long as a book."""
    at, raw = _record(document, random)
    text = random.choice(("あ", "x", "9", " ")) * random.choice((40_000, 300_000))
    _insert(document, at, _place(document, random, raw), text)


def rubbish_cell(document: Document, random: Random) -> None:
    """A cell says something else."""
    at, raw = _record(document, random)
    cells, end = _cells(document, raw)
    cells[random.randrange(len(cells))] = document.bytes_of(random.choice(RUBBISH))
    document.touch(at, document.bytes_of(document.delimiter).join(cells) + end)


def drop_cells(document: Document, random: Random) -> None:
    """A line ends too early."""
    at, raw = _record(document, random)
    cells, end = _cells(document, raw)
    kept = cells[: random.randrange(len(cells)) or 1]
    document.touch(at, document.bytes_of(document.delimiter).join(kept) + end)


def swap_cells(document: Document, random: Random) -> None:
    """Two cells of a line change places."""
    at, raw = _record(document, random)
    cells, end = _cells(document, raw)
    random.shuffle(cells)
    document.touch(at, document.bytes_of(document.delimiter).join(cells) + end)


def recode_record(document: Document, random: Random) -> None:
    """One line is in another encoding."""
    at, raw = _record(document, random)
    text = raw.decode(document.codec, "replace")
    document.touch(at, text.encode(_OTHER_CODEC[document.codec], "replace"))
    document.recoded += text.count("\n")
    if document.recoded >= _FEW_LINES:
        document.free |= {"encoding_changes", "not_decodable"}


def recode_tail(document: Document, random: Random) -> None:
    """From one line on the file is in another encoding: two exports glued together."""
    first = random.randrange(len(document.records))
    for at in range(first, len(document.records)):
        text = document.records[at].raw.decode(document.codec, "replace")
        document.touch(at, text.encode(_OTHER_CODEC[document.codec], "replace"))
    document.free |= {"encoding_changes", "not_decodable", "no_header"}  # the header may be the smaller part
    document.is_lost |= document.codec == "utf-16-le"


def cut_file(document: Document, random: Random) -> None:
    """The file ends in the middle, as after a full disk."""
    at, raw = _record(document, random)
    document.touch(at, raw[: random.randrange(len(raw))])
    del document.records[at + 1 :]


def noise_at_end(document: Document, random: Random) -> None:
    """Something stands after the last line."""
    raw = random.choice((b"\x1a", b"\0" * 100, b"\n\n\n", b"\r\n\x1a", b"\xff", random.randbytes(40), b'"'))
    document.records.append(Record(b"", 0))
    document.touch(len(document.records) - 1, raw)
    document.free |= {"not_decodable"}
    document.is_lost |= document.codec == "utf-16-le"  # half a character shifts nothing, NULs may


def mangle_mark(document: Document, random: Random) -> None:
    """The byte order mark is another, half of one, or there twice."""
    document.mark = random.choice((b"", *MARKS, b"\xef\xbb", b"\xfe", b"\xef\xbb\xbf" * 2, b"+/v8-"))
    document.is_lost = True


def other_line_ends(document: Document, random: Random) -> None:
    """All line ends are those of another system."""
    to = random.choice(("\n", "\r\n", "\r"))
    for record in document.records:
        for end in ("\r\n", "\r", "\n"):
            record.raw = record.raw.replace(
                document.bytes_of(end), document.bytes_of(to if end == "\n" else "\n")
            )


MUTATIONS: tuple[Mutation, ...] = (
    flip_byte,
    flip_many,
    delete_record,
    duplicate_record,
    swap_records,
    insert_quote,
    insert_nul,
    insert_delimiter,
    insert_control,
    insert_line_break,
    insert_blank_lines,
    insert_title,
    huge_cell,
    rubbish_cell,
    drop_cells,
    swap_cells,
    recode_record,
    recode_tail,
    cut_file,
    noise_at_end,
    mangle_mark,
    other_line_ends,
)


def _record(document: Document, random: Random) -> tuple[int, bytes]:
    """Choose a record that holds something."""
    full = [at for at, record in enumerate(document.records) if record.raw]
    at = random.choice(full) if full else 0
    if not full:
        document.records[0].raw = document.bytes_of("\n")
    return at, document.records[at].raw


def _place(document: Document, random: Random, raw: bytes) -> int:
    """Choose a place before the line end, between characters where they have two bytes."""
    unit = 2 if document.codec == "utf-16-le" else 1
    return random.randrange(0, max(len(raw) - unit, 0) // unit + 1) * unit


def _insert(document: Document, at: int, place: int, text: str) -> None:
    raw = document.records[at].raw
    document.touch(at, raw[:place] + document.bytes_of(text) + raw[place:])


def _occurrences(raw: bytes, part: bytes) -> list[int]:
    return [n for n in range(0, len(raw), len(part)) if raw.startswith(part, n)]


def _cells(document: Document, raw: bytes) -> tuple[list[bytes], bytes]:
    """Cut a record at its delimiters, those in quotes too; return the line end apart."""
    end = document.line_end(raw)
    return raw[: len(raw) - len(end)].split(document.bytes_of(document.delimiter)), end
