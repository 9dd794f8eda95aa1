"""A proposal → its document: plain blocks in the order of reading. Every format writes this. Pure."""

from collections.abc import Iterator
from datetime import date, datetime

from planner.content import Content, content_digest
from planner.document import annexes, closing, judgement, opening
from planner.document.blocks import Block, Document, numbered, text_of
from planner.document.figures import drawn
from planner.document.robustness import robustness
from planner.drafting import proposal_title
from planner.proposal import Proposal, State, Step
from planner.wording.dates import stamp_ja, wareki, wareki_weekday

__all__ = ["Document", "document", "drawn", "text_of"]

SHORT_DIGEST = 12
_DRAFTS = (State.DRAFT, State.REVIEWED, State.RETURNED, State.WITHDRAWN)


def document(
    proposal: Proposal, today: date | None = None, chain_head: str = "", chain_at: datetime | None = None
) -> Document:
    """Return the document of a proposal as it stands.

    Its date is that of the submission, else of the last step; before any step ``today``, else the day up
    to which the forecast knows. ``chain_head``, ``chain_at``: head of the audit chain, and when it was read.
    """
    content = proposal.content
    proposed = content.alternative(content.recommended)
    digest = proposal.digest or content_digest(content)
    draft_mark = "（案）" if proposal.state in _DRAFTS else ""
    return Document(
        title=proposal_title(content.change_period, content.as_of, is_change=not proposed.change.is_none),
        number=f"提案番号 {proposal.number}",
        version=f"第{proposal.version_no}版",
        dated=_dated(proposal, today),
        addressee=f"{content.parties.addressee_title}　殿",
        sender=content.parties.sender_title,
        opening=_opening(content),
        draft_mark=draft_mark,
        sample_mark="架空データ" if content.is_sample else "",
        blocks=numbered(_blocks(proposal, digest, today)),
        digest=digest,
        footer=_footer(proposal, digest, chain_head, chain_at),
        content=content,
    )


def _dated(proposal: Proposal, today: date | None) -> date:
    submitted = [d for d in proposal.history if d.step is Step.SUBMIT]
    last = (submitted or list(proposal.history))[-1:]
    return last[0].at.date() if last else today or proposal.content.as_of


def _opening(content: Content) -> str:
    by = wareki_weekday(content.dates.decide_by)
    return f"標記について、下記のとおり提案しますので、{by}までに御承認くださいますようお願いします。"


def _footer(proposal: Proposal, digest: str, chain_head: str, chain_at: datetime | None) -> str:
    parts = [f"{proposal.number} 第{proposal.version_no}版", f"要約値 {digest[:SHORT_DIGEST]}"]
    if chain_head:
        at = f"（{stamp_ja(chain_at)}）" if chain_at else ""
        parts.append(f"記録の連鎖 {chain_head[:SHORT_DIGEST]}{at}")
    return "　".join(parts)


def _blocks(proposal: Proposal, digest: str, today: date | None) -> Iterator[Block]:
    content = proposal.content
    yield from opening.summary(content)
    yield from opening.background(content)
    yield from opening.forecast_grounds(content)
    yield from judgement.standing_outlook(content)
    yield from judgement.comparison(content)
    yield from robustness(content)
    yield from judgement.formation_table(content)
    yield from judgement.cost(content)
    yield from closing.risks(content)
    yield from closing.notice(content)
    yield from closing.checks(content)
    yield from closing.evaluation(content)
    yield from closing.approval(proposal.history)
    drafted = proposal.history[0].at.date() if proposal.history else _dated(proposal, today)
    yield from closing.version_table(proposal.history, content.parties.sender_title, wareki(drafted))
    yield from annexes.annexes(content, digest)
