"""Lists of names: what BibTeX would cut in the wrong place, or an edition print the wrong way round.

A name that may be a person's is left alone: « Jacques Ion » and « Profession Banlieue » have the same form, and only what is
said elsewhere in the file, or a first word that no person bears, tells one from the other.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

from ..language.catalogue import N_, _
from ..language.typography import sort_key
from ..source.datamodel import NAME_FIELDS
from ..source.names import named_parts
from .messages import Fault, Finding, about, shown
from .vocabulary import BODIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..source.bibfile import SourceEntry

_MASK = "\N{OBJECT REPLACEMENT CHARACTER}"
_AND = re.compile(" and ", re.IGNORECASE)
#: « And » in other languages: a Spanish « y » is part of many names.
_WORDS = ("et", "und")
_WORD = N_("“{word}” does not separate names; write and, or put the name of an organisation between braces")
#: What stands between two names in place of « and », and what to write.
_SEPARATORS = (
    (re.compile(r"(?:\bet|&|\band)\.? al(?:ii)?(?:\.|,|$)"), N_("“et al.” is no name; write and others")),
    *((re.compile(f" {word} "), _WORD) for word in _WORDS),
    (re.compile(r" \\?& "), N_("“&” does not separate names; write and, or put the name of an organisation between braces")),
    (re.compile(";"), N_("“;” does not separate names; write and")),
)
_ALONE = re.compile("^and | and$| and and ", re.IGNORECASE)
_TOO_MANY = N_("“{name}” has too many commas for a name; separate names by and")
#: The fields that name bodies only; publishers often bear the name of a person.
_INSTITUTIONS = ("institution", "school", "organization")
_ROMAN = re.compile(r"[IVXLCDM]+")


class _Name(NamedTuple):
    """One name of a field: the *text*, and the *parts* that commas separate outside braces, or none if it has braces."""

    line: int
    field: str
    text: str
    parts: tuple[str, ...]


def faults(entry: SourceEntry) -> Iterator[Finding]:
    """What is wrong with the names of *entry*, taken one by one."""
    for field in NAME_FIELDS:
        if field in entry.fields:
            masked = _masked(_folded(entry.fields[field].value))
            if _ALONE.search(masked):
                message = _("a name is missing beside “and”; add it")
                yield Finding(entry.fields[field].line, "name-list", about(field, message))
                continue
            reason = next((mend for form, mend in _SEPARATORS if form.search(masked)), "")
            if reason:
                word = next((word for word in _WORDS if f" {word} " in masked), "")
                yield Finding(entry.fields[field].line, "names", about(field, _(reason, word=word)))
                continue
            for name in _names(entry, field):
                if _has_too_many_commas(name.text):
                    yield Finding(name.line, "name-list", about(field, _(_TOO_MANY, name=shown(name.text))))
                elif message := _spelling(name) if name.parts else "":
                    yield Finding(name.line, "names", about(field, message))


def between(entries: Sequence[tuple[str, SourceEntry]]) -> Iterator[Fault]:
    """The names that other entries show to be a body's, or to be inverted: of two orders the rarer is wrong, or the later."""
    bodies = {sort_key(entry.fields[field].value) for _, entry in entries for field in _INSTITUTIONS if field in entry.fields}
    fields = ((file, entry, field) for file, entry in entries for field in NAME_FIELDS if field in entry.fields)
    written = [(file, entry, name) for file, entry, field in fields for name in _names(entry, field)]
    pairs = [_pair(name.parts) for *_, name in written]
    counted = Counter(pairs)
    rank = {pair: (-count, place) for place, (pair, count) in enumerate(counted.items()) if pair[0] != pair[1]}
    for (file, entry, name), pair in zip(written, pairs, strict=True):
        last, first = pair
        if len(name.parts) == 1 and first and sort_key(name.text) in bodies and not _spelling(name):
            message = _body(name.text)
        elif (first, last) in rank and rank[first, last] < rank[pair]:
            message = _(
                "“{name}” is elsewhere the other way round; correct one of them, or put it between braces if they are two persons",
                name=shown(name.text),
            )
        else:
            continue
        yield Fault(file, name.line, "names", about(shown(entry.key), about(name.field, message)))


