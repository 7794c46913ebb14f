"""A work of the bibliography, read once from its BibTeX entry.

BibTeX's and biblatex's spellings of types and fields meet here: the rest of the extension knows one name for each thing, that of
:mod:`.datamodel`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from docutils.nodes import make_id

from ..language.catalogue import N_, _, current_language, is_language, pgettext
from ..language.dates import dated_as, territory, year_in_words
from . import bibfile
from .datamodel import ALIASES, NAME_FIELDS, NO_WORKS, RICH_FIELDS, EntryType, entry_type, holds
from .dates import date_fields, day, month_number
from .languages import language_tag
from .latex import after_citations, plain
from .names import OTHERS, Name, names, split_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

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
    "theses": N_("PhD thesis"),  # HAL's word
    "software": N_("Software"),
    "datacd": N_("CD-ROM"),
    "audiocd": N_("Audio CD"),
    "patent": N_("Patent"),
    "patreq": N_("Patent application"),
}
#: The types that BibTeX has for what biblatex says in the field ``type``.
_TELLING_TYPES = ("mastersthesis", "phdthesis")
#: biblatex's keys for the countries of a patent, by the codes of ISO 3166.
_COUNTRIES = {"countryde": "DE", "countryeu": "EU", "countryep": "EU", "countryfr": "FR", "countryuk": "GB", "countryus": "US"}
#: biblatex's keys for the series of a journal, and for what has not appeared yet.
_STRINGS = {
    "series": {"newseries": N_("new series"), "oldseries": N_("old series")},
    "pubstate": {
        "inpreparation": N_("in preparation"),
        "submitted": N_("submitted"),
        "forthcoming": N_("forthcoming"),
        "inpress": N_("in press"),
        "prepublished": N_("prepublished"),
    },
}
#: The titles that may have a subtitle, in a field of its own.
_WITH_SUBTITLES = {
    "title": "subtitle",
    "booktitle": "booksubtitle",
    "maintitle": "mainsubtitle",
    "journaltitle": "journalsubtitle",
    "issuetitle": "issuesubtitle",
}
#: What stands in for a field that an entry of a type lacks.
_STAND_INS = {
    "article": {"issue": "number"},
    "incollection": {"maintitle": "booktitle"},
    "inproceedings": {"maintitle": "booktitle", "eventtitle": "booktitle"},
}
#: What follows the number of pages where people write more than the number, and what comes before the numbers of pages.
_COUNTED = re.compile(r"(?<=\d)\s*(?:p\.?|pages|pp\.?|S\.|Seiten)$")
_BEFORE_PAGES = re.compile(r"^(?:pp?\.|pages?|S\.|Seiten?|págs?\.)\s*(?=\d)", re.IGNORECASE)
#: Two years in the field of one.
_YEARS = re.compile(r"(\d{4})\s*(?:-{1,3}|–|/)\s*(\d{4})")
#: biblatex has no ``pagetotal`` for an article: an extent without page numbers stands in its ``note``.
_EXTENT = re.compile(r"(\d+) p\.")
#: The key of nearly every entry.
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_.:/-]*")
#: What people write before a DOI.
_RESOLVER = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


@dataclass(frozen=True)
class Work:
    """One entry: *fields* in plain Unicode under their canonical names, *rich* the LaTeX of sentences.

    *people* has the names of each field that holds names; *and_others* the fields whose list goes on: « et al. ». *reasons* has
    the LaTeX of ``relatedwhy`` by the key of the related work; *completed* names the fields that the edition supplies, *lost*
    those that its source has lost. *suffix* tells works of one author and year apart.
    """

    key: str
    type: str
    line: int
    fields: Mapping[str, str]
    rich: Mapping[str, str]
    people: Mapping[str, tuple[Name, ...]]
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
    def authors(self) -> tuple[Name, ...]:
        """Who wrote the work."""
        return self.people.get("author", ())

    @property
    def editors(self) -> tuple[Name, ...]:
        """Who edited the work, or what it stands in."""
        return self.people.get("editor", ())

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
        """1 to 12, 21 to 24 for a season, 0 where neither is known."""
        return month_number(self["month"])

    @property
    def date_parts(self) -> list[int]:
        """The year, month and day, as far as they are known; empty where the year is no number."""
        return self.dated("")

    def dated(self, prefix: str) -> list[int]:
        """The year, month and day of the fields with *prefix*: « end », of the end of a range, « event », « orig »."""
        year, month, day = (self[f"{prefix}{part}"] for part in ("year", "month", "day"))
        parts = [int(year)] if re.fullmatch(r"-?\d+", year) else []
        if parts and 1 <= month_number(month) <= 12:
            parts.append(month_number(month))
            if day.isdecimal():
                parts.append(int(day))
        return parts

    @property
    def page_range(self) -> tuple[str, str]:
        """The first and the last page."""
        first, _, last = re.sub(r"[–-]+", "-", self["pages"]).partition("-")
        return first.strip(), last.strip()

    @property
    def added(self) -> date | None:
        """The day on which the work joined the edition, where its entry says so."""
        return day(self["added"])

    @property
    def label(self) -> str:
        """What a text calls the work: « Dhume (2006) »."""
        return f"{self.author_label} ({self.year_label})"

    @property
    def author_label(self) -> str:
        """The author half of a citation, as ISO 690's author-date system has it; the short title stands in for nobody."""
        last = [name.heading for name in self.names]
        if not last:
            return self["shorttitle"] or self.title
        if len(last) > 3 or ("author" if self.authors else "editor") in self.and_others:
            return _("{name} et al.", name=last[0])
        return _("{names} and {name}", names=", ".join(last[:-1]), name=last[-1]) if len(last) > 1 else last[0]

    @cached_property
    def year_label(self) -> str:
        """The year half of a citation, with the letter that tells works of one author and year apart."""
        return self.year + self.suffix

    @property
    def year(self) -> str:
        """The year or years, or what is said in their place: that the work has no date, or that its date is lost."""
        if not self["year"]:
            return _("date lost") if "year" in self.lost else _("n.d.")
        first, last = (year_in_words(self[name]) for name in ("year", "endyear"))
        years = first if self["endyear"] in ("", self["year"]) else f"{first}–{last}"
        return dated_as(years, self["datecirca"], self["dateuncertain"])


