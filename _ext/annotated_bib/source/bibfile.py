"""What stands in a BibTeX file, with the lines where it stands.

bibtexparser splits the file; unlike pybtex it keeps line numbers and reads on after a fault. Nothing is interpreted here.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, NamedTuple

from bibtexparser.entrypoint import parse_string, write_string
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ExplicitComment,
    Field,
    ImplicitComment,
    ParsingFailedBlock,
)
from bibtexparser.writer import BibtexFormat

from ..language.catalogue import _
from .datamodel import FIELD_NAMES, IN_BOOK, entry_type, is_private, stays
from .dates import MONTH_MACROS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from bibtexparser.library import Library

#: What a value is cut at: a brace may be escaped.
_MARKS = re.compile(r'["#]|(?<!\\)[{}]')
#: Where a remark may stand among fields, and all that tells whether it does.
_REMARK = re.compile(r"(?:^|,)[ \t]*%", re.MULTILINE)
_SCANNED = re.compile(r'@\w+\s*[{(]|[%"{})]')
#: The most characters of a field: a long chapter. More is a brace that closes too late, or what no book could be set from.
LONGEST = 100_000

#: What the fields of a parent are called in an entry that stands in it, by the type of that entry.
_IN_BOOK = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_HOST_NAMES = {"article": {"title": "journaltitle"}, **dict.fromkeys(IN_BOOK, _IN_BOOK)}
#: A date may be one field or several: a field, and those that it stands for.
_SAME = (("year", ("date",)), ("date", ("year", "month", "day")))
# Every fault is reported with its line by `checks`; bibtexparser would say it a second time, without the file's name.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


class SourceField(NamedTuple):
    """The value of a field, without its braces or quotes, and the line where it starts."""

    value: str
    line: int


class SourceEntry(NamedTuple):
    """An entry; names of types and fields are in lower case, *raw* is its own BibTeX; *borrows*: it uses what others define."""

    key: str
    type: str
    line: int
    fields: Mapping[str, SourceField]
    raw: str
    borrows: bool = False


class SourceFault(NamedTuple):
    """A part of the file that is not BibTeX; *rule* names the kind of fault."""

    line: int
    rule: str
    message: str


class Source(NamedTuple):
    """The entries of a file in order, the faults found while splitting it, and the keys of entries that could not be read.

    *strings* are the abbreviations that the file can use: its own, and those of the files before it.
    """

    entries: tuple[SourceEntry, ...]
    faults: tuple[SourceFault, ...]
    lost: tuple[str, ...]
    strings: Mapping[str, str]


def read(path: Path) -> Source:
    """Split the UTF-8 file at *path*; raises OSError, or UnicodeDecodeError."""
    return split(path.read_text(encoding="utf-8-sig"))


def split(text: str, known: Mapping[str, str] | None = None) -> Source:
    """Split BibTeX *text*; the abbreviations *known* are those of the files before it."""
    library = parse_string(without_remarks(text), parse_stack=[])
    strings = dict(known or {})
    for name, string in library.strings_dict.items():
        strings[name.lower()] = _joined(_resolved(part, strings) or "" for part in _concatenated(string.value))
    entries: list[SourceEntry] = []
    faults: list[SourceFault] = []
    lost = [key for block in library.failed_blocks if (key := _key(block.raw))]
    for block in library.blocks:
        if isinstance(block, Entry):
            entry, found = _entry(block, strings)
            too_long = [fault for fault in found if fault.rule == "length"]
            if too_long:
                lost.append(entry.key)
            else:
                entries.append(entry)
            faults.extend(too_long or found)
        else:
            faults.extend(_block_faults(block))
    return Source(tuple(entries), tuple(faults), tuple(lost), strings)


def without_remarks(text: str) -> str:
    """*text* with spaces for the remarks between the fields of its entries, from « % » to the end of the line, as biber reads it.

    bibtexparser takes them for the names of fields.
    """
    if "%" not in text or not _REMARK.search(text):
        return text
    parts: list[str] = []
    start, depth, quoted, closing = 0, 0, False, "}"
    for mark in _SCANNED.finditer(text):
        if mark.start() < start:
            continue
        if depth == 0:
            if mark[0][0] == "@" and not mark[0][1:].lower().startswith(("comment", "preamble")):
                depth, quoted, closing = 1, False, ")" if mark[0][-1] == "(" else "}"
        elif mark[0] == "%":
            if depth == 1 and not quoted:
                end = text.find("\n", mark.start())
                parts += text[start : mark.start()], " " * (end - mark.start())
                start = end if end >= 0 else len(text)
        elif mark[0] == '"':
            quoted ^= depth == 1
        elif mark[0] == "{":
            depth += 1
        elif mark[0] == "}" or (mark[0] == closing and depth == 1 and not quoted):
            depth -= 1
    return "".join((*parts, text[start:]))


def _entry(block: Entry, strings: Mapping[str, str]) -> tuple[SourceEntry, list[SourceFault]]:
    fields: dict[str, SourceField] = {}
    faults: list[SourceFault] = []
    raw, first_line = block.raw or "", (block.start_line or 0) + 1
    position = 0
    for field in block.fields:
        position = raw.index("=", raw.index(field.key, position))
        start = raw.index(field.value, position)
        line = first_line + raw.count("\n", 0, start)
        parts = []
        for part in _concatenated(field.value):
            value = _resolved(part, strings)
            if value is None and re.search(r"\s", part):
                message = _("{key}: a comma is missing after the value of {field}; add it", key=block.key, field=field.key)
                faults.append(SourceFault(line, "syntax", message))
                value = ""
            elif value is None and field.key.lower() in FIELD_NAMES and not is_private(field.key.lower()):
                message = _("{field} = {text}: unknown abbreviation; put the text between braces", field=field.key, text=part)
                faults.append(SourceFault(line, "unknown-string", message))
            parts.append(part if value is None else value)
        if field.key.lower() in fields:
            message = _("{key}: repeated field ({field}); keep one of them", key=block.key, field=field.key.lower())
            faults.append(SourceFault(line, "duplicate-field", message))
        text = _joined(parts)
        if "\\" in text and not _is_balanced(text):
            message = _(
                "{key}: {field} has an escaped brace too many; programs that read BibTeX count it as the others:"
                " add the one that balances it, or take it out",
                key=block.key,
                field=field.key,
            )
            faults.append(SourceFault(line, "syntax", message))
        if len(text) > LONGEST:
            message = _(
                "{key}: {field} has more than 100,000 characters; look for a brace that closes too late, or cut it",
                key=block.key,
                field=field.key,
            )
            faults.append(SourceFault(line, "length", message))
        fields[field.key.lower()] = SourceField(text, line)
        position = start + len(field.value)
    borrows = any(_is_abbreviated(field.value) for field in block.fields)
    return SourceEntry(block.key, block.entry_type.lower(), first_line, fields, raw, borrows), faults


def _concatenated(value: str) -> Iterator[str]:
    """The parts of ``har # { 2001}``: a « # » joins them where no brace or quote is open."""
    if "#" not in value:
        yield value.strip()
        return
    depth, quoted, start = 0, False, 0
    for mark in _MARKS.finditer(value):
        if mark[0] in "{}":
            depth += 1 if mark[0] == "{" else -1
        elif mark[0] == '"' and depth == 0:
            quoted = not quoted
        elif mark[0] == "#" and depth == 0 and not quoted:
            yield value[start : mark.start()].strip()
            start = mark.end()
    yield value[start:].strip()


