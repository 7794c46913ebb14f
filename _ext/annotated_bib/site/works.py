"""A page per work, made without a source file, and the files that go with it.

``FOLDER/KEY.html`` (the key in lower case) is the address to cite: the notice in full, where it belongs, what comes before and
after it, and what reference managers, search engines and social cards read of it.
"""

from __future__ import annotations

from functools import cache, cached_property
from html import escape
from typing import TYPE_CHECKING, Any, TypeVar

from docutils import nodes
from sphinx.util.display import status_iterator
from sphinx.util.docutils import new_document
from sphinx.util.parallel import ParallelTasks, make_chunks

from ..exports.csl import csl_json
from ..exports.ris import ris
from ..language.catalogue import _
from ..language.typography import set_text
from ..pages.nodes import citation, labelled, slot
from ..pages.notices import Notice
from ..pages.typography import Typography

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..pages.lookups import Fact
    from ..source.model import Work
    from .builder import SiteMixin

_Step = TypeVar("_Step")


class WorkPages:
    """The pages of all works that have a notice, on the site of *builder*; none where the setting names no folder for them."""

    def __init__(self, builder: SiteMixin) -> None:
        self._builder = builder
        self._shared: dict[str, Callable[..., str]] = {}

    def page(self, work: Work) -> str:
        """The name of the page of *work*."""
        return f"{self._builder.config.annotated_bib_work_pages}/{work.id}"

    @cached_property
    def pages(self) -> dict[str, Work]:
        """The works by the names of their pages, in the file's order."""
        domain = self._builder.domain
        works = domain.lookups.bibliography.works if domain.work_pages else ()
        return {self.page(work): work for work in works if work.key in domain.notices}

    @cached_property
    def _around(self) -> dict[str, tuple[str | None, str | None]]:
        """The pages before and after each."""
        names = list(self.pages)
        return {page: (before, after) for before, page, after in zip([None, *names], names, [*names[1:], None], strict=False)}

    def write(self) -> None:
        """Write the pages that are stale, and the files beside them."""
        stale = [page for page in self.pages if self._builder.is_stale(page)]
        if self._builder.parallel_ok:
            self._write(stale[:1])  # which fills the caches that the processes start with
            self._write_in_parallel(stale[1:])
        else:
            for page in self._progress(stale):
                self._write([page])
        for page in stale:
            self._builder.note_written(page)

    def _write_in_parallel(self, pages: list[str]) -> None:
        """Write *pages* as Sphinx writes documents: in chunks, each by a process, whose lookups come back from it."""
        tasks, chunks = ParallelTasks(self._builder.processes), make_chunks(pages, self._builder.processes)
        progress = iter(self._progress(chunks))

        def done(_chunk: list[str], noted: dict[str, set[Fact]]) -> None:
            self._builder.domain.lookups.noted.update(noted)
            next(progress)

        for chunk in chunks:
            tasks.add_task(self._write, chunk, done)
        tasks.join()

    def _progress(self, steps: list[_Step]) -> Iterable[_Step]:
        return status_iterator(steps, _("pages of works... "), "brown", len(steps), self._builder.config.verbosity)

    def _write(self, pages: list[str]) -> dict[str, set[Fact]]:
        """Write *pages* and their files; what each has looked up."""
        builder, lookups = self._builder, self._builder.domain.lookups
        for page in pages:
            builder.handle_page(page, self._context(page, *self._around[page]), "page.html")
            work = self.pages[page]
            builder.write_file(f"{page}.bib", f"{work.raw}\n")
            builder.write_file(f"{page}.ris", ris(work, lookups.bibliography))
            builder.write_file(f"{page}.json", csl_json([work], lookups.bibliography))
        return {page: lookups.noted[page] for page in pages}

    def share(self, context: dict[str, Any]) -> None:
        """Give the page of *context* what all pages of works have: they stand in one folder, and outside of the contents."""
        for name in ("toctree", "css_tag", "js_tag"):
            context[name] = self._shared.setdefault(name, cache(context[name]))

    def remove_files(self, page: str) -> None:
        """Remove the files beside a *page* that is no longer written."""
        folder = self._builder.config.annotated_bib_work_pages
        if folder and page.startswith(f"{folder}/"):
            for suffix in ("bib", "ris", "json"):
                (self._builder.outdir / f"{page}.{suffix}").unlink(missing_ok=True)

    def _context(self, page: str, before: str | None, after: str | None) -> dict[str, Any]:
        builder, lookups = self._builder, self._builder.domain.lookups
        work = lookups.work(self.pages[page].key, page)
        return {
            "title": escape(set_text(work.title)),
            "body": self._body(work, page),
            "prev": self._neighbour(page, before),
            "next": self._neighbour(page, after),
            "edition_theme": work.theme,
            "metatags": builder.about.work(work, page),
        }

    def _body(self, work: Work, page: str) -> str:
        builder = self._builder
        document = new_document(page)
        document.settings.env = builder.env
        section = Notice(work, page, builder.domain).section()
        theme = builder.domain.lookups.notice_page(work.key, page) or ""
        section.insert(2, labelled("notice-theme", _("Theme:"), [citation(theme, page, "page")]))
        _gather_apparatus(section)
        document += section
        Typography(document).apply()  # as when a page is read
        builder.env.resolve_references(document, page, builder)
        # What the builder last knew of a page that it wrote: this one has no numbered figures or sections.
        builder.fignumbers, builder.secnumbers = {}, {}
        return builder.render_partial(document[0])["fragment"]

    def _neighbour(self, page: str, other: str | None) -> dict[str, str] | None:
        if other is None:
            return None
        title = self._builder.domain.lookups.heading(self.pages[other].key, page)
        return {"link": self._builder.get_relative_uri(page, other), "title": escape(set_text(title))}


def _gather_apparatus(section: nodes.section) -> None:
    """Put what the edition says around a work into one container, which a wide screen has room for beside the commentary."""
    around = {"notice-note", "notice-related"}
    parts = [node for node in section.findall(nodes.Element) if isinstance(node, slot) or around.intersection(node["classes"])]
    place = section.index(parts[0])
    for node in parts:
        section.remove(node)
    section.insert(place, nodes.container("", *parts, classes=["notice-apparatus"]))
