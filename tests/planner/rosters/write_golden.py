"""Write what every rule finds in its examples: python -m tests.planner.rosters.write_golden."""

from pathlib import Path

from planner.rosters.rules import RULES
from tests.planner.rosters.rule_checks import golden

GOLDEN = Path(__file__).parents[2] / "golden" / "rosters"


def main() -> None:
    """Write a file for each rule; those of rules that are gone go too."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for path in GOLDEN.glob("*.txt"):
        path.unlink()
    for rule in RULES:
        (GOLDEN / f"{rule.code}.txt").write_text(golden(rule), encoding="utf-8")


if __name__ == "__main__":
    main()
