"""What happens to workbooks: cells of a worksheet say something else, or the package itself is damaged."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from random import Random

from tests.fuzz.text_mutations import RUBBISH

_ROW = re.compile(rb'<row [^>]*?r="(\d+)"[^>]*?(?:/>|>.*?</row>)', re.DOTALL)
_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
_MERGED = re.compile(rb'<mergeCell ref="[A-Z]+(\d+):[A-Z]+(\d+)"/>')
_ANY = "*"
MOST_ROWS = 1_048_576
_MANY = 10_000


@dataclass(slots=True)
class Package:
    """The parts of a workbook, and the one of the worksheet that is read (``sheet``).

    ``header``: last row of the header; ``touched``: rows that may have another value now. ``free`` and
    ``is_lost``: as of a ``Document``. ``damage``: what is done to the packed bytes last.
    """

    parts: dict[str, bytes]
    sheet: str
    header: int
    touched: set[int] = field(default_factory=set)
    free: set[str] = field(default_factory=set)
    is_lost: bool = False
    damage: list[Callable[[bytes], bytes]] = field(default_factory=list)

    @property
    def raw(self) -> bytes:
        """The file."""
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in self.parts.items():
                packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        raw = out.getvalue()
        for damage in self.damage:
            raw = damage(raw)
        return raw

    @property
    def xml(self) -> bytes:
        """The worksheet; empty where a mutation has taken it away."""
        return self.parts.get(self.sheet, b"")

    def lose(self) -> None:
        """Anything may come of it now but an unforeseen error."""
        self.is_lost = True
        self.free.add(_ANY)

    def touch(self, row: int) -> None:
        """Note a row, and those that share a merged cell with it."""
        self.touched.add(row)
        self.is_lost |= row <= self.header
        for merged in _MERGED.finditer(self.xml):
            first, last = map(int, merged.groups())
            if first <= row <= last:
                self.touched.update(range(first, last + 1))

    def replace(self, found: re.Match[bytes], xml: bytes) -> None:
        """Write other XML in place of what was found in the worksheet."""
        old = self.xml
        self.parts[self.sheet] = old[: found.start()] + xml + old[found.end() :]


Mutation = Callable[[Package, Random], None]


def package(raw: bytes, sheet: str, header: int) -> Package:
    """Unpack a workbook. ``sheet``: the part of the worksheet that is read."""
    with zipfile.ZipFile(BytesIO(raw)) as packed:
        return Package({name: packed.read(name) for name in packed.namelist()}, sheet, header)


def rubbish_cell(package: Package, random: Random) -> None:
    """A cell says something else, of any type."""
    found = _chosen(_CELL, package, random)
    if found is None:
        return
    reference = (found[1] + found[2]).decode()
    text = random.choice(RUBBISH).replace("&", "&amp;").replace("<", "&lt;")
    number = random.choice(("-1", "1e308", "1e999", "46083.5", "0", "NaN", "2958466", "-693594", "", "x"))
    xml = random.choice(
        (
            f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>',
            f'<c r="{reference}" t="str"><v>{text}</v></c>',
            f'<c r="{reference}"><v>{number}</v></c>',
            f'<c r="{reference}" s="1"><v>{number}</v></c>',
            f'<c r="{reference}" s="99999"><v>{number}</v></c>',
            f'<c r="{reference}" t="s"><v>{random.choice(("0", "99999", "-1", "x"))}</v></c>',
            f'<c r="{reference}" t="e"><v>#REF!</v></c>',
            f'<c r="{reference}" t="b"><v>1</v></c>',
            f'<c r="{reference}" t="d"><v>2026-03-02T08:30:00</v></c>',
            f'<c r="{reference}"><f>A1+1</f></c>',
        )
    )
    package.touch(int(found[2]))
    package.replace(found, xml.encode())
    if "99999" in xml or 't="s"><v>-1' in xml or 't="s"><v>x' in xml:
        package.free.add(_ANY)  # a reference to nothing: not what any program writes


def drop_cell(package: Package, random: Random) -> None:
    """A cell is gone."""
    if (found := _chosen(_CELL, package, random)) is not None:
        package.touch(int(found[2]))
        package.replace(found, b"")


def drop_row(package: Package, random: Random) -> None:
    """A row is gone."""
    if (found := _chosen(_ROW, package, random)) is not None:
        package.touch(int(found[1]))
        package.replace(found, b"")


def wrong_reference(package: Package, random: Random) -> None:
    """A cell says that it stands where no cell can."""
    if (found := _chosen(_CELL, package, random)) is not None:
        package.touch(int(found[2]))
        reference = random.choice((b"ZZZZ9", b"A0", b"", b"7", b"XFD1048577", b"a1", b"A-1"))
        package.replace(found, found[0].replace(found[1] + found[2], reference, 1))
        package.free.add(_ANY)
        package.is_lost = True


def far_row(package: Package, random: Random) -> None:
    """Somebody pressed the space bar in the last row of the worksheet."""
    row = min(_last_row(package) + random.choice((1, 60_000, 500_000, MOST_ROWS)), MOST_ROWS)
    column = random.choice(("A", "XFD", "Z"))
    cell = f'<c r="{column}{row}" t="inlineStr"><is><t xml:space="preserve"> </t></is></c>'
    _append(package, f'<row r="{row}">{cell}</row>')


def many_framed_rows(package: Package, random: Random) -> None:
    """Ten thousand rows that hold nothing but a frame."""
    width, first = random.randrange(1, 6), _last_row(package) + random.choice((1, 2_000))
    rows = (
        f'<row r="{row}">{"".join(f"<c r={q}{chr(65 + c)}{row}{q} s={q}1{q}/>" for c in range(width))}</row>'
        for q in ('"',)
        for row in range(first, first + _MANY)
    )
    _append(package, "".join(rows))


def false_dimension(package: Package, random: Random) -> None:
    """The worksheet says that it is larger or smaller than it is."""
    area = random.choice((b"A1", b"A1:XFD1048576", b"B2:C3", b"", b"x"))
    changed = re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="%s"/>' % area, package.xml)
    package.parts[package.sheet] = changed


def huge_cell(package: Package, random: Random) -> None:
    """A cell longer than Excel allows."""
    if (found := _chosen(_CELL, package, random)) is not None:
        package.touch(int(found[2]))
        text = random.choice((b"9", "あ".encode())) * random.choice((40_000, 2_000_000))
        package.replace(found, b'<c r="%s%s" t="str"><v>%s</v></c>' % (found[1], found[2], text))
        package.free.add(_ANY)


def merge_more(package: Package, random: Random) -> None:
    """Cells are merged that were not, over each other or over half the worksheet."""
    area = random.choice(("A1:XFD1048576", "B2:B9", "A3:C3", "C3:A1", "A1:A1", "x"))
    end = b"</sheetData>"
    xml = f'<mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'.encode()
    package.parts[package.sheet] = package.xml.replace(end, end + xml)
    package.lose()


def broken_xml(package: Package, random: Random) -> None:
    """A part of the package is cut, or some of its bytes are others."""
    name = random.choice(list(package.parts))
    content = bytearray(package.parts[name])
    if random.random() < 0.5:
        del content[random.randrange(len(content) or 1) :]
    for _ in range(random.randrange(1, 5)):
        if content:
            content[random.randrange(len(content))] = random.randrange(256)
    package.parts[name] = bytes(content)
    package.lose()


def entities(package: Package, random: Random) -> None:
    """A part declares entities, of which a million laughs are made."""
    name = random.choice((package.sheet, "xl/workbook.xml", "xl/styles.xml"))
    laughs = '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    head, xml, body = package.parts.get(name, b"").partition(b"?>")
    package.parts[name] = (
        head + xml + f"<!DOCTYPE x [{laughs}]>".encode() + body.replace(b"<v>", b"<v>&c;", 1)
    )
    package.lose()


def drop_part(package: Package, random: Random) -> None:
    """A part is missing, or stands under another name."""
    name = random.choice(list(package.parts))
    content = package.parts.pop(name)
    if random.random() < 0.5:
        package.parts[random.choice(("../" + name, name.upper(), "/" + name, "x"))] = content
    package.lose()


def swap_parts(package: Package, random: Random) -> None:
    """Two parts have each other's content."""
    one, other = random.choice(list(package.parts)), random.choice(list(package.parts))
    package.parts[one], package.parts[other] = package.parts[other], package.parts[one]
    package.lose()


