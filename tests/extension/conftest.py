"""Small dossiers to build, and the invented edition of ``roots/edition``, built once for all tests."""

from __future__ import annotations

import fcntl
import gc
import logging
import os
import re
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdf
import pytest
from annotated_bib.language import catalogue
from annotated_bib.site import templates
from helpers import EDITION, ROOTS, HostOf404, missing, served, tool, write_dossier
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

catalogue.use("fr")  # for what tests make when they are collected

# Dozens of builds in one process: the collector would walk through all that each has left, again and again.
gc.set_threshold(100_000, 50, 50)

# What a page does on a busy machine is waited for as long as it takes; what it never does fails all the same.
expect.set_options(timeout=60_000)

#: Headless Chromium, as root in a container too, with nothing of its own to ask the network.
FLAGS = ["--disable-gpu", "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(autouse=True)
def french() -> None:
    """Speak French, whatever an earlier build spoke."""
    catalogue.use("fr")


@pytest.fixture
def caplog(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> pytest.LogCaptureFixture:
    """What is logged, also where an earlier build has let Sphinx keep that to itself."""
    monkeypatch.setattr(logging.getLogger("sphinx"), "propagate", True)
    return caplog


@pytest.fixture(scope="session", autouse=True)
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Compile a template once, for the hundreds of sites that are built: which is half of what a small one costs."""
    cache = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(templates, "FileSystemBytecodeCache", lambda folder: cache)
        yield


@pytest.fixture
def dossier(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Write a dossier of *files*: ``conf.py`` and ``index.md`` are there unless given."""
    return partial(write_dossier, tmp_path / "dossier")


@pytest.fixture
def root(tmp_path: Path) -> Callable[[str], Path]:
    """A copy of the dossier *name* of ``roots/``, to build or to spoil."""

    def copy(name: str) -> Path:
        return Path(shutil.copytree(ROOTS / name, tmp_path / name))

    return copy


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the invented edition, every warning an error."""
    return _built_once(tmp_path_factory, "html")


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF of the invented edition, every warning an error."""
    return _built_once(tmp_path_factory, "pdf") / "grain.pdf"


@pytest.fixture(scope="session")
def book_pages(book: Path) -> list[str]:
    """The text of each page of the book, below its running head."""
    texts = [page.extract_text() for page in pypdf.PdfReader(book).pages]
    return [re.sub(rf"\A({number} .*|.* {number})(\n|$)", "", text) for number, text in enumerate(texts, 1)]


@pytest.fixture(scope="session")
def volumes(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The PDF of the invented edition in volumes of eight works: two themes; the third and the catalogue; what else comes after."""
    out = _built_once(tmp_path_factory, "pdf", "annotated_bib_volume=8")
    return [out / name for name in ("grain.pdf", "grain-2.pdf", "grain-3.pdf")]


@pytest.fixture(scope="session")
def epub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The EPUB of the invented edition, every warning an error."""
    return _built_once(tmp_path_factory, "epub") / "grain.epub"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium-headless-shell") or tool("chromium")
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        except PlaywrightError as error:
            missing(f"{chromium} does not start; install the package chromium again: {str(error).splitlines()[0]}")
        with started as browser:
            yield browser


@pytest.fixture(scope="session")
def address(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the edition is served."""
    root = tmp_path_factory.mktemp("host")
    (root / "sous").mkdir()
    (root / "sous" / "chemin").symlink_to(edition)
    with served(root, HostOf404) as host:
        yield f"{host}sous/chemin/"


@pytest.fixture
def faults() -> list[str]:
    """What the watched pages did wrong; a test that provokes a fault clears the list."""
    return []


@pytest.fixture
def visit(browser: Browser, address: str, faults: list[str]) -> Iterator[Callable[..., Page]]:
    """Open a page of the site, or of another *base*, in a new context with the given options.

    Every page is watched: an error in its console, a request to another host or a dialog is a failure.
    """
    contexts = []

    def open_page(path: str, base: str = address, **options: Any) -> Page:
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 800}} | options))
        contexts.append(context)
        context.on("request", lambda request: request.url.startswith((base, "data:")) or faults.append(request.url))
        page = context.new_page()
        page.on("console", lambda message: message.type in ("error", "warning") and faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
        page.goto(base + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults


def _built_once(factory: pytest.TempPathFactory, builder: str, *settings: str) -> Path:
    """The invented edition as sphinx-build makes it with *builder*, once for all the processes that share the tests."""
    base = factory.getbasetemp()
    out = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "edition" / "-".join((builder, *settings))
    out.parent.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "sphinx", "-n", "-W", "--keep-going", "-q", "-b", builder, "-d", out.with_suffix(".doctrees")]
    command += [f"-D{setting}" for setting in settings]
    with out.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            done = subprocess.run([*command, EDITION, out], capture_output=True, text=True, check=False)
            if done.returncode:  # what was built with a warning is not kept
                shutil.rmtree(out)
            assert done.returncode == 0, done.stderr
    return out
