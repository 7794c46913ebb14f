"""The site: Sphinx's HTML builders, with a page for each work, the files to take away, and what a search or a policy asks for.

It writes again only what is stale. What a page looked up when it was written is kept beside the output, as Sphinx keeps its
``.buildinfo``, and only when the whole build has succeeded: after any other, everything is written again.
"""

from __future__ import annotations

import json
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.addnodes import toctree
from sphinx.builders.dirhtml import DirectoryHTMLBuilder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import CONFIG_OK
from sphinx.util import logging
from sphinx.util.fileutil import copy_asset_file

from ..exports.csl import csl_json
from ..exports.meta import shortened
from ..exports.ris import ris
from ..language.catalogue import _, pgettext
from ..pages.domain import cite_domain
from ..pages.lookups import digest
from ..pages.news import SUFFIX
from . import card, colours, files, policy, words
from .about import About
from .feeds import Feeds
from .furo import is_dressed
from .navigation import Navigation
from .search import SEARCH_PAGE, Search
from .selection import SELECTION_PAGE, Selection
from .templates import Templates
from .works import WorkPages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from ..pages.domain import AnnotatedBibDomain
    from ..pages.lookups import Fact

logger = logging.getLogger(__name__)
_STATIC = Path(__file__).parent / "static"
#: What each page of the output folder was written with: the facts that it looked up, and their digest.
RECORD = ".written.json"
#: The scripts and stylesheets of a site, and of one that is nothing but an edition and has the theme furo.
_ASSETS = ("annotated-bib.css", colours.FILE, words.FILE, "annotated-bib.js")
_DRESS = ("annotated-bib-furo.css", "annotated-bib-furo.js")
#: What docutils says at the head of each document, and furo of each page.
_VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1" />'


