"""A work of the bibliography, read once from its BibTeX entry.

BibTeX's and biblatex's spellings of types and fields meet here: the rest of the extension knows one name for each thing,
biblatex's for types (``report``, ``thesis``) and BibTeX's for fields (``journal``, ``address``, ``year``).
"""

from __future__ import annotations

import re
from calendar import month_name
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from docutils.nodes import make_id
from pybtex.database import InvalidNameString, Person

from . import bibsource
from .bibsource import MONTH_MACROS
from .markup import after_citations, plain
from .typography import MONTHS, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from .bibsource import SourceEntry

_TYPES = {
    "techreport": "report",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "conference": "inproceedings",
    "electronic": "online",
    "www": "online",
    "collection": "book",
    "reference": "book",
    "mvbook": "book",
    "mvcollection": "book",
    "mvreference": "book",
    "mvproceedings": "proceedings",
    "bookinbook": "inbook",
    "suppbook": "inbook",
    "suppcollection": "incollection",
    "inreference": "incollection",
    "suppperiodical": "article",
}
_FIELDS = {
    "journaltitle": "journal",
    "location": "address",
    "school": "institution",
    "organization": "publisher",
    "annote": "annotation",
    "hyphenation": "langid",
    "language": "langid",
    "origdate": "origyear",
    "date": "year",
    "subtitle": "title",
    "booksubtitle": "booktitle",
}
_DEFAULT_TYPES = {"mastersthesis": "Mémoire de master", "phdthesis": "Thèse de doctorat"}
_TYPE_STRINGS = {
    "mathesis": "Mémoire de master",
    "bathesis": "Mémoire de licence",
    "phdthesis": "Thèse de doctorat",
    "candthesis": "Thèse",
    "techreport": "Rapport technique",
    "resreport": "Rapport de recherche",
}
_ENGLISH_MONTHS = tuple(name.lower() for name in month_name[1:])  # what pybtex makes of BibTeX's macros
#: The fields that hold LaTeX text, which :mod:`markup` turns into paragraphs.
RICH_FIELDS = ("annotation", "lacuna", "completedfrom", "relatedwhy")
#: The fields that hold no LaTeX, but what BibTeX users escape: biblatex's verbatim fields.
VERBATIM = ("url", "doi", "eprint", "file", "date", "origdate", "urldate", "theme", "related", "completed", "lost")
#: The fields that hold a list, as names do, and what stands between the items of the list in plain text.
_LISTS = ("publisher", "institution", "school", "organization", "address", "location")
LIST = " ; "
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
#: What BibTeX has in the place of the last names of a list.
_OTHERS = "others"
_DATE = re.compile(r"(?P<year>-?\d{4})(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?(?:/.*)?[~?%]?$")


class Name(NamedTuple):
    """A person (*first* may be empty) or a body, whose whole name is *last*."""

    last: str
    first: str = ""

    @property
    def inverted(self) -> str:
        """« Dhume, Fabrice »; the whole name of a body."""
        return f"{self.last}, {self.first}" if self.first else self.last

    @property
    def direct(self) -> str:
        """« Fabrice Dhume »; the whole name of a body."""
        return f"{self.first} {self.last}".strip()


