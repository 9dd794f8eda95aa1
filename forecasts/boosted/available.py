"""Is the extra ``boost`` there, and does its library load on this machine?"""

import ctypes
from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def is_available() -> bool:
    """Tell whether LightGBM can be used: installed, and its library finds what it needs (libgomp on Linux).

    The library is tried, not the package: importing that takes half a second that few commands need.
    """
    found = find_spec("lightgbm")
    if found is None or found.origin is None:
        return False
    for library in sorted((Path(found.origin).parent / "lib").glob("lib_lightgbm.*")):
        try:
            ctypes.CDLL(str(library))
        except OSError:
            return False
    return True
