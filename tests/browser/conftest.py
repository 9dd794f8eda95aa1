"""A real server on a free loopback port, and Chromium in front of it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_START_S = 90
expect.set_options(timeout=60_000)


@dataclass
class Seen:
    """What the page asked for and what went wrong in it. Without slots: Playwright hangs a mark on it."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def note(self, message: ConsoleMessage) -> None:
        # A deep address makes Streamlit look for its own service below the page first: its 404 is no fault.
        # Nor is that of an image which the next run replaced before it was fetched, if the next one comes.
        about = f"{message.location['url']} {message.text}"
        if message.type == "error" and "/_stcore/" not in about and "/media/" not in about:
            self.errors.append(message.text)

    def nothing_wrong(self, page: Page) -> None:
        """No error so far, and every image is there in the end."""
        assert not self.errors
        page.wait_for_function("[...document.images].every(image => image.complete && image.naturalWidth)")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is; skips without one, unless the machine has promised it."""
    found = CHROMIUM if Path(CHROMIUM).exists() else shutil.which("chromium") or ""
    if not found:
        message = f"no Chromium at {CHROMIUM}: apt-get install chromium"
        (pytest.fail if os.environ.get("MADOGUCHI_REQUIRE_BROWSER") else pytest.skip)(message)
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database that ``madoguchi demo`` leaves."""
    home, out = tmp_path_factory.mktemp("var"), tmp_path_factory.mktemp("out")
    subprocess.run(
        (sys.executable, "-m", "planner.cli", "demo", "--out", out),
        cwd=ROOT,
        env={**os.environ, "MADOGUCHI_HOME": str(home)},
        check=True,
    )
    files = {"proposal.pdf", "proposal.xlsx", "data_annex.xlsx", "roster.xlsx", "roster.ics", "plan.json"}
    assert {path.name for path in out.iterdir()} == files
    return home


@pytest.fixture(scope="module")
def address(home: Path, chromium: str) -> Iterator[str]:
    """The address of a server that ends with the tests of a file."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = (f"--server.port={port}", "--server.fileWatcherType=none")
    server = subprocess.Popen(
        (sys.executable, "-m", "streamlit", "run", "app.py", *options),
        cwd=ROOT,
        env={**os.environ, "MADOGUCHI_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://127.0.0.1:{port}/_stcore/health", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(_START_S * 5):
        assert server.poll() is None, "the server ended at once"
        try:
            urllib.request.urlopen(url, timeout=1).close()  # noqa: S310  # our own server
        except (URLError, TimeoutError):
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"no answer from {url}")


@pytest.fixture
def seen() -> Seen:
    """What happened in the page."""
    return Seen()


@pytest.fixture
def page(address: str, chromium: str, seen: Seen, tmp_path: Path) -> Iterator[Page]:
    """The dashboard in a fresh Chromium of 1280 x 720."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch_persistent_context(
            tmp_path / "profile",
            executable_path=chromium,
            args=ARGUMENTS,
            viewport={"width": 1280, "height": 720},
            locale="ja-JP",
        )
        browser.set_default_timeout(60_000)
        opened = browser.new_page()
        opened.on("request", lambda request: seen.requests.append(request.url))
        opened.on("websocket", lambda socket: seen.requests.append(socket.url))
        opened.on("console", seen.note)
        opened.on("pageerror", lambda error: seen.errors.append(str(error)))
        opened.goto(address)
        yield opened
        browser.close()
