"""A work as a ContextObject in a span (COinS, Z39.88-2004), which reference managers find in pages that hold several works."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from ..source.datamodel import IN_BOOK
from .common import date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..source.model import Work


def coins(work: Work) -> str:
    """The ContextObject of *work*, for the ``title`` of a span of class ``Z3988``."""
    return urlencode([(name, value) for name, value in _keys(work) if value])


def _keys(work: Work) -> Iterator[tuple[str, str]]:
    article, thesis, in_book = work.type == "article", work.type == "thesis", work.type in IN_BOOK
    first, last = work.page_range
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:" + ("journal" if article else "dissertation" if thesis else "book")
    yield "rft.genre", work.entry_type.coins
    yield "rft.atitle" if article or in_book else "rft.title" if thesis else "rft.btitle", work.title
    yield "rft.jtitle", work["journal"]
    yield ("rft.btitle", work["booktitle"]) if in_book else ("rft.series", work["series"])
    if work.authors and work.authors[0].is_person:
        yield "rft.aulast", work.authors[0].heading
        yield "rft.aufirst", work.authors[0].forenames
    yield from (("rft.au" if name.is_person else "rft.aucorp", name.direct) for name in work.authors)
    yield "rft.date", date(work, "-")
    yield "rft.volume", work["volume"]
    yield "rft.issue", work["number"] if article else ""
    yield "rft.pub" if not thesis else "rft.inst", "" if article else work.publisher
    yield "rft.place", "" if article else work["address"]
    yield "rft.pages", "-".join(page for page in (first, last) if page)
    yield "rft.spage", first
    yield "rft.epage", last
    yield "rft.tpages", work["pagetotal"]
    yield "rft.isbn", work["isbn"]
    yield "rft.issn", work["issn"]
    yield "rft.language", work.language
    yield "rft_id", f"info:doi/{work['doi']}" if work["doi"] else work["url"]
