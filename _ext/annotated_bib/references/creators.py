"""Who made a work: those who head its reference, and those who edited, translated or introduced it (ISO 690:2021, 7.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pybtex.richtext import Tag, Text

from ..language.catalogue import N_, _, pgettext
from ..language.typography import set_text
from .marks import LOST, Mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pybtex.richtext import BaseText

    from ..source.model import Work
    from ..source.names import Name

#: What editors do, by biblatex's ``editortype``: how their names are followed, and how they are introduced.
EDITORS = {
    "editor": (N_("(ed.)"), N_("Edited by {names}")),
    "compiler": (N_("(comp.)"), N_("Compiled by {names}")),
    "founder": (N_("(founder)"), N_("Founded by {names}")),
    "continuator": (N_("(cont.)"), N_("Continued by {names}")),
    "redactor": (N_("(red.)"), N_("Redacted by {names}")),
    "reviser": (N_("(rev.)"), N_("Revised by {names}")),
    "collaborator": (N_("(collab.)"), N_("In collaboration with {names}")),
    "organizer": (N_("(org.)"), N_("Organised by {names}")),
    "director": (N_("(director)"), N_("Directed by {names}")),
}
#: What others bring to a work, by the field that names them (ISO 690:2021, 7.2.4: creators with other roles).
_CONTRIBUTIONS = {
    "translator": N_("Translated by {names}"),
    "annotator": N_("Annotated by {names}"),
    "commentator": N_("With a commentary by {names}"),
    "introduction": N_("Introduction by {names}"),
    "foreword": N_("Foreword by {names}"),
    "afterword": N_("Afterword by {names}"),
    "holder": N_("Holder: {names}"),
}


def people(work: Work) -> BaseText:
    """Who heads the reference: the authors, or else the editors."""
    role = "author" if work.authors else "editor"
    people = joined(work.names, role in work.and_others) if work.names or "author" not in work.lost else Text(LOST)
    return edited(work, people) if work.editors and not work.authors else people


def edited(work: Work, people: BaseText) -> BaseText:
    """*people* as the editors of *work*, or what its ``editortype`` says that they are."""
    kind = work["editortype"] or "editor"
    return Text(people, " ", _(EDITORS[kind][0]) if kind in EDITORS else f"({kind})")


def contributions(work: Work, mark: Mark, in_book: bool) -> Iterator[BaseText]:
    """Who edited what others wrote, translated it, introduced it: a sentence each."""
    for field in ("editor", "editora", "editorb", "editorc"):
        kind = work[f"{field}type"] or ("editor" if field == "editor" else "collaborator")
        if field != "editor" or (work.authors and not in_book):
            yield contribution(work, mark, field, EDITORS[kind][1] if kind in EDITORS else N_("{role}: {names}"), kind)
    for field, pattern in _CONTRIBUTIONS.items():
        yield contribution(work, mark, field, pattern)


def contribution(work: Work, mark: Mark, field: str, pattern: str, role: str = "") -> BaseText:
    """The names of *field* in *pattern*, a message id in which ``{names}`` and ``{role}`` have their places."""
    people = work.people.get(field, ())
    if not people:
        return Text()
    names = _in_a_sentence([name.direct for name in people], field in work.and_others)
    return mark.wrap(Text(set_text(_(pattern, names=names, role=role[:1].upper() + role[1:]))), field)


def _in_a_sentence(names: Sequence[str], and_others: bool) -> str:
    """*names* in a sentence: « A, B and C »."""
    if and_others:
        return ", ".join(names) + _(" et al.")
    joined = ", ".join(names[:-1])
    return f"{joined}{pgettext('between the last two names', ' and ')}{names[-1]}" if joined else names[-1]


def joined(names: Sequence[Name], and_others: bool) -> BaseText:
    """*names* as those that head a reference."""
    formatted = [_name(name) for name in names]
    if not formatted:
        return Text()
    if and_others:
        return Text(Text(", ").join(formatted), set_text(_(" et al.")))
    first, last = formatted[:-1], formatted[-1]
    return Text(Text(", ").join(first), pgettext("between the last two names", " and "), last) if first else last


def _name(name: Name) -> BaseText:
    rest = [set_text(part) for part in (name.forenames, name.suffix) if part]
    return Text(", ").join([Tag("smallcaps", set_text(name.heading)), *rest])
