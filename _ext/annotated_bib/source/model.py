"""A work of the bibliography, read once from its BibTeX entry.

BibTeX's and biblatex's spellings of types and fields meet here: the rest of the extension knows one name for each thing, that of
:mod:`.datamodel`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from docutils.nodes import make_id

from ..language.catalogue import N_, _, current_language, is_language, pgettext
from . import bibfile
from .datamodel import ALIASES, RICH_FIELDS, EntryType, entry_type, holds
from .dates import date_fields, month_number
from .languages import language_tag
from .latex import after_citations, plain
from .names import OTHERS, Name, names, split_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .bibfile import Source, SourceEntry

#: What a thesis is, where its entry says so by its type alone, and what biblatex's keys for types stand for.
_TYPE_STRINGS = {
    "mathesis": N_("Master’s thesis"),
    "mastersthesis": N_("Master’s thesis"),
    "bathesis": N_("Bachelor’s thesis"),
    "phdthesis": N_("PhD thesis"),
    "candthesis": N_("Candidate thesis"),
    "techreport": N_("Technical report"),
    "resreport": N_("Research report"),
}
#: The types that BibTeX has for what biblatex says in the field ``type``.
_TELLING_TYPES = ("mastersthesis", "phdthesis")
#: What stands in for a field that an entry of a type lacks.
_STAND_INS = {
    "article": {"issue": "number", "eid": "pages"},
    "incollection": {"maintitle": "booktitle"},
    "inproceedings": {"maintitle": "booktitle", "eventtitle": "booktitle"},
}
#: What follows the number of pages where people write more than the number.
_COUNTED = re.compile(r"(?<=\d)\s*(?:p\.?|pages)$")
#: biblatex has no ``pagetotal`` for an article: an extent without page numbers stands in its ``note``.
_EXTENT = re.compile(r"(\d+) p\.")
#: What people write before a DOI.
_RESOLVER = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


@dataclass(frozen=True)
class Work:
    """One entry: *fields* in plain Unicode under their canonical names, *rich* the LaTeX of sentences.

    *reasons* has the LaTeX of ``relatedwhy`` by the key of the related work; *completed* names the fields that the edition
    supplies, *lost* those that its source has lost. *and_others* holds « author » or « editor » where that list goes on: « et
    al. ». *suffix* tells works of one author and year apart.
    """

    key: str
    type: str
    line: int
    fields: Mapping[str, str]
    rich: Mapping[str, str]
    authors: tuple[Name, ...]
    editors: tuple[Name, ...]
    theme: str
    keywords: tuple[str, ...]
    related: tuple[str, ...]
    reasons: Mapping[str, str]
    completed: frozenset[str]
    lost: frozenset[str]
    raw: str
    and_others: frozenset[str] = frozenset()
    suffix: str = ""

    def __hash__(self) -> int:
        return hash(self.key)

    def __getitem__(self, field: str) -> str:
        """The plain text of *field*, empty where the work has none."""
        return self.fields.get(field, "")

    @property
    def entry_type(self) -> EntryType:
        """What is known of works of this type."""
        return entry_type(self.type)

    @property
    def id(self) -> str:
        """Anchor of the notice: the key in lower case, as docutils makes identifiers."""
        return anchor(self.key)

    @property
    def title(self) -> str:
        """The title, or the key where the entry has none."""
        return self["title"] or self.key

    @property
    def main_title(self) -> str:
        """The title without its subtitle."""
        return re.split(_colon(self.language), self.title, maxsplit=1)[0]

    @property
    def language(self) -> str:
        """The BCP 47 tag of the work's language; empty where the entry names none."""
        return language_tag(self["langid"])

    @property
    def foreign_language(self) -> str:
        """The work's language where it is another than the edition's, varieties apart; empty where it is not."""
        return "" if is_language(self.language.partition("-")[0]) else self.language

    @property
    def names(self) -> tuple[Name, ...]:
        """Who heads the reference: the authors, or else the editors."""
        return self.authors or self.editors

    @property
    def publisher(self) -> str:
        """Who publishes the work, in plain text: the field of its type that says so."""
        return next((self[name] for name in ("publisher", "institution") if self[name]), "")

    @property
    def bodies(self) -> list[str]:
        """Those who publish the work, one by one."""
        return self.publisher.split(list_separator()) if self.publisher else []

    @property
    def month(self) -> int:
        """1 to 12, 0 where no month is known."""
        return month_number(self["month"])

    @property
    def date_parts(self) -> list[int]:
        """The year, month and day, as far as they are known; empty where the year is no number."""
        parts = [int(self["year"])] if self["year"].isdigit() else []
        if parts and self.month:
            parts.append(self.month)
            if self["day"].isdigit():
                parts.append(int(self["day"]))
        return parts

    @property
    def page_range(self) -> tuple[str, str]:
        """The first and the last page."""
        first, _, last = re.sub(r"[–-]+", "-", self["pages"]).partition("-")
        return first.strip(), last.strip()

    @property
    def author_label(self) -> str:
        """The author half of a citation, as ISO 690's author-date system has it; the short title stands in for nobody."""
        last = [name.last for name in self.names]
        if not last:
            return self["shorttitle"] or self.title
        if len(last) > 3 or ("author" if self.authors else "editor") in self.and_others:
            return _("{name} et al.", name=last[0])
        return _("{names} and {name}", names=", ".join(last[:-1]), name=last[-1]) if len(last) > 1 else last[0]

    @property
    def year_label(self) -> str:
        """The year half of a citation, with the letter that tells works of one author and year apart."""
        return self.year + self.suffix

    @property
    def year(self) -> str:
        """The year, or what is said in its place: that the work has no date, or that its date is lost."""
        return self["year"] or (_("date lost") if "year" in self.lost else _("n.d."))


