"""Who answered an inquiry is kept as a keyed hash: the same person stays the same, and nobody is named.

The key stays in the installation, apart from the database: a copy of the one without the other names nobody.
"""

import hashlib
import hmac
import os
import secrets
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from forecasts.faults import Fault, FaultyFile

FILE = "pseudonym.key"
_KEY_BYTES = 32
_DIGITS = 16


def pseudonym_of(home: Path) -> Callable[[str], str]:
    """Return what makes a pseudonym (16 hexadecimal digits) of a name, with the key of an installation.

    The key is made at the first use. Widths and spaces do not matter: 花見　咲 and 花見咲 are one person. No
    name, no pseudonym: "" stays "". Raises FaultyFile where the key cannot be made or read.
    """
    path = home / FILE
    try:
        key = path.read_bytes() if path.exists() else _made(path)
    except OSError as error:
        raise FaultyFile([Fault("unwritable", str(path), value=error.strerror or "")]) from error
    if len(key) != _KEY_BYTES:
        raise FaultyFile([Fault("damaged_key", str(path), value=f"{len(key)}", allowed=f"{_KEY_BYTES}")])

    def pseudonym(name: str) -> str:
        text = "".join(unicodedata.normalize("NFKC", name).split())
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:_DIGITS] if text else ""

    return pseudonym


def _made(path: Path) -> bytes:
    """Make the key, unless another program just did: it appears whole, and the first one stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{FILE}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)
    return path.read_bytes()
