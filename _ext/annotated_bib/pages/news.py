"""``{whats-new}``: the works by the day on which they joined the edition, and its editions, the newest first.

It also gives the addresses of the site's feeds, to those who would rather be told than look. ``/feed.atom`` tells of the whole
edition; that of a theme stands beside its page, as ``.bib`` and ``.ris`` do beside the page of a work. A program is given such an
address once and asks there for years: it is the same in any language, and no title or setting changes it. Servers know the
suffix, and would take ``.xml`` for any XML. Nothing in a feed may be relative: a site that does not know its address has none.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING
from urllib.parse import quote

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from ..language.catalogue import _
from ..language.dates import date_in_words
from ..source.model import list_separator
from .domain import cite_domain
from .nodes import around, citation, definition_list, joined, slot
from .typography import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..source.model import Work
    from .domain import AnnotatedBibDomain

#: The feed of the whole edition, and how that of a theme ends.
FEED = "feed.atom"
SUFFIX = ".atom"
WHATS_NEW = "whats-new"
#: What stands for a node in a message.
_PLACE = "\0"


def feeds(domain: AnnotatedBibDomain, page: str) -> dict[str, str]:
    """The files of the feeds, by the theme pages that they tell of, « » for the whole edition; *page* depends on them.

    There are none while nothing is dated, nor while ``html_baseurl`` is empty.
    """
    dated = {work.key for _day, work in domain.lookups.dated(page)}
    pages = domain.lookups.theme_pages(page).items()
    themes = {theme: f"{theme}{SUFFIX}" for theme, keys in pages if dated.intersection(keys)}
    has_news = themes or domain.lookups.releases(page)
    return {"": FEED} | themes if has_news and domain.env.config.html_baseurl else {}


class WhatsNewDirective(SphinxDirective):
    """The addresses of the feeds, then what joined the edition, day by day."""

    def run(self) -> list[nodes.Node]:
        """A slot, since the themes are known once all pages have been read, and a definition list."""
        domain, page = cite_domain(self.env), self.env.docname
        domain.note_list(self.name)
        news: dict[date, list[nodes.Node]] = {}
        for release in domain.lookups.releases(page):
            news.setdefault(release.day, []).append(nodes.paragraph("", _("Edition {release}", release=release.version)))
        for day, works in groupby(domain.lookups.dated(page), itemgetter(0)):
            news.setdefault(day, []).append(nodes.bullet_list("", *(self._item(work) for _day, work in works)))
        if not news:
            return [nodes.paragraph("", _("No work says when it joined the edition."))]
        terms = {day: nodes.Text(date_in_words(str(day.year), day.month, day.day)) for day in news}
        listed = definition_list("whats-new", (([terms[day]], news[day]) for day in sorted(news, reverse=True)))
        return [slot(part="feeds", docname=page), listed]

    def _item(self, work: Work) -> nodes.list_item:
        page = self.env.docname
        line = nodes.paragraph("", "", citation(work.key, page))
        cited = cite_domain(self.env).lookups.label(work.key, page)
        if cited and cited.names:  # a work that nobody signs is cited by its title
            line += [nodes.Text(", "), citation(work.key, page, "title")]
        return nodes.list_item("", line)


class FillFeeds(SphinxPostTransform):
    """Put the addresses of the feeds in their place."""

    # Before Sphinx resolves the references (10), among which those made here.
    default_priority = 5

    def run(self, **kwargs: object) -> None:
        """Replace the slot of the document."""
        for node in list(self.document.findall(slot)):
            if node["part"] == "feeds":
                node.replace_self([typeset(line) for line in self._addresses(node["docname"])])

    def _addresses(self, docname: str) -> Iterator[nodes.paragraph]:
        domain = cite_domain(self.env)
        base = self.env.config.html_baseurl.rstrip("/")
        links = {page: f"{base}/{quote(name)}" for page, name in feeds(domain, docname).items()}
        if not links:
            return
        whole = links.pop("")
        words = _(
            "To be told of what is new, paste this address into a feed reader, an application that looks at many sites in your"
            " stead: {address}. This page says the same.",
            address=_PLACE,
        )
        yield nodes.paragraph("", "", *around(words, nodes.reference("", whole, refuri=whole), _PLACE))
        if links:
            themes = (nodes.reference("", domain.lookups.title(page, docname), refuri=address) for page, address in links.items())
            words = _("For a single theme, the address is that of its link: {themes}.", themes=_PLACE)
            before, _place, after = words.partition(_PLACE)
            line = [nodes.Text(before), *joined(themes, list_separator()), nodes.Text(after)]
            yield nodes.paragraph("", "", *line)
