"""A work as an item of CSL-JSON 1.0.2 (https://docs.citationstyles.org)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..source.datamodel import EXPORTED, IN_JOURNAL
from .common import accessed, notes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..source.model import Bibliography, Work
    from ..source.names import Name


def csl(work: Work, bibliography: Bibliography) -> dict[str, object]:
    """One item; what the work does not have is left out."""
    article = work.type in IN_JOURNAL
    item: dict[str, object] = {
        "id": work.key,
        "type": work.entry_type.csl,
        "title": work.title,
        "title-short": work["shorttitle"],
        "author": [_name(name) for name in work.authors],
        "editor": [_name(name) for name in work.editors],
        "issued": _date(work.date_parts),
        "container-title": work["journal"] or work["booktitle"],
        "collection-title": work["series"],
        "collection-number": work["number"] if work["series"] and not article else "",
        "number": "" if article or work["series"] else work["number"],
        "issue": work["number"] if article else "",
        "volume": work["volume"],
        "edition": work["edition"],
        "page": work["pages"].replace("–", "-"),
        "number-of-pages": work["pagetotal"],
        "publisher": work.publisher,
        "publisher-place": work["address"],
        "genre": work["type"],
        "ISBN": work["isbn"],
        "ISSN": work["issn"],
        "DOI": work["doi"],
        "URL": work["url"],
        "accessed": _date(accessed(work)),
        "language": work.language,
        "keyword": ", ".join(work.keywords),
        "abstract": bibliography.text(work, "annotation"),
        "note": notes(work, bibliography),
    }
    return {name: value for name, value in item.items() if value}


def csl_json(works: Iterable[Work], bibliography: Bibliography) -> str:
    """The *works* as a CSL-JSON file."""
    return json.dumps([csl(work, bibliography) for work in works], ensure_ascii=False, indent=1) + "\n"


def left_out(works: Iterable[Work]) -> Iterator[str]:
    """The names of the fields of *works* that RIS and CSL-JSON have no place for, each once."""
    yield from sorted({name for work in works for name in work.fields} - EXPORTED)


def _date(parts: list[int]) -> dict[str, object]:
    return {"date-parts": [parts]} if parts else {}


def _name(name: Name) -> dict[str, str]:
    return {"family": name.last, "given": name.first} if name.first else {"literal": name.last}
