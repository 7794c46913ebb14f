"""What several formats say alike: the language of the edition, the dates of a work in figures, its notes."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ..language.catalogue import _, current_language
from ..source.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..source.model import Bibliography, Work
    from ..source.names import Name


#: The types that have a number of pages in Zotero and its like; a report and an article have none.
COUNTED = ("book", "booklet", "manual", "proceedings", "thesis", "unpublished")


class Edition(NamedTuple):
    """What programs are told of the edition; each is empty where it is not known.

    *title* is the whole title and *site* the short one, *address* that of the home page, *publisher* who answers for the edition
    as schema.org has it, *date* its day as « 2026-11-26 », *card* the address of a picture of it.
    """

    title: str
    site: str = ""
    address: str = ""
    author: str = ""
    publisher: Mapping[str, str] = MappingProxyType({})
    release: str = ""
    date: str = ""
    license: str = ""
    doi: str = ""
    card: str = ""


def edition_language() -> str:
    """The BCP 47 tag of the edition's language."""
    return current_language().replace("_", "-")


def date(work: Work, separator: str) -> str:
    """The year, month and day that are known, two figures for a month and a day, joined by *separator*."""
    return separator.join(f"{part:02}" for part in work.date_parts)


def accessed(work: Work) -> list[int]:
    """The year, month and day of ``urldate``, as far as they are known."""
    seen = parse_date(work["urldate"])
    return list(seen.start) if seen else []


def with_comma(name: Name) -> str:
    """« Waal, Frans van de », « King, Martin Luther Jr. »; « Ville de Lyon, », a body, whose comma keeps it one name in Zotero."""
    given = " ".join(part for part in (name.forenames, name.suffix) if part)
    return f"{name.heading}, {given}" if name.is_person else f"{name.last},"


def extent(work: Work) -> str:
    """The number of pages in words, where the type of *work* has no field for it in Zotero and its like."""
    return _("{text} p.", text=work["pagetotal"]) if work["pagetotal"] and work.type not in COUNTED else ""


def notes(work: Work, bibliography: Bibliography) -> str:
    """The notes on *work*, of its own entry and of the edition, a blank line between them.

    The commentary is among them, and said to be one: an abstract would be taken for the author's words.
    """
    commentary = bibliography.text(work, "annotation")
    texts = [work["titleaddon"], work["booktitleaddon"], work["note"], work["addendum"]]
    if commentary and bibliography.title:
        texts.append(_("Commentary ({title}): {text}", title=bibliography.title, text=commentary))
    elif commentary:
        texts.append(_("Commentary: {text}", text=commentary))
    texts += [bibliography.text(work, name) for name in ("completedfrom", "lacuna")]
    return "\n\n".join(text for text in texts if text)
