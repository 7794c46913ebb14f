"""The meta elements of a page.

Google Scholar and reference managers read ``citation_*``, library catalogues Dublin Core, social cards Open Graph. Zotero reads all
of them, and under ``z:`` the names of its own fields, which it gives to what the others have no name for. ``DC.type`` holds the
work's own type alone: Zotero would print « ScholarlyArticle » or « Report » as the kind of a French report.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from babel import parse_locale
from babel.core import get_global

from ..language.typography import NO_BREAK, set_text
from ..source.model import list_separator
from .common import date, edition_language, extent, notes, with_comma

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..source.model import Bibliography, Work
    from ..source.names import Name
    from .common import Edition

#: Zotero's names of the genres of Z39.88-2004, where they differ.
_ZOTERO = {"article": "journalArticle", "bookitem": "bookSection", "proceeding": "conferencePaper"}


def head(work: Work, bibliography: Bibliography) -> str:
    """The elements that describe *work* on its page."""
    return "\n".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in _named(work, bibliography) if value)


def social(title: str, text: str, kind: str, address: str, edition: Edition) -> str:
    """The elements from which a link to a page is shown as a card; its absolute *address* may be unknown."""
    properties = {
        "og:title": title,
        "og:description": text,
        "og:type": kind,
        "og:locale": _locale(edition_language()),
        "og:site_name": edition.site,
        "og:url": address,
        "og:image": edition.card,
        "og:image:alt": edition.title if edition.card else "",
    }
    return "\n".join(f'<meta property="{name}" content="{escape(value)}">' for name, value in properties.items() if value)


def title(work: Work) -> str:
    """What the page of *work* is called where it is shared: its author and its title."""
    return set_text(f"{work.author_label}, {work.title}" if work.names else work.title)


def description(work: Work, bibliography: Bibliography) -> str:
    """The beginning of the commentary, or else what is said of its loss."""
    text = set_text(bibliography.text(work, "annotation") or bibliography.text(work, "lacuna")).replace("\n\n", " ")
    return shortened(text)


def shortened(text: str, size: int = 200) -> str:
    """The first *size* characters of *text* at most, cut between words."""
    return text if len(text) <= size else text[: size - 1].rpartition(" ")[0] + "…"


def _named(work: Work, bibliography: Bibliography) -> Iterator[tuple[str, str]]:
    first, last = work.page_range
    yield "description", description(work, bibliography)
    yield "citation_title", work.title
    yield from (("citation_author", _name(name)) for name in work.authors)
    yield from (("citation_editor", _name(name)) for name in work.editors)
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
        yield f"{kind}_institution", work.publisher
        yield (f"{kind}_number", work["number"]) if work.type == "report" else (f"{kind}_name", work["type"])
    else:
        yield "citation_publisher", work.publisher
    yield "citation_publication_place", work["address"]
    yield from ((f"citation_{name}", work[name]) for name in ("isbn", "issn", "doi"))
    yield "citation_language", work.language
    yield "citation_keywords", list_separator().join(work.keywords)
    yield "citation_abstract", "\n\n".join(part for part in (extent(work), notes(work, bibliography)) if part)
    yield "citation_public_url", work["url"]
    yield "citation_pdf_url", work["url"] if urlsplit(work["url"]).path.lower().endswith(".pdf") else ""
    yield from _zotero(work)
    yield from _dublin_core(work)


def _name(name: Name) -> str:
    """A name for ``citation_author``: Zotero splits a lone one at its comma where there are spaces on either side of it."""
    family, comma, given = with_comma(name).partition(", ")
    return family + comma + given.replace(" ", NO_BREAK)


def _zotero(work: Work) -> Iterator[tuple[str, str]]:
    yield "z:itemType", _ZOTERO.get(work.entry_type.coins, work.entry_type.coins)
    yield "z:type", work["type"]
    yield "z:place", work["address"]
    yield "z:edition", work["edition"]
    yield "z:numPages", work["pagetotal"]
    yield "z:seriesNumber", work["number"] if work["series"] and work.type != "article" else ""


def _dublin_core(work: Work) -> Iterator[tuple[str, str]]:
    yield "DC.title", work.title
    yield from (("DC.creator", name.inverted) for name in work.authors)
    yield from (("DC.contributor", name.inverted) for name in work.editors)
    yield "DC.date", date(work, "-")
    yield "DC.publisher", work.publisher
    yield "DC.type", work["type"]
    yield "DC.language", work.language
    yield from (("DC.subject", keyword) for keyword in work.keywords)
    isbn = re.split("[ ,;(]", work["isbn"])[0].replace("-", "")  # the first of several
    yield "DC.identifier", f"urn:isbn:{isbn}" if isbn else work["doi"] or work["url"]
    yield "DC.relation.ispartof", work["journal"] or work["booktitle"] or work["series"]


def _locale(tag: str) -> str:
    """The language *tag* with a territory, « fr_FR », as Open Graph asks: by default where most speak it; empty if unknown."""
    try:
        language, territory, script, *_ = parse_locale(tag, sep="-")
    except ValueError:
        return ""
    likely = get_global("likely_subtags")
    full = likely.get(f"{language}_{script}") or likely.get(language, "")
    territory = territory or full.rpartition("_")[2]
    return f"{language}_{territory}" if territory.isalpha() else ""