@dataclass(frozen=True, eq=False)
class Bibliography:
    """The works of the edition's files, in their order."""

    works: tuple[Work, ...]

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The rank of each key in the files, from 1."""
        return {work.key: number for number, work in enumerate(self.works, 1)}

    @cached_property
    def by_key(self) -> Mapping[str, Work]:
        """The works by key."""
        return {work.key: work for work in self.works}

    def text(self, work: Work, field: str) -> str:
        """The LaTeX *field* of *work* in plain text, each citation as « Dhume (2006) »; empty where there is none."""
        return plain(work.rich[field], self._cited) if field in work.rich else ""

    def _cited(self, key: str) -> str:
        cited = self.by_key.get(key)
        return f"{cited.author_label} ({cited.year_label})" if cited else key

    def of_theme(self, theme: str) -> list[Work]:
        """The works of *theme*, in the file's order."""
        return self._by_theme[theme]

    @cached_property
    def _by_theme(self) -> defaultdict[str, list[Work]]:
        themes = defaultdict(list)
        for work in self.works:
            themes[work.theme].append(work)
        return themes


def bibliography(sources: Iterable[Source]) -> Bibliography:
    """The works of *sources*; what :mod:`annotated_bib.checks` would refuse is read as well as can be."""
    return Bibliography(tuple(_with_suffixes([work(entry) for entry in entries(sources)])))


def entries(sources: Iterable[Source]) -> list[SourceEntry]:
    """The entries of *sources*, with what they inherit."""
    own = [entry for source in sources for entry in source.entries]
    by_key = {entry.key.lower(): entry for entry in own}
    crossed = (entry.fields["crossref"].value.strip().lower() if "crossref" in entry.fields else "" for entry in own)
    parents = map(by_key.get, crossed)
    return [bibfile.inherited(entry, parent) if parent else entry for entry, parent in zip(own, parents, strict=True)]


def verbatim(value: str) -> str:
    r"""*value* as it is, without the backslashes of ``\%`` and the like, nor the braces of ``{\_}``."""
    return re.sub(r"\{\\([%#&_~$])\}|\\([%#&_~$])", r"\1\2", value.strip())


