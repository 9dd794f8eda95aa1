"""The one place that names ../shared: data sets, published rosters and facts that stand beside the project.

A checkout without that folder still runs every other test:

    pytestmark = pytest.mark.skipif(is_missing("data/ae_uk_hourly.csv"), reason=REASON)
"""

from pathlib import Path

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
REASON = f"needs the shared data sets in {SHARED}"


def is_missing(name: str = "") -> bool:
    """Tell whether a shared file or folder (with no name: all of them) is not on this machine."""
    return not (SHARED / name).exists()


def shared(name: str) -> Path:
    """Return the path of a shared file or folder, such as ``facts/erlang_40digits.csv``."""
    path = SHARED / name
    if not path.exists():
        message = f"{path} is not there; see SHARED in {__file__}, or skip the test with is_missing({name!r})"
        raise FileNotFoundError(message)
    return path
