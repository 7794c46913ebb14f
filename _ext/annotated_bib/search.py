"""Search in French, on a static site: Pagefind's index of the works and of the introductions to their themes.

Sphinx's own search finds neither « Etat » for « État » nor a year. Each work is one record, found once, under its own page;
its theme, author, decade and kind are facets. The page ``search.html`` and ``_static/search.js`` ask the index, and filter by
``facets.json``: Pagefind has filters of its own, but writes them in another order each time.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.display import progress_message

from . import exports, style
from .domain import SEARCH_PAGE, WORK_PAGES, cite_domain
from .listings import kind
from .typography import french
from .work_pages import has_work_pages, is_stale

logger = logging.getLogger(__name__)

#: No language, for Pagefind: the French stem of « État », once its accent is folded, is « et ».
UNSTEMMED = "zxx"
#: Pagefind cuts words at spaces alone: « l’ État » is found under « État ». The page that shows a passage takes the spaces out.
_INSIDE = re.compile("(?<=[’“])|(?=”)")
#: The value of the facet for works whose kind is not known.
UNKNOWN_KIND = "Genre non précisé"
#: What the record of a theme is, where that of a work names its kind.
INTRODUCTION = "Introduction d’un thème"

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from sphinx.application import Sphinx

    from .model import Bibliography, Work


def replace_search(app: Sphinx) -> None:
    """Keep Sphinx from making an index that no page asks."""
    if has_work_pages(app):
        app.builder.search = False


def collect_search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The page to which every search box leads."""
    if has_work_pages(app) and is_stale(app, SEARCH_PAGE):
        yield SEARCH_PAGE, {"title": "Recherche"}, "search.html"


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """Write Pagefind's index to ``pagefind/`` on the site."""
    if exception is not None or not has_work_pages(app):
        return
    out = Path(app.outdir, "pagefind")
    if not cite_domain(app.env).last_written_with:
        shutil.rmtree(out, ignore_errors=True)
    with progress_message("index de recherche"):
        records = _write_records(app)
        # Its Python interface waits a tenth of a second for each record.
        options = ["--site", str(records), "--output-path", str(out), "--force-language", UNSTEMMED]
        done = subprocess.run([sys.executable, "-m", "pagefind", "--quiet", *options], capture_output=True, text=True, check=False)
    if done.returncode:
        logger.warning("l’index de recherche n’a pu être écrit : %s", done.stderr or done.stdout, type="annotated_bib")
    else:
        _drop_former(out)
        (out / "facets.json").write_text(json.dumps(_facets(app, out), ensure_ascii=False), "utf-8")


def _write_records(app: Sphinx) -> Path:
    """Write what Pagefind is to read, a file for each work and each theme at its address on the site; the folder of these.

    It is kept with what else Sphinx keeps, and only what has changed since the last build is written again.
    """
    folder = Path(app.doctreedir, "search")
    former = {os.path.join(base, name) for base, _, names in os.walk(folder) for name in names}
    stale = cite_domain(app.env).stale
    for page, record in _records(app):
        address = app.builder.get_target_uri(page)
        path = os.path.join(folder, *(f"{address}index.html" if address.endswith("/") else address).split("/"))
        if page in stale or path not in former:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            Path(path).write_text(record(), "utf-8")
        former.discard(path)
    for path in former:
        os.unlink(path)
    return folder


def _records(app: Sphinx) -> Iterator[tuple[str, Callable[[], str]]]:
    """The page of each work and each theme, and what makes of it a record, as HTML."""
    domain = cite_domain(app.env)
    for work in domain.works.works:
        if work.key in domain.notices:
            yield f"{WORK_PAGES}/{work.id}", partial(_work_record, work, domain.works)
    for page in domain.theme_pages:
        yield page, partial(_theme_record, app, page, app.env.titles[page].astext())


def _work_record(work: Work, bibliography: Bibliography) -> str:
    what = {
        "title": french(work.title),
        "author": french(work.author_label) if work.names else "",
        "year": french(work.year_label),
        "kind": kind(work),
    }
    said = (french(bibliography.text(work, name)) for name in ("annotation", "completedfrom", "lacuna"))
    return _record(what, [*said, style.reference_text(work), ", ".join(work.keywords)])


def _theme_record(app: Sphinx, page: str, title: str) -> str:
    return _record({"title": title, "kind": INTRODUCTION}, [title, _introduction(app, page)])


def _record(what: dict[str, str], said: Iterable[str]) -> str:
    """A page for Pagefind to read: *what* it is, and what is *said* there."""
    told = "".join(f'<p data-pagefind-meta="{name}">{escape(value)}</p>' for name, value in what.items() if value)
    text = "".join(f"<p>{escape(_INSIDE.sub(' ', part))}</p>" for part in said if part)
    return f"<html><body><div data-pagefind-ignore>{told}</div><main data-pagefind-body>{text}</main></body></html>"


def _drop_former(index: Path) -> None:
    """Remove the parts of an earlier *index*, which Pagefind leaves: those that its list does not name."""
    [language] = json.loads((index / "pagefind-entry.json").read_text("utf-8"))["languages"].values()
    [current] = index.glob(f"*.{language['hash']}.pf_meta")
    named = gzip.decompress(current.read_bytes())
    former = [part for part in index.glob("*/*.pf_*") if part.stem.encode() not in named]
    for part in (*former, *(path for path in index.glob("*.pf_meta") if path != current)):
        part.unlink()


def _facets(app: Sphinx, index: Path) -> dict[str, dict[str, list[str]]]:
    """The values of each facet, and the records of Pagefind's *index* that have it, by the names it gave them."""
    facets: dict[str, dict[str, list[str]]] = {}
    names = _names(index, Path(app.doctreedir, "search.json"))
    for page, values in _values(app):
        for facet, value in values:
            name = names[_bare(f"/{app.builder.get_target_uri(page)}")]
            facets.setdefault(facet, {}).setdefault(value, []).append(name)
    return facets


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


def _values(app: Sphinx) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The page of each work and each theme, with its facets and their values."""
    domain = cite_domain(app.env)
    themes = {page: ("theme", app.env.titles[page].astext()) for page in domain.theme_pages}
    for work in domain.works.works:
        if work.key in domain.notices:
            authors = [("author", name.inverted) for name in work.names]
            theme = themes[domain.notices[work.key]]
            yield f"{WORK_PAGES}/{work.id}", [theme, *authors, ("decade", _decade(work)), ("kind", kind(work) or UNKNOWN_KIND)]
    for page, theme in themes.items():
        yield page, [theme, ("kind", INTRODUCTION)]


def _decade(work: Work) -> str:
    if exports.date(work, "-"):
        return f"{work['year'][:3]}0-{work['year'][:3]}9"
    return "Date perdue" if "year" in work.lost else "Sans date"


def _introduction(app: Sphinx, page: str) -> str:
    """What a theme's page says besides its notices."""
    doctree = app.env.get_doctree(page)
    for notice in list(doctree.findall(lambda node: isinstance(node, nodes.section) and "notice" in node["classes"])):
        notice.parent.remove(notice)
    app.env.resolve_references(doctree, page, app.builder)
    return " ".join(paragraph.astext() for paragraph in doctree.findall(nodes.paragraph))
