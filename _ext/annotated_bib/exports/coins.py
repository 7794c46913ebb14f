"""A work as a ContextObject in a span (COinS, Z39.88-2004), which reference managers find in pages that hold several works.

Zotero prefers it to all else that a page says, and what it then saves decides the forms that are not the standard's own:

* Names stand last name first, for it takes the last word of a name in direct order for the family's. A body ends with a comma, and
  so stays one name in its place; one that holds a comma itself cannot, and is given apart.
* A type of which the standard's formats know too little is given in Dublin Core, under Zotero's name of it: in a dissertation
  Zotero reads no subject, description or language.
* What no format has a place for is said where there is one: the number in a series with the series; the type, the number and the
  extent of a report before the notes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from ..language.catalogue import _
from ..source.datamodel import IN_BOOK
from .common import date, extent, notes, with_comma

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..source.model import Bibliography, Work
    from ..source.names import Name

#: The genres of the standard's formats for journals and for books; of all others the format is Dublin Core.
_FORMATS = {"article": "journal", "book": "book", "bookitem": "book", "proceeding": "book", "report": "book", "document": "book"}


@lru_cache(maxsize=16384)  # a notice stands on two pages
def coins(work: Work, bibliography: Bibliography | None = None) -> str:
    """The ContextObject of *work*, for the ``title`` of a span of class ``Z3988``.

    The *bibliography* gives the notes on the work; in a list of all works they are left out, for they would outweigh the list.
    """
    return urlencode([(name, value) for name, value in _keys(work, bibliography) if value], quote_via=quote)


def _keys(work: Work, bibliography: Bibliography | None) -> Iterator[tuple[str, str]]:
    kind = work.entry_type.coins
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{_FORMATS.get(kind, 'dc')}"
    yield "rft.genre", kind if kind in _FORMATS else ""
    yield from _titles(work, kind)
    yield from _creators(work)
    yield "rft.date", date(work, "-")
    yield "rft.volume", work["volume"]
    yield "rft.issue", work["number"] if kind == "article" else ""
    yield "rft.edition", work["edition"]
    yield "rft.pub", "" if kind == "article" else work.publisher
    yield "rft.place", "" if kind == "article" else work["address"]
    first, last = work.page_range
    yield "rft.pages", "-".join(page for page in (first, last) if page)
    yield "rft.spage", first
    yield "rft.epage", last
    yield "rft.artnum", work["eid"]
    yield "rft.tpages", work["pagetotal"]
    yield "rft.isbn", work["isbn"]
    yield "rft.issn", work["issn"]
    yield "rft.language", work.language
    yield from (("rft.subject", keyword) for keyword in work.keywords)
    yield "rft.description", _description(work, bibliography)
    yield "rft_id", f"info:doi/{work['doi']}" if work["doi"] else ""
    yield "rft_id", work["url"]
    if kind not in _FORMATS:
        yield "rft.type", kind
        # Zotero reads these of what is a thesis or a patent already.
        yield "rft.degree", work["type"]
        yield "rft.number", work["number"]


def _titles(work: Work, kind: str) -> Iterator[tuple[str, str]]:
    title = {"article": "atitle", "book": "btitle", "report": "btitle"}.get(kind, "atitle" if work.type in IN_BOOK else "title")
    yield f"rft.{title}", work.title
    yield "rft.jtitle", work["journal"]
    yield "rft.btitle", work["booktitle"] if work.type in IN_BOOK else ""
    number = _("no. {text}", text=work["number"]) if work["number"] and kind != "article" else ""
    yield "rft.series", ", ".join(part for part in (work["series"], number) if part) if work["series"] else ""


def _creators(work: Work) -> Iterator[tuple[str, str]]:
    if work.authors and work.authors[0].is_person:
        yield "rft.aulast", work.authors[0].heading
        yield "rft.aufirst", work.authors[0].forenames
    yield from (_creator("rft.au", name) for name in work.authors)
    others = (*work.editors, *work.people.get("translator", ()))
    yield from (("rft.contributor", _creator("", name)[1]) for name in others)


def _creator(key: str, name: Name) -> tuple[str, str]:
    if "," in name.direct and not name.is_person:
        return "rft.aucorp", name.direct
    return key, with_comma(name)


def _description(work: Work, bibliography: Bibliography | None) -> str:
    is_report = work.entry_type.coins == "report"
    number = _("no. {text}", text=work["number"]) if work["number"] and not work["series"] else ""
    told = (work["type"] if is_report else "", number if is_report else "", extent(work))
    noted = notes(work, bibliography) if bibliography else ""
    return "\n\n".join(part for part in (", ".join(filter(None, told)), noted) if part)
