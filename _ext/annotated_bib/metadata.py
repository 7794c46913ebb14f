"""What machines read of a work on a page: meta tags, schema.org, COinS.

Zotero's Connector and Google Scholar read ``citation_*``, library catalogues Dublin Core, search engines JSON-LD, social
cards Open Graph; COinS serves pages that hold several works.
"""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from .exports import date, language, page_range, publisher
from .typography import french

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .model import Bibliography, Name, Work

_SCHEMA_TYPES = {
    "article": "ScholarlyArticle",
    "book": "Book",
    "booklet": "Book",
    "inbook": "Chapter",
    "incollection": "Chapter",
    "inproceedings": "ScholarlyArticle",
    "manual": "Book",
    "online": "WebPage",
    "periodical": "Periodical",
    "proceedings": "Book",
    "report": "Report",
    "thesis": "Thesis",
}
_COINS_GENRES = {
    "article": "article",
    "inbook": "bookitem",
    "incollection": "bookitem",
    "inproceedings": "proceeding",
    "report": "report",
}


def head(work: Work, bibliography: Bibliography, address: str, site: str) -> str:
    """The tags of the page of *work*, whose absolute *address* may be unknown, on the site named *site*."""
    tags = [f'<meta name="{name}" content="{escape(value)}">' for name, value in _named(work, bibliography) if value]
    tags += [
        f'<meta property="{name}" content="{escape(value)}">' for name, value in _social(work, bibliography, address, site) if value
    ]
    return "\n".join([*tags, json_ld(schema(work, bibliography, address))])


