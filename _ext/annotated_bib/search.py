"""Search in French, on a static site: Pagefind's index of the works and of the introductions to their themes.

Sphinx's own search finds neither « Etat » for « État » nor a year. Each work is one record, found once, under its own page;
its theme, author, decade and kind are facets. The page ``search.html`` and ``_static/search.js`` ask the index.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.display import progress_message

from . import exports, style
from .domain import WORK_PAGES, cite_domain
from .listings import kind
from .typography import french
from .work_pages import has_work_pages

logger = logging.getLogger(__name__)

#: No language, for Pagefind: the French stem of « État », once its accent is folded, is « et ».
UNSTEMMED = "zxx"
#: Pagefind cuts words at spaces alone: « l’ État » is found under « État ». The page that shows a passage takes the space out.
ELISION = "’ "

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from sphinx.application import Sphinx

    from .model import Bibliography, Work


def replace_search(app: Sphinx) -> None:
    """Keep Sphinx from making an index that no page asks."""
    if has_work_pages(app):
        app.builder.search = False


def collect_search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The page to which every search box leads."""
    if has_work_pages(app):
        yield "search", {"title": "Recherche"}, "search.html"


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """Write Pagefind's index to ``pagefind/`` on the site."""
    if exception is not None or not has_work_pages(app):
        return
    out = Path(app.outdir, "pagefind")
    shutil.rmtree(out, ignore_errors=True)
    with TemporaryDirectory() as folder, progress_message("index de recherche"):
        for name, record in _records(app):
            path = Path(folder, f"{name}index.html" if name.endswith("/") else name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(record, "utf-8")
        # Its Python interface waits a tenth of a second for each record.
        options = ["--site", folder, "--output-path", str(out), "--force-language", UNSTEMMED]
        done = subprocess.run([sys.executable, "-m", "pagefind", "--quiet", *options], capture_output=True, text=True, check=False)
    if done.returncode:
        logger.warning("l’index de recherche n’a pu être écrit : %s", done.stderr or done.stdout, type="annotated_bib")


def _records(app: Sphinx) -> Iterator[tuple[str, str]]:
    """The address on the site of each work and each theme, and what is to be found there, as HTML."""
    domain = cite_domain(app.env)
    titles = {page: app.env.titles[page].astext() for page in domain.theme_pages}
    for work in domain.works.works:
        if work.key in domain.notices:
            address = app.builder.get_target_uri(f"{WORK_PAGES}/{work.id}")
            yield address, _work_record(work, domain.works, titles[domain.notices[work.key]])
    for page, title in titles.items():
        what = {"title": title, "kind": "Introduction d’un thème"}
        facets = [("theme", title), ("kind", what["kind"])]
        yield app.builder.get_target_uri(page), _record(what, facets, [title, _introduction(app, page)])


def _work_record(work: Work, bibliography: Bibliography, theme: str) -> str:
    what = {
        "title": french(work.title),
        "author": french(work.author_label) if work.names else "",
        "year": french(work.year_label),
        "kind": kind(work),
    }
    facets = [("theme", theme), ("decade", _decade(work)), ("kind", kind(work))]
    facets += [("author", name.inverted) for name in work.names if name.last != "others"]
    said = (french(bibliography.text(work, name)) for name in ("annotation", "completedfrom", "lacuna"))
    return _record(what, facets, [*said, style.reference_text(work), ", ".join(work.keywords)])


def _record(what: dict[str, str], facets: Iterable[tuple[str, str]], said: Iterable[str]) -> str:
    """A page for Pagefind to read: *what* it is, its *facets*, and what is *said* there."""
    told = "".join(f'<p data-pagefind-meta="{name}">{escape(value)}</p>' for name, value in what.items() if value)
    told += "".join(f'<p data-pagefind-filter="{name}">{escape(value)}</p>' for name, value in facets)
    text = "".join(f"<p>{escape(part.replace('’', ELISION))}</p>" for part in said if part)
    return f"<html><body><div data-pagefind-ignore>{told}</div><main data-pagefind-body>{text}</main></body></html>"


def _decade(work: Work) -> str:
    return f"{work['year'][:3]}0-{work['year'][:3]}9" if exports.date(work, "-") else "Sans date"


def _introduction(app: Sphinx, page: str) -> str:
    """What a theme's page says besides its notices."""
    doctree = app.env.get_and_resolve_doctree(page, app.builder, tags=app.tags)
    for notice in list(doctree.findall(lambda node: isinstance(node, nodes.section) and "notice" in node["classes"])):
        notice.parent.remove(notice)
    return " ".join(paragraph.astext() for paragraph in doctree.findall(nodes.paragraph))