@dataclass(frozen=True)
class Work:
    """One entry: *fields* in plain Unicode under BibTeX names, *rich* the LaTeX of :data:`RICH_FIELDS`.

    *reasons* has the LaTeX of ``relatedwhy`` by the key of the related work; *completed* names the fields that the edition
    supplies, *lost* those that its source has lost. *and_others* holds « author » or « editor » where that list goes on:
    « et al. ».
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
        return self.title.partition(" : ")[0]

    @property
    def names(self) -> tuple[Name, ...]:
        """Who heads the reference: the authors, or else the editors."""
        return self.authors or self.editors

    @property
    def month(self) -> int:
        """1 to 12, 0 where no month is known."""
        return month_number(self["month"])

    @property
    def author_label(self) -> str:
        """The author half of a citation, as ISO 690's author-date system has it; the short title stands in for nobody."""
        last = [name.last for name in self.names]
        if not last:
            return self["shorttitle"] or self.title
        if len(last) > 3 or ("author" if self.authors else "editor") in self.and_others:
            return f"{last[0]} et al."
        return ", ".join(last[:-1]) + " et " + last[-1] if len(last) > 1 else last[0]

    @property
    def year_label(self) -> str:
        """The year half of a citation, with the letter that tells works of one author and year apart."""
        return self.year + self.suffix

    @property
    def year(self) -> str:
        """The year, or what is said in its place: that the work has no date, or that its date is lost."""
        return self["year"] or ("date perdue" if "year" in self.lost else "s. d.")

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """Order of an alphabetical list: author, year, title, accents ignored."""
        names = " ".join(f"{name.last} {name.first}" for name in self.names)
        return sort_key(names or self.title), self["year"], sort_key(self.title)


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
    def _by_theme(self) -> Mapping[str, list[Work]]:
        themes = defaultdict(list)
        for work in self.works:
            themes[work.theme].append(work)
        return themes


def read(paths: Iterable[Path]) -> Bibliography:
    """The works of the BibTeX files at *paths*; what :mod:`checks` would refuse is read as well as can be."""
    return _read(tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in paths))


@lru_cache(maxsize=8)
def _read(states: tuple[tuple[Path, int, int], ...]) -> Bibliography:
    works = [work(entry) for entry in entries(path for path, *_ in states)]
    return Bibliography(tuple(_with_suffixes(works)))


def entries(paths: Iterable[Path]) -> list[SourceEntry]:
    """The entries of the BibTeX files at *paths*, with what they inherit."""
    found = [entry for path in paths for entry in bibsource.read(path).entries]
    by_key = {entry.key.lower(): entry for entry in found}
    crossed = (entry.fields["crossref"].value.strip().lower() if "crossref" in entry.fields else "" for entry in found)
    parents = map(by_key.get, crossed)
    return [bibsource.inherited(entry, parent) if parent else entry for entry, parent in zip(found, parents, strict=True)]


def verbatim(value: str) -> str:
    r"""*value* as it is, without the backslashes of ``\%`` and the like, nor the braces of ``{\_}``."""
    return re.sub(r"\{\\([%#&_~$])\}|\\([%#&_~$])", r"\1\2", value.strip())


def _text(name: str, value: str) -> str:
    if name in VERBATIM:
        return verbatim(value)
    text = LIST.join(map(plain, split_list(value))) if name in _LISTS else plain(value)
    return text.replace("\n\n", " ")


def work(entry: SourceEntry) -> Work:
    """The work that *entry* describes."""
    source = {name: field.value for name, field in entry.fields.items()}
    fields = {name: _text(name, value) for name, value in source.items() if name not in (*RICH_FIELDS, "annote")}
    if "doi" in fields:
        fields["doi"] = _RESOLVER.sub("", fields["doi"])
    for name in ("title", "booktitle"):
        subtitle = fields.pop(f"{name.removesuffix('title')}subtitle", "")
        if subtitle:
            fields[name] = _joined(fields.get(name, ""), subtitle)
    for alias, name in _STAND_INS.get(_TYPES.get(entry.type, entry.type), {}).items():
        if alias in fields:
            fields.setdefault(name, fields.pop(alias))
    fields["pagetotal"] = _COUNTED.sub("", fields.get("pagetotal", ""))
    date = _DATE.match(fields.pop("date", ""))
    if date:
        fields |= {name: value for name, value in date.groupdict().items() if value}
    for alias, name in _FIELDS.items():
        if alias in fields:
            fields.setdefault(name, fields.pop(alias))
    if entry.type == "article" and (extent := _EXTENT.fullmatch(fields.get("note", ""))):
        fields |= {"note": "", "pagetotal": extent[1]}
    fields["type"] = _TYPE_STRINGS.get(fields.get("type", ""), fields.get("type", "")) or _DEFAULT_TYPES.get(entry.type, "")
    return Work(
        key=entry.key,
        type=_TYPES.get(entry.type, entry.type),
        line=entry.line,
        fields={name: value for name, value in fields.items() if value},
        rich={
            name: text
            for name in RICH_FIELDS
            if name != "relatedwhy" and (text := source.get(name) or _alias(source, name)).strip()
        },
        authors=names(source.get("author", "")),
        editors=names(source.get("editor", "")),
        and_others=frozenset(role for role in ("author", "editor") if split_list(source.get(role, ""))[-1:] == [_OTHERS]),
        theme=fields.get("theme", ""),
        keywords=listed(fields.get("keywords", "").replace(";", ",")),
        related=listed(fields.get("related", "")),
        reasons=dict(after_citations(source.get("relatedwhy", ""))[1]),
        completed=_named_fields(fields.get("completed", "")),
        lost=_named_fields(fields.get("lost", "")),
        raw=bibsource.alone(entry),
    )


