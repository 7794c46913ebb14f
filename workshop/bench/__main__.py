"""``make bench``: what an edition of a given size costs, beside the same text in plain Sphinx and by other tools.

Each line is measured in this run, on this machine: compare the ratios, not the seconds. *floor* has the same number of pages
with the same text and no bibliography; in *stock* the same pages cite and print the works with sphinxcontrib-bibtex alone.
Lines are told as they come; Markdown tables follow, of what was told.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import dossier
from cost import Cost, Failed, pdf_pages, python, run
from peers import BOOKS, SITES
from table import Table

if TYPE_CHECKING:
    from peers import Peer

EXPORTS = """
import sys, pathlib
from annotated_bib.exports import csl, ris
from annotated_bib.source import bibfile, model
bibliography = model.bibliography([bibfile.read(pathlib.Path(sys.argv[1]))])
records = [ris.ris(work, bibliography) for work in bibliography.works]
pathlib.Path(sys.argv[2]).write_text("".join(records) + csl.csl_json(bibliography.works, bibliography), "utf-8")
"""
SITE = Table("A site", "floor")
BOOK = Table("A book", "the PDF")
REST = Table("Beside the site", "the site", SITE)


def build(source: Path, builder: str = "html") -> Cost:
    """The cost of building *source*, on what an earlier call left."""
    return run(source, python("-m", "sphinx", "-q", "-b", builder, source, made(source, builder)))


def made(source: Path, builder: str = "html") -> Path:
    """Where *builder* writes."""
    return source.parent / f"{source.name}-{builder}"


def html_pages(folder: Path) -> int:
    """How many pages a site has; records of its search lie in a folder of Sphinx's own."""
    return sum(".doctrees" not in page.parts for page in folder.glob("**/*.html"))


def measure(size: int, folder: Path) -> None:
    """Tell what a dossier of *size* works costs."""
    works = dossier.invented(size)
    sites = {"floor": dossier.floor, "stock": dossier.stock, "the site": dossier.ours}
    if size > 1000:  # the cost of stock grows with works × pages × citations
        del sites["stock"]
    for what, files in sites.items():
        here = folder / what
        dossier.save(here, files(works))
        SITE.add(size, what, build(here), html_pages(made(here)))
    beside(SITES, SITE, folder, works)
    source = folder / "the site"
    BOOK.add(size, "the PDF", build(source, "pdf"), sum(map(pdf_pages, made(source, "pdf").glob("*.pdf"))))
    beside(BOOKS, BOOK, folder, works)
    bib = source / "refs.bib"
    time.sleep(1.1)  # so that the file is seen to be newer
    bib.write_text(bib.read_text("utf-8").replace(works[0].commentary, f"Autre. {works[0].commentary}"), "utf-8")
    REST.add(size, "after one edited commentary", build(source))
    REST.add(size, "`make check`", run(source, python("-m", "annotated_bib", "check", source)))
    records = made(source) / ".doctrees" / "search"
    index = python("-m", "pagefind", "-q", "--site", records, "--output-path", folder / "index")
    REST.add(size, "search index", run(source, index))
    REST.add(size, "RIS and CSL-JSON", run(source, python("-c", EXPORTS, bib, folder / "exports")))


def beside(peers: list[Peer], table: Table, folder: Path, works: list[dossier.Work]) -> None:
    """Add what *peers* make of *works* to *table*."""
    for peer in peers:
        if peer.missing:
            table.note(peer.name, f"is not here: {peer.install}")
        elif len(works) <= peer.most and peer.instead not in table.costs:
            table.note(peer.name, f"({peer.versions}): {peer.lacks}")
            try:
                table.add(len(works), peer.name, *peer.cost(folder / peer.name, works))
            except Failed as failure:
                table.note(peer.name, f"({peer.versions}): {failure}")


def main(sizes: list[int]) -> None:
    """Measure each of *sizes*, then print the tables."""
    load = os.getloadavg()[0]
    for size in sizes:
        with TemporaryDirectory() as temporary:
            measure(size, Path(temporary))
    print(f"\n{os.cpu_count()} processors; load {load:.1f} before, {os.getloadavg()[0]:.1f} after.\n")
    for table in (SITE, BOOK, REST):
        print(table.markdown(sizes))
    print(SITE.growth("the site", sizes) + BOOK.growth("the PDF", sizes), end="")


if __name__ == "__main__":
    main(list(map(int, sys.argv[1:])))
