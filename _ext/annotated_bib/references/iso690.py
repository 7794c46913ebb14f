"""The reference style of ISO 690, in the words of the edition's language.

:class:`Iso690` is a pybtex style, so that ``{bibliography}`` and ``{footbibliography}`` may name it too; :func:`reference` is what
notices print unless the project names another style. Fields that the edition added or corrected stand between square brackets, as
ISO 690 asks of what does not come from the document itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pybtex_docutils
from docutils import nodes
from pybtex.backends.plaintext import Backend as PlaintextBackend
from pybtex.richtext import HRef, Tag, Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle

from ..language.catalogue import N_, _, current_language, pgettext
from ..language.dates import date_in_words, day_in_words, month_names
from ..language.typography import NO_BREAK, set_text, sort_key
from ..source import model
from ..source.bibfile import SourceEntry, SourceField
from ..source.datamodel import IN_BOOK, IN_JOURNAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pybtex.database import BibliographyData, Entry
    from pybtex.richtext import BaseText

    from ..source.model import Work
    from ..source.names import Name

#: What stands for a field that the source of the edition has lost.
LOST = "[…]"


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
    names = " ".join(f"{name.last} {name.first}" for name in work.names)
    return sort_key(names or work.title), work["year"], sort_key(work.title)


def _work(entry: Entry) -> Work:
    people = {role: " and ".join(map(str, persons)) for role, persons in entry.persons.items()}
    fields = {name.lower(): SourceField(value, 0) for name, value in (*entry.fields.items(), *people.items())}
    return model.work(SourceEntry(entry.key, entry.type.lower(), 0, fields, ""))


#: The start of the tag, and of docutils' class, of text in another language than the edition's.
_LANGUAGE = "language-"


class DocutilsBackend(pybtex_docutils.Backend):
    """pybtex text as docutils nodes: small capitals and languages are classes of an inline."""

    def format_tag(self, tag_name: str, text: list[nodes.Node]) -> list[nodes.Node]:
        """*text* in small capitals, in a language, or as pybtex-docutils has it."""
        if tag_name == "smallcaps" or tag_name.startswith(_LANGUAGE):
            return [nodes.inline("", "", *text, classes=[tag_name])]
        return super().format_tag(tag_name, text)


class _Plain(PlaintextBackend):
    def format_tag(self, tag_name: str, text: str) -> str:
        if tag_name.startswith(_LANGUAGE):
            return text
        return text.upper() if tag_name == "smallcaps" else super().format_tag(tag_name, text)


#: What renders a reference as docutils nodes, and as plain text with surnames in capitals.
DOCUTILS = DocutilsBackend()
PLAIN = _Plain()


def reference(work: Work) -> BaseText:
    """The reference of *work* as pybtex text; between one pair of brackets when the edition supplies all of it."""
    whole = bool(work.completed) and _printed(work) <= work.completed
    parts = _parts(work, frozenset() if whole else work.completed)
    text = Text(" ").join(_sentence(part, work["url"]) for part in parts if str(part))
    return Text("[", text, "]") if whole else text


def _printed(work: Work) -> set[str]:
    people = {"author"} if work.authors else {"editor"} if work.editors else set()
    shown = {"title", "year", "month", "day", "address", "institution", "publisher", "pagetotal", "series", "number", "type"}
    shown |= {"howpublished", "chapter"}
    shown |= {"journal", "booktitle", "volume", "pages", "edition", "isbn", "issn", "url", "doi", "titleaddon", "note"}
    return people | (shown & set(work.fields))


def _parts(work: Work, completed: frozenset[str]) -> list[BaseText]:
    """The sentences of the reference, without their full stops."""
    mark = _Mark(work, completed)
    in_book = work.type in IN_BOOK and bool(work["booktitle"])  # BibTeX's @inbook has the book's own title
    quoted = work.type in IN_JOURNAL or in_book
    name = work["title"] or (LOST if "title" in work.lost else work.key)
    title = _foreign(work, Text(set_text(_("“{title}”", title=name)))) if quoted else _title(work, name)
    online = _("online")
    return [
        mark.wrap(_people(work), "author" if work.authors else "editor"),
        Text(mark.wrap(title, "title"), f" [{online}]" if work["url"] or work["doi"] else ""),
        mark("titleaddon"),
        _host(work, mark) if in_book else Text(),
        mark("type") if work.type == "thesis" else Text(),
        mark.wrap(Text(set_text(_ordinal(mark.value("edition")))), "edition"),
        Text(" ").join(part for part in (_imprint(work, mark), _seen(work), _series(work, mark)) if str(part)),
        mark("isbn", "ISBN {text}"),
        mark("issn", "ISSN {text}"),
        mark("howpublished"),
        mark("note"),
        _access(work, mark),
    ]


def _title(work: Work, title: str) -> BaseText:
    """A title in italics, in the language of the work."""
    return _foreign(work, Tag("em", set_text(title, work.language)))


def _foreign(work: Work, text: BaseText) -> BaseText:
    """*text* of *work*, marked where it is not in the edition's language."""
    return Tag(_LANGUAGE + work.foreign_language, text) if work.foreign_language else text


