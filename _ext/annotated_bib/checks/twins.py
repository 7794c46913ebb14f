"""The same work entered twice: two entries that agree on everything that would tell two works apart.

Titles are compared by a key that forgets what typists change: case, accents, punctuation, articles, plurals, doubled letters.
Volumes, editions, reprints and columns have titles in common, so any field that differs makes another work.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from functools import lru_cache
from typing import TYPE_CHECKING

from ..language.catalogue import _
from ..language.typography import sort_key
from ..source import latex as markup
from .messages import Fault, about, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..source.bibfile import SourceEntry

_ARTICLES = frozenset("a an au aux d de des du et l la le les of the un une".split())
#: Fields that tell works apart, under one name where BibTeX and biblatex have two.
_TELLING = {
    **{name: name for name in "year month day booktitle maintitle titleaddon volume number part edition chapter pages".split()},
    **{name: name for name in "pagetotal isbn issn doi eprint url langid version journal author editor subtitle".split()},
    "date": "year",
    "journaltitle": "journal",
    "issue": "number",
}
#: An entry, its file, and what tells its work apart.
_Described = tuple[str, "SourceEntry", dict[str, str]]
#: Of works that share a title, how many are compared with one another: « Éditorial » may be the title of thousands.
_COMPARED = 20


def faults(entries: Sequence[tuple[str, SourceEntry]]) -> Iterator[Fault]:
    """The entries whose work an earlier one describes."""
    earlier: defaultdict[str, deque[_Described]] = defaultdict(lambda: deque(maxlen=_COMPARED))
    for file, entry in entries:
        title = _key(entry)
        if not title or _is_copy(entry):
            continue
        telling = _telling(entry)
        for other_file, other, other_telling in earlier[title]:
            if other.key != entry.key and _agree(telling, other_telling):
                place = f"{other_file}:{other.line}"
                message = _("the same work as {key} ({place}); keep only one of the two entries", key=shown(other.key), place=place)
                yield Fault(file, entry.line, "same-work", about(shown(entry.key), message))
                break
        earlier[title].append((file, entry, telling))


def _key(entry: SourceEntry) -> str:
    """The title without what typists change; empty where an entry has none."""
    if "title" not in entry.fields:
        return ""
    title = entry.fields["title"].value
    words = sort_key(markup.plain(title) if re.search(r"[\\{]", title) else title).split()
    return " ".join(map(_stem, (word for word in words if word not in _ARTICLES)))


@lru_cache(maxsize=65536)  # titles have most of their words in common
def _stem(word: str) -> str:
    """*word* without its doubled letters and its plural; a number, Roman or not, tells one volume from the next."""
    return word if re.fullmatch(r"[ivxlcdm]+|.*\d.*", word) else re.sub(r"(\w)\1+", r"\1", word).rstrip("sx")


def _is_copy(entry: SourceEntry) -> bool:
    """Whether biblatex is told not to list *entry*: it is there for others to be related to."""
    return "options" in entry.fields and re.search(r"\b(?:dataonly|skipbib)\b", entry.fields["options"].value) is not None


def _telling(entry: SourceEntry) -> dict[str, str]:
    """What tells the work of *entry* apart, folded; the first of two fields for one thing."""
    telling = {"": entry.type}
    for name, field in entry.fields.items():
        if name in _TELLING and (value := _folded(name, field.value)):
            telling.setdefault(_TELLING[name], value)
    return telling


def _folded(name: str, value: str) -> str:
    if name in ("author", "editor"):
        first = " ".join(value.split()).partition(" and ")[0]
        value = first.partition(",")[0] if "," in first else first.rpartition(" ")[2]
    return "".join(filter(str.isalnum, sort_key(value)))


def _agree(one: dict[str, str], other: dict[str, str]) -> bool:
    """Whether nothing tells the works apart, and a name or a year says that they are the same."""
    both = one.keys() & other.keys()
    return bool(both & {"author", "editor", "year"}) and all(one[name] == other[name] for name in both)