def damage_package(package: Package, random: Random) -> None:
    """Bytes of the packed file are others, gone, or too many."""
    seed, form = random.random(), random.randrange(4)

    def damage(raw: bytes) -> bytes:
        chance = Random(seed)
        place = chance.randrange(len(raw))
        if form == 0:
            return raw[:place]
        if form == 1:
            return raw[:place] + chance.randbytes(chance.randrange(1, 50)) + raw[place:]
        near_end = len(raw) - chance.randrange(1, min(400, len(raw)))  # the directory stands there
        place = near_end if form == 2 else place
        return raw[:place] + bytes([chance.randrange(256)]) + raw[place + 1 :]

    package.damage.append(damage)
    package.lose()


MUTATIONS: tuple[Mutation, ...] = (
    rubbish_cell,
    drop_cell,
    drop_row,
    wrong_reference,
    far_row,
    many_framed_rows,
    false_dimension,
    huge_cell,
    merge_more,
    broken_xml,
    entities,
    drop_part,
    swap_parts,
    damage_package,
)


def _chosen(form: re.Pattern[bytes], package: Package, random: Random) -> re.Match[bytes] | None:
    found = list(form.finditer(package.xml))
    return random.choice(found) if found else None


def _last_row(package: Package) -> int:
    return max((int(found[1]) for found in _ROW.finditer(package.xml)), default=0)


def _append(package: Package, rows: str) -> None:
    end = b"</sheetData>"
    if _last_row(package) < MOST_ROWS - 2 * _MANY:
        package.parts[package.sheet] = package.xml.replace(end, rows.encode() + end)
