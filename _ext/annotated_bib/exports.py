"""A work in the formats of reference managers: RIS and CSL-JSON.

The commentary and the editor's note travel along as plain text. What a format has no place for is left out of it;
:func:`left_out` names it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from .model import LIST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .model import Bibliography, Name, Work

_RIS_TYPES = {
    "article": "JOUR",
    "book": "BOOK",
    "booklet": "PAMP",
    "inbook": "CHAP",
    "incollection": "CHAP",
    "inproceedings": "CPAPER",
    "manual": "BOOK",
    "online": "ELEC",
    "patent": "PAT",
    "periodical": "JFULL",
    "proceedings": "CONF",
    "report": "RPRT",
    "software": "COMP",
    "thesis": "THES",
    "dataset": "DATA",
    "unpublished": "UNPB",
}
_CSL_TYPES = {
    "article": "article-journal",
    "book": "book",
    "booklet": "pamphlet",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "manual": "book",
    "online": "webpage",
    "patent": "patent",
    "periodical": "periodical",
    "proceedings": "book",
    "report": "report",
    "software": "software",
    "thesis": "thesis",
    "dataset": "dataset",
    "unpublished": "manuscript",
}
_LANGUAGES = {
    **dict.fromkeys(("french", "français", "francais", "frenchb", "acadian", "fre", "fra"), "fr"),
    **{"canadien": "fr-ca", "english": "en", "anglais": "en", "british": "en-gb", "ukenglish": "en-gb"},
    **{"american": "en-us", "usenglish": "en-us", "canadian": "en-ca", "australian": "en-au", "newzealand": "en-nz"},
    **dict.fromkeys(("german", "ngerman", "allemand"), "de"),
    **dict.fromkeys(("austrian", "naustrian"), "de-at"),
    **dict.fromkeys(("swissgerman", "nswissgerman"), "de-ch"),
    **{"spanish": "es", "espagnol": "es", "italian": "it", "italien": "it", "portuguese": "pt", "portugais": "pt"},
    **{"brazilian": "pt-br", "brazil": "pt-br", "catalan": "ca", "dutch": "nl", "latin": "la", "greek": "el", "arabic": "ar"},
    **{"polish": "pl", "russian": "ru", "romanian": "ro", "turkish": "tr", "swedish": "sv", "danish": "da", "norsk": "nb"},
}
#: What each format carries besides names, dates and the commentary; fields of the edition's own are not its business.
_CARRIED = {
    "address", "booktitle", "doi", "edition", "institution", "isbn", "issn", "journal", "keywords", "langid", "month", "day",
    "number", "pages", "pagetotal", "publisher", "series", "title", "type", "url", "volume", "year", "author", "editor",
    "annotation", "note", "shorttitle", "titleaddon", "urldate",
}  # fmt: skip
_EDITION = {"theme", "related", "relatedwhy", "options", "completed", "completedfrom", "lost", "lacuna"}


def ris(work: Work, bibliography: Bibliography) -> str:
    """One RIS record, from TY to ER; lines end with CR LF as the format asks."""
    lines = [f"{tag}  - {_ris_value(value)}" for tag, value in _ris(work, bibliography) if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def csl(work: Work, bibliography: Bibliography) -> dict[str, object]:
    """One CSL-JSON item."""
    article = work.type in ("article", "periodical")
    item: dict[str, object] = {
        "id": work.key,
        "type": _CSL_TYPES.get(work.type, "document"),
        "title": work.title,
        "title-short": work["shorttitle"],
        "author": [_csl_name(name) for name in work.authors],
        "editor": [_csl_name(name) for name in work.editors],
        "issued": {"date-parts": [_date_parts(work)]} if work["year"].isdigit() else {},
        "container-title": work["journal"] or work["booktitle"],
        "collection-title": work["series"],
        "collection-number": work["number"] if work["series"] and not article else "",
        "number": "" if article or work["series"] else work["number"],
        "issue": work["number"] if article else "",
        "volume": work["volume"],
        "edition": work["edition"],
        "page": work["pages"].replace("–", "-"),
        "number-of-pages": work["pagetotal"],
        "publisher": publisher(work),
        "publisher-place": work["address"],
        "genre": work["type"],
        "ISBN": work["isbn"],
        "ISSN": work["issn"],
        "DOI": work["doi"],
        "URL": work["url"],
        "accessed": {"date-parts": [accessed]} if (accessed := _accessed(work)) else {},
        "language": language(work),
        "keyword": ", ".join(work.keywords),
        "abstract": bibliography.text(work, "annotation"),
        "note": _notes(work, bibliography),
    }
    return {name: value for name, value in item.items() if value}


def write_json(works: Iterable[Work], bibliography: Bibliography) -> str:
    """The *works* as a CSL-JSON file."""
    return json.dumps([csl(work, bibliography) for work in works], ensure_ascii=False, indent=1) + "\n"


def left_out(bibliography: Bibliography) -> Iterator[str]:
    """The names of the fields that RIS and CSL-JSON have no place for, each once."""
    found = {name for work in bibliography.works for name in work.fields}
    yield from sorted(found - _CARRIED - _EDITION)


def publisher(work: Work) -> str:
    """Who publishes *work*: the publisher, the institution or the school."""
    return work["publisher"] or work["institution"]


def bodies(work: Work) -> list[str]:
    """Those who publish *work*, one by one."""
    return publisher(work).split(LIST) if publisher(work) else []


def language(work: Work) -> str:
    """The language of *work* as a BCP 47 tag; empty where its name is none and is not one of babel's."""
    name = work["langid"].lower()
    return _LANGUAGES.get(name, name if re.fullmatch("[a-z]{2,3}(-[a-z0-9]{2,8})*", name) else "")


