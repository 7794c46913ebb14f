"""The texts of fields as references print them: set, bound to their words, between the brackets of what the edition supplies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pybtex.richtext import Tag, Text

from ..language.catalogue import _, pgettext
from ..language.typography import NO_BREAK, set_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pybtex.richtext import BaseText

    from ..source.model import Work

#: What stands for a field that the source of the edition has lost.
LOST = "[…]"

#: The start of the tag, and of docutils' class, of text in another language than the edition's.
LANGUAGE = "language-"
#: A number that says already what it is the number of: « Bd. 81 », « no. 3 »; so does one that is a word: « Spring ».
_DESIGNATED = re.compile(
    r"(?:n°|n[or]?s?\.|no|nr|num|núm|bd|vol|t|tome|tomo|band|heft|h|issue|iss|numéro|número|ser|sér|series|ch|chap)(?:\.\s*|\s+)\S.*",
    re.IGNORECASE,
)
#: What holds the place of a value in a pattern.
VALUE = "\N{OBJECT REPLACEMENT CHARACTER}"


def bound(pattern: str) -> str:
    """*pattern* with no-break spaces around the value: « vol. 3 » stays on a line."""
    return pattern.replace(f" {VALUE}", NO_BREAK + VALUE).replace(f"{VALUE} ", VALUE + NO_BREAK)


def quoted(title: str) -> str:
    """*title* between quotation marks; those that stand in it are of the inner kind."""
    inner = pgettext("inside other quotation marks", "‘"), pgettext("inside other quotation marks", "’")
    return set_text(_("“{title}”", title=title.replace("“", inner[0]).replace("”", inner[1])))


def italic(work: Work, title: str) -> BaseText:
    """A title in italics, in the language of the work."""
    return foreign(work, Tag("em", set_text(title, work.language)))


def foreign(work: Work, text: BaseText) -> BaseText:
    """*text* of *work*, marked where it is not in the edition's language."""
    return Tag(LANGUAGE + work.foreign_language, text) if work.foreign_language else text


def sentence(text: BaseText, address: str) -> BaseText:
    """*text* with its full stop, unless it ends with a mark of its own or with an *address*, which a stop would spoil."""
    ends = (".", "?", "!", "…", address) if address else (".", "?", "!", "…")
    return text if str(text).endswith(ends) else Text(text, ".")


class Mark:
    """The texts of a work's fields, between brackets where the edition completed them."""

    def __init__(self, work: Work, completed: frozenset[str]) -> None:
        self._work = work
        self._completed = completed

    def __call__(self, name: str, pattern: str = "{text}") -> BaseText:
        """The field *name* in the place of ``{text}`` in *pattern*, a message id; nothing where it is empty."""
        value = self.value(name)
        return self.wrap(Text(set_text(bound(_(pattern, text=VALUE)).replace(VALUE, value))), name) if value else Text()

    def numbered(self, name: str, pattern: str) -> BaseText:
        """As a call, without the words of *pattern* where the field has such words itself."""
        value = self._work[name]
        is_told = _DESIGNATED.fullmatch(value) or (re.match(r"[^\W\d_]{4}", value) and not re.fullmatch("[IVXLCDMivxlcdm]+", value))
        return self(name, "{text}" if is_told else pattern)

    def bare(self, name: str, pattern: str) -> BaseText:
        """As :meth:`numbered`, without brackets, for :meth:`join`."""
        return Mark(self._work, frozenset()).numbered(name, pattern)

    def value(self, name: str) -> str:
        """The field *name*; the mark of a loss where the source has lost it."""
        return self._work[name] or (LOST if name in self._work.lost else "")

    def wrap(self, text: BaseText, *names: str) -> BaseText:
        """*text* between brackets when the edition completed all of *names*."""
        return Text("[", text, "]") if str(text) and self._completed.issuperset(names) else text

    def join(self, separator: str, items: Iterable[tuple[BaseText, str]]) -> BaseText:
        """The texts that are not empty, each with its field; between one pair of brackets when all are completed."""
        shown = [(text, name) for text, name in items if str(text)]
        names = [name for _, name in shown]
        if shown and self._completed.issuperset(names):
            return self.wrap(Text(set_text(separator)).join(text for text, _ in shown), *names)
        return Text(set_text(separator)).join(self.wrap(text, name) for text, name in shown)
