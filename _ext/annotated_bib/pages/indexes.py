"""``{work-index}``: the works by author, year, organisation or keyword, sorted as a French index sorts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from ..language.typography import NARROW, sort_key
from .listings import ListDirective
from .nodes import definition_list, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ..source.model import Work

_ARTICLE = re.compile(r"^(?:l’|l'|le |la |les )", re.IGNORECASE)


class WorkIndexDirective(ListDirective):
    """The index of one kind: ``author``, ``year``, ``body`` or ``keyword``."""

    required_arguments = 1

    def listing(self, works: Sequence[Work]) -> Iterable[nodes.Node]:
        """A definition list: each heading, then its works."""
        kind = self.arguments[0]
        if kind not in _HEADINGS:
            raise self.error(f"il n’y a pas d’index « {kind} » ; écrivez {', '.join(_HEADINGS)}")
        entries: dict[str, list[nodes.Node]] = {}
        for work in sorted(works, key=lambda work: work["year"] or "undated"):
            for heading in _HEADINGS[kind](work):
                entries.setdefault(heading, []).append(self.cite(work.key))
            if kind == "author":
                for body in _bodies_behind(work):
                    entries.setdefault(body, []).append(nodes.inline("", "", nodes.Text("voir "), self.cite(work.key)))
        yield definition_list(
            "work-index",
            (
                ([nodes.Text(heading)], [nodes.paragraph("", "", *joined(entries[heading], f"{NARROW}; "))])
                for heading in sorted(entries, key=_order)
            ),
        )


def _order(heading: str) -> tuple[str, str]:
    """The article that begins a heading does not count, but for a person's (« Le Goff, Jean »), nor do case and accents."""
    return sort_key(heading if ", " in heading else _ARTICLE.sub("", heading, count=1)), heading


def _authors(work: Work) -> Iterator[str]:
    names = [name.inverted for name in (*work.authors, *work.editors)]
    yield from names or [work["shorttitle"] or work.title]


def _years(work: Work) -> Iterator[str]:
    yield work["year"] or ("Date perdue" if "year" in work.lost else "Sans date")


def _bodies(work: Work) -> Iterator[str]:
    yield from work.bodies
    if work["journal"]:
        yield work["journal"]


def _keywords(work: Work) -> Iterator[str]:
    yield from work.keywords


def _bodies_behind(work: Work) -> Iterator[str]:
    """Who published a work that a body signs under another name: one looks for it there too."""
    if work.authors and not any(name.first for name in work.authors):
        yield from (body for body in work.bodies if body not in {name.last for name in work.authors})


_HEADINGS: dict[str, Callable[[Work], Iterator[str]]] = {
    "author": _authors,
    "year": _years,
    "body": _bodies,
    "keyword": _keywords,
}
