"""A work, and the edition, as things of schema.org, which search engines read in a page as JSON-LD."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from .common import date, edition_language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..source.model import Bibliography, Work
    from ..source.names import Name


def json_ld(thing: dict[str, object]) -> str:
    """A script element that holds *thing*; no text in it can close the element."""
    text = json.dumps({"@context": "https://schema.org"} | thing, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f'<script type="application/ld+json">{text}</script>'


def schema(work: Work, bibliography: Bibliography, address: str = "") -> dict[str, object]:
    """*work*, whose page has an absolute *address* if it is known."""
    first, last = work.page_range
    body = work.publisher
    thing: dict[str, object] = {
        "@type": work.entry_type.schema,
        "@id": address,
        "name": work.title,
        "author": [_agent(name) for name in work.authors],
        "editor": [_agent(name) for name in work.editors],
        "datePublished": date(work, "-"),
        "publisher": drop_empty({"@type": "Organization", "name": body, "location": work["address"]}) if body else {},
        "isPartOf": _host(work),
        "pageStart": first,
        "pageEnd": last,
        "numberOfPages": int(work["pagetotal"]) if re.fullmatch("[0-9]{1,9}", work["pagetotal"]) else "",
        "isbn": work["isbn"],
        "url": work["url"],
        "inLanguage": work.language,
        "keywords": list(work.keywords),
        "review": _review(bibliography.text(work, "annotation")),
    }
    return drop_empty(thing)


def collection(bibliography: Bibliography, about: Mapping[str, object], address: Callable[[Work], str]) -> dict[str, object]:
    """The edition as a collection, of which *about* is known; *address* is that of a work, empty if unknown."""
    works = [drop_empty({"@type": work.entry_type.schema, "@id": address(work), "name": work.title}) for work in bibliography.works]
    return drop_empty(
        {"@type": "Collection", **about, "inLanguage": edition_language(), "collectionSize": len(works), "hasPart": works}
    )


def drop_empty(thing: Mapping[str, object]) -> dict[str, object]:
    """*thing* without the properties that say nothing; zero is said."""
    return {name: value for name, value in thing.items() if value or value == 0}


def _agent(name: Name) -> dict[str, str]:
    if not name.is_person:
        return {"@type": "Organization", "name": name.last}
    return {"@type": "Person", "name": name.direct, "givenName": name.first, "familyName": name.full_last}


def _host(work: Work) -> dict[str, object]:
    if work["journal"]:
        journal = drop_empty({"@type": "Periodical", "name": work["journal"], "issn": work["issn"]})
        return {"@type": "PublicationIssue", "issueNumber": work["number"], "isPartOf": journal} if work["number"] else journal
    if work["booktitle"]:
        return {"@type": "Book", "name": work["booktitle"]}
    return {"@type": "BookSeries", "name": work["series"]} if work["series"] else {}


def _review(text: str) -> dict[str, str]:
    return {"@type": "Review", "reviewBody": text, "inLanguage": edition_language()} if text else {}
