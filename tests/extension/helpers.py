"""What the tests share: where things are, small dossiers to build, and what reads what is built."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
import tomllib
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pikepdf
import pytest
from annotated_bib.source import bibfile, model
from axe_playwright_python.base import AXE_FILE_PATH
from bs4 import BeautifulSoup
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from playwright.sync_api import expect
from sphinx.application import Sphinx
from sphinx.locale import translators
from sphinx.util.console import strip_escape_sequences
from sphinx.util.docutils import docutils_namespace, patch_docutils

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotated_bib.source.model import Bibliography
    from bs4 import Tag
    from playwright.sync_api import Page

#: The repository, of which nothing is read but the extension, its guides and what builds it.
ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "_ext" / "annotated_bib"
ROOTS = Path(__file__).parent / "roots"
#: An invented edition, in French, with all that an edition may have.
EDITION = ROOTS / "edition"

# -- Small dossiers ----------------------------------------------------------------------------------------------------

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
annotated_bib_standalone = True
"""
#: An entry that keeps every rule; its key, title, theme and annotation are given.
ENTRY = "@book{%s, author = {Durand, Élise}, title = {%s}, year = {2001}, theme = {%s}, annotation = {%s}}\n"
NOTICES = "```{notices}\n```\n"
TWO_THEMES = {
    "refs.bib": (
        ENTRY % ("Etude2001", "Une étude : essai", "theorie", r"Elle prolonge \cite{Recit2001}. « Oui » ; et ?")
        + ENTRY % ("Recit2001", "Un récit", "theorie", "Un commentaire.")
        + "@techreport{Rapport,\n  title = {Sans nom},\n  institution = {Ville},\n  theme = {terrain},\n"
        "  related = {Etude2001, Recit2001},\n  completed = {institution},\n"
        "  completedfrom = {Organisme : \\url{https://example.org/a_b%20c}.},\n  lacuna = {Le début manque.},\n}\n"
    ),
    "theorie.md": f"# Théorie\n\nVoir {{cite:t}}`Etude2001` et {{cite:p}}`Rapport,Recit2001`.\n\n{NOTICES}",
    "terrain.md": f"# Terrain\n\nVoir {{cite:p}}`{{comparer}}Etude2001{{p. 12}}`.\n\n{NOTICES}",
}
#: An entry whose fields would break out of a record or of a page.
TRAP = (
    '@book{Piege,\n  author = {Mal, "Ève" and {</script><script>alert(1)</script>}},\n'
    '  title = {ER  - fin \\& "guillemets" </title> \u200ftxt\u200e <b>},\n  year = {2001},\n  theme = {page},\n'
    '  keywords = {a"b, c<d, </script>},\n  annotation = {Un.\\par TY  - BOOK\\par ER  -\\par </script>\\& fin},\n}\n'
)


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
        return soup(self.out / f"{name}.html")


def write_dossier(source: Path, files: dict[str, str]) -> Path:
    """Write a dossier of *files* into the folder *source*: ``conf.py`` and ``index.md`` are there unless given."""
    pages = "\n".join(sorted(name[:-3] for name in files if name.endswith(".md") and name != "index.md"))
    defaults = {"conf.py": CONF, "index.md": f"# Dossier\n\n```{{toctree}}\n{pages}\n```\n"}
    for name, text in (defaults | files).items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, "utf-8")
    return source


def build(source: Path, builder: str = "html", fresh: bool = False, parallel: int = 0, **settings: object) -> Built:
    """Build the dossier in *source*; beside it, so that a second call builds on the first."""
    translators.clear()  # Sphinx would keep the words of the first language of the process
    said = StringIO()
    out = source.parent / f"{source.name}-built"
    with patch_docutils(str(source)), docutils_namespace():
        app = Sphinx(
            source, source, out / builder, out / "doctrees", builder,
            confoverrides=settings, status=None, warning=said, freshenv=fresh, parallel=parallel,
        )  # fmt: skip
        app.build()
    return Built(app, strip_escape_sequences(said.getvalue()).splitlines())


def edit(path: Path, old: str, new: str) -> int:
    """Replace *old*, which stands once in the file, and tell its line."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def contents(folder: Path) -> dict[str, bytes]:
    """The files below *folder*, by their names."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# -- Reading -----------------------------------------------------------------------------------------------------------


def read_bib(paths: list[Path]) -> Bibliography:
    """The works of the BibTeX files at *paths*."""
    return model.bibliography([bibfile.read(path) for path in paths])


def soup(path: Path) -> BeautifulSoup:
    """The page at *path*, parsed as a browser does; what looks at it leaves it as it is, for the next to look at."""
    return _parsed(path.read_text("utf-8"))


