"""How a book of many works is bound: in volumes, each of whole chapters.

A chapter is a page that the contents of the book's first page name, with the pages below it. Volumes take chapters one after
the other, and none is divided: a reader finds a theme in one place. A page without works goes with what follows it, the last
ones with the last volume. A list of all works, which a reader of any volume consults, is weighed too: it may fill one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

#: The pages of a book by their chapters, in their order.
Chapters = dict[str, list[str]]
#: How many works a list names in the memory that Typst takes for the notice of one.
_LISTED = 3


def chapters(first: str, appendices: Sequence[str], includes: Mapping[str, Iterable[str]]) -> Chapters:
    """The chapters after the page *first*, by the pages that each *includes*; a page stands where it is named first of all."""
    seen = {first, *appendices}

    def named_by(page: str) -> Iterator[str]:
        for name in includes.get(page, ()):
            if name not in seen:
                seen.add(name)
                yield name

    def below(page: str) -> Iterator[str]:
        for name in named_by(page):
            yield name
            yield from below(name)

    return {page: [page, *below(page)] for page in named_by(first)} | {page: [page] for page in appendices}


def bound(first: str, chapters: Chapters, works: Mapping[str, int], lists: AbstractSet[str], most: int) -> list[Chapters]:
    """The *chapters* after the page *first* in volumes of *most* works, unless a chapter has more; one volume if that holds all.

    *works* is how many each page has; *lists*, the pages that list all of them.
    """
    total = sum(works.get(page, 0) for page in (first, *(page for pages in chapters.values() for page in pages)))
    if total <= most:
        return [chapters]

    def weight(page: str) -> int:
        return works.get(page, 0) + (total // _LISTED if page in lists else 0)

    volumes: list[Chapters] = [{}]
    held = weight(first)
    waiting: Chapters = {}
    for chapter, pages in chapters.items():
        waiting[chapter] = pages
        if added := sum(map(weight, pages)):
            if held and held + added > most:
                volumes.append({})
                held = 0
            volumes[-1] |= waiting
            held += added
            waiting = {}
    volumes[-1] |= waiting
    return volumes


def file_name(book: str, number: int) -> str:
    """The PDF of the volume *number* of *book*: the first keeps the name that the book had, and links have, while it was one."""
    return f"{book}.pdf" if number == 1 else f"{book}-{number}.pdf"
