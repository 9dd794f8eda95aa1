import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from forecasts.boosted.available import is_available
from forecasts.models import MODELS


def test_the_member_is_listed_where_its_package_works() -> None:
    assert is_available() == (find_spec("lightgbm") is not None)
    assert ("boosting" in {m.name for m in MODELS}) == is_available()


def test_a_library_that_does_not_load_is_no_member(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without libgomp."""
    package = tmp_path / "lightgbm"
    (package / "lib").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "lib" / "lib_lightgbm.so").write_text("no library")
    monkeypatch.delitem(sys.modules, "lightgbm", raising=False)  # another test may have imported it
    monkeypatch.syspath_prepend(str(tmp_path))
    is_available.cache_clear()
    try:
        assert not is_available()
    finally:
        is_available.cache_clear()