@lru_cache(maxsize=100)
def _parsed(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html5lib")


def links(node: Tag) -> dict[str, str]:
    """The addresses of the links in *node*, by their texts."""
    return {" ".join(link.get_text().split()): link["href"] for link in node.find_all("a")}


def squeezed(text: str) -> str:
    """*text* without what the end of a line may add or take: spaces and hyphens."""
    return re.sub(r"[\s\N{SOFT HYPHEN}-]+", "", text)


def structure(path: Path) -> list[tuple[str, str]]:
    """The tags of the structure tree in reading order, each with its alternative text."""

    def walk(node) -> Iterator[tuple[str, str]]:
        if isinstance(node, pikepdf.Array):
            for item in node:
                yield from walk(item)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield str(node.S).removeprefix("/"), str(node.get("/Alt", ""))
            yield from walk(node.get("/K"))

    with pikepdf.open(path) as pdf:
        return list(walk(pdf.Root.StructTreeRoot.K))


def sections(path: Path) -> list[tuple[str, list[str]]]:
    """The title of each section of the structure tree, empty where it has none, and the tags that stand directly in it."""

    def walk(node) -> Iterator[tuple[str, list[str]]]:
        children = list(node.K)
        yield str(children[0].get("/T", "")), [str(child.S).removeprefix("/") for child in children]
        for child in children:
            if child.S == "/Sect":
                yield from walk(child)

    with pikepdf.open(path) as pdf:
        return list(walk(pdf.Root.StructTreeRoot.K[0]))


# -- Programs ----------------------------------------------------------------------------------------------------------


def tool(name: str) -> str:
    """The path of a program that pip cannot bring; without it the test is skipped, or fails under REQUIRE_TOOLS=1."""
    return shutil.which(name) or missing(f"the program {name} is not installed")


def java(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """What *command* did, a program in Java: one that is soon over had better compile little."""
    options = {"JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xss8m"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | options)
    done.stderr = re.sub("^NOTE: Picked up JDK_JAVA_OPTIONS.*\n", "", done.stderr, flags=re.MULTILINE)
    return done


def missing(message: str) -> NoReturn:
    """Skip the test with a *message*, or let it fail under REQUIRE_TOOLS=1."""
    if os.environ.get("REQUIRE_TOOLS") == "1":
        pytest.fail(message)
    pytest.skip(message)


def requirements(table: str) -> set[str]:
    """The names of the distributions that the *table* of pyproject.toml asks for: « dependencies », or an extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = project["dependencies"] if table == "dependencies" else project["optional-dependencies"][table]
    return {canonicalize_name(Requirement(text).name) for text in asked}


class Host(SimpleHTTPRequestHandler):
    """A host that keeps no log."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path, host: type[SimpleHTTPRequestHandler] = Host) -> Iterator[str]:
    """The address at which *host* serves *folder*."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(host, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class HostOf404(Host):
    """A host that, as most do, answers a missing address with the site's 404.html."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = Path(self.directory, "sous", "chemin", "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)


# -- In a browser ------------------------------------------------------------------------------------------------------

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE_COLOURS = ["color-contrast", "link-in-text-block"]
#: A page of each kind of the invented edition's site.
KINDS = (
    "index.html", "sections/petrir.html", "oeuvres/vasseur2018.html", "annexes/catalogue.html", "annexes/index.html",
    "annexes/citer.html", "search.html?q=farine", "selection.html#kerjean2016", "404.html",
)  # fmt: skip
#: A small screen under a finger.
PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}


def unfold(page: Page, folds: str = "details") -> None:
    """Open the *folds*, once a search has made its own."""
    if "search.html" in page.url:
        expect(page.locator("#search-status")).not_to_be_empty()
    page.evaluate("folds => { for (const fold of document.querySelectorAll(folds)) fold.open = true }", folds)


def violations(page: Page) -> list[str]:
    """What axe finds on *page*, with its folds open: in light, then all that colours may change in dark."""
    unfold(page, "details:not(.notice ~ .notice *)")  # one notice stands for those that follow
    page.evaluate(Path(AXE_FILE_PATH).read_text("utf-8"))
    found = []
    for scheme, rules in (("light", AXE_TAGS), ("dark", AXE_COLOURS)):
        page.emulate_media(color_scheme=scheme)
        answer = page.evaluate("rules => axe.run({ runOnly: rules, resultTypes: ['violations'] })", rules)
        for rule in answer["violations"]:
            found += [f"{scheme}, {rule['id']}: {node['html'][:120]}" for node in rule["nodes"]]
    return found
