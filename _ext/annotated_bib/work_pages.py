"""A page per work, made without a source file, and the files that go with it.

``oeuvres/KEY.html`` (the key in lower case) is the address to cite: the notice in full, where it belongs, what comes before and
after it, and what reference managers, search engines and social cards read of it.
"""

from __future__ import annotations

from functools import cache, partial
from html import escape
from shutil import copyfile
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.display import status_iterator
from sphinx.util.docutils import new_document

from . import exports, metadata
from .colophon import agent
from .domain import WORK_PAGES, cite_domain
from .notices import citation, labelled, notice
from .typography import FrenchTypography, french

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from sphinx.application import Sphinx

    from .model import Work


def collect_work_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The pages of all works that have a notice: name, context, template."""
    if not has_work_pages(app):
        return
    domain = cite_domain(app.env)
    works = [work for work in domain.works.works if work.key in domain.notices]
    toctree = _shared_toctree(app)
    stale = [(rank, work) for rank, work in enumerate(works) if is_stale(app, f"{WORK_PAGES}/{work.id}")]
    shown = status_iterator(stale, "pages des œuvres... ", "brown", len(stale), app.verbosity, lambda item: item[1].id)
    for rank, work in shown:
        context = {
            "title": escape(french(work.title)),
            "body": _body(app, work),
            "prev": _neighbour(app, works, rank, -1),
            "next": _neighbour(app, works, rank, +1),
            "edition_theme": work.theme,
            "toctree": toctree,
            "metatags": metadata.head(work, domain.works, _address(app, work), app.config.html_title),
        }
        yield f"{WORK_PAGES}/{work.id}", context, "page.html"


def write_exports(app: Sphinx, exception: Exception | None) -> None:
    """Write the bibliography in every format at the root of the site, and each work beside its page."""
    if exception is not None or not has_work_pages(app):
        return
    for path in cite_domain(app.env).bibfiles:
        copyfile(path, app.outdir / path.name)
    bibliography = cite_domain(app.env).works
    records = {work.id: (work, exports.ris(work, bibliography)) for work in bibliography.works}
    name = cite_domain(app.env).bibfiles[0].stem
    _write(app, f"{name}.ris", "".join(record for _, record in records.values()))
    _write(app, f"{name}.json", exports.write_json(bibliography.works, bibliography))
    for identifier, (work, record) in records.items():
        page = f"{WORK_PAGES}/{identifier}"
        if page in cite_domain(app.env).stale or not (app.outdir / f"{page}.bib").exists():
            _write(app, f"{page}.ris", record)
            _write(app, f"{page}.bib", f"{work.raw}\n")


def describe_page(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Describe a written page by its first paragraph, and the edition on its home page."""
    if not has_work_pages(app):
        return
    first = next(doctree.findall(nodes.paragraph), None) if doctree else None
    if first:
        text = metadata.shortened(first.astext().replace("\n", " "))
        context["metatags"] = f'{context.get("metatags", "")}<meta name="description" content="{escape(text)}">'
    if pagename == app.config.root_doc:
        base = app.config.html_baseurl and f"{app.config.html_baseurl.rstrip('/')}/"
        about = {"@id": base, "name": app.config.project, "description": app.config.html_title}
        about |= {"license": app.config.annotated_bib_license, "publisher": agent(app.config)}
        thing = metadata.collection(cite_domain(app.env).works, about, partial(_address, app))
        context["metatags"] = context.get("metatags", "") + metadata.json_ld(thing)


def has_work_pages(app: Sphinx) -> bool:
    """Whether the builder makes a site of many pages."""
    return app.builder.name in ("html", "dirhtml")


def is_stale(app: Sphinx, page: str) -> bool:
    """Whether *page*, which is no document, would no longer be as it was written."""
    return page in cite_domain(app.env).stale or not app.builder.get_output_path(page).exists()


def _body(app: Sphinx, work: Work) -> str:
    docname = f"{WORK_PAGES}/{work.id}"
    document = new_document(docname)
    document.settings.env = app.env
    domain = cite_domain(app.env)
    section = notice(work, docname, domain.works)
    page = domain.notices[work.key]
    section.insert(2, labelled("notice-theme", "Thème :", [citation(page, docname, "page")]))
    document += section
    FrenchTypography(document).apply()  # as when a page is read
    app.env.resolve_references(document, docname, app.builder)
    # What the builder last knew of a page it wrote: this one has no numbered figures or sections.
    app.builder.fignumbers = app.builder.secnumbers = {}
    return app.builder.render_partial(document[0])["fragment"]


def _shared_toctree(app: Sphinx) -> Callable[..., str]:
    """The contents that a theme asks for, made once: pages in one folder that the contents do not hold have the same."""

    @cache
    def toctree(**options: Any) -> str:
        # What Sphinx would call for each page: it has no public name.
        return app.builder._get_local_toctree(f"{WORK_PAGES}/index", **options)

    return toctree


def _neighbour(app: Sphinx, works: list[Work], rank: int, step: int) -> dict[str, str] | None:
    if not 0 <= rank + step < len(works):
        return None
    here, there = (f"{WORK_PAGES}/{work.id}" for work in (works[rank], works[rank + step]))
    return {"link": app.builder.get_relative_uri(here, there), "title": escape(french(works[rank + step].title))}


def _address(app: Sphinx, work: Work) -> str:
    base = app.config.html_baseurl
    return f"{base.rstrip('/')}/{app.builder.get_target_uri(f'{WORK_PAGES}/{work.id}')}" if base else ""


def _write(app: Sphinx, name: str, text: str) -> None:
    path = app.outdir / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
