"""``{work-index}``: the works by author, year, organisation or keyword, sorted as an index in the edition's language sorts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from docutils import nodes

from ..language.catalogue import _, pgettext
from ..language.typography import sort_key
from ..source.model import list_separator
from .listings import ListDirective
from .nodes import around, definition_list, joined, title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ..source.model import Work

#: What stands for a node in a message.
_PLACE = "\0"


class WorkIndexDirective(ListDirective):
    """The index of one kind: ``author``, ``year``, ``body`` or ``keyword``."""

    required_arguments = 1

    def listing(self, works: Sequence[Work]) -> Iterable[nodes.Node]:
        """A definition list: each heading, then its works."""
        kind = self.arguments[0]
        if kind not in _HEADINGS:
            raise self.error(_("there is no index “{kind}”; write {kinds}", kind=kind, kinds=", ".join(_HEADINGS)))
        terms: dict[str, nodes.Node] = {}
        entries: dict[str, list[nodes.Node]] = {}
        for work in sorted(works, key=lambda work: work["year"] or "undated"):
            for heading in _HEADINGS[kind](work):
                terms.setdefault(heading, title(work, heading) if kind == "author" and not work.names else nodes.Text(heading))
                entries.setdefault(heading, []).append(self.cite(work.key))
            if kind == "author":
                for body in _bodies_behind(work):
                    terms.setdefault(body, nodes.Text(body))
                    entries.setdefault(body, []).append(nodes.inline("", "", *self._see(work)))
        if not entries:
            yield nodes.paragraph("", _("No work has any."))
            return
        yield definition_list(
            "work-index",
            (
                ([terms[heading]], [nodes.paragraph("", "", *joined(entries[heading], list_separator()))])
                for heading in sorted(entries, key=_order)
            ),
        )

    def _see(self, work: Work) -> list[nodes.Node]:
        return around(_("see {work}", work=_PLACE), self.cite(work.key), _PLACE)


def _order(heading: str) -> tuple[str, str]:
    """The article that begins a heading does not count, but for a person's (« Le Goff, Jean »), nor do case and accents."""
    return sort_key(heading if ", " in heading else _article().sub("", heading, count=1)), heading


def _article() -> re.Pattern[str]:
    """What matches an article at the beginning of a heading, in the edition's language."""
    return _beginning(pgettext("articles that an index passes over, between |", "the |a |an "))


@lru_cache(maxsize=8)
def _beginning(words: str) -> re.Pattern[str]:
    return re.compile(f"^(?:{'|'.join(map(re.escape, words.split('|')))})", re.IGNORECASE)


def _authors(work: Work) -> Iterator[str]:
    names = dict.fromkeys(name.inverted for name in (*work.authors, *work.editors))
    yield from names or [work["shorttitle"] or work.title]


def _years(work: Work) -> Iterator[str]:
    yield work["year"] or (_("Date lost") if "year" in work.lost else _("No date"))


def _bodies(work: Work) -> Iterator[str]:
    yield from work.bodies
    if work["journal"]:
        yield work["journal"]


def _keywords(work: Work) -> Iterator[str]:
    yield from work.keywords


def _bodies_behind(work: Work) -> Iterator[str]:
    """Who published a work that a body signs under another name: one looks for it there too."""
    if work.authors and work.type == "report" and not any(name.is_person for name in work.authors):
        yield from (body for body in work.bodies if body not in {name.last for name in work.authors})


_HEADINGS: dict[str, Callable[[Work], Iterator[str]]] = {
    "author": _authors,
    "year": _years,
    "body": _bodies,
    "keyword": _keywords,
}
