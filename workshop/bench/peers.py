"""The same works and pages by other tools, where they are on this machine: nothing is fetched."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import sources
from cost import Failed, pdf_pages, python, run
from dossier import name, pages, related, save

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cost import Cost
    from dossier import Work

CSL = ["pandoc", "-f", "biblatex", "-t", "csljson", "refs.bib", "-o", "refs.json"]
PANDOC = ["pandoc", "--standalone", "--citeproc", "--bibliography=refs.json", "-M", "lang=fr"]
BOOK = [*PANDOC, "--toc", "--top-level-division=chapter", "book.md"]
TYPST = "import typst; typst.compile('book.typ', output='book.pdf')"
LATEX = ["lualatex", "-interaction=batchmode", "-halt-on-error", "book"]


class Peer(NamedTuple):
    """A way to make the dossier with other tools."""

    name: str
    programs: list[str]
    install: str
    lacks: str
    files: Callable[[list[Work]], Iterator[tuple[str, str]]]
    commands: Callable[[list[Work]], list[list[str]]]
    made: Callable[[Path, list[Work]], int]  #: the number of its pages; Failed if some are missing
    most: int = sys.maxsize  #: works, where the cost grows with works × pages
    instead: str = ""  #: of another way, where that one fails

    @property
    def missing(self) -> bool:
        """Whether one of its programs is not on this machine."""
        return not all(map(shutil.which, self.programs))

    @property
    def versions(self) -> str:
        """Its programs, each with its version."""
        return ", ".join(f"{program} {version(program)}" for program in self.programs)

    def cost(self, folder: Path, works: list[Work]) -> tuple[Cost, int]:
        """What *works* cost in *folder*, and the number of pages that were made."""
        save(folder, self.files(works))
        cost = run(folder, *self.commands(works))
        return cost, self.made(folder, works)


def version(program: str) -> str:
    """What *program* says of itself."""
    argument = "version" if program == "hugo" else "--version"
    said = subprocess.run([program, argument], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\d+(\.\d+)+", said)
    return found[0] if found else "?"


def page_by_page(works: list[Work]) -> list[list[str]]:
    """A run of pandoc for each page."""
    names = ["index", *(page.name for page in pages(works, name))]
    return [CSL, *([*PANDOC, f"{page}.md", "-o", f"{page}.html"] for page in names)]


def site(pattern: str, of_work: str) -> Callable[[Path, list[Work]], int]:
    """The pages that *pattern* finds, once that of each work, *of_work*, was seen to hold its citation."""

    def made(folder: Path, works: list[Work]) -> int:
        for work, cited in related(works).items():
            page = folder / of_work.format(work.key.lower())
            if not page.exists() or name(cited) not in re.sub(r"<[^>]+>|\s+", " ", page.read_text("utf-8")):
                raise Failed(f"{page.relative_to(folder)} is not there, or does not cite {name(cited)}")
        return len(list(folder.glob(pattern)))

    return made


def book(folder: Path, works: list[Work]) -> int:
    """The pages of the PDF."""
    return pdf_pages(folder / "book.pdf")


SITES = [
    Peer(
        "pandoc, a run a page",
        ["pandoc"],
        "apt-get install pandoc",
        "no page knows another, hence no contents beside it, no back-references, no indexes, no search; no checks; commentaries"
        " stand in the pages, not in the bibliography. No run needs another: they can be shared out among processors",
        sources.pandoc_site,
        page_by_page,
        site("**/*.html", "works/{}.html"),
        most=1000,
    ),
    Peer(
        "mystmd, without HTML",
        ["myst"],
        "npm install --global mystmd",
        "it stops at pages in JSON, their citations resolved, and a search index, since HTML needs a theme, which it fetches, and a"
        " server to run meanwhile; no back-references, no pages made of works, no checks of the bibliography",
        sources.myst,
        lambda works: [["myst", "build", "--site"]],
        site("_build/site/content/*.json", "_build/site/content/{}.json"),
    ),
    Peer(
        "Hugo",
        ["hugo"],
        "apt-get install hugo",
        "of itself it reads no BibTeX and knows no citations: references and links are written by hand; no search, no checks; two"
        " bare templates, where the floor has a theme",
        sources.hugo,
        lambda works: [["hugo", "--quiet"]],
        site("public/**/*.html", "public/works/{}/index.html"),
    ),
]
BOOKS = [
    Peer(
        "pandoc, Typst",
        ["pandoc"],
        "a pandoc that writes Typst, 3.1.2 or newer",
        "no page numbers beside citations, no indexes, no timeline; tagged, but PDF/UA and PDF/A are not asked for",
        sources.pandoc_book,
        lambda works: [CSL, [*BOOK, "-t", "typst", "-o", "book.typ"], python("-c", TYPST)],
        book,
    ),
    Peer(
        "pandoc, LuaLaTeX",
        ["pandoc", "lualatex"],
        "apt-get install pandoc texlive-luatex texlive-lang-french",
        "no page numbers beside citations, no indexes, no timeline; not tagged",
        sources.pandoc_book,
        lambda works: [CSL, [*BOOK, "--pdf-engine=lualatex", "-o", "book.pdf"]],
        book,
        instead="pandoc, Typst",
    ),
    Peer(
        "biblatex, LuaLaTeX",
        ["lualatex", "biber"],
        "apt-get install texlive-luatex texlive-lang-french texlive-bibtex-extra biber",
        "a book and no site; not tagged; page numbers beside citations and indexes, which it can print, are not asked for",
        sources.biblatex_book,
        lambda works: [LATEX, ["biber", "-q", "book"], LATEX, LATEX],
        book,
    ),
]