def _ordinal(edition: str) -> str:
    """The number of an edition in words, « 2e éd. »; biblatex asks for the number alone."""
    if not edition.isdigit():
        return edition
    special = {"1": _("1st ed."), "2": _("2nd ed."), "3": _("3rd ed.")}
    return special.get(edition) or _("{number}th ed.", number=edition)


class _Mark:
    """The texts of a work's fields, between brackets where the edition completed them."""

    def __init__(self, work: Work, completed: frozenset[str]) -> None:
        self._work = work
        self._completed = completed

    def __call__(self, name: str, pattern: str = "{text}") -> BaseText:
        """The field *name* in the place of ``{text}`` in *pattern*, a message id; nothing where it is empty."""
        value = self.value(name)
        return self.wrap(Text(set_text(_(pattern, text=value))), name) if value else Text()

    def value(self, name: str) -> str:
        """The field *name*; the mark of a loss where the source has lost it."""
        return self._work[name] or (LOST if name in self._work.lost else "")

    def wrap(self, text: BaseText, *names: str) -> BaseText:
        """*text* between brackets when the edition completed all of *names*."""
        return Text("[", text, "]") if str(text) and self._completed.issuperset(names) else text

    def join(self, separator: str, items: Iterable[tuple[BaseText, str]]) -> BaseText:
        """The texts that are not empty, each with its field; between one pair of brackets when all are completed."""
        shown = [(text, name) for text, name in items if str(text)]
        names = [name for _, name in shown]
        if shown and self._completed.issuperset(names):
            return self.wrap(Text(set_text(separator)).join(text for text, _ in shown), *names)
        return Text(set_text(separator)).join(self.wrap(text, name) for text, name in shown)


def _people(work: Work) -> BaseText:
    role = "author" if work.authors else "editor"
    people = _names(work.names, role in work.and_others) if work.names or "author" not in work.lost else Text(LOST)
    return _edited(people) if work.editors and not work.authors else people


def _edited(people: BaseText) -> BaseText:
    return Text(people, " ", _("(ed.)"))


def _names(names: Sequence[Name], and_others: bool) -> BaseText:
    formatted = [_name(name) for name in names]
    if not formatted:
        return Text()
    if and_others:
        return Text(Text(", ").join(formatted), set_text(_(" et al.")))
    first, last = formatted[:-1], formatted[-1]
    return Text(Text(", ").join(first), pgettext("between the last two names", " and "), last) if first else last


def _name(name: Name) -> BaseText:
    last = Tag("smallcaps", set_text(name.last))
    return Text(last, ", ", set_text(name.first)) if name.first else Text(last)


