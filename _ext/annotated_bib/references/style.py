"""The style in which notices print references: ISO 690, or another of pybtex's."""

from __future__ import annotations

from contextlib import suppress
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pybtex.database import Entry, Person
from pybtex.plugin import PluginNotFound, find_plugin
from pybtex.style.template import FieldIsMissing

from ..source.datamodel import holds
from .iso690 import DOCUTILS, PLAIN, Iso690, reference

if TYPE_CHECKING:
    from docutils import nodes
    from pybtex.richtext import BaseText
    from pybtex.style.formatting import BaseStyle

    from ..source.model import Work
    from ..source.names import Name

#: What BibTeX's own styles call the types that biblatex has.
_TYPES = {"report": "techreport", "thesis": "phdthesis"}
#: Plain text as pybtex reads LaTeX, in which it takes a brace for one of a group, and needs no escape of a dollar.
_ESCAPED = str.maketrans({"\\": r"\textbackslash{}", "{": "", "}": "", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_"})


class ReferenceStyle:
    """The pybtex style called *name*; raise `LookupError` if there is none."""

    def __init__(self, name: str = "iso690") -> None:
        try:
            style: type[BaseStyle] = find_plugin("pybtex.style.formatting", name)
        except PluginNotFound as error:
            raise LookupError(name) from error
        self._style = None if style is Iso690 else style()

    def nodes(self, work: Work) -> list[nodes.Node]:
        """The reference of *work* as inline docutils nodes."""
        self.text(work)  # which other pages ask for later, when it would have to be made again
        rendered: list[nodes.Node] = self._reference(work).render(DOCUTILS)
        return rendered

    @cache  # noqa: B019 - as below; the search asks for it once the pages are written
    def text(self, work: Work) -> str:
        """The reference of *work* in plain text."""
        rendered: str = self._reference(work).render(PLAIN)
        return rendered

    @lru_cache(maxsize=8)  # noqa: B019 - there is one style a build; a notice prints a reference in several forms
    def _reference(self, work: Work) -> BaseText:
        if self._style is None:
            return reference(work)
        entry = _entry(work)
        if hasattr(self._style, f"get_{entry.type}_template"):
            with suppress(FieldIsMissing):
                return self._style.format_entry("", entry).text
        entry.type = "misc"  # which asks for no field but a title
        return self._style.format_entry("", entry).text


def _entry(work: Work) -> Entry:
    """*work* as pybtex's styles ask for it: BibTeX's types and fields, in LaTeX."""
    plain = {"title": work.key} | {name: value for name, value in work.fields.items() if value} | {"school": work["institution"]}
    fields = {name: value if holds(name) == "verbatim" else value.translate(_ESCAPED) for name, value in plain.items()}
    persons = {role: [_person(name) for name in work.people[role]] for role in ("author", "editor") if role in work.people}
    entry = Entry(_TYPES.get(work.type, work.type), fields, persons)
    entry.key = work.key
    return entry


def _person(name: Name) -> Person:
    parts = {"first": name.first, "prelast": name.prefix, "last": name.last, "lineage": name.suffix}
    if name.uses_prefix:
        parts |= {"prelast": "", "last": name.heading}
    return Person(**{part: text.translate(_ESCAPED) for part, text in parts.items()})