def json_ld(thing: dict[str, object]) -> str:
    """A script element that holds *thing*; no text in it can close the element."""
    text = json.dumps({"@context": "https://schema.org"} | thing, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f'<script type="application/ld+json">{text}</script>'


def schema(work: Work, bibliography: Bibliography, address: str = "") -> dict[str, object]:
    """*work* as a schema.org thing."""
    first, last = page_range(work)
    body = publisher(work)
    thing: dict[str, object] = {
        "@type": _SCHEMA_TYPES.get(work.type, "CreativeWork"),
        "@id": address,
        "name": work.title,
        "author": [_agent(name) for name in work.authors],
        "editor": [_agent(name) for name in work.editors],
        "datePublished": date(work, "-"),
        "publisher": _drop_empty({"@type": "Organization", "name": body, "location": work["address"]}) if body else {},
        "isPartOf": _host(work),
        "pageStart": first,
        "pageEnd": last,
        "numberOfPages": int(work["pagetotal"]) if re.fullmatch("[0-9]{1,9}", work["pagetotal"]) else "",
        "isbn": work["isbn"],
        "url": work["url"],
        "inLanguage": language(work),
        "keywords": list(work.keywords),
        "review": _review(bibliography.text(work, "annotation")),
    }
    return _drop_empty(thing)


def collection(bibliography: Bibliography, about: dict[str, object], address: Callable[[Work], str]) -> dict[str, object]:
    """The edition as a schema.org collection, *about* which some is known; *address* is that of a work, empty if unknown."""
    works = [
        _drop_empty({"@type": thing["@type"], "@id": thing.get("@id", ""), "name": thing["name"]})
        for work in bibliography.works
        for thing in [schema(work, bibliography, address(work))]
    ]
    return _drop_empty({"@type": "Collection"} | about | {"inLanguage": "fr", "collectionSize": len(works), "hasPart": works})


def coins(work: Work) -> str:
    """The ContextObject of *work* (Z39.88-2004), for the ``title`` of a span of class ``Z3988``."""
    return urlencode([(name, value) for name, value in _context_object(work) if value])


def description(work: Work, bibliography: Bibliography) -> str:
    """The beginning of the commentary, or else what is said of its loss."""
    text = french(bibliography.text(work, "annotation") or bibliography.text(work, "lacuna")).replace("\n\n", " ")
    return shortened(text)


def shortened(text: str, size: int = 200) -> str:
    """The first *size* characters of *text* at most, cut between words."""
    return text if len(text) <= size else text[: size - 1].rpartition(" ")[0] + "…"


def _named(work: Work, bibliography: Bibliography) -> Iterator[tuple[str, str]]:
    first, last = page_range(work)
    yield "description", description(work, bibliography)
    yield "citation_title", work.title
    yield from (("citation_author", name.inverted) for name in work.authors)
    yield from (("citation_editor", name.inverted) for name in work.editors)
    yield "citation_publication_date", date(work, "/")
    yield "citation_journal_title", work["journal"]
    yield "citation_inbook_title", work["booktitle"]
    yield "citation_series_title", work["series"]
    yield "citation_volume", work["volume"]
    yield "citation_issue", work["number"] if work.type == "article" else ""
    yield "citation_firstpage", first
    yield "citation_lastpage", last
    yield "citation_num_pages", work["pagetotal"]
    kind = {"report": "citation_technical_report", "thesis": "citation_dissertation"}.get(work.type, "")
    if kind:
        yield f"{kind}_institution", publisher(work)
        yield (f"{kind}_number", work["number"]) if work.type == "report" else (f"{kind}_name", work["type"])
    else:
        yield "citation_publisher", publisher(work)
    yield "citation_publication_place", work["address"]
    yield from ((f"citation_{name}", work[name]) for name in ("isbn", "issn", "doi"))
    yield "citation_language", language(work)
    yield "citation_keywords", " ; ".join(work.keywords)
    yield from _dublin_core(work)


def _dublin_core(work: Work) -> Iterator[tuple[str, str]]:
    yield "DC.title", work.title
    yield from (("DC.creator", name.inverted) for name in work.authors)
    yield from (("DC.contributor", name.inverted) for name in work.editors)
    yield "DC.date", date(work, "-")
    yield "DC.publisher", publisher(work)
    yield "DC.type", _SCHEMA_TYPES.get(work.type, "Text")
    yield "DC.language", language(work)
    yield from (("DC.subject", keyword) for keyword in work.keywords)
    isbn = re.split("[ ,;(]", work["isbn"])[0].replace("-", "")  # the first of several
    yield "DC.identifier", f"urn:isbn:{isbn}" if isbn else work["doi"] or work["url"]
    yield "DC.relation.ispartof", work["journal"] or work["booktitle"] or work["series"]


def _social(work: Work, bibliography: Bibliography, address: str, site: str) -> Iterator[tuple[str, str]]:
    yield "og:title", french(f"{work.author_label}, {work.title}" if work.names else work.title)
    yield "og:description", description(work, bibliography)
    yield "og:type", "book" if work.type == "book" else "article"
    yield "og:locale", "fr_FR"
    yield "og:site_name", site
    yield "og:url", address


def _agent(name: Name) -> dict[str, str]:
    if not name.first:
        return {"@type": "Organization", "name": name.last}
    return {"@type": "Person", "name": name.direct, "givenName": name.first, "familyName": name.last}


def _host(work: Work) -> dict[str, object]:
    if work["journal"]:
        journal = _drop_empty({"@type": "Periodical", "name": work["journal"], "issn": work["issn"]})
        return {"@type": "PublicationIssue", "issueNumber": work["number"], "isPartOf": journal} if work["number"] else journal
    if work["booktitle"]:
        return {"@type": "Book", "name": work["booktitle"]}
    return {"@type": "BookSeries", "name": work["series"]} if work["series"] else {}


def _review(text: str) -> dict[str, str]:
    return {"@type": "Review", "reviewBody": text, "inLanguage": "fr"} if text else {}


def _context_object(work: Work) -> Iterator[tuple[str, str]]:
    article, thesis = work.type == "article", work.type == "thesis"
    first, last = page_range(work)
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:" + ("journal" if article else "dissertation" if thesis else "book")
    if not thesis:
        yield "rft.genre", _COINS_GENRES.get(work.type, "book" if work.type == "book" else "document")
    part = article or work.type in ("inbook", "incollection", "inproceedings")
    yield "rft.atitle" if part else "rft.title" if thesis else "rft.btitle", work.title
    yield "rft.jtitle", work["journal"]
    yield "rft.btitle" if part and not article else "rft.series", work["booktitle"] if part and not article else work["series"]
    if work.authors and work.authors[0].first:
        yield "rft.aulast", work.authors[0].last
        yield "rft.aufirst", work.authors[0].first
    yield from (("rft.au" if name.first else "rft.aucorp", name.direct) for name in work.authors)
    yield "rft.date", date(work, "-")
    yield "rft.volume", work["volume"]
    yield "rft.issue", work["number"] if article else ""
    yield "rft.pub" if not thesis else "rft.inst", "" if article else publisher(work)
    yield "rft.place", "" if article else work["address"]
    yield "rft.pages", "-".join(page for page in (first, last) if page)
    yield "rft.spage", first
    yield "rft.epage", last
    yield "rft.tpages", work["pagetotal"]
    yield "rft.isbn", work["isbn"]
    yield "rft.issn", work["issn"]
    yield "rft.language", language(work)
    yield "rft_id", f"info:doi/{work['doi']}" if work["doi"] else work["url"]


def _drop_empty(thing: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in thing.items() if value or value == 0}