class SiteMixin(StandaloneHTMLBuilder):
    """What the site adds to the two HTML builders."""

    def init(self) -> None:
        """Choose the search, and follow what an edit touches."""
        super().init()
        self.works = WorkPages(self)
        self.feeds = Feeds(self)
        self.own_search = Search(self) if self.config.annotated_bib_search else None
        self.search = not self.own_search
        self.selection = Selection(self) if self.config.annotated_bib_selection else None
        if self.selection:
            self.selection.add_to_pages()
        self._navigation = Navigation(self.env)
        #: The pages that this build has written.
        self.written: set[str] = set()
        policy.keep_formatters(self.highlighter)
        self.events.connect("env-updated", self._documents_to_write, priority=500)
        # The last: it says that all the others have succeeded.
        self.events.connect("build-finished", self._keep_record, priority=900)

    @cached_property
    def about(self) -> About:
        """What the pages tell programs."""
        return About(self)

    @cached_property
    def domain(self) -> AnnotatedBibDomain:
        """The ``cite`` domain, which knows works and pages."""
        return cite_domain(self.env)

    @property
    def processes(self) -> int:
        """How many processes may write pages at once."""
        return self._app.parallel

    def create_template_bridge(self) -> None:
        """Load the extension's templates too, unless the project loads its own in its own way."""
        if self.config.template_bridge:
            super().create_template_bridge()
        else:
            self.templates = Templates()

    @property
    def _made_pages(self) -> dict[str, Search | Selection]:
        """The pages that are neither documents nor works, each with what makes it."""
        makers = {SEARCH_PAGE: self.own_search, SELECTION_PAGE: self.selection}
        return {page: maker for page, maker in makers.items() if maker}

    # -- Scripts and stylesheets -----------------------------------------------------------------------------------------

    @property
    def _shared_assets(self) -> tuple[str, ...]:
        return (*_ASSETS, *_DRESS) if is_dressed(self.config) else _ASSETS

    def init_css_files(self) -> None:
        """Add the extension's stylesheets, before those of the project."""
        super().init_css_files()
        for name in self._shared_assets:
            if name.endswith(".css"):
                self.add_css_file(name, priority=700)

    def init_js_files(self) -> None:
        """Add the extension's scripts, before those of the project."""
        super().init_js_files()
        for name in self._shared_assets:
            if name.endswith(".js"):
                self.add_js_file(name, priority=700, defer="defer")

    def copy_html_static_files(self, context: dict[str, Any]) -> None:
        """Copy and make the extension's files, which those of the project may replace."""
        made = {colours.FILE: colours.stylesheet(self.config), words.FILE: words.script()}
        for name in (*self._shared_assets, *(asset for maker in self._made_pages.values() for asset in maker.assets)):
            if name not in made:
                copy_asset_file(_STATIC / name, self._static_dir, force=True)
        for name, text in made.items():
            (self._static_dir / name).write_text(text, "utf-8")
        super().copy_html_static_files(context)

    # -- What is stale ---------------------------------------------------------------------------------------------------

    def _documents_to_write(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """The documents that would no longer be as they were written."""
        if self.selection:
            self.selection.refuse_namesake()
        self._record = _take_record(self.outdir / RECORD)
        # What Sphinx reads again for its configuration, it writes again; the pages that are no documents must follow.
        self._writes_all = env.config_status != CONFIG_OK
        self._shared = digest(list(self._shared_by_all_pages()))
        return [page for page in sorted(env.found_docs) if self.is_stale(page)]

    def is_stale(self, page: str) -> bool:
        """Whether *page*, or a feed, would no longer be as it was written."""
        if self._writes_all or page not in self._record or not self._path(page).exists():
            return True
        state, facts = self._record[page]
        return state != self._state(facts)

    def note_written(self, page: str) -> None:
        """Keep what *page* has looked up, once it has been resolved."""
        self.written.add(page)
        facts = sorted(self.domain.lookups.noted.get(page, ()))
        self._record[page] = (self._state(facts), facts)

    def _path(self, page: str) -> Path:
        """The file of *page*; that of a feed has its whole name."""
        return self.outdir / page if page.endswith(SUFFIX) else Path(self.get_output_path(page))

    def _state(self, facts: Iterable[Fact]) -> str:
        return digest((self._shared, self.domain.lookups.digest(facts)))

    def _shared_by_all_pages(self) -> Iterator[object]:
        """What all pages have in common: configuration, templates, navigation, static files."""
        yield self.build_info.config_hash
        yield self.templates.newest_template_mtime()
        yield words.script()
        yield self.feeds.names
        yield sorted((docname, self.env.titles[docname].astext()) for docname in self.env.found_docs)
        tocs = (self.env.tocs[docname] for docname in sorted(self.env.toctree_includes))
        yield [sorted(node.attributes.items()) for toc in tocs for node in toc.findall(toctree)]
        for folder in (_STATIC, *(Path(self.confdir, name) for name in self.config.html_static_path)):
            paths = sorted(folder.rglob("*")) if folder.is_dir() else [folder]
            yield [(path.name, path.read_bytes()) for path in paths if path.is_file()]

    def _keep_record(self, app: Sphinx, exception: Exception | None) -> None:
        """Keep what the pages were written with, and remove those that are no longer written."""
        if exception is not None:
            return
        pages = {*self.env.found_docs, *self.works.pages, *self.feeds.names.values(), *self._made_pages}
        for page in self._record.keys() - pages:
            self._path(page).unlink(missing_ok=True)
            self.works.remove_files(page)
            del self._record[page]
        (self.outdir / RECORD).write_text(json.dumps(self._record), "utf-8")
        empty = [name for name in ("annotated_bib_publisher", "annotated_bib_contact") if not self.config[name]]
        if empty and self.config.annotated_bib_standalone:
            names = pgettext("between the last two names", " and ").join(empty)
            logger.info(_("Before you publish: say in conf.py who answers for the edition ({names}).", names=names))

    # -- Pages -----------------------------------------------------------------------------------------------------------

    def write_doc_serialized(self, docname: str, doctree: nodes.document) -> None:
        """Note what the document has looked up; it is now resolved."""
        super().write_doc_serialized(docname, doctree)
        if docname == self.config.root_doc:
            self.domain.lookups.works(docname)
        if self.own_search:
            self.own_search.note_introduction(docname, doctree)
        self.note_written(docname)

    def update_page_context(self, pagename: str, templatename: str, ctx: dict[str, Any], event_arg: Any) -> None:
        """Describe a written page by its first paragraph, and the edition on its home page; name the theme of each page."""
        super().update_page_context(pagename, templatename, ctx, event_arg)
        metatags = ctx.get("metatags", "")
        if event_arg:
            first = next(event_arg.findall(nodes.paragraph), None)
            metatags += self.about.document(pagename, shortened(first.astext().replace("\n", " ")) if first else "")
        ctx["metatags"] = self.feeds.links(pagename) + metatags
        if "body" in ctx and self.config.annotated_bib_colours:
            theme = ctx.get("edition_theme", pagename.rpartition("/")[2])
            ctx["body"] = f'<div data-page="{escape(theme)}">\n{ctx["body"]}\n</div>'
        ctx["toctree"] = self._navigation.of_page(ctx["toctree"])
        if pagename in self.works.pages:
            self.works.share(ctx)
        if pagename == SEARCH_PAGE and self.own_search:
            self.add_css_file("annotated-bib-search.css")
        if is_dressed(self.config):
            ctx["metatags"] = ctx["metatags"].replace(_VIEWPORT, "")
        if pagename == SELECTION_PAGE and self.selection:
            self.add_js_file("annotated-bib-selection-page.js", priority=800, defer="defer")
        ctx["accessibility"] = self.config.annotated_bib_accessibility
        if self.config.annotated_bib_policy:
            policy.prepare(ctx)

    def finish(self) -> None:
        """Write the pages that are no documents and the files that go with them."""
        self.works.write()
        self.feeds.write()
        for page, maker in self._made_pages.items():
            if self.is_stale(page):
                maker.write_page()
                self.note_written(page)
        super().finish()
        self.finish_tasks.add_task(self._write_files)
        if self.own_search:
            self.finish_tasks.add_task(self.own_search.write_index)

    def _write_files(self) -> None:
        bibliography = self.domain.lookups.bibliography
        for path in self.domain.bibfiles:
            self.write_file(path.name, path.read_bytes())
        if bibliography.works:
            name = self.domain.bibfiles[0].stem
            self.write_file(f"{name}.ris", "".join(ris(work, bibliography) for work in bibliography.works))
            self.write_file(f"{name}.json", csl_json(bibliography.works, bibliography))
        if card.is_drawn(self.config):
            self.write_file(card.FILE, card.draw(self.config, Path(self.confdir)))
        if self.config.annotated_bib_standalone:
            for name, text in files.texts(self):
                self.write_file(name, text)

    def write_file(self, name: str, content: str | bytes) -> None:
        """Write *content* to the file *name* of the site, unless it holds that already."""
        path = self.outdir / name
        content = content.encode("utf-8") if isinstance(content, str) else content
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    # -- Addresses -------------------------------------------------------------------------------------------------------

    def address(self, page: str) -> str:
        """The absolute address of *page*, « » that of the site; empty while the site's own is not known."""
        base = self.config.html_baseurl
        return f"{base.rstrip('/')}/{self.get_target_uri(page) if page else ''}" if base else ""


class Site(SiteMixin):
    """The builder ``html``."""

    name = "html"


class DirectorySite(SiteMixin, DirectoryHTMLBuilder):
    """The builder ``dirhtml``: an address ends with a folder."""

    name = "dirhtml"


def _take_record(path: Path) -> dict[str, tuple[str, list[Fact]]]:
    """What the last build kept; nothing, where it did not end or was cut short while it wrote that."""
    try:
        record = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        record = {}
    path.unlink(missing_ok=True)
    return {page: (state, [(kind, about) for kind, about in facts]) for page, (state, facts) in record.items()}