def _host(work: Work, mark: _Mark) -> BaseText:
    people = work.editors if work.authors else ()
    editors = Text(mark.wrap(_edited(_names(people, "editor" in work.and_others)), "editor"), ". ") if people else Text()
    return Text(set_text(_("In: ")), editors, mark.wrap(_title(work, mark.value("booktitle")), "booktitle"))


def _imprint(work: Work, mark: _Mark) -> BaseText:
    """« Lieu : Éditeur, mois année, n° x, p. x-y, n p. », or a journal's name in the place of the publisher."""
    if work.type in IN_JOURNAL:
        publisher: BaseText = mark.wrap(_title(work, mark.value("journal")), "journal")
    else:
        publisher = _publisher(work, mark)
    items = [publisher, _date(work, mark), mark("volume", N_("vol. {text}"))]
    if work.type in IN_JOURNAL:
        items.insert(1, mark("series", N_("ser. {text}") if work["series"].isdigit() else "{text}"))
    if work.type in IN_JOURNAL or (work.type in IN_BOOK and not work["series"]):
        items.append(mark("number", N_("no. {text}")))
    items += [mark("chapter", N_("chap. {text}")), _pages(work, mark), mark("pagetotal", N_("{text} p."))]
    return Text(", ").join(item for item in items if str(item))


def _publisher(work: Work, mark: _Mark) -> BaseText:
    fields = work.entry_type.bodies
    name = next((name for name in fields if work[name] or name in work.lost), fields[0])
    return mark.join(_(": "), ((Text(set_text(mark.value(field))), field) for field in ("address", name)))


def _date(work: Work, mark: _Mark) -> BaseText:
    if not work["year"]:
        return Text(LOST) if "year" in work.lost else Text(set_text(f"[{_('n.d.')}]{work.suffix}"))
    day = work["day"].lstrip("0")
    month = month_names(current_language())[work.month - 1] if work.month else ""
    parts = ((day_in_words(int(day)) if day.isdigit() else day, "day"), (month, "month"), (work.year_label, "year"))
    return mark.join(NO_BREAK if day else " ", ((Text(text), name) for text, name in parts))


def _pages(work: Work, mark: _Mark) -> BaseText:
    pages = mark.value("pages").replace("–", "-")
    return mark.wrap(Text(set_text(_("p. {text}", text=pages))), "pages") if pages else Text()


def _series(work: Work, mark: _Mark) -> BaseText:
    """« (Collection ; n° x) »; a report's own type stands in for the collection."""
    if work.type in IN_JOURNAL or (work.type in IN_BOOK and not work["series"]):
        return Text()
    kind = work["type"] if work.type == "report" else ""
    number = _("no. {text}", text=work["number"]) if work["number"] else ""
    items = ((kind, "type"), (work["series"], "series"), (number, "number"))
    text = mark.join(model.list_separator(), ((Text(set_text(item)), name) for item, name in items))
    return Text("(", text, ")") if str(text) else text


def _access(work: Work, mark: _Mark) -> BaseText:
    if work["doi"]:
        return mark.wrap(Text("DOI ", HRef(f"https://doi.org/{quote(work['doi'], safe='/:;()')}", work["doi"])), "doi")
    if not work["url"]:
        return Text()
    address = work["url"]
    link = HRef(address, address) if address.startswith(("http://", "https://")) else Text(address)
    return mark.wrap(Text(set_text(_("Available at: ")), link), "url")


def _seen(work: Work) -> BaseText:
    if not (work["urldate"] and work["url"]) or work["doi"]:
        return Text()
    year, month, day = ([int(part) if part.isdigit() else 0 for part in work["urldate"].split("-")] + [0, 0])[:3]
    seen = date_in_words(str(year), month if month in range(1, 13) else 0, day)
    return Text(set_text(_("[viewed {date}]", date=seen)))


def _sentence(text: BaseText, address: str) -> BaseText:
    """*text* with its full stop, unless it ends with a mark of its own or with an *address*, which a stop would spoil."""
    ends = (".", "?", "!", "…", address) if address else (".", "?", "!", "…")
    return text if str(text).endswith(ends) else Text(text, ".")
