"""The fields that references print, those that a reader may miss there, and those that are not meant to be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..source.datamodel import CONTRIBUTORS, EDITION_FIELDS, FIELD_NAMES, IN_JOURNAL, canonical, is_private

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..source.model import Work

#: The fields that a reference prints, of the types that have a place for them; the test of the style holds this true.
PRINTED = frozenset(
    "title year month day address institution publisher pagetotal series number type howpublished chapter journal booktitle volume"
    " pages edition isbn issn url doi urldate titleaddon note maintitle part volumes eventtitle venue eventdate booktitleaddon"
    " issuetitle eid version addendum eprint eprinttype eprintclass pubstate origyear origtitle"
    " origpublisher origlocation editortype editoratype editorbtype editorctype related relatedtype relatedstring".split()
).union(("author", "editor", *CONTRIBUTORS))


def is_printed(name: str) -> bool:
    """Whether the field *name*, in any of its spellings, is printed, in a reference or in what surrounds it."""
    return canonical(name) in PRINTED or name in EDITION_FIELDS or canonical(name) in ("keywords", "shorttitle")


#: The types of works that are whole: a ``booktitle`` of theirs is for the parts that refer to them.
_WHOLE = ("book", "booklet", "manual", "proceedings")


def is_in_book(work: Work) -> bool:
    """Whether the work is a part of a book: BibTeX's @inbook without ``booktitle`` has the book's own title."""
    return work["booktitle"] not in ("", work["title"]) and work.type not in (*IN_JOURNAL, *_WHOLE)


def is_in_journal(work: Work) -> bool:
    """Whether the work is a part of a periodical; Zotero says so of blogs, whose type is @misc."""
    return work.type in IN_JOURNAL or (bool(work["journal"]) and not work["booktitle"])


#: What says how to sort, cite or read, and is not meant to be printed.
SILENT = frozenset(
    "langid language hyphenation abstract key label shorthand shorthandintro shortjournal shortseries"
    " shortauthor shorteditor sortkey sortname sorttitle sortyear presort indextitle indexsorttitle sortshorthand"
    " gender ids execute langidopts pagination bookpagination crossref xref xdata entryset entrysubtype nameatype"
    " namebtype namectype authortype library namea nameb namec lista listb listc listd liste listf usera userb userc"
    " userd usere userf verba verbb verbc relatedoptions eprintlabel urlraw".split()
)


def unprinted(works: Iterable[Work]) -> list[str]:
    """The names of the fields of *works* that a reader might miss and that no reference prints, each once."""
    names = {name for work in works for name in (*work.fields, *work.people) if not _has_place(work, name)} & FIELD_NAMES
    return sorted(name for name in names - SILENT if not is_private(name))


def _has_place(work: Work, name: str) -> bool:
    """Whether the reference of *work* has a place for the field *name*."""
    if name in ("address", "publisher", "institution"):
        fields = (*work.entry_type.bodies, "address")
        return not is_in_journal(work) and name in (next((field for field in fields if work[field]), ""), "address")
    if name in ("bookauthor", "booktitleaddon"):
        return is_in_book(work)
    if name == "booktitle":
        return is_in_book(work) or work["booktitle"] == work["title"]
    if name == "issuetitle":
        return is_in_journal(work)
    if name == "journal":
        return is_in_journal(work)
    return is_printed(name)
