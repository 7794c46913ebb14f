"""A work, and the edition, as things of schema.org, which search engines read in a page as JSON-LD."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from ..language.catalogue import _
from ..references.access import doi_address
from .common import date, edition_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..source.model import Bibliography, Work
    from ..source.names import Name
    from .common import Edition

#: The properties that belong to some of our types alone (https://schema.org); all others are every work's.
_OF_TYPES = {
    "pageStart": ("ScholarlyArticle", "Chapter"),
    "pageEnd": ("ScholarlyArticle", "Chapter"),
    "numberOfPages": ("Book",),
    "isbn": ("Book",),
    "bookEdition": ("Book",),
    "issn": ("Periodical", "Dataset"),
    "reportNumber": ("Report",),
}


def json_ld(thing: Mapping[str, object]) -> str:
    """A script element that holds *thing*; no text in it can close the element."""
    text = json.dumps({"@context": "https://schema.org"} | dict(thing), ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f'<script type="application/ld+json">{text}</script>'


def schema(work: Work, bibliography: Bibliography, edition: Edition, address: str = "") -> dict[str, object]:
    """*work*, whose page has an absolute *address* if it is known."""
    kind = work.entry_type.schema
    first, last = work.page_range
    thing: dict[str, object] = {
        "@type": kind,
        "@id": address,
        "name": work.title,
        "author": [_agent(name) for name in work.authors],
        "editor": [_agent(name) for name in work.editors],
        "translator": [_agent(name) for name in work.people.get("translator", ())],
        "datePublished": date(work, "-"),
        "publisher": _publisher(work),
        "isPartOf": _host(work),
        "position": work["number"] if work["series"] and work.type != "article" else "",
        "pageStart": first,
        "pageEnd": last,
        "numberOfPages": int(work["pagetotal"]) if re.fullmatch("[0-9]{1,9}", work["pagetotal"]) else "",
        "materialExtent": _("{text} p.", text=work["pagetotal"]) if work["pagetotal"] and kind != "Book" else "",
        "bookEdition": work["edition"],
        "genre": work["type"],
        "reportNumber": "" if work["series"] else work["number"],
        "isbn": work["isbn"],
        "issn": work["issn"],
        "identifier": [] if kind == "Book" or work["booktitle"] or not work["isbn"] else [_identifier("ISBN", work["isbn"])],
        "sameAs": doi_address(work["doi"]),
        "url": work["url"],
        "inLanguage": work.language,
        "keywords": list(work.keywords),
        "review": _review(bibliography.text(work, "annotation"), edition),
    }
    return drop_empty({name: value for name, value in thing.items() if kind in _OF_TYPES.get(name, (kind,))})


def collection(edition: Edition, works: Sequence[tuple[Work, str]]) -> dict[str, object]:
    """The edition, whose *works* are given with the addresses of their pages."""
    thing = {
        "@type": "Collection",
        "@id": edition.address,
        "name": edition.title,
        "author": _body(edition.author),
        "publisher": edition.publisher,
        "dateModified": edition.date,
        "version": edition.release,
        "license": edition.license,
        "sameAs": doi_address(edition.doi),
        "inLanguage": edition_language(),
        "collectionSize": len(works),
        "hasPart": _parts(works),
    }
    return drop_empty(thing)


def page_of_works(title: str, address: str, edition: Edition, works: Sequence[tuple[Work, str]]) -> dict[str, object]:
    """A page called *title* at the absolute *address*, if it is known, which lists *works*, given with the addresses of theirs."""
    thing = {
        "@type": "CollectionPage",
        "@id": address,
        "name": title,
        "inLanguage": edition_language(),
        "isPartOf": _whole(edition),
        "dateModified": edition.date,
        "hasPart": _parts(works),
    }
    return drop_empty(thing)


def drop_empty(thing: Mapping[str, object]) -> dict[str, object]:
    """*thing* without the properties that say nothing; zero is said."""
    return {name: value for name, value in thing.items() if value or value == 0}


def _parts(works: Sequence[tuple[Work, str]]) -> list[dict[str, object]]:
    """The *works* by type, name and address; a relative one is resolved from the page's own."""
    return [
        drop_empty({"@type": work.entry_type.schema, "@id": address, "name": work.title, "url": address}) for work, address in works
    ]


def _agent(name: Name) -> Mapping[str, object]:
    if not name.is_person:
        return _body(name.last)
    return drop_empty({"@type": "Person", "name": name.direct, "givenName": name.first, "familyName": name.full_last})


def _body(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name} if name else {}


def _publisher(work: Work) -> dict[str, object]:
    return drop_empty(_body(work.publisher) | {"location": work["address"]}) if work.publisher else {}


def _identifier(name: str, value: str) -> dict[str, str]:
    return {"@type": "PropertyValue", "propertyID": name, "value": value}


def _host(work: Work) -> dict[str, object]:
    """What *work* stands in: an issue of a volume of a journal, as far as they are known, a book, or a series."""
    if work["journal"]:
        host = drop_empty({"@type": "Periodical", "name": work["journal"], "issn": work["issn"]})
        if work["volume"]:
            host = {"@type": "PublicationVolume", "volumeNumber": work["volume"], "isPartOf": host}
        return {"@type": "PublicationIssue", "issueNumber": work["number"], "isPartOf": host} if work["number"] else host
    series = drop_empty({"@type": "BookSeries", "name": work["series"], "issn": work["issn"]}) if work["series"] else {}
    if work["booktitle"]:
        return drop_empty({"@type": "Book", "name": work["booktitle"], "isbn": work["isbn"], "isPartOf": series})
    return series


def _review(text: str, edition: Edition) -> dict[str, object]:
    """The commentary, whose author is the edition's own and never the work's."""
    if not text:
        return {}
    review = {
        "@type": "Review",
        "reviewBody": text,
        "inLanguage": edition_language(),
        "author": edition.publisher or _body(edition.author),
        "license": edition.license,
        "isPartOf": _whole(edition),
    }
    return drop_empty(review)


def _whole(edition: Edition) -> dict[str, object]:
    return drop_empty({"@type": "Collection", "@id": edition.address, "name": edition.title})