def anchor(key: str) -> str:
    """The identifier that docutils makes of *key*; it makes none of digits alone."""
    return make_id(key) or make_id(f"n-{key}")


def names(latex: str) -> tuple[Name, ...]:
    """The names of an ``author`` field: ``{{Body}}`` is one name, ``and others`` none."""
    return tuple(_name(part) for part in split_list(latex) if part != _OTHERS)


def split_list(latex: str) -> list[str]:
    """The items of a BibTeX list: « and » separates them outside braces."""
    items, depth = [""], 0
    for part in re.split(r"( and |[{}])", re.sub(r"[ \t\r\n]+", " ", latex), flags=re.IGNORECASE):
        if depth == 0 and part.lower() == " and ":
            items.append("")
            continue
        depth += {"{": 1, "}": -1}.get(part, 0)
        items[-1] += part
    return [item.strip() for item in items if item.strip()]


def listed(text: str) -> tuple[str, ...]:
    """The items of a comma-separated field."""
    return tuple(item.strip() for item in text.split(",") if item.strip())


def month_number(text: str) -> int:
    """1 to 12 for « 7 », « 07 », « jul », « July » or « juillet », else 0."""
    text = text.strip().lower()
    if re.fullmatch(r"0?[1-9]|1[0-2]", text):
        return int(text)
    for forms in (MONTH_MACROS, MONTHS, _ENGLISH_MONTHS):
        if text in forms:
            return forms.index(text) + 1
    return 0


def _name(latex: str) -> Name:
    if latex.startswith("{") and latex.endswith("}") and "}" not in latex[1:-1]:
        return Name(plain(latex))
    try:
        person = Person(latex)
    except InvalidNameString:  # reported by `checks`
        return Name(plain(latex))
    last = " ".join(person.last_names + person.lineage_names)
    first = " ".join(person.first_names + person.middle_names + person.prelast_names)
    return Name(plain(last), plain(first))


def _alias(source: Mapping[str, str], name: str) -> str:
    return source.get("annote", "") if name == "annotation" else ""


def _named_fields(text: str) -> frozenset[str]:
    return frozenset(part for name in listed(text) for part in _field_names(name))


def _field_names(name: str) -> tuple[str, ...]:
    name = name.lower()
    return ("year", "month", "day") if name == "date" else (_FIELDS.get(name, name),)


def _joined(title: str, subtitle: str) -> str:
    return f"{title} {subtitle}" if title.endswith(("?", "!", "…")) else f"{title} : {subtitle}"


def _with_suffixes(works: list[Work]) -> Iterable[Work]:
    """The *works*, those that would be cited alike told apart by a letter in the file's order."""
    labels = [(work.author_label, work.year_label) for work in works]
    alike = Counter(labels)
    seen: Counter[tuple[str, str]] = Counter()
    for work, label in zip(works, labels, strict=True):
        if alike[label] == 1:
            yield work
        else:
            seen[label] += 1
            yield _suffixed(work, seen[label])


def _suffixed(work: Work, rank: int) -> Work:
    letters = ""
    while rank:
        rank, letter = divmod(rank - 1, 26)
        letters = chr(ord("a") + letter) + letters
    return replace(work, suffix=letters if work["year"] else f"-{letters}")
