"""A page per work, made without a source file, and the files that go with it.

``FOLDER/KEY.html`` (the key in lower case) is the address to cite: the notice in full, where it belongs, what comes before and
after it, and what reference managers, search engines and social cards read of it.
"""

from __future__ import annotations

from functools import cache, cached_property
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.utils import new_document
from sphinx.util.display import status_iterator
from sphinx.util.parallel import ParallelTasks

from ..exports.csl import csl_json
from ..exports.ris import ris
from ..language.catalogue import _
from ..language.typography import set_text
from ..pages.nodes import citation, labelled
from ..pages.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sphinx.writers.html5 import HTML5Translator

    from ..pages.lookups import Fact
    from ..source.model import Work
    from .builder import SiteMixin


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
        stale = sorted((page for page in self.pages if self._builder.is_stale(page)), key=self._theme)
        # What the builder last knew of a page that it wrote: these have no numbered figures or sections.
        self._builder.fignumbers, self._builder.secnumbers = {}, {}
        if self._builder.parallel_ok and len(stale) > 1:
            self._write(stale[:1])  # which fills the caches that the processes start with
            self._write_in_parallel(stale[1:])
        else:
            self._write(stale)
        for page in stale:
            self._builder.note_written(page)

    def _theme(self, page: str) -> str:
        """The page that holds the notice of the work of *page*."""
        return self._builder.domain.notices[self.pages[page].key]

    def _write_in_parallel(self, pages: list[str]) -> None:
        """Write *pages*, an equal share by each process, whose lookups come back from it."""
        processes = self._builder.processes
        tasks = ParallelTasks(processes)
        for first in range(processes):
            share = pages[len(pages) * first // processes : len(pages) * (first + 1) // processes]
            tasks.add_task(self._write, share, lambda _share, noted: self._builder.domain.lookups.noted.update(noted))
        tasks.join()

    def _write(self, pages: list[str]) -> dict[str, set[Fact]]:
        """Write *pages*, which are in the order of their themes, and their files; what each has looked up."""
        builder, lookups = self._builder, self._builder.domain.lookups
        progress = status_iterator(pages, _("pages of works... "), "brown", len(pages), builder.config.verbosity)
        for page, notice in zip(progress, self._notices(pages), strict=True):
            builder.handle_page(page, self._context(page, notice), "page.html")
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

    def _notices(self, pages: Iterable[str]) -> Iterator[nodes.section]:
        """The notice of each of *pages*, as it was read where it belongs; all of one theme are resolved together."""
        builder = self._builder
        for theme, group in groupby(pages, self._theme):
            document = builder.env.get_doctree(theme)
            read = {name: section for section in document.findall(nodes.section) for name in section["ids"]}
            notices = [self._placed(read[self.pages[page].id], page) for page in group]
            document.children = []
            document += notices
            builder.env.resolve_references(document, theme, builder)
            yield from notices

    def _placed(self, notice: nodes.section, page: str) -> nodes.section:
        """The *notice* as it stands on the *page* of its work."""
        work, lookups = self.pages[page], self._builder.domain.lookups
        for key in work.related:  # whose titles were printed when the notice was read
            lookups.label(key, page)
        for node in notice.findall(nodes.Element):
            for name in ("docname", "refdoc"):
                if name in node:
                    node[name] = page
        theme = lookups.notice_page(work.key, page) or ""
        notice.insert(2, typeset(labelled("notice-theme", _("Theme:"), [citation(theme, page, "page")])))
        _gather_apparatus(notice)
        return notice

    def _context(self, page: str, notice: nodes.section) -> dict[str, Any]:
        builder, lookups = self._builder, self._builder.domain.lookups
        work = lookups.work(self.pages[page].key, page)
        before, after = self._around[page]
        return {
            "title": escape(set_text(work.title)),
            "body": self._body(notice),
            "prev": self._neighbour(page, before),
            "next": self._neighbour(page, after),
            "edition_theme": work.theme,
            "metatags": builder.about.work(work, page),
        }

    def _body(self, notice: nodes.section) -> str:
        builder = self._builder
        document = new_document("", builder.docsettings)
        document += notice
        translator: HTML5Translator = builder.create_translator(document, builder)  # type: ignore[assignment]
        document.walkabout(translator)
        return "".join(translator.fragment)

    def _neighbour(self, page: str, other: str | None) -> dict[str, str] | None:
        if other is None:
            return None
        title = self._builder.domain.lookups.heading(self.pages[other].key, page)
        return {"link": self._builder.get_relative_uri(page, other), "title": escape(set_text(title))}


def _gather_apparatus(section: nodes.section) -> None:
    """Put what the edition says around a work into one container, which a wide screen has room for beside the commentary."""
    around = {"notice-note", "notice-related"}
    children = [node for node in section.children if isinstance(node, nodes.Element)]
    parts = [node for node in children if node.get("part") == "cited" or around.intersection(node["classes"])]
    place = section.index(parts[0])
    for node in parts:
        section.remove(node)
    section.insert(place, nodes.container("", *parts, classes=["notice-apparatus"]))
