"""変更案の比較: what becomes of the alternatives where the assumptions fail."""

from collections.abc import Iterator

from planner.alternatives.robustness import PATHS
from planner.content import Content
from planner.document.blocks import Block, Column, Heading, Notes, Paragraph, Table
from planner.wording.dates import percent
from planner.wording.robustness import SCENARIOS, TITLE, finding, scope
from planner.wording.terms import alternative_name

_ABSENT = "―"


def robustness(content: Content) -> Iterator[Block]:
    """Yield finding, table and scope; nothing for contents of older programs."""
    if not content.robustness:
        return
    yield Heading(2, "前提が外れた場合")
    yield Paragraph(f"{finding_of(content)}。")
    yield table(content)
    yield Notes((scope(min(PATHS, content.paths)),))


def finding_of(content: Content) -> str:
    """Say under which scenarios the proposed alternative no longer keeps the accepted risk."""
    most = dict(content.targets)["max_risk"]
    own = [s for s in content.robustness if s.key == content.recommended]
    return finding(content.recommended, most, [(s.scenario, s.risk) for s in own if s.risk > most])


def table(content: Content) -> Table:
    """Tabulate risk: scenarios as rows, alternatives as columns; the proposed one bold."""
    risks = {(s.scenario, s.key): percent(s.risk) for s in content.robustness}
    keys = [a.key for a in content.alternatives]
    columns = (Column("場合"), *(Column(alternative_name(key), is_figure=True) for key in keys))
    rows = tuple(
        (words, *(risks.get((scenario, key), _ABSENT) for key in keys))
        for scenario, words in SCENARIOS.items()
        if any((scenario, key) in risks for key in keys)
    )
    return Table(columns, rows, TITLE, 1 + keys.index(content.recommended))
