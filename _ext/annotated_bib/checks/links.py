"""What entries say of one another: keys that collide, related works, fields that the edition completed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from .. import model
from .messages import Fault, Finding, shown, unknown_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..bibsource import SourceEntry
    from .messages import Nearest


def faults(entry: SourceEntry, keys: Nearest) -> Iterator[Finding]:
    """The keys that *entry* names and that are none of *keys*, and what it says wrongly of its own fields."""
    for name in ("related", "crossref", "xref"):
        for key in _listed(entry, name):
            if key not in keys:
                yield Finding(entry.fields[name].line, "unknown-key", unknown_key(key, keys))
    if "completed" in entry.fields:
        yield from _completed(entry)


def collisions(entries: Sequence[tuple[str, SourceEntry]]) -> Iterator[Fault]:
    """The keys that would share an address; of one key in two files the second is refused."""
    first: dict[str, tuple[str, SourceEntry]] = {}
    for file, entry in entries:
        elsewhere, (other, *_) = first.setdefault(model.anchor(entry.key), (file, entry))
        if elsewhere != file and other == entry.key:
            message = f"la clé {shown(other)} existe déjà ; donnez-en une autre à cette notice"
            yield Fault(file, entry.line, "duplicate-key", message)
        elif other != entry.key:
            message = f"{shown(entry.key)} et {shown(other)} auraient la même adresse ; changez une clé"
            yield Fault(file, entry.line, "colliding-key", message)


def one_way(entries: Sequence[tuple[str, SourceEntry]]) -> Iterator[Fault]:
    """The works that do not answer those that are related to them, where most do: links that all lead one way are meant.

    So is a link that says what it is for (biblatex's ``relatedtype``: a translation, a review).
    """
    found = {entry.key: (file, entry) for file, entry in reversed(entries)}  # of two with one key, the first
    related = {key: set(_listed(entry, "related")) for key, (_, entry) in found.items()}
    pairs = [
        (key, other)
        for key, (_, entry) in reversed(found.items())
        if "relatedtype" not in entry.fields
        for other in dict.fromkeys(_listed(entry, "related"))
        if other in found and other != key
    ]
    unanswered = [(key, other) for key, other in pairs if key not in related[other]]
    if 2 * len(unanswered) >= len(pairs):
        return
    for key, other in unanswered:
        file, entry = found[other]
        line = entry.fields["related"].line if "related" in entry.fields else entry.line
        message = f"{shown(other)} : {shown(key)} lui est liée, mais non l’inverse ; ajoutez {shown(key)} à related"
        yield Fault(file, line, "one-way", message)


def circles(entries: Sequence[tuple[str, SourceEntry]]) -> Iterator[Fault]:
    """The works whose related works lead back to them: biblatex would print them without end."""
    follows = {
        entry.key: {*_listed(entry, "related")} for _, entry in entries if "related" in entry.fields and not _stands_alone(entry)
    }
    leading = defaultdict(list)
    for key, others in follows.items():
        others.intersection_update(follows)
        for other in others:
            leading[other].append(key)
    # Whoever leads nowhere is in no circle; without it, others lead nowhere.
    ends = [key for key, others in follows.items() if not others]
    while ends:
        end = ends.pop()
        del follows[end]
        for key in leading[end]:
            follows[key].discard(end)
            if not follows[key]:
                ends.append(key)
    for file, entry in entries:
        if entry.key in follows:
            message = f"{shown(entry.key)} : LaTeX imprimerait ses œuvres liées en boucle ; ajoutez options = {{related=false}}"
            yield Fault(file, entry.fields["related"].line, "circle", message)


def _completed(entry: SourceEntry) -> Iterator[Finding]:
    line = entry.fields["completed"].line
    filled = {name for name, field in entry.fields.items() if field.value.strip()}
    if not filled.issuperset(name.lower() for name in _listed(entry, "completed")):
        work = model.work(entry)  # which knows that location is address
        for name in sorted(work.completed - work.fields.keys() - filled - {"month", "day"}):
            message = f"le champ {shown(name)} n’est pas dans la notice ; ajoutez-le ou ôtez-le de completed"
            yield Finding(line, "completed", message)
    if "completedfrom" not in filled:
        yield Finding(line, "completed", "completedfrom manque ; dites d’où vient l’apport")


def _listed(entry: SourceEntry, name: str) -> tuple[str, ...]:
    return model.listed(entry.fields[name].value) if name in entry.fields else ()


def _stands_alone(entry: SourceEntry) -> bool:
    """Whether biblatex is told not to print the works that are related to *entry*."""
    return any("".join(option.split()) == "related=false" for option in _listed(entry, "options"))