def _spelling(name: _Name) -> str:
    """What is wrong with *name*, and its mend."""
    parts = name.parts
    if len(parts) == 1:
        words = parts[0].split()
        if len(words) > 1 and (sort_key(words[0]).removeprefix("l ") in BODIES or re.search(r"\d", parts[0])):
            return _body(parts[0])
        upper = [word for word in words[1:] if _is_upper(word, 3)] or [word for word in words[:1] if _is_upper(word, 4)]
        if len(words) > 1 and upper:
            first = " ".join(_in_small(word) for word in words if word != upper[0])
            return _capitals(name, f"{upper[0].title()}, {first}")
    elif parts and _is_upper(parts[0], 3):
        return _capitals(name, ", ".join((parts[0].title(), *(" ".join(map(_in_small, part.split())) for part in parts[1:]))))
    elif parts and any(_is_upper(word, 4) for word in re.findall(r"[\w’']+", parts[1])):
        mend = shown(f"{parts[1].title()}, {parts[0]}")
        return _("“{name}” seems the wrong way round; write {mend}", name=shown(name.text), mend=mend)
    return ""


def _in_small(word: str) -> str:
    """*word* without its capitals, unless they may be initials."""
    return word.title() if _is_upper(word, 3) else word


def _has_too_many_commas(name: str) -> bool:
    """Whether no program would see the parts of *name*: braces may hold its commas."""
    if name.count(",") < 2:
        return False
    if re.search(r",\s*,", _masked(name)):
        return True
    try:
        parse_single_name_into_parts(name, strict=True)
    except InvalidNameError as error:
        return error.reason == "Too many commas" and not named_parts(name)
    return False


def _capitals(name: _Name, mend: str) -> str:
    return _(
        "“{name}” is in capitals; write {mend}, or {{{whole}}} if it is an organisation",
        name=shown(name.text),
        mend=shown(mend),
        whole=shown(", ".join(name.parts)),
    )


def _body(name: str) -> str:
    return _("“{name}” is an organisation; put it between braces, {{{name}}}", name=shown(name))


def _is_upper(word: str, least: int) -> bool:
    """Whether *word* is in capitals; *least* letters tell it from initials, and a king's number is none."""
    return word.isupper() and sum(map(str.isalpha, word)) >= least and not _ROMAN.fullmatch(word)


def _pair(parts: tuple[str, ...]) -> tuple[str, str]:
    """The last and the first name, folded; no first name where only BibTeX could tell."""
    if len(parts) == 1 and len(words := parts[0].split()) == 2:
        return sort_key(words[1]), sort_key(words[0])
    return (sort_key(parts[0]), sort_key(parts[1])) if len(parts) == 2 else ("", "")


def _names(entry: SourceEntry, field: str) -> Iterator[_Name]:
    value, line = entry.fields[field]
    for text, masked in _items(_folded(value)):
        parts = () if _MASK in masked or named_parts(text) else tuple(part.strip() for part in text.split(","))
        yield _Name(line, field, text, parts)


def _items(value: str) -> Iterator[tuple[str, str]]:
    """Each name of the list *value*, as it stands and with :data:`_MASK` for all that is in braces."""
    masked, start = _masked(value), 0
    for match in _AND.finditer(masked):
        yield value[start : match.start()], masked[start : match.start()]
        start = match.end()
    yield value[start:], masked[start:]


def _folded(value: str) -> str:
    return " ".join(value.split())


def _masked(value: str) -> str:
    if "{" not in value and "}" not in value:
        return value
    parts: list[str] = []
    depth, start = 0, 0
    for match in re.finditer(r"[{}]", value):
        part = value[start : match.start()]
        parts += (_MASK * len(part) if depth else part, _MASK)
        depth += 1 if match[0] == "{" else -1
        start = match.end()
    return "".join([*parts, value[start:]])
