"""Small dossiers, built in this process, and their pages parsed."""

from __future__ import annotations

import fcntl
import gc
import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from annotated_bib.language import catalogue
from annotated_bib.source import bibfile, model
from bs4 import BeautifulSoup
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from playwright.sync_api import sync_playwright
from sphinx.application import Sphinx
from sphinx.util.console import strip_escape_sequences
from sphinx.util.docutils import docutils_namespace, patch_docutils

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from annotated_bib.source.model import Bibliography
    from playwright.sync_api import Browser

catalogue.use("fr")  # for what tests make when they are collected

# Dozens of builds in one process: the collector would walk through all that each has left, again and again.
gc.set_threshold(100_000, 50, 50)

ROOT = Path(__file__).resolve().parent.parent
#: What a dossier needs to be one; a test adds to it.
CONF = """
extensions = ["myst_parser", "annotated_bib"]
project = "Un petit dossier"
language = "fr"
html_theme = "basic"
myst_enable_extensions = ["colon_fence", "deflist"]
smartquotes = False
bibtex_bibfiles = ["refs.bib"]
annotated_bib_work_pages = "oeuvres"
annotated_bib_search = True
annotated_bib_standalone = True
"""
#: Headless Chromium, as root in a container too, with nothing of its own to ask the network.
FLAGS = ["--disable-gpu", "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
#: An entry that keeps every rule; its key, theme and other fields are given.
ENTRY = "@book{%s, author = {Durand, Élise}, title = {%s}, year = {2001}, theme = {%s}, annotation = {%s}}\n"


@dataclass
class Built:
    """A dossier that has been built, and what the builder said of it."""

    app: Sphinx
    warnings: list[str]

    @property
    def out(self) -> Path:
        """Where the files are."""
        return Path(self.app.outdir)

    def page(self, name: str) -> BeautifulSoup:
        """The parsed HTML page *name*, without its suffix."""
        return BeautifulSoup((self.out / f"{name}.html").read_text("utf-8"), "html5lib")


def read_bib(paths: list[Path]) -> Bibliography:
    """The works of the BibTeX files at *paths*."""
    return model.bibliography([bibfile.read(path) for path in paths])


def build(source: Path, builder: str = "html", fresh: bool = False, parallel: int = 0, **settings: object) -> Built:
    """Build the dossier in *source*; beside it, so that a second call builds on the first."""
    said = StringIO()
    out = source.parent / f"{source.name}-built"
    with patch_docutils(str(source)), docutils_namespace():
        app = Sphinx(
            source, source, out / builder, out / "doctrees", builder,
            confoverrides=settings, status=None, warning=said, freshenv=fresh, parallel=parallel,
        )  # fmt: skip
        app.build()
    return Built(app, strip_escape_sequences(said.getvalue()).splitlines())


@pytest.fixture(autouse=True)
def french() -> None:
    """Speak French, whatever an earlier build spoke."""
    catalogue.use("fr")


@pytest.fixture
def dossier(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Write a dossier of *files*: ``conf.py`` and ``index.md`` are there unless given."""

    def write(files: dict[str, str]) -> Path:
        source = tmp_path / "dossier"
        pages = "\n".join(sorted(name[:-3] for name in files if name.endswith(".md") and name != "index.md"))
        defaults = {"conf.py": CONF, "index.md": f"# Dossier\n\n```{{toctree}}\n{pages}\n```\n"}
        for name, text in (defaults | files).items():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_text(text, "utf-8")
        return source

    return write


@pytest.fixture
def root(tmp_path: Path) -> Callable[[str], Path]:
    """A copy of the dossier *name* of ``roots/``, to build or to spoil."""

    def copy(name: str) -> Path:
        return Path(shutil.copytree(ROOT / "tests" / "roots" / name, tmp_path / name))

    return copy


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the real edition, every warning an error."""
    return _built_once(tmp_path_factory, "html")


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF of the real edition, every warning an error."""
    return _built_once(tmp_path_factory, "pdf") / "cooperations.pdf"


@pytest.fixture(scope="session")
def epub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The EPUB of the real edition, every warning an error."""
    return _built_once(tmp_path_factory, "epub") / "cooperations.epub"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = tool("chromium")
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=chromium, args=FLAGS) as browser:
        yield browser


def _built_once(factory: pytest.TempPathFactory, builder: str) -> Path:
    """The real edition as *builder* makes it, once for all the processes that share the tests."""
    base = factory.getbasetemp()
    out = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "edition" / builder
    out.parent.mkdir(exist_ok=True)
    with out.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            build_edition(builder, out)
    return out


def build_edition(builder: str, out: Path) -> None:
    """Build the real edition in *out*; what was built with a warning is not kept."""
    command = [sys.executable, "-m", "sphinx", "-n", "-W", "--keep-going", "-q", "-b", builder, "-d", out.with_suffix(".doctrees")]
    done = subprocess.run([*command, ROOT, out], capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(out)
    assert done.returncode == 0, done.stderr


def requirements(table: str) -> set[str]:
    """The names of the distributions that the *table* of pyproject.toml asks for: « dependencies », or an extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = project["dependencies"] if table == "dependencies" else project["optional-dependencies"][table]
    return {canonicalize_name(Requirement(text).name) for text in asked}


def tool(name: str) -> str:
    """The path of a program that pip cannot bring; without it the test is skipped, or fails under REQUIRE_TOOLS=1."""
    path = shutil.which(name)
    if path is None:
        message = f"the program {name} is not installed"
        if os.environ.get("REQUIRE_TOOLS") == "1":
            pytest.fail(message)
        pytest.skip(message)
    return path