def _is_abbreviated(value: str) -> bool:
    """Whether an abbreviation of the file's own stands in *value*."""
    if value[:1] == "{" and "#" not in value:
        return False
    parts = (part.lower() for part in _concatenated(value))
    return any(part[:1] not in ("{", '"') and not part.isdecimal() and part not in MONTH_MACROS for part in parts)


def _resolved(part: str, strings: Mapping[str, str]) -> str | None:
    if part[:1] in ("{", '"'):
        return part[1:-1] if _is_one(part) else None
    if part.isdecimal() or part.lower() in MONTH_MACROS:
        return part
    return strings.get(part.lower())


def _joined(parts: Iterable[str]) -> str:
    """The *parts* in one, cut after :data:`LONGEST`: an abbreviation made of two others may double at each step."""
    text = ""
    for part in parts:
        text += part[: LONGEST + 1 - len(text)]
    return text


def _is_one(part: str) -> bool:
    """Whether the brace or quote that opens *part* closes at its end, and not before."""
    depth, end = 0, {"{": "}"}.get(part[0], part[0])
    if part[0] == "{" and "\\" not in part and part.count("{") + part.count("}") == 2:
        return part[-1] == "}"
    for mark in _MARKS.finditer(part):
        if mark[0] in "{}":
            depth += 1 if mark[0] == "{" else -1
        if depth == 0 and mark[0] == end and mark.start():
            return mark.end() == len(part)
    return False