@dataclass(frozen=True, eq=False)
class Bibliography:
    """The works of the edition's files, in their order, and what the edition is called."""

    works: tuple[Work, ...]
    title: str = ""

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
        return cited.label if cited else key

    def of_theme(self, theme: str) -> list[Work]:
        """The works of *theme*, in the file's order."""
        return self._by_theme[theme]

    @cached_property
    def _by_theme(self) -> defaultdict[str, list[Work]]:
        themes = defaultdict(list)
        for work in self.works:
            themes[work.theme].append(work)
        return themes


def bibliography(sources: Iterable[Source], title: str = "") -> Bibliography:
    """The works of *sources*, of the edition called *title*.

    What :mod:`annotated_bib.checks` would refuse is read as well as can be.
    """
    return Bibliography(tuple(_with_suffixes([work(entry) for entry in entries(sources)])), title)


def entries(sources: Iterable[Source]) -> list[SourceEntry]:
    """The entries of *sources*, with what they inherit."""
    own = [entry for source in sources for entry in source.entries]
    by_key = {entry.key.lower(): entry for entry in own}
    return [_with_parents(entry, by_key, ()) for entry in own if entry.type not in NO_WORKS]


def _with_parents(entry: SourceEntry, by_key: Mapping[str, SourceEntry], seen: tuple[str, ...]) -> SourceEntry:
    """*entry* with what it takes from the entries that its ``xdata`` and its ``crossref`` name, and these from others."""
    for name in ("xdata", "crossref"):
        for key in listed(entry.fields[name].value.lower()) if name in entry.fields else ():
            if key in by_key and key not in seen:
                parent = _with_parents(by_key[key], by_key, (*seen, entry.key.lower()))
                entry = bibfile.inherited(entry, parent, as_host=name == "crossref")
    return entry


def verbatim(value: str) -> str:
    r"""*value* as it is, without the backslashes of ``\%`` and the like, nor the braces of ``{\_}``."""
    return re.sub(r"\{\\([%#&_~$])\}|\\([%#&_~$])", r"\1\2", value.strip())


def work(entry: SourceEntry) -> Work:
    """The work that *entry* describes."""
    source = {name: field.value for name, field in entry.fields.items()}
    fields = _fields(entry.type, source)
    sentences = {name: value for name, value in source.items() if holds(name) == "rich" and value.strip()}
    rich = {ALIASES.get(name, name): value for name, value in sentences.items()} | sentences
    uses_prefix = re.search(r"useprefix\s*(=\s*true|,|$)", source.get("options", "")) is not None
    return Work(
        key=entry.key,
        type=entry_type(entry.type).name,
        line=entry.line,
        fields=fields,
        rich={name: rich[name] for name in RICH_FIELDS if name in rich and name != "relatedwhy"},
        people={role: found for role in NAME_FIELDS if role in source and (found := names(source[role], uses_prefix))},
        and_others=frozenset(role for role in NAME_FIELDS if role in source and split_list(source[role])[-1:] == [OTHERS]),
        theme=fields.get("theme", ""),
        keywords=listed(fields.get("keywords", "").replace(";", ",")),
        related=listed(fields.get("related", "")),
        reasons=dict(after_citations(rich.get("relatedwhy", ""))[1]),
        completed=_named_fields(fields.get("completed", "")),
        lost=_named_fields(fields.get("lost", "")),
        raw=bibfile.alone(entry),
    )


