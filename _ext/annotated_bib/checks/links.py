"""What entries say of one another: keys that collide, related works, fields that the edition completed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ..language.catalogue import _
from ..source import latex as markup
from ..source import model
from .messages import Fault, Finding, about, shown, unknown_key
from .vocabulary import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..source.bibfile import SourceEntry
    from .messages import Nearest


def faults(entry: SourceEntry, keys: Nearest) -> Iterator[Finding]:
    """The keys that *entry* names and that are none of *keys*, and what it says wrongly of its own fields."""
    for name in ("related", "crossref", "xref"):
        for key in _listed(entry, name):
            if key not in keys:
                yield Finding(entry.fields[name].line, "unknown-key", unknown_key(key, keys))
    if "completed" in entry.fields:
        yield from _completed(entry)
    if "lost" in entry.fields:
        yield from _lost(entry)
    if "relatedwhy" in entry.fields:
        yield from _reasons(entry)


def collisions(entries: Sequence[tuple[str, SourceEntry]]) -> Iterator[Fault]:
    """The keys that would share an address; of one key in two files the second is refused."""
    first: dict[str, tuple[str, SourceEntry]] = {}
    for file, entry in entries:
        elsewhere, (other, *_rest) = first.setdefault(model.anchor(entry.key), (file, entry))
        if elsewhere != file and other == entry.key:
            message = _("the key {key} is there already; give this entry another", key=shown(other))
            yield Fault(file, entry.line, "duplicate-key", message)
        elif other != entry.key:
            message = _("{key} and {other} would have the same address; change one key", key=shown(entry.key), other=shown(other))
            yield Fault(file, entry.line, "colliding-key", message)


def one_way(entries: Sequence[tuple[str, SourceEntry]]) -> Iterator[Fault]:
    """The works that do not answer those that are related to them, where most do: links that all lead one way are meant.

    So is a link that says what it is for (biblatex's ``relatedtype``: a translation, a review).
    """
    by_key = {entry.key: (file, entry) for file, entry in reversed(entries)}  # of two with one key, the first
    related = {key: set(_listed(entry, "related")) for key, (_, entry) in by_key.items()}
    pairs = [
        (key, other)
        for key, (_, entry) in reversed(by_key.items())
        if "relatedtype" not in entry.fields
        for other in dict.fromkeys(_listed(entry, "related"))
        if other in by_key and other != key
    ]
    unanswered = [(key, other) for key, other in pairs if key not in related[other]]
    if 2 * len(unanswered) >= len(pairs):
        return
    for key, other in unanswered:
        file, entry = by_key[other]
        line = entry.fields["related"].line if "related" in entry.fields else entry.line
        message = _("{key} is related to it, but not the reverse; add {key} to related", key=shown(key))
        yield Fault(file, line, "one-way", about(shown(other), message))


def unexplained(entries: Sequence[tuple[str, SourceEntry]]) -> Iterator[Fault]:
    """The related works of which no reason is given, where most entries that relate works give theirs."""
    related = [(file, entry) for file, entry in entries if _listed(entry, "related")]
    silent = [(file, entry) for file, entry in related if "relatedwhy" not in entry.fields]
    if 2 * len(silent) >= len(related):
        return
    for file, entry in silent:
        key = _listed(entry, "related")[0]
        message = _("the other entries say why works are related to them; add relatedwhy = {{\\cite{{{key}}} …}}", key=shown(key))
        yield Fault(file, entry.fields["related"].line, "reason", about(shown(entry.key), message))


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
            message = _("LaTeX would print its related works in a loop; add options = {{related=false}}")
            yield Fault(file, entry.fields["related"].line, "circle", about(shown(entry.key), message))


def _completed(entry: SourceEntry) -> Iterator[Finding]:
    line = entry.fields["completed"].line
    filled = {name for name, field in entry.fields.items() if field.value.strip()}
    if not filled.issuperset(name.lower() for name in _listed(entry, "completed")):
        work = model.work(entry)  # which knows that location is address
        for name in sorted(work.completed - work.fields.keys() - filled - {"month", "day"}):
            message = _("the field {field} is not in the entry; add it, or take it out of completed", field=shown(name))
            yield Finding(line, "completed", message)
    if "completedfrom" not in filled:
        yield Finding(line, "completed", _("completedfrom is missing; say where what is supplied comes from"))


def _lost(entry: SourceEntry) -> Iterator[Finding]:
    line = entry.fields["lost"].line
    filled = {name for name, field in entry.fields.items() if field.value.strip()}
    for name in _listed(entry, "lost"):
        if name.lower() not in FIELDS:
            hint = FIELDS.hint(name.lower())
            message = _("lost names an unknown field, {field}{hint}; correct this name", field=shown(name), hint=hint)
            yield Finding(line, "lost", message)
        elif name.lower() in filled:
            message = _("the field {field} is not lost, it is filled; take it out of lost, or empty it", field=shown(name))
            yield Finding(line, "lost", message)


def _reasons(entry: SourceEntry) -> Iterator[Finding]:
    field = entry.fields["relatedwhy"]
    before, reasons = markup.after_citations(field.value)
    related = _listed(entry, "related")
    given = [key for key, _ in reasons]
    if before:
        message = _("“{text}” follows no key; write \\cite{{key}} first, then the reason for the link", text=shown(before))
        yield Finding(field.line, "reason", about("relatedwhy", message))
    for key, reason in reasons:
        if key not in related:
            message = _("the reason given for {key} has no link; add the key to related, or take out the reason", key=shown(key))
            yield Finding(field.line, "reason", message)
        elif not reason:
            yield Finding(field.line, "reason", _("no reason follows \\cite{{{key}}}; write it", key=shown(key)))
    for key in related:
        if key not in given:
            message = _("nothing says why {key} is related; add \\cite{{{key}}} and the reason to relatedwhy", key=shown(key))
            yield Finding(field.line, "reason", message)


def _listed(entry: SourceEntry, name: str) -> tuple[str, ...]:
    return model.listed(entry.fields[name].value) if name in entry.fields else ()


def _stands_alone(entry: SourceEntry) -> bool:
    """Whether biblatex is told not to print the works that are related to *entry*."""
    return any("".join(option.split()) == "related=false" for option in _listed(entry, "options"))
