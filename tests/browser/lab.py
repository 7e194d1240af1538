"""A JupyterLab server on a free loopback port, and a headless Chromium to look at it.

Also run by hand, to look at a notebook: `python -m tests.browser.lab NOTEBOOK.ipynb OUT.png`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

CHROMIUM = next((p for n in ("chromium", "chromium-browser") if (p := shutil.which(n))), None)
INSTALL = "no Chromium here: `make browser` installs it (Debian or Ubuntu, as root)"
ARTIFACTS = Path(__file__).parents[2] / "build" / "screenshots"
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
]
# For a module's `pytestmark`: where there is no browser, the tests say how to install one.
needs_browser = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason=INSTALL)]
LAPTOP = {"width": 1366, "height": 850}
# All cells stay in the page, also those out of sight, so that a test can find them.
SETTINGS = {
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
PATIENCE = 240_000  # milliseconds: a busy computer takes long to open a page


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def jupyter(
    folder: Path, *, home: Path | None = None, env: dict[str, str] | None = None, theme: str = ""
) -> Iterator[str]:
    """Start JupyterLab in `folder`; yield its address. The server ends with the block.

    It shows the files of `home`, which is `folder` unless it is given.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as own:
        options = [
            "--no-browser",
            f"--ServerApp.port={port}",
            "--ServerApp.ip=127.0.0.1",
            "--IdentityProvider.token=",
            "--ServerApp.allow_root=True",
            f"--ServerApp.root_dir={home or folder}",
            "--LabApp.expose_app_in_browser=True",
        ]
        command = [sys.executable, "-m", "jupyterlab", *options]
        log = Path(own) / "log"
        own_folders = {
            "JUPYTER_RUNTIME_DIR": own,
            "JUPYTERLAB_SETTINGS_DIR": str(_settings(Path(own), theme)),
            "JUPYTERLAB_WORKSPACES_DIR": f"{own}/workspaces",
        }
        surroundings = os.environ | own_folders | (env or {})
        with log.open("w") as out:
            server = subprocess.Popen(command, cwd=folder, env=surroundings, stdout=out, stderr=out)
        try:
            _wait(f"{address}/api", server, log)
            yield address
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()


def _settings(home: Path, theme: str) -> Path:
    settings = dict(SETTINGS)
    if theme:
        settings["@jupyterlab/apputils-extension/themes"] = {"theme": theme}
    for name, values in settings.items():
        path = home / "settings" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values))
    return home / "settings"


def _wait(address: str, server: subprocess.Popen, log: Path, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5)
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab does not answer at {address}:\n{log.read_text()[-2000:]}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a headless Chromium. Its own sandbox is off for root, which has none."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def open_notebook(page: Page, address: str, name: str) -> None:
    """Open a notebook and wait until its kernel is idle."""
    page.goto(f"{address}/lab/tree/{name}", timeout=PATIENCE)
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=PATIENCE)
    page.wait_for_function(
        "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel"
        "?.connectionStatus === 'connected'",
        timeout=PATIENCE,
    )
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.ready")
    wait_until_idle(page)


def wait_until_idle(page: Page, seconds: float = 120) -> None:
    """Wait until the kernel has done all that it was asked for."""
    idle = "document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status === 'idle'"
    page.wait_for_function(f"() => {idle}", timeout=seconds * 1000)


def run_all(page: Page, seconds: float = 240) -> None:
    """Run all cells, and wait until they are done."""
    page.set_default_timeout(seconds * 1000)
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    wait_until_idle(page, seconds)


def cell_with(page: Page, text: str) -> Locator:
    """Return the first code cell whose source has `text`."""
    return page.locator(".jp-CodeCell", has=page.locator(".cm-content", has_text=text)).first


def write(page: Page, cell: Locator, source: str) -> None:
    """Replace the source of a cell as a person would: click, select all, type."""
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(source)


def run_cell(page: Page, cell: Locator) -> None:
    """Run one cell by Ctrl+Enter."""
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(300)
    wait_until_idle(page)


def drag(page: Page, name: str, share: float) -> None:
    """Drag the handle of the slider called `name` to a share of its way, from 0 to 1."""
    slider = page.locator(".widget-hslider").filter(
        has=page.locator(".widget-label", has_text=re.compile(f"^{re.escape(name)}$"))
    )
    slider.scroll_into_view_if_needed()
    way = slider.locator(".noUi-base").bounding_box()
    handle = slider.locator(".noUi-handle").bounding_box()
    assert way
    assert handle
    page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    page.mouse.move(way["x"] + share * way["width"], way["y"] + way["height"] / 2, steps=5)
    page.mouse.up()


def picture(page: Page, path: Path) -> None:
    """Save a picture of the whole notebook, however long it is."""
    height = page.evaluate(
        "() => Math.max(...[...document.querySelectorAll('.jp-WindowedPanel-outer')]"
        ".map(each => each.scrollHeight)) + 120"
    )
    page.set_viewport_size({"width": LAPTOP["width"], "height": min(int(height), 16_000)})
    page.evaluate(
        "() => document.querySelectorAll('.jp-WindowedPanel-outer')"
        ".forEach(each => { each.scrollTop = 0; })"
    )
    page.wait_for_timeout(500)
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path)
    page.set_viewport_size(LAPTOP)


def main() -> None:
    notebook, out = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    theme = "JupyterLab Dark" if "--dark" in sys.argv else ""
    with jupyter(notebook.parent, theme=theme) as address, chromium() as browser:
        page = browser.new_page(viewport=LAPTOP)
        open_notebook(page, address, notebook.name)
        run_all(page)
        picture(page, out)


if __name__ == "__main__":
    main()