def work(entry: SourceEntry) -> Work:
    """The work that *entry* describes."""
    source = {name: field.value for name, field in entry.fields.items()}
    kind = entry_type(entry.type).name
    fields = {name: _text(name, value) for name, value in source.items() if holds(name) != "rich"}
    if "doi" in fields:
        fields["doi"] = _RESOLVER.sub("", fields["doi"])
    for name in ("title", "booktitle"):
        subtitle = fields.pop(f"{name.removesuffix('title')}subtitle", "")
        if subtitle:
            fields[name] = _joined(fields.get(name, ""), subtitle, language_tag(plain(source.get("langid", ""))))
    for alias, name in _STAND_INS.get(kind, {}).items():
        if alias in fields:
            fields.setdefault(name, fields.pop(alias))
    fields["pagetotal"] = _COUNTED.sub("", fields.get("pagetotal", ""))
    fields |= date_fields(fields.pop("date", ""))
    for alias, name in ALIASES.items():
        if alias in fields:
            fields.setdefault(name, fields.pop(alias))
    if kind == "article" and (extent := _EXTENT.fullmatch(fields.get("note", ""))):
        fields |= {"note": "", "pagetotal": extent[1]}
    own_type = fields.get("type", "") or (entry.type if entry.type in _TELLING_TYPES else "")
    fields["type"] = _(_TYPE_STRINGS[own_type]) if own_type in _TYPE_STRINGS else own_type
    sentences = {name: value for name, value in source.items() if holds(name) == "rich" and value.strip()}
    rich = {ALIASES.get(name, name): value for name, value in sentences.items()} | sentences
    return Work(
        key=entry.key,
        type=kind,
        line=entry.line,
        fields={name: value for name, value in fields.items() if value},
        rich={name: rich[name] for name in RICH_FIELDS if name in rich and name != "relatedwhy"},
        authors=names(source.get("author", "")),
        editors=names(source.get("editor", "")),
        and_others=frozenset(role for role in ("author", "editor") if split_list(source.get(role, ""))[-1:] == [OTHERS]),
        theme=fields.get("theme", ""),
        keywords=listed(fields.get("keywords", "").replace(";", ",")),
        related=listed(fields.get("related", "")),
        reasons=dict(after_citations(rich.get("relatedwhy", ""))[1]),
        completed=_named_fields(fields.get("completed", "")),
        lost=_named_fields(fields.get("lost", "")),
        raw=bibfile.alone(entry),
    )


def anchor(key: str) -> str:
    """The identifier that docutils makes of *key*; it makes none of digits alone."""
    return make_id(key) or make_id(f"n-{key}")


def listed(text: str) -> tuple[str, ...]:
    """The items of a comma-separated field."""
    return tuple(item.strip() for item in text.split(",") if item.strip())


def _text(name: str, value: str) -> str:
    if holds(name) == "verbatim":
        return verbatim(value)
    text = list_separator().join(map(plain, split_list(value))) if holds(name) == "list" else plain(value)
    return text.replace("\n\n", " ")


def _named_fields(text: str) -> frozenset[str]:
    """The canonical names of the fields that a comma-separated *text* names."""
    return frozenset(part for name in listed(text.lower()) for part in _field_names(name))


def _field_names(name: str) -> tuple[str, ...]:
    return ("year", "month", "day") if name == "date" else (ALIASES.get(name, name),)


def list_separator() -> str:
    """What stands between the items of a list in plain text."""
    return pgettext("between the items of a list", "; ")


def _joined(title: str, subtitle: str, language: str) -> str:
    return f"{title} {subtitle}" if title.endswith(("?", "!", "…")) else f"{title}{_colon(language)}{subtitle}"


def _colon(language: str) -> str:
    """What stands before a subtitle in *language*, that of the edition where it is empty."""
    return " : " if (language or current_language()).startswith("fr") else ": "


def _with_suffixes(works: list[Work]) -> Iterator[Work]:
    """The *works*, those that would be cited alike told apart by a letter in the file's order."""
    labels = [(work.author_label, work.year_label) for work in works]
    alike = Counter(labels)
    ranks: Counter[tuple[str, str]] = Counter()
    for work, label in zip(works, labels, strict=True):
        if alike[label] == 1:
            yield work
        else:
            ranks[label] += 1
            yield _suffixed(work, ranks[label])


def _suffixed(work: Work, rank: int) -> Work:
    letters = ""
    while rank:
        rank, letter = divmod(rank - 1, 26)
        letters = chr(ord("a") + letter) + letters
    return replace(work, suffix=letters if work["year"] else f"-{letters}")
