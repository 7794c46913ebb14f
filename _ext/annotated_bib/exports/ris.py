"""A work as a record of RIS (https://en.wikipedia.org/wiki/RIS_(file_format)), as Zotero and its like read it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ..language.catalogue import _
from ..references.access import archive_address
from .common import COUNTED, accessed, date, notes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..source.model import Bibliography, Work


@lru_cache(maxsize=16384)  # a record stands on two pages and in two files
def ris(work: Work, bibliography: Bibliography) -> str:
    """One record, from TY to ER; lines end with CR LF as the format asks."""
    lines = [f"{tag}  - {_on_its_line(value)}" for tag, value in _tags(work, bibliography) if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def _tags(work: Work, bibliography: Bibliography) -> Iterator[tuple[str, str]]:
    first, last = work.page_range
    yield "TY", work.entry_type.ris
    yield "ID", work.key
    yield from (("AU", name.inverted) for name in work.authors)
    yield from (("ED", name.inverted) for name in work.editors)
    yield from (("A2", name.inverted) for name in work.people.get("bookauthor", ()))
    yield from (("A4", name.inverted) for name in work.people.get("translator", ()))
    yield "TI", work.title
    yield "ST", work["shorttitle"]
    host = ". ".join(part for part in (work["maintitle"], work["booktitle"]) if part)
    yield "T2", work["journal"] or (host if host != work.title else "") or work["series"]
    yield "T3", work["series"] if work["journal"] or work["booktitle"] or work["maintitle"] else ""
    yield "PY", work["year"] if work.date_parts else ""
    yield "DA", _date(work)
    yield "VL", work["volume"]
    yield "NV", work["volumes"]
    # A report's number stands in SN, unless an ISBN does; a book's number in its series in M1.
    report = "M1" if work["isbn"] or work["issn"] else "SN"
    yield {"article": "IS", "report": report}.get(work.type, "M1"), work["number"]
    yield "ET", work["edition"] or work["version"]
    # Zotero and its like take SP for the number of pages of types that have one; of others it is the first page.
    counted = work.type in COUNTED and not first
    yield "SP", work["pagetotal"] if counted else first or work["eid"]
    yield "EP", last
    yield "C3", work["eventtitle"]
    yield "M3", work["type"]
    yield "PB", work.publisher
    yield "CY", work["address"]
    yield "SN", work["isbn"] or work["issn"]
    yield "DO", work["doi"]
    yield "UR", work["url"] or archive_address(work)
    seen = "/".join(f"{part:02}" for part in accessed(work))
    yield "Y2", seen + "/" * (3 - seen.count("/")) if seen else ""
    yield "LA", work.language
    yield from (("KW", keyword) for keyword in work.keywords)
    yield "AB", work["abstract"]
    extent = _("{text} p.", text=work["pagetotal"]) if work["pagetotal"] and not counted else ""
    yield "N1", "\n\n".join(part for part in (extent, notes(work, bibliography)) if part)


def _on_its_line(value: str) -> str:
    """*value* without what would end its line or begin another record."""
    lines = [re.sub(r"\s+", " ", line).strip() for line in value.split("\n\n")]
    return "\r\n".join(f"\N{NO-BREAK SPACE}{line}" if re.match(r"[A-Z][A-Z0-9] *-", line) else line for line in lines)


def _date(work: Work) -> str:
    parts = date(work, "/").split("/") if len(work.date_parts) > 1 else []
    return "/".join([*parts, "", "", ""][:3]) + "/" if parts else ""
