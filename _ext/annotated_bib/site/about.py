"""What a page tells programs of itself and of the works that it shows: meta elements, JSON-LD, signposts."""

from __future__ import annotations

from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from ..exports import meta, schema, signposting
from ..exports.common import Edition
from ..exports.signposting import Signposts
from ..pages.colophon import agent
from ..references.access import doi_address
from . import card

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..source.model import Work
    from .builder import SiteMixin


class About:
    """What the pages on the site of *builder* tell programs."""

    def __init__(self, builder: SiteMixin) -> None:
        self._builder = builder
        self._config = builder.config
        self._lookups = builder.domain.lookups

    @cached_property
    def edition(self) -> Edition:
        """The edition, dated where ``conf.py`` dates it."""
        config, address = self._config, self._builder.address("")
        day = config.annotated_bib_date
        return Edition(
            title=config.project,
            site=config.html_title,
            address=address,
            author="" if config.author == "Author name not set" else config.author,
            publisher=agent(config),
            release=config.release,
            date=day.isoformat() if day else "",
            license=config.annotated_bib_license,
            doi=config.annotated_bib_doi,
            card=f"{address}{card.FILE}" if address and card.is_drawn(config) else "",
        )

    def work(self, work: Work, page: str) -> str:
        """The head of the *page* of *work*."""
        bibliography, address = self._lookups.bibliography, self._builder.address(page)
        kind = "book" if work.type == "book" else "article"
        home = self._address(self._config.root_doc, page)
        posts = Signposts(
            address, [f"{work.id}.{suffix}" for suffix in ("bib", "ris", "json")], self.edition.license, collection=home
        )
        return "\n".join(
            [
                meta.head(work, bibliography),
                meta.social(meta.title(work), meta.description(work, bibliography), kind, address, self.edition),
                schema.json_ld(schema.schema(work, bibliography, self.edition, address)),
                self._signposts(posts),
            ]
        )

    def document(self, page: str, text: str) -> str:
        """The head of the document *page*, which *text* describes."""
        head = [f'<meta name="description" content="{escape(text)}">'] if text else []
        is_home = page == self._config.root_doc
        title = self.edition.title if is_home else self._lookups.title(page, page)
        if self._config.annotated_bib_standalone:
            head.append(meta.social(title, text, "website" if is_home else "article", self._builder.address(page), self.edition))
        if is_home:
            works = self._addresses(self._lookups.works(page), page)
            files = [self._builder.domain.bibfiles[0].stem + suffix for suffix in (".bib", ".ris", ".json")] if works else []
            cite_as = doi_address(self.edition.doi) or self.edition.address
            head.append(schema.json_ld(schema.collection(self.edition, works)))
            head.append(self._signposts(Signposts(cite_as, files, self.edition.license, items=[address for _, address in works])))
        elif shown := self._shown(page):
            address = self._builder.address(page)
            head.append(schema.json_ld(schema.page_of_works(title, address, self.edition, self._addresses(shown, page))))
        return "\n".join(head)

    def _shown(self, page: str) -> Iterable[Work]:
        """The works that *page* presents: those of a theme, or all, in the catalogue."""
        if page == self._lookups.page_of("catalogue", page):
            return self._lookups.works(page)
        return [self._lookups.work(key, page) for key in self._builder.domain.theme_pages.get(page, ())]

    def _addresses(self, works: Iterable[Work], page: str) -> list[tuple[Work, str]]:
        """The *works* with the addresses of their pages, or of their notices; empty for a work that has none."""
        return [(work, self._address_of(work, page)) for work in works]

    def _address_of(self, work: Work, page: str) -> str:
        docname = self._lookups.notice_page(work.key, page)
        if not docname:
            return ""
        if self._builder.domain.work_pages:
            return self._address(self._builder.works.page(work), page)
        return f"{self._address(docname, page)}#{work.id}"

    def _address(self, target: str, page: str) -> str:
        """The absolute address of *target*, or its relative one on *page* while the site's own is not known."""
        return self._builder.address(target) or self._builder.get_relative_uri(page, target)

    def _signposts(self, posts: Signposts) -> str:
        return signposting.links(posts) if self._config.annotated_bib_signposting else ""