def _fields(type_name: str, source: Mapping[str, str]) -> dict[str, str]:
    """The fields of an entry in plain Unicode, under one name for each thing."""
    kind = entry_type(type_name).name
    fields = {name: _text(name, value) for name, value in source.items() if holds(name) != "rich"}
    language = language_tag(next((fields[name] for name in ("langid", "language", "hyphenation") if fields.get(name)), ""))
    for title, subtitle in _WITH_SUBTITLES.items():
        if ending := fields.pop(subtitle, ""):
            name = ALIASES.get(title, title) if title not in fields else title
            fields[name] = with_subtitle(fields.get(name, ""), ending, language)
    for alias, name in _STAND_INS.get(kind, {}).items():
        if alias in fields and not fields.get(name):
            fields[name] = fields.pop(alias)
    for name, prefix in (("date", ""), ("eventdate", "event"), ("origdate", "orig")):
        if name in fields:
            fields |= date_fields(fields[name], prefix)
    if fields.get("year"):
        fields.pop("date", None)
    for alias, name in ALIASES.items():
        if alias in fields and not fields.get(name):
            fields[name] = fields.pop(alias)
    _tidy(kind, fields)
    own_type = fields.get("type", "") or (type_name if type_name in _TELLING_TYPES else "")
    fields["type"] = _kind(own_type)
    for name, strings in _STRINGS.items():
        if fields.get(name) in strings:
            fields[name] = _(strings[fields[name]])
    return {name: value for name, value in fields.items() if value}


def _kind(own_type: str) -> str:
    """The field ``type`` in words, where it is one of biblatex's keys; of a patent it may end with that of a country."""
    key = own_type.lower()
    country = _COUNTRIES.get(f"country{key[-2:]}") if key.startswith(("patent", "patreq")) else None
    key = key[:-2] if country else key
    words = _(_TYPE_STRINGS[key]) if key in _TYPE_STRINGS else own_type
    return f"{words} ({territory(country)})" if country else words


def _tidy(kind: str, fields: dict[str, str]) -> None:
    """What people and tools write in one field and mean for another, or write around its value."""
    fields["doi"] = _RESOLVER.sub("", fields.get("doi", ""))
    fields["pagetotal"] = _COUNTED.sub("", fields.get("pagetotal", ""))
    fields["pages"] = _BEFORE_PAGES.sub("", fields.get("pages", ""))
    fields["pages"] = re.sub(r"^(\w+)\s*(?:-+|–)\s*\1$", r"\1", fields["pages"])
    if _COUNTED.search(fields["pages"]) and not fields["pagetotal"]:
        fields |= {"pages": "", "pagetotal": _COUNTED.sub("", fields["pages"])}
    fields["isbn"] = fields.get("isbn", "").strip(" ;,")
    if kind == "article" and (extent := _EXTENT.fullmatch(fields.get("note", ""))):
        fields |= {"note": "", "pagetotal": extent[1]}
    if years := _YEARS.fullmatch(fields.get("year", "")):
        fields |= {"year": years[1], "endyear": years[2]}
    if re.fullmatch(r"https?://\S+", fields.get("howpublished", "")) and not fields.get("url"):
        fields["url"] = fields.pop("howpublished")
    if "address" in fields:
        places = fields["address"].split(list_separator())
        fields["address"] = list_separator().join(
            territory(_COUNTRIES[place]) if place in _COUNTRIES else place for place in places
        )


@lru_cache(maxsize=65536)
def anchor(key: str) -> str:
    """The identifier that docutils makes of *key*; of a key with other signs than letters it tells too little."""
    name = make_id(key)
    if _PLAIN_KEY.fullmatch(key) or all(make_id(f"a{character}")[1:] for character in key if character not in "-_.:/"):
        return name or make_id(f"n-{key}")
    return make_id(f"n-{name}-{sha256(key.lower().encode()).hexdigest()[:8]}")


def listed(text: str) -> tuple[str, ...]:
    """The items of a comma-separated field."""
    return tuple(item.strip() for item in text.split(",") if item.strip())


def _text(name: str, value: str) -> str:
    kind = holds(name)
    if kind == "verbatim":
        return verbatim(value)
    text = list_separator().join(map(plain, split_list(value))) if kind == "list" else plain(value)
    return text.replace("\n\n", " ")


def _named_fields(text: str) -> frozenset[str]:
    """The canonical names of the fields that a comma-separated *text* names."""
    return frozenset(part for name in listed(text.lower()) for part in _field_names(name))


def _field_names(name: str) -> tuple[str, ...]:
    return ("year", "month", "day") if name == "date" else (ALIASES.get(name, name),)


def list_separator() -> str:
    """What stands between the items of a list in plain text."""
    return pgettext("between the items of a list", "; ")


def with_subtitle(title: str, subtitle: str, language: str = "") -> str:
    """A title and its subtitle in one, as *language* has it, that of the edition where it is empty."""
    if not title:
        return subtitle
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
