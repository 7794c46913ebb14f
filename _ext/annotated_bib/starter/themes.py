"""Sort the works of a bibliography into pages: by its own themes, the groups of JabRef, or its keywords."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from docutils.nodes import make_id

from ..language.catalogue import _
from ..source.latex import plain
from ..source.model import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..source.bibfile import SourceEntry

#: More pages than these would be a list and not a contents; a page of fewer works is none.
_MOST_PAGES, _FEWEST_WORKS = 12, 2
#: The share of the works that pages must take between them; the rest go to one more page.
_SHARE = 0.6
#: What the tree of groups begins with in the comment that JabRef and Better BibTeX leave at the end of a file.
_GROUPS = "jabref-meta: groupstree:"
_GROUP = re.compile(r"\d+ ExplicitGroup:(.*)")
#: A part of the tree, or of a group, up to its semicolon; a semicolon that is part of a name stands behind a backslash.
_PART = re.compile(r"((?:[^\\;]|\\.)*);")


def themes(entries: Sequence[SourceEntry], text: str) -> dict[str, str]:
    """The title of the page of each key, where pages take most of the *entries* of a file whose whole *text* is given.

    Empty where nothing sorts them: one page holds them all then. Themes that entries have already are taken as they are.
    """
    if own := {entry.key: entry.fields["theme"].value for entry in entries if "theme" in entry.fields}:
        return {entry.key: _title(own[entry.key]) if entry.key in own else _("Other works") for entry in entries}
    groups = _groups(text)
    for field in ("groups", "keywords"):
        labels = {entry.key: [*_values(entry, field)] for entry in entries}
        if field == "groups":
            labels = {key: [*own, *groups.get(key, ())] for key, own in labels.items()}
        if pages := _sorted(entries, labels):
            return pages
    return {}


def with_themes(text: str, entries: Iterable[SourceEntry], pages: Mapping[str, str]) -> str:
    """The BibTeX *text* with the field ``theme`` that *pages* (a page by its key) asks for in each of its entries."""
    for entry in entries:
        page, old = pages.get(entry.key), entry.fields.get("theme")
        if page is None or (old and old.value == page):
            continue
        head = re.compile(rf"@\s*{re.escape(entry.type)}\s*[{{(]\s*{re.escape(entry.key)}\s*,", re.IGNORECASE)
        if match := head.search(text):
            before, after = text[: match.end()], text[match.end() :]
            if old:
                named = re.compile(rf"\b(theme\s*=\s*.){re.escape(old.value)}", re.IGNORECASE)
                text = before + named.sub(rf"\g<1>{page}", after, count=1)
            else:
                text = f"{before}\n  theme = {{{page}}},{after}"
    return text


def page_name(title: str, taken: Iterable[str] = ()) -> str:
    """A name of a file for the page called *title*, none of those that are *taken*."""
    name = make_id(title) or "theme"
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def _title(theme: str) -> str:
    """The title of the page that a field *theme* names: its own words, or those of a name such as ``rural-life``."""
    return theme[:1].upper() + theme[1:].replace("-", " ") if theme == make_id(theme) else theme


def _values(entry: SourceEntry, field: str) -> tuple[str, ...]:
    return listed(plain(entry.fields[field].value).replace(";", ",")) if field in entry.fields else ()


def _groups(text: str) -> dict[str, list[str]]:
    """The names of JabRef's groups, by the keys of their works."""
    found: dict[str, list[str]] = {}
    for group in _parts(text.partition(_GROUPS)[2].partition("@")[0].replace("\n", "")):
        head, *keys = _parts(group) or [""]
        if name := _GROUP.fullmatch(head):
            for key in filter(None, keys[1:]):  # the first says how a group goes with that above it
                found.setdefault(key, []).append(name[1])
    return found


def _parts(text: str) -> list[str]:
    return [re.sub(r"\\(.)", r"\1", part) for part in _PART.findall(text)]


def _sorted(entries: Sequence[SourceEntry], labels: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Each key under the label that most works have, of its own; the works left over under one more.

    A label of more than half of the works tells little of them.
    """
    counts = Counter(label for own in labels.values() for label in dict.fromkeys(own))
    usual = [(label, count) for label, count in counts.most_common() if count <= len(entries) / 2]
    chosen = {label for label, count in usual[:_MOST_PAGES] if count >= _FEWEST_WORKS}
    placed: dict[str, str] = {}
    while chosen:
        own = {key: [name for name in names if name in chosen] for key, names in labels.items()}
        placed = {key: max(names, key=counts.__getitem__) for key, names in own.items() if names}
        small = {label for label, count in Counter(placed.values()).items() if count < _FEWEST_WORKS}
        unused = chosen.difference(placed.values())
        if not small | unused:
            break
        chosen -= small | unused
    if len(chosen) < 2 or len(placed) < _SHARE * len(entries):
        return {}
    return {entry.key: placed.get(entry.key) or _("Other works") for entry in entries}
