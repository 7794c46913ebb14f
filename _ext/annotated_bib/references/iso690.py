"""The reference style of ISO 690, in the words of the edition's language.

:class:`Iso690` is a pybtex style, so that ``{bibliography}`` and ``{footbibliography}`` may name it too; :func:`reference` is what
notices print unless the project names another style. Fields that the edition added or corrected stand between square brackets, as
ISO 690 asks of what does not come from the document itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pybtex_docutils
from docutils import nodes
from pybtex.backends.plaintext import Backend as PlaintextBackend
from pybtex.richtext import Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle

from ..language.catalogue import N_, _
from ..language.typography import set_text, sort_key
from ..source import model
from ..source.bibfile import SourceEntry, SourceField
from ..source.datamodel import NAME_FIELDS
from .access import access, eprint, is_online_only
from .creators import contributions, people
from .imprint import event, host, imprint, in_whole, origin, series
from .marks import LANGUAGE, LOST, Mark, foreign, italic, quoted, sentence
from .printed import PRINTED, is_in_book, is_in_journal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pybtex.database import BibliographyData, Entry
    from pybtex.richtext import BaseText

    from ..source.model import Work


class Iso690(BaseStyle):
    """pybtex formatting style ``iso690``: every type that BibTeX and biblatex have in common."""

    default_sorting_style = "none"
    default_label_style = "number"

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        if not options.get("sorting_style"):
            del self.sort  # pybtex puts its default sorting style's here, over the method below

    def format_entry(self, label: str, entry: Entry, bib_data: BibliographyData | None = None) -> FormattedEntry:
        """The reference of *entry*, under *label*."""
        return FormattedEntry(entry.key, reference(_work(entry)), label)

    def sort(self, entries: Iterable[Entry]) -> list[Entry]:
        """The *entries* by author, year and title, accents ignored."""
        return sorted(entries, key=lambda entry: alphabetical(_work(entry)))


def alphabetical(work: Work) -> tuple[str, str, str]:
    """Order of an alphabetical list: author, year, title, accents ignored."""
    names = " ".join(f"{name.heading} {name.forenames}" for name in work.names)
    return sort_key(names or work.title), work["year"], sort_key(work.title)


def _work(entry: Entry) -> Work:
    people = {role: " and ".join(map(str, persons)) for role, persons in entry.persons.items()}
    fields = {name.lower(): SourceField(value, 0) for name, value in (*entry.fields.items(), *people.items())}
    return model.work(SourceEntry(entry.key, entry.type.lower(), 0, fields, ""))


class DocutilsBackend(pybtex_docutils.Backend):
    """pybtex text as docutils nodes: small capitals and languages are classes of an inline."""

    def format_tag(self, tag_name: str, text: list[nodes.Node]) -> list[nodes.Node]:
        """*text* in small capitals, in a language, or as pybtex-docutils has it."""
        if tag_name == "smallcaps" or tag_name.startswith(LANGUAGE):
            return [nodes.inline("", "", *text, classes=[tag_name])]
        return super().format_tag(tag_name, text)


class _Plain(PlaintextBackend):
    def format_tag(self, tag_name: str, text: str) -> str:
        if tag_name.startswith(LANGUAGE):
            return text
        return text.upper() if tag_name == "smallcaps" else super().format_tag(tag_name, text)


#: What renders a reference as docutils nodes, and as plain text with surnames in capitals.
DOCUTILS = DocutilsBackend()
PLAIN = _Plain()


def reference(work: Work) -> BaseText:
    """The reference of *work* as pybtex text; between one pair of brackets when the edition supplies all of it."""
    whole = bool(work.completed) and _printed(work) <= work.completed
    parts = _parts(work, frozenset() if whole else work.completed)
    text = Text(" ").join(sentence(part, work["url"]) for part in parts if str(part))
    return Text("[", text, "]") if whole else text


def _printed(work: Work) -> set[str]:
    """The fields of *work* that can be said to be completed: not those that only say how another is to be read."""
    heads = {"author"} if work.authors else {"editor"} if work.editors else set()
    telling = PRINTED - {*NAME_FIELDS, "urldate", "related", "relatedtype", "relatedstring"}
    return heads | (telling & set(work.fields))


def _parts(work: Work, completed: frozenset[str]) -> list[BaseText]:
    """The sentences of the reference, without their full stops, in the order of ISO 690:2021.

    Clause 7.2 is on creators, 7.3 on titles, 7.4 on the host, 7.5 on the medium, 7.6 on the edition, 7.7 on dates, 7.8 on
    place and publisher, 7.10 on series, 7.11 on identifiers, 7.12 on availability, and 8 on what each type of work asks for.
    """
    mark = Mark(work, completed)
    in_book = is_in_book(work)
    online = _("online")
    published = Text(" ").join(part for part in (imprint(work, mark), series(work, mark)) if str(part))
    return [
        mark.wrap(people(work), "author" if work.authors else "editor"),
        Text(main_title(work, mark, in_book), f" [{online}]" if is_online_only(work) else ""),
        mark("titleaddon"),
        *(contributions(work, mark, in_book)),
        host(work, mark) if in_book else Text(),
        Text() if in_book else event(work, mark),
        mark("type") if work.type != "report" else Text(),
        mark.wrap(Text(set_text(ordinal(mark.value("edition")))), "edition"),
        mark("version", N_("Version {text}")),
        published.capfirst() if str(published)[:1].islower() and not work["address"] and not work.publisher else published,
        mark("isbn", "ISBN {text}"),
        mark("issn", "ISSN {text}"),
        mark("howpublished"),
        origin(work, mark),
        mark("note"),
        mark("addendum"),
        eprint(work, mark),
        access(work, mark),
    ]


def main_title(work: Work, mark: Mark, in_book: bool) -> BaseText:
    """The title; of a part of a larger work, after that of the whole and the number of the part."""
    name = work["title"] or (LOST if "title" in work.lost else work.key)
    is_part = (is_in_journal(work) and work.type != "periodical") or in_book
    title = foreign(work, Text(quoted(name))) if is_part else italic(work, name)
    return mark.wrap(title, "title") if in_book else in_whole(work, mark, mark.wrap(title, "title"))


#: A number of an edition, as people write it where biblatex asks for the number alone.
_ORDINAL = re.compile(
    r"(\d+)\s*(?:\.|st|nd|rd|th|re|er|e|ère|ème|ª|º|a|o)?(?:\s*(?:ed|éd|ed\.|éd\.|edition|édition|aufl|auflage|edición)\.?)?",
    re.IGNORECASE,
)
_ORDINALS = (
    ("first", "première"), ("second", "deuxième", "seconde"), ("third", "troisième"), ("fourth", "quatrième"),
    ("fifth", "cinquième"), ("sixth", "sixième"), ("seventh", "septième"), ("eighth", "huitième"), ("ninth", "neuvième"),
    ("tenth", "dixième"),
)  # fmt: skip
_ORDINAL_WORDS = {word: number for number, words in enumerate(_ORDINALS, 1) for word in words}


def ordinal(edition: str) -> str:
    """The number of an edition in words, « 2e éd. », from « 2 », « 2. », « 2nd » or « Second »; other words as they are."""
    match = _ORDINAL.fullmatch(edition.strip())
    number = int(match[1]) if match else _ORDINAL_WORDS.get(re.sub(r"\s*(edition|édition)$", "", edition.strip().lower()), 0)
    if not number:
        return edition
    special = {1: _("1st ed."), 2: _("2nd ed."), 3: _("3rd ed.")}
    return special.get(number) or _("{number}th ed.", number=number)
