"""A work as an item of CSL-JSON 1.0.2 (https://docs.citationstyles.org)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..references.access import archive_address
from ..references.printed import SILENT
from ..source.datamodel import EXPORTED, FIELD_NAMES, IN_JOURNAL, canonical, is_private
from .common import accessed, notes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..source.model import Bibliography, Work
    from ..source.names import Name

#: What editors do, where CSL has a name for it; biblatex's other roles are those of editors or contributors.
_EDITORS = {"compiler": "compiler", "director": "director", "organizer": "organizer"}
#: Who contributes to a work in a way for which CSL has no name.
_CONTRIBUTORS = ("annotator", "commentator", "introduction", "foreword", "afterword", "holder", "editora", "editorb", "editorc")


def csl(work: Work, bibliography: Bibliography) -> dict[str, object]:
    """One item; what the work does not have is left out."""
    in_journal = work.type in IN_JOURNAL
    in_series = bool(work["series"]) and not in_journal
    host = work["journal"] or ". ".join(part for part in (work["maintitle"], work["booktitle"]) if part)
    item: dict[str, object] = {
        "id": work.key,
        "type": work.entry_type.csl,
        "title": work.title,
        "title-short": work["shorttitle"],
        **_people(work),
        "issued": _issued(work),
        "container-title": host if host != work.title else "",
        "volume-title": work["issuetitle"],
        "collection-title": work["series"],
        "collection-number": work["number"] if in_series else "",
        "number": work["eid"] if in_journal else "" if in_series else work["number"],
        "issue": work["number"] if in_journal else "",
        "volume": work["volume"],
        "number-of-volumes": work["volumes"],
        "part-number": work["part"],
        "chapter-number": work["chapter"],
        "edition": work["edition"],
        "version": work["version"],
        "page": work["pages"].replace("–", "-"),
        "number-of-pages": work["pagetotal"],
        "publisher": work.publisher,
        "publisher-place": work["address"],
        "status": work["pubstate"],
        "event-title": work["eventtitle"],
        "event-place": work["venue"],
        "event-date": _dates(work.dated("event"), work.dated("eventend")),
        "original-title": work["origtitle"],
        "original-publisher": work["origpublisher"],
        "original-publisher-place": work["origlocation"],
        "original-date": _dates(work.dated("orig"), work.dated("origend")),
        "genre": work["type"],
        "medium": work["howpublished"],
        "archive": work["eprinttype"] or work["library"],
        "archive_location": work["eprint"],
        "ISBN": work["isbn"],
        "ISSN": work["issn"],
        "DOI": work["doi"],
        "URL": work["url"] or archive_address(work),
        "accessed": _dates(accessed(work)),
        "language": work.language,
        "keyword": ", ".join(work.keywords),
        "abstract": work["abstract"],
        "note": notes(work, bibliography),
    }
    return {name: value for name, value in item.items() if value}


def csl_json(works: Iterable[Work], bibliography: Bibliography) -> str:
    """The *works* as a CSL-JSON file."""
    return json.dumps([csl(work, bibliography) for work in works], ensure_ascii=False, indent=1) + "\n"


def left_out(works: Iterable[Work]) -> Iterator[str]:
    """The names of the fields of *works* that RIS and CSL-JSON have no place for, each once."""
    names = {canonical(name) for work in works for name in work.fields}
    yield from sorted(name for name in names & FIELD_NAMES - EXPORTED - SILENT if not is_private(name))


def _people(work: Work) -> dict[str, list[dict[str, str]]]:
    roles = {
        "author": work.authors,
        _EDITORS.get(work["editortype"], "editor"): work.editors,
        "translator": work.people.get("translator", ()),
        "container-author": work.people.get("bookauthor", ()),
        "contributor": [name for role in _CONTRIBUTORS for name in work.people.get(role, ())],
    }
    return {role: [_name(name) for name in names] for role, names in roles.items()}


def _issued(work: Work) -> dict[str, object]:
    date = _dates(work.date_parts, work.dated("end"))
    if date and 20 < work.month < 25:
        date["season"] = work.month - 20
    if date and work["datecirca"]:
        date["circa"] = True
    return date or ({"literal": work["year"]} if work["year"] else {})


def _dates(*points: Sequence[int]) -> dict[str, object]:
    """One day, or the first and the last of a range; days that are not known are empty."""
    known = [list(point) for point in points if point]
    return {"date-parts": known} if known else {}


def _name(name: Name) -> dict[str, str]:
    if not name.is_person:
        return {"literal": name.last}
    particle = "non-dropping-particle" if name.uses_prefix else "dropping-particle"
    parts = {"family": name.last, "given": name.first, particle: name.prefix, "suffix": name.suffix}
    return {part: text for part, text in parts.items() if text}
