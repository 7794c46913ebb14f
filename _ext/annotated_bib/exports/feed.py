"""What is new in an edition as an Atom feed (RFC 4287), which a reader gives to a program that looks there in their stead.

Its addresses are absolute: programs copy entries away from the site. The author of an entry, as RFC 4287 means it, is who wrote
what stands there, the commentary: those who made the edition, said once for all entries. The authors of a work did not; they
are its contributors, and stand in its title. No clock is asked: a date is the day, at midnight UTC, of what joined the edition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ..language.typography import set_text
from .common import edition_language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ..source.model import Work
    from .common import Edition


class Entry(NamedTuple):
    """What came on a *day*, to be read at *address*: a work, of which *html* says what its notice does, or an edition.

    *id* is its name for ever; *category* is the name of its theme, and the title of that.
    """

    id: str
    address: str
    title: str
    day: date
    html: str = ""
    authors: tuple[str, ...] = ()
    category: tuple[str, str] = ("", "")


class Feed(NamedTuple):
    """The feed of an *edition* at an *address*: the *entries*, the newest first, of what is read at the address *page*."""

    edition: Edition
    address: str
    page: str
    title: str
    entries: Sequence[Entry]


def work_title(work: Work) -> str:
    """Author, year and title: a reader sees no more of a work in a list of entries."""
    title = set_text(work.title, work.foreign_language)
    if not work.names:
        return f"{title} ({work.year_label})"
    return f"{set_text(work.author_label)} ({work.year_label}), {title}"


def atom(feed: Feed) -> str:
    """*feed*, which has an entry, as an XML document."""
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": edition_language()})
    _texts(root, id=feed.address, title=feed.title, updated=_midnight(max(entry.day for entry in feed.entries)))
    _link(root, "self", feed.address, "application/atom+xml")
    _link(root, "alternate", feed.page, "text/html")
    if feed.edition.license:
        SubElement(root, "link", {"rel": "license", "href": feed.edition.license})
    _texts(SubElement(root, "author"), **_person(feed.edition))
    for entry in feed.entries:
        _add(root, entry)
    indent(root, "")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'


def _add(root: Element, entry: Entry) -> None:
    element = SubElement(root, "entry")
    moment = _midnight(entry.day)
    _texts(element, id=entry.id, title=entry.title, published=moment, updated=moment)
    _link(element, "alternate", entry.address, "text/html")
    for author in entry.authors:
        _texts(SubElement(element, "contributor"), name=author)
    if entry.category[0]:
        SubElement(element, "category", dict(zip(("term", "label"), entry.category, strict=True)))
    if entry.html:
        SubElement(element, "content", {"type": "html"}).text = entry.html


def _person(edition: Edition) -> dict[str, str]:
    """Who answers for the *edition*, or else its author."""
    who = edition.publisher
    person = {"name": who.get("name") or edition.author or edition.title, "uri": who.get("url"), "email": who.get("email")}
    return {name: text for name, text in person.items() if text}


def _texts(parent: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = text


def _link(parent: Element, relation: str, address: str, media: str) -> None:
    SubElement(parent, "link", {"rel": relation, "type": media, "href": address})


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
