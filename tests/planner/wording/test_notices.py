import re
from pathlib import Path

from forecasts.history.sources import SOURCES
from planner.cli.taking_in import NEED_DECISION
from planner.wording.faults import notice_sentence
from planner.wording.import_faults import IMPORT_FAULTS
from planner.wording.notices import NOTICES
from planner.wording.soundness import SOUNDNESS


def test_every_notice_has_a_sentence() -> None:
    """A notice without one would stop the command that wanted to tell it."""
    sources = [*Path("forecasts").rglob("*.py"), *Path("planner").rglob("*.py")]
    codes = {c for p in sources for c in re.findall(r'Notice\(\s*"(\w+)"', p.read_text(encoding="utf-8"))}
    assert len(codes) > 15
    assert not codes - NOTICES.keys() - SOUNDNESS.keys()
    assert not NOTICES.keys() & SOUNDNESS.keys()
    assert {f"counts_from_{source}" for source in SOURCES if source != "inquiries"} <= NOTICES.keys()
    assert {"times_even", "times_usual", "talk_is_longer", "talk_not_used"} <= NOTICES.keys()


def test_a_notice_tells_its_value() -> None:
    assert "「電話」" in notice_sentence("counts_from_intervals", "電話")


def test_every_doubt_that_stops_an_import_says_what_to_do() -> None:
    assert {f"undecided_{code}" for code in NEED_DECISION} <= IMPORT_FAULTS.keys()
