"""The plain blocks of a proposal document, in the order of reading. Every export writes these.

No block can hold a person: text speaks of roles and office titles (昭和61年労働省告示第37号).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from planner.content import Content


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. ``number``: 1 → (1) → ア with no mark after it (公用文作成の考え方), set by ``numbered``."""

    level: int
    text: str
    number: str = ""
    is_numbered: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """Short statements of equal rank."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """Small print beside figures: assumptions, sources, what a word means."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Text to be published as it stands (the notice to users)."""

    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column: name, unit ("" where it has none), and whether it holds figures (set to the right)."""

    name: str
    unit: str = ""
    is_figure: bool = False

    @property
    def head(self) -> str:
        """The name with its unit."""
        return f"{self.name}（{self.unit}）" if self.unit else self.name


@dataclass(frozen=True, slots=True)
class Table:
    """A table of written figures. ``marked``: the column that is proposed, set in bold (None: no such)."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    marked: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart: its kind (``planner.document.figures``), caption, and its finding as text to be read aloud."""

    kind: str
    caption: str
    finding: str


@dataclass(frozen=True, slots=True)
class ApprovalBox:
    """承認欄: the choices with the one taken, by which office title, when, under which conditions."""

    choices: tuple[tuple[str, bool], ...]
    office_title: str
    decided_on: str
    conditions: str


@dataclass(frozen=True, slots=True)
class Closing:
    """以上, at the right."""

    text: str = "以上"


@dataclass(frozen=True, slots=True)
class AnnexBreak:
    """What follows is an annex (別紙) and begins a page."""


Block = Heading | Paragraph | Bullets | Notes | Quote | Table | Figure | ApprovalBox | Closing | AnnexBreak


@dataclass(frozen=True, slots=True)
class Document:
    """A proposal as every format writes it. ``content`` holds each figure shown, unrounded.

    ``draft_mark``: （案） while it is not yet submitted. ``sample_mark``: 架空データ for invented data.
    ``footer``: version, digest and chain head, short enough for a line.
    """

    title: str
    number: str
    version: str
    dated: date
    addressee: str
    sender: str
    opening: str
    draft_mark: str
    sample_mark: str
    blocks: tuple[Block, ...]
    digest: str
    footer: str
    content: Content


_KANA = "アイウエオカキクケコサシスセソ"


def numbered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Number headings (1, (1), ア), tables and figures in order; annexes go on without numbers."""
    counts, tables, figures, out = [0, 0, 0], 0, 0, list[Block]()
    is_annex = False
    for block in blocks:
        done: Block = block
        match block:
            case AnnexBreak():
                is_annex = True
            case Heading() if block.is_numbered and not is_annex:
                counts = [*counts[: block.level - 1], counts[block.level - 1] + 1, 0, 0]
                done = replace(block, number=_number(block.level, counts[block.level - 1]))
            case Table() if block.caption:
                tables += 1
                done = replace(block, caption=f"表{tables} {block.caption}")
            case Figure():
                figures += 1
                done = replace(block, caption=f"図{figures} {block.caption}")
        out.append(done)
    return tuple(out)


def _number(level: int, n: int) -> str:
    return {1: str(n), 2: f"({n})", 3: _KANA[n - 1]}[level]


def text_of(document: Document) -> str:
    """Write a document as plain text, for golden files and for searching."""
    lines = [document.sample_mark, document.draft_mark, document.title, document.number, document.version]
    lines += [document.addressee, document.sender, document.opening]
    for block in document.blocks:
        lines += _lines(block)
    return "\n".join(line for line in (*lines, document.digest, document.footer) if line) + "\n"


def _lines(block: Block) -> list[str]:
    lines: list[str] = []
    match block:
        case Heading():
            lines = [" ".join(part for part in ("#" * block.level, block.number, block.text) if part)]
        case Paragraph() | Quote() | Closing():
            lines = [block.text]
        case Bullets() | Notes():
            lines = [f"- {item}" for item in block.items]
        case Table():
            head = " | ".join(c.head for c in block.columns)
            lines = [block.caption, head, *(" | ".join(row) for row in block.rows)]
        case Figure():
            lines = [f"[{block.caption}: {block.finding}]"]
        case ApprovalBox():
            choices = " ".join(f"{'■' if is_taken else '□'}{name}" for name, is_taken in block.choices)
            lines = [choices, block.office_title, block.decided_on, block.conditions]
    return lines