def date(work: Work, separator: str) -> str:
    """The year, month and day that are known, joined by *separator*."""
    return separator.join(f"{part:02}" for part in _date_parts(work)) if work["year"].isdigit() else ""


def page_range(work: Work) -> tuple[str, str]:
    """The first and the last page."""
    first, _, last = re.sub(r"[–-]+", "-", work["pages"]).partition("-")
    return first.strip(), last.strip()


def _ris(work: Work, bibliography: Bibliography) -> Iterator[tuple[str, str]]:
    first, last = page_range(work)
    in_book = work.type in ("inbook", "incollection", "inproceedings")
    yield "TY", _RIS_TYPES.get(work.type, "GEN")
    yield "ID", work.key
    yield from (("AU", name.inverted) for name in work.authors)
    yield from (("ED", name.inverted) for name in work.editors)
    yield "TI", work.title
    yield "ST", work["shorttitle"]
    yield "T2", work["journal"] or work["booktitle"] or work["series"]
    yield "T3", work["series"] if in_book else ""
    yield "PY", work["year"]
    yield "DA", _ris_date(work)
    yield "VL", work["volume"]
    # A report's number stands in SN, unless an ISBN does; a book's number in its series in M1.
    report = "M1" if work["isbn"] or work["issn"] else "SN"
    yield {"article": "IS", "report": report}.get(work.type, "M1"), work["number"]
    yield "ET", work["edition"]
    yield "SP", first or ("" if work.type == "article" else work["pagetotal"])
    yield "EP", last
    yield "M1", f"{work['pagetotal']} p." if work["pagetotal"] and (first or work.type == "article") else ""
    yield "M3", work["type"]
    yield "PB", publisher(work)
    yield "CY", work["address"]
    yield "SN", work["isbn"] or work["issn"]
    yield "DO", work["doi"]
    yield "UR", work["url"]
    accessed = "/".join(f"{part:02}" for part in _accessed(work))
    yield "Y2", accessed + "/" * (3 - accessed.count("/")) if accessed else ""
    yield "LA", language(work)
    yield from (("KW", keyword) for keyword in work.keywords)
    yield "AB", bibliography.text(work, "annotation")
    yield "N1", _notes(work, bibliography)


def _ris_value(value: str) -> str:
    """*value* without what would end its line or begin another record."""
    lines = [re.sub(r"\s+", " ", line).strip() for line in value.split("\n\n")]
    return "\r\n".join(f"\N{NO-BREAK SPACE}{line}" if re.match(r"[A-Z][A-Z0-9] *-", line) else line for line in lines)


def _ris_date(work: Work) -> str:
    parts = date(work, "/").split("/") if work.month else []
    return "/".join([*parts, "", "", ""][:3]) + "/" if parts else ""


def _notes(work: Work, bibliography: Bibliography) -> str:
    said = (work["titleaddon"], work["note"], *(bibliography.text(work, name) for name in ("completedfrom", "lacuna")))
    return "\n\n".join(text for text in said if text)


def _date_parts(work: Work) -> list[int]:
    parts = [int(work["year"])]
    if work.month:
        parts.append(work.month)
        if work["day"].isdigit():
            parts.append(int(work["day"]))
    return parts


def _accessed(work: Work) -> list[int]:
    """The year, month and day of ``urldate``, as far as they are known."""
    return [int(part) for part in work["urldate"].split("-")] if re.fullmatch(r"\d{4}(-\d\d){0,2}", work["urldate"]) else []


def _csl_name(name: Name) -> dict[str, str]:
    return {"family": name.last, "given": name.first} if name.first else {"literal": name.last}