def _is_balanced(text: str) -> bool:
    """Whether the braces of *text* close one another, escaped or not."""
    depth = 0
    for brace in re.findall("[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _block_faults(block: object) -> Iterator[SourceFault]:
    line = getattr(block, "start_line", 0) + 1
    if isinstance(block, DuplicateBlockKeyBlock):
        message = _("the key {key} is there already; give this entry another", key=block.key)
        yield SourceFault(line, "duplicate-key", message)
    elif isinstance(block, DuplicateFieldKeyBlock):
        names = ", ".join(sorted(block.duplicate_keys))
        yield SourceFault(line, "duplicate-field", _("repeated field ({field}); keep one of them", field=names))
    elif isinstance(block, ParsingFailedBlock):
        message = _(
            "the entry {key} does not close, or lacks a comma; look at the braces and commas of its fields",
            key=_key(block.raw) or "?",
        )
        yield SourceFault(line, "syntax", message)
    elif isinstance(block, (ExplicitComment, ImplicitComment)) and re.search(r"@\w+\s*\{", block.comment):
        yield SourceFault(line, "syntax", _("text stands before an entry on its line; begin a new line before “@”"))


def _key(raw: str | None) -> str:
    match = re.match(r"@\w+\s*[{(]\s*([^,\s{}]*)", raw or "")
    return match[1] if match else ""


def inherited(entry: SourceEntry, parent: SourceEntry, as_host: bool = True) -> SourceEntry:
    """*entry* with the fields that it lacks and its *parent* has, as BibTeX's ``crossref`` has it.

    The names change as in biblatex: the title of a book is the ``booktitle`` of what stands in it. A parent that is not its
    host, but the ``xdata`` of biblatex, gives all its fields as they are.
    """
    names = _HOST_NAMES.get(entry_type(entry.type).name, {}) if as_host else {}
    lent = {names.get(name, name): field for name, field in parent.fields.items() if not (as_host and stays(name))}
    for name, others in _SAME:
        if name in entry.fields:
            lent = {other: field for other, field in lent.items() if other not in others}
    own = entry.fields
    return entry._replace(fields={**own, **{name: field for name, field in lent.items() if name not in own}}, borrows=True)


def alone(entry: SourceEntry) -> str:
    """The BibTeX of *entry* for a file of its own: with the text of its abbreviations and what it inherits."""
    if not entry.borrows:
        return entry.raw
    library = parse_string(entry.raw, parse_stack=[])
    for block in library.entries:
        own = {field.key.lower(): field.value for field in block.fields}
        block.fields = [
            Field(name, own[name] if name in own and not _is_abbreviated(own[name]) else f"{{{field.value}}}")
            for name, field in entry.fields.items()
            if name not in ("crossref", "xdata")
        ]
    return _written(library)


def without_fields(raw: str, names: Iterable[str]) -> str:
    """The BibTeX entry *raw* without the fields *names*, its values as they stand."""
    library = parse_string(raw, parse_stack=[])
    for entry in library.entries:
        entry.fields = [field for field in entry.fields if field.key.lower() not in names]
    return _written(library)


def _written(library: Library) -> str:
    layout = BibtexFormat()  # type: ignore[no-untyped-call]
    layout.indent, layout.value_column, layout.trailing_comma = "  ", "auto", True
    return write_string(library, unparse_stack=[], bibtex_format=layout).strip()
