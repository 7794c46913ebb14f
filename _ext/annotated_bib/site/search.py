"""Search on a static site: Pagefind's index of the works and of the introductions to their themes.

Sphinx's own search finds neither « Etat » for « État » nor a year. Each work is one record, found once, under its own page; its
theme, author, decade and kind are facets. The search page asks the index, and filters by ``facets.json``: Pagefind has filters
of its own, but writes them in another order each time, and its results name records by digests that only its files tell.
"""

from __future__ import annotations

import errno
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from functools import partial
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.display import progress_message

from ..language.catalogue import N_, _, is_language
from ..language.typography import set_text
from ..pages.listings import kind
from ..refusal import refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ..pages.domain import AnnotatedBibDomain
    from ..source.model import Work
    from .builder import SiteMixin

logger = logging.getLogger(__name__)

#: The page to which every search box leads.
SEARCH_PAGE = "search"
#: No language, for Pagefind: the French stem of « État », once its accent is folded, is « et ».
_UNSTEMMED = "zxx"
#: Pagefind cuts words at spaces alone: « l’ État » is found under « État ». What a result shows stands apart, without these spaces.
#: This is for French; elsewhere « author’s » is one word.
_INSIDE = re.compile("(?<=[’“])|(?=”)")
#: An address, and the punctuation after it: nobody searches the words that it is made of.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_ACCESS = ("url", "urldate", "doi", "eprint", "eprinttype", "eprintclass")
#: The value of the facet for works whose kind is not known, and for a theme, where that of a work names its kind.
_UNKNOWN_KIND = N_("Kind not stated")
_INTRODUCTION = N_("Introduction to a theme")


