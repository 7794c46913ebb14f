"""What an entry is made of: its key, its type, the fields that it has, lacks, or leaves empty."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..source.datamodel import entry_type, holds, is_private
from ..source.model import listed
from .messages import Fault, Finding, shown
from .vocabulary import FIELDS, TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..source.bibfile import SourceEntry

#: The name of a field that every program reads.
_NAME = re.compile(r"(?!\d)[\w:.+-]+", re.ASCII)
#: A PDF can have no longer text in its outline, and in what a screen reader says of a link.
_LONGEST = 10_000
#: Systems refuse the names of files that are longer than 255 bytes.
_LONGEST_KEY = 100
_COMMENTARY = ("annotation", "annote", "lacuna")


def faults(entry: SourceEntry) -> Iterator[Finding]:
    """What is wrong with the names and the presence of the parts of *entry*."""
    filled = {name for name, field in entry.fields.items() if field.value.strip()}
    if not entry.key:
        yield Finding(entry.line, "key", "la clé manque ; donnez-en une à cette notice")
    elif not re.fullmatch(r"[\w.:-]+", entry.key):
        mend = "n’y laissez que des lettres, des chiffres et les signes - _ : ."
        yield Finding(entry.line, "key", f"la clé « {shown(entry.key)} » ne peut être citée ; {mend}")
    elif len(entry.key) > _LONGEST_KEY:
        yield Finding(entry.line, "key", f"cette clé nommera un fichier ; raccourcissez-la à {_LONGEST_KEY} signes au plus")
    if entry.type not in TYPES:
        mend = "écrivez book, article, incollection, techreport, misc ou un autre de BibTeX"
        yield Finding(entry.line, "unknown-type", f"type @{shown(entry.type)} inconnu{TYPES.hint(entry.type)} ; {mend}")
    yield from _unknown_fields(entry)
    filled |= {*listed(entry.fields["lost"].value.lower())} if "lost" in entry.fields else set()
    absent = {"theme", *_COMMENTARY}  # of these, the pages and the other entries decide
    if "title" not in filled:
        yield Finding(entry.line, "missing-field", "il manque title ; ajoutez-le")
        absent.add("title")
    if needed := _needed(entry, filled):
        mend = "ajoutez-le, ou dites dans lacuna qu’il est perdu"
        yield Finding(entry.line, "missing-field", f"il manque {needed} ; {mend}")
        absent.add(needed)
    for name, field in entry.fields.items():
        if len(field.value) > _LONGEST and holds(name) != "rich" and not is_private(name):
            mend = "cherchez où une accolade se ferme trop tard, ou coupez-le"
            yield Finding(field.line, "length", f"le champ {name} compte plus de 10 000 signes ; {mend}")
        if name not in filled and name not in absent and not is_private(name):
            yield Finding(field.line, "empty-field", f"le champ {name} est vide ; remplissez-le ou supprimez-le")


def without_commentary(entries: Sequence[tuple[str, SourceEntry]]) -> Iterator[Fault]:
    """The entries without a commentary, where others have one: a bibliography may have none."""
    bare = [(file, entry) for file, entry in entries if not _has_commentary(entry)]
    if len(bare) < len(entries):
        for file, entry in bare:
            message = f"{shown(entry.key) or '?'} : ni annotation ni lacuna ; écrivez le commentaire ou dites ce qui manque"
            yield Fault(file, entry.line, "commentary", message)


def _has_commentary(entry: SourceEntry) -> bool:
    return any(name in entry.fields and entry.fields[name].value.strip() for name in _COMMENTARY)


def _unknown_fields(entry: SourceEntry) -> Iterator[Finding]:
    for name, field in entry.fields.items():
        if not _NAME.fullmatch(name):
            mend = "n’y laissez que des lettres sans accent, des chiffres et les signes - _ : . +"
            yield Finding(field.line, "unknown-field", f"le nom de champ « {shown(name)} » ne peut être lu ; {mend}")
        elif name == "xdata":
            mend = "recopiez ici les champs que cette notice y prend"
            yield Finding(field.line, "unknown-field", f"l’édition ne lit pas xdata ; {mend}")
        elif name not in FIELDS and not is_private(name):
            mend = "corrigez son nom, ou faites-le commencer par x- s’il n’est qu’à vous"
            yield Finding(field.line, "unknown-field", f"champ {shown(name)} inconnu{FIELDS.hint(name)} ; {mend}")


def _needed(entry: SourceEntry, filled: set[str]) -> str:
    """The field that the type of *entry* asks for, unless it is there, inherited, or said to be lost."""
    needed = entry_type(entry.type).needs
    # A body that signs is its own publisher.
    is_signed = "institution" in needed and entry.fields.get("author", ("",))[0].startswith("{")
    return needed[0] if needed and not is_signed and filled.isdisjoint({"lacuna", "crossref", *needed}) else ""
