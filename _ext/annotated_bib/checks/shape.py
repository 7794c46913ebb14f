"""What an entry is made of: its key, its type, the fields that it has, lacks, or leaves empty."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..language.catalogue import _
from ..references.printed import is_printed
from ..source.datamodel import FIELD_NAMES, entry_type, holds, is_private
from ..source.model import listed
from .messages import Fault, Finding, Nearest, about, shown
from .vocabulary import FIELDS, TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..source.bibfile import SourceEntry

#: How like another name a field's must be to be taken for a mistake, from 0 to 1.
_LIKE = 0.8
#: What the key of an entry, or a citation of it, cannot have.
_NO_KEY = re.compile(r"[\s,;\"{}()#%~\\=`]")
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
        yield Finding(entry.line, "key", _("the key is missing; give this entry one"))
    elif _NO_KEY.search(entry.key):
        message = _(
            "the key “{key}” cannot be cited; take out its spaces, commas, quotation marks, braces and signs of TeX",
            key=shown(entry.key),
        )
        yield Finding(entry.line, "key", message)
    elif len(entry.key) > _LONGEST_KEY:
        message = _("this key will name a file; shorten it to {most} characters at most", most=_LONGEST_KEY)
        yield Finding(entry.line, "key", message)
    if entry.type not in TYPES:
        message = _(
            "unknown type @{type}{hint}; write book, article, incollection, techreport, misc or another of BibTeX’s",
            type=shown(entry.type),
            hint=TYPES.hint(entry.type),
        )
        yield Finding(entry.line, "unknown-type", message)
    yield from _unknown_fields(entry)
    filled |= {*listed(entry.fields["lost"].value.lower())} if "lost" in entry.fields else set()
    absent = {"theme", *_COMMENTARY}  # of these, the pages and the other entries decide
    if "title" not in filled:
        yield Finding(entry.line, "missing-field", _("title is missing; add it"))
        absent.add("title")
    if needed := _needed(entry, filled):
        message = _("{field} is missing; add it, or say in lacuna that it is lost", field=needed)
        yield Finding(entry.line, "incomplete", message)
        absent.add(needed)
    for name, field in entry.fields.items():
        if len(field.value) > _LONGEST and holds(name) != "rich" and is_printed(name):
            message = _(
                "the field {field} has more than 10,000 characters; look for a brace that closes too late, or cut it", field=name
            )
            yield Finding(field.line, "length", message)
        if name not in filled and name not in absent and is_printed(name):
            yield Finding(field.line, "empty-field", _("the field {field} is empty; fill it or delete it", field=name))


def without_commentary(entries: Sequence[tuple[str, SourceEntry]]) -> Iterator[Fault]:
    """The entries without a commentary, where others have one: a bibliography may have none."""
    bare = [(file, entry) for file, entry in entries if not _has_commentary(entry)]
    if len(bare) < len(entries):
        for file, entry in bare:
            message = _("neither annotation nor lacuna; write the commentary, or say what is missing")
            yield Fault(file, entry.line, "commentary", about(shown(entry.key) or "?", message))


def _has_commentary(entry: SourceEntry) -> bool:
    return any(name in entry.fields and entry.fields[name].value.strip() for name in _COMMENTARY)


def _unknown_fields(entry: SourceEntry) -> Iterator[Finding]:
    for name, field in entry.fields.items():
        if not _NAME.fullmatch(name):
            message = _(
                "the field name “{field}” cannot be read; leave only unaccented letters, digits and the signs - _ : . + in it",
                field=shown(name),
            )
            yield Finding(field.line, "unknown-field", message)
        elif name not in FIELDS and not is_private(name) and (hint := _misspelt(name)):
            # Of a name that is like no other, a tool or a reader has its own use.
            message = _(
                "unknown field {field}{hint}; correct its name, or begin it with x- if it is yours alone",
                field=shown(name),
                hint=hint,
            )
            yield Finding(field.line, "unknown-field", message)


def _misspelt(name: str) -> str:
    """Which field that is printed *name* may be meant for: one that begins alike, and is about as long."""
    near = (word for word in FIELD_NAMES if word[0] == name[0] and abs(len(word) - len(name)) < 2 and is_printed(word))
    return Nearest(near).hint(name, _LIKE)


def _needed(entry: SourceEntry, filled: set[str]) -> str:
    """The field that the type of *entry* asks for, unless it is there, inherited, or said to be lost."""
    needed = entry_type(entry.type).needs
    # A body that signs is its own publisher.
    is_signed = "institution" in needed and entry.fields.get("author", ("",))[0].startswith("{")
    return needed[0] if needed and not is_signed and filled.isdisjoint({"lacuna", "crossref", *needed}) else ""
