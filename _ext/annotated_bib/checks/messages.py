"""What a rule yields, and how its message names what it found."""

from __future__ import annotations

import re
from bisect import bisect
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from ..language.catalogue import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Characters that would spoil the line on which a message stands: controls, and marks of direction.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_LONGEST = 60
#: How much of a message is kept: names have no bounds, and its end tells the mend.
_MOST = 500
#: How many words on either side of a place in the alphabet are compared with the one that is missing there.
_NEIGHBOURS = 15


class Finding(NamedTuple):
    """Something wrong at *line* (from 1) of the file that is read; *rule* is a key of ``RULES``."""

    line: int
    rule: str
    message: str


class Fault(NamedTuple):
    """A finding in *file*."""

    file: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: [{self.rule}] {self.message}"


class Nearest:
    """A set of *words* that knows which of them a misspelt word may stand for.

    difflib compares the word with its neighbours in the alphabet, read forwards and backwards, rather than with all *words*:
    thousands of unknown keys among thousands of known ones must not cost their product.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._forwards = sorted(self._words)
        self._backwards = sorted(word[::-1] for word in self._words)

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def hint(self, word: str, least: float = 0.6) -> str:
        """« (perhaps …) », or nothing where no word is near: *least* is difflib's ratio, from 0 to 1."""
        word = shown(word)
        near = {*_around(word, self._forwards), *(other[::-1] for other in _around(word[::-1], self._backwards))}
        nearest = get_close_matches(word, sorted(near), n=1, cutoff=least)
        return _(" (perhaps {word})", word=nearest[0]) if nearest else ""


def _around(word: str, words: list[str]) -> list[str]:
    place = bisect(words, word)
    return words[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS]


def about(subject: str, message: str) -> str:
    """*message* after the name of its *subject*: an entry, a field, a rule."""
    return _("{subject}: {text}", subject=subject, text=message)


def unknown_key(key: str, keys: Nearest) -> str:
    """The message for a *key* that is not one of *keys*."""
    return _(
        "the key {key} is not in the bibliography{hint}; correct it, add the entry, or take out this reference",
        key=shown(key),
        hint=keys.hint(key),
    )


def shown(value: str) -> str:
    """*value* as a message quotes it: on one line, not too long."""
    value = " ".join(value[: 4 * _LONGEST].split())
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"


def first_of(words: Sequence[str], most: int) -> str:
    """The first of *words*, *most* of them, and how many others there are."""
    left = len(words) - most
    first = ", ".join(map(shown, words[:most]))
    return ngettext("{words} and {number} other", "{words} and {number} others", left, words=first) if left > 0 else first


def visible(message: str) -> str:
    r"""*message* with ``\u202e`` and the like for what a terminal would obey rather than print, and without its middle if long."""
    if len(message) > _MOST:
        message = f"{message[: _MOST // 2]} […] {message[-_MOST // 2 :]}"
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", message)


def line_of(line: int, text: str, offset: int) -> int:
    """The line of the character at *offset* of a *text* that starts at *line*."""
    return line + text.count("\n", 0, offset)
