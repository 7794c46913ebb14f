"""Search in French, on a static site: Pagefind's index of the works and of the introductions to their themes.

Sphinx's own search finds neither « Etat » for « État » nor a year. Each work is one record, found once, under its own page;
its theme, author, decade and kind are facets. The page ``search.html`` and ``_static/search.js`` ask the index.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from docutils import nodes
from pagefind.index import IndexConfig, PagefindIndex

from . import exports, style
from .domain import WORK_PAGES, cite_domain
from .listings import kind
from .typography import french
from .work_pages import has_work_pages

#: No language, for Pagefind: the French stem of « État », once its accent is folded, is « et ».
UNSTEMMED = "zxx"
#: Pagefind cuts words at spaces alone: « l’ État » is found under « État ». The page that shows a passage takes the space out.
ELISION = "’ "

if TYPE_CHECKING:
    from collections.abc import Iterator
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
    if exception is None and has_work_pages(app):
        asyncio.run(_write_index(app))


async def _write_index(app: Sphinx) -> None:
    async with PagefindIndex(config=IndexConfig(output_path=str(app.outdir / "pagefind"))) as index:
        for record in _records(app):
            content = record["content"].replace("’", ELISION)
            await index.add_custom_record(language=UNSTEMMED, **record | {"content": content})


def _records(app: Sphinx) -> Iterator[dict[str, Any]]:
    domain = cite_domain(app.env)
    titles = {page: app.env.titles[page].astext() for page in domain.theme_pages}
    for work in domain.works.works:
        if work.key in domain.notices:
            yield _work_record(app, work, domain.works, titles[domain.notices[work.key]])
    for page, title in titles.items():
        yield {
            "url": f"/{app.builder.get_target_uri(page)}",
            "content": f"{title}. {_introduction(app, page)}",
            "meta": {"title": title, "kind": "Introduction d’un thème"},
            "filters": {"theme": [title], "kind": ["Introduction d’un thème"]},
        }


def _work_record(app: Sphinx, work: Work, bibliography: Bibliography, theme: str) -> dict[str, Any]:
    said = (bibliography.text(work, name) for name in ("annotation", "completedfrom", "lacuna"))
    parts = (french(work.title), style.reference_text(work), *said, ", ".join(work.keywords))
    names = [name.inverted for name in work.names if name.last != "others"]
    facets = {"theme": [theme], "author": names, "decade": [_decade(work)], "kind": [kind(work)]}
    return {
        "url": f"/{app.builder.get_target_uri(f'{WORK_PAGES}/{work.id}')}",
        "content": "\n".join(part for part in parts if part),
        "meta": {
            "title": french(work.title),
            "author": french(work.author_label) if work.names else "",
            "year": french(work.year_label),
            "kind": kind(work),
        },
        "filters": {name: values for name, values in facets.items() if values},
    }


def _decade(work: Work) -> str:
    return f"{work['year'][:3]}0-{work['year'][:3]}9" if exports.date(work, "-") else "Sans date"


def _introduction(app: Sphinx, page: str) -> str:
    """What a theme's page says besides its notices."""
    doctree = app.env.get_and_resolve_doctree(page, app.builder, tags=app.tags)
    for notice in list(doctree.findall(lambda node: isinstance(node, nodes.section) and "notice" in node["classes"])):
        notice.parent.remove(notice)
    return " ".join(paragraph.astext() for paragraph in doctree.findall(nodes.paragraph))
