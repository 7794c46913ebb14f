"""The Atom feeds of the site: their files, and the links by which browsers and feed readers find them from a page."""

from __future__ import annotations

from functools import cached_property
from html import escape
from operator import attrgetter
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from docutils import nodes
from sphinx.util.docutils import new_document
from sphinx.util.osutil import relative_uri

from ..exports.feed import Entry, Feed, atom, work_title
from ..language.catalogue import _
from ..language.typography import set_text
from ..pages.news import FEED, WHATS_NEW, feeds
from ..pages.notices import Notice
from ..pages.typography import Typography

if TYPE_CHECKING:
    from datetime import date

    from ..source.changelog import Release
    from ..source.model import Work
    from .builder import SiteMixin

#: How many of the newest entries a feed has: a program asks for all of it several times a day, and keeps what it has seen.
LIMIT = 100


class Feeds:
    """The feeds of the site of *builder*."""

    def __init__(self, builder: SiteMixin) -> None:
        self._builder = builder

    @cached_property
    def names(self) -> dict[str, str]:
        """The files, by the theme pages that they tell of, « » for the whole edition."""
        return feeds(self._builder.domain, FEED)

    def title(self, page: str) -> str:
        """What the feed of a theme page, or of « », is called."""
        edition = set_text(self._builder.about.edition.site)
        return f"{edition} – {set_text(self._builder.env.titles[page].astext())}" if page else edition

    def links(self, page: str) -> str:
        """The elements of *page* that name the feed of the edition, and that of its theme."""
        here = self._builder.get_target_uri(page)
        return "".join(
            f'<link rel="alternate" type="application/atom+xml" title="{escape(self.title(theme))}"'
            f' href="{escape(relative_uri(here, quote(name)))}">\n'
            for theme, name in self.names.items()
            if theme in ("", page)
        )

    def write(self) -> None:
        """Write the feeds that are stale."""
        for page, name in self.names.items():
            if self._builder.is_stale(name):
                self._builder.write_file(name, atom(self._feed(page, name)))
                self._builder.note_written(name)

    def _feed(self, page: str, name: str) -> Feed:
        builder, lookups = self._builder, self._builder.domain.lookups
        held = {key for theme, keys in lookups.theme_pages(name).items() if page in ("", theme) for key in keys}
        works = [(day, work) for day, work in lookups.dated(name) if work.key in held]
        news = builder.address(lookups.page_of(WHATS_NEW, name) or builder.config.root_doc)
        releases = () if page else lookups.releases(name)
        entries = [
            *(_release_entry(release, builder.address(""), news) for release in releases),
            *(self._work_entry(work, day, name) for day, work in works[:LIMIT]),
        ]
        return Feed(
            edition=builder.about.edition,
            address=f"{builder.address('')}{quote(name)}",
            page=builder.address(page) if page else news,
            title=self.title(page),
            entries=sorted(entries, key=attrgetter("day"), reverse=True)[:LIMIT],
        )

    def _work_entry(self, work: Work, day: date, name: str) -> Entry:
        """The entry of *work*, which came on a *day*, in the feed *name*."""
        builder, lookups = self._builder, self._builder.domain.lookups
        theme = lookups.notice_page(work.key, name) or ""
        own = builder.works.page(work) if builder.domain.work_pages else ""
        address = builder.address(own) if own else f"{builder.address(theme)}#{work.id}"
        return Entry(
            id=address,
            address=address,
            title=work_title(work),
            day=day,
            html=self._html(lookups.work(work.key, name), name),
            authors=tuple(author.direct for author in work.names),
            category=(theme.rpartition("/")[2], set_text(builder.env.titles[theme].astext())),
        )

    def _html(self, work: Work, name: str) -> str:
        """What the notice of *work* says; of the feed *name*, nothing is relative."""
        builder = self._builder
        document = new_document(name)
        document.settings.env = builder.env
        document += nodes.container("", *Notice(work, name, builder.domain).text())
        Typography(document).apply()  # as when a page is read
        builder.env.resolve_references(document, name, builder)
        for link in document.findall(nodes.reference):
            link["refuri"] = urljoin(builder.address(name), link["refuri"])
        return builder.render_partial(document[0])["fragment"]


def _release_entry(release: Release, site: str, news: str) -> Entry:
    title = set_text(_("Edition {release}", release=release.version))
    return Entry(f"{site}#edition-{quote(release.version)}", news, title, release.day)