class Search:
    """The search of the site of *builder*, in place of Sphinx's own."""

    assets = ("annotated-bib-search.css", "annotated-bib-search.js")

    def __init__(self, builder: SiteMixin) -> None:
        if not find_spec("pagefind"):
            refuse(_("annotated_bib_search: Pagefind is missing; install “sphinx-annotated-bib[search]”."))
        self._builder = builder
        self._introductions: dict[str, str] = {}

    def note_introduction(self, page: str, doctree: nodes.document) -> None:
        """Keep what *page*, now resolved, says besides its notices, if it holds any."""
        if page in self._builder.domain.theme_pages:
            self._introductions[page] = " ".join(paragraph.astext() for paragraph in _introduction(doctree))

    def write_page(self) -> None:
        """Write the page to which every search box leads."""
        builder = self._builder
        own = builder.get_target_uri(SEARCH_PAGE)
        context = {
            "pathto": lambda page: builder.get_relative_uri(SEARCH_PAGE, page),
            "catalogue": builder.domain.page_of("catalogue"),
            "index": builder.domain.page_of("work-index"),
            "address": own.rpartition("/")[2],
            "root": "../" * own.count("/"),
            "selection": builder.selection is not None,
        }
        body = builder.templates.render("search-body.html", context)
        metatags = '<meta name="robots" content="noindex">'
        builder.handle_page(SEARCH_PAGE, {"title": set_text(_("Search")), "body": body, "metatags": metatags}, "page.html")

    def write_index(self) -> None:
        """Write Pagefind's index to ``pagefind/`` on the site; what an edit leaves as it was is not written again."""
        builder = self._builder
        with progress_message(_("search index")):
            records = self._write_records()
            made = Path(builder.doctreedir, "pagefind")
            shutil.rmtree(made, ignore_errors=True)
            # Its Python interface waits a tenth of a second for each record.
            options = ["--site", str(records), "--output-path", str(made), "--force-language", _UNSTEMMED]
            command = [sys.executable, "-m", "pagefind", "--quiet", *options]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        if not shutil.disk_usage(builder.doctreedir).free:  # of which Pagefind may say nothing, and cut its files short
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), os.fspath(made))
        if done.returncode:
            said = " ".join((done.stderr or done.stdout).split()) or f"pagefind: {done.returncode}"
            message = _("the search index could not be written: {reason}", reason=said)
            logger.warning("%s", message, type="annotated_bib")
            return
        facets = json.dumps(self._facets(made), ensure_ascii=False)
        (made / "facets.json").write_text(facets, "utf-8")
        _bring_up_to_date(Path(builder.outdir, "pagefind"), made)

    def _write_records(self) -> Path:
        """Write what Pagefind is to read, a file for each work and each theme at its address on the site; the folder of these."""
        folder = Path(self._builder.doctreedir, "search")
        former = set(_files(folder))
        for page, record in self._records():
            address = self._builder.get_target_uri(page)
            name = os.path.join(*(f"{address}index.html" if address.endswith("/") else address).split("/"))
            if name not in former or page in self._builder.written:
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(record(), "utf-8")
            former.discard(name)
        for name in former:
            (folder / name).unlink()
        return folder

    def _records(self) -> Iterator[tuple[str, Callable[[], str]]]:
        """The page of each work and each theme, and what makes of it a record, as HTML."""
        domain = self._builder.domain
        for page, work in self._builder.works.pages.items():
            yield page, partial(_work_record, work, domain)
        for page in domain.theme_pages:
            yield page, partial(self._theme_record, page)

    def _theme_record(self, page: str) -> str:
        title, text = self._builder.env.titles[page].astext(), self._introductions[page]
        return _record({"title": title, "reference": set_text(_(_INTRODUCTION)), "commentary": text}, [title, text])

    def _facets(self, index: Path) -> dict[str, dict[str, list[str]]]:
        """The values of each facet, and the records of Pagefind's *index* that have it, by the names it gave them."""
        facets: dict[str, dict[str, list[str]]] = {}
        names = _names(index, Path(self._builder.doctreedir, "search.json"))
        for page, values in self._values():
            for facet, value in values:
                name = names[_bare(f"/{self._builder.get_target_uri(page)}")]
                facets.setdefault(facet, {}).setdefault(value, []).append(name)
        return facets

    def _values(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """The page of each work and each theme, with its facets and their values."""
        domain = self._builder.domain
        themes = {page: ("theme", self._builder.env.titles[page].astext()) for page in domain.theme_pages}
        for page, work in self._builder.works.pages.items():
            authors = [("author", name.inverted) for name in work.names]
            theme = themes[domain.notices[work.key]]
            yield page, [theme, *authors, ("decade", _decade(work)), ("kind", set_text(kind(work) or _(_UNKNOWN_KIND)))]
        for page, theme in themes.items():
            yield page, [theme, ("kind", set_text(_(_INTRODUCTION)))]


def _introduction(element: nodes.Element) -> Iterator[nodes.paragraph]:
    """The paragraphs in *element* that stand in no notice."""
    for node in element.children:
        if isinstance(node, nodes.paragraph):
            yield node
        elif isinstance(node, nodes.Element) and "notice" not in node["classes"]:
            yield from _introduction(node)


def _work_record(work: Work, domain: AnnotatedBibDomain) -> str:
    bibliography = domain.lookups.bibliography
    commentary, *notes = (set_text(bibliography.text(work, name)) for name in ("annotation", "completedfrom", "lacuna"))
    without_access = replace(work, fields={name: text for name, text in work.fields.items() if name not in _ACCESS})
    what = {
        "title": set_text(work.title),
        "key": work.id,
        "reference": domain.references.text(without_access),
        "commentary": commentary,
        "note": " ".join(filter(None, notes)),
        "keywords": ", ".join(work.keywords),
    }
    return _record(what, [commentary, *notes, what["reference"], what["keywords"], work["doi"]])


def _record(what: dict[str, str], texts: Iterable[str]) -> str:
    """A page for Pagefind to read: *what* a result of it shows, and the *texts* in which words are found."""
    shown = {name: value if name == "title" else _ADDRESS.sub("…", value) for name, value in what.items()}
    metadata = "".join(f'<p data-pagefind-meta="{name}">{escape(value)}</p>' for name, value in shown.items() if value)
    texts = (_ADDRESS.sub("…", text) for text in texts)
    texts = (_INSIDE.sub(" ", text) if is_language("fr") else text for text in texts)
    body = "".join(f"<p>{escape(text)}</p>" for text in texts if text)
    return f"<html><body><div data-pagefind-ignore>{metadata}</div><main data-pagefind-body>{body}</main></body></html>"


def _decade(work: Work) -> str:
    if work.date_parts:
        return f"{work['year'][:3]}0-{work['year'][:3]}9"
    return set_text(_("Date lost") if "year" in work.lost else _("No date"))


def _names(index: Path, kept: Path) -> dict[str, str]:
    """The name of each record of Pagefind's *index*, by its address; it is made of what the record holds, and *kept*."""
    try:
        known = json.loads(kept.read_text("utf-8"))
    except (OSError, ValueError):
        known = {}
    addresses = {path.stem: known.get(path.stem) or _address(path) for path in (index / "fragment").iterdir()}
    kept.write_text(json.dumps(addresses), "utf-8")
    return {address: name for name, address in addresses.items()}


def _address(fragment: Path) -> str:
    """The address in a *fragment* of the index: a compressed file, with a mark before its JSON."""
    text = gzip.decompress(fragment.read_bytes())
    return _bare(json.loads(text[text.index(b"{") :])["url"])


def _bare(address: str) -> str:
    """*address* without ``index.html``, which Pagefind leaves out of some."""
    return address.removesuffix("index.html")


def _bring_up_to_date(folder: Path, made: Path) -> None:
    """Make *folder* hold the files of *made*; of those whose names tell their content, only new ones are written."""
    wanted = _files(made)
    for name in _files(folder):
        if name not in wanted:
            (folder / name).unlink()
    for name in wanted:
        path = folder / name
        if not path.exists() or (".pf_" not in name and path.read_bytes() != (made / name).read_bytes()):
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(made / name, path)


def _files(folder: Path) -> list[str]:
    """The names of all files in *folder*, relative to it."""
    return [os.path.relpath(os.path.join(base, name), folder) for base, _folders, names in os.walk(folder) for name in names]
