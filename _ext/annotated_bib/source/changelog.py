"""The editions that a changelog tells of, by its headings: ``## VERSION - DAY``, as “Keep a Changelog” writes them.

What stands under them is not read: it is for who keeps the project, and in a language of theirs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .dates import day

if TYPE_CHECKING:
    from datetime import date

#: A version may be a link; what has no day, such as “Unreleased”, is no edition yet.
_HEADING = re.compile(r"^##[ \t]+\[?([^\s\]]+)\]?(?:\([^\s)]*\))?[ \t]+[-–—][ \t]+(\d{4}-\d\d-\d\d)\b", re.MULTILINE)


class Release(NamedTuple):
    """An edition of the project, and the *day* on which it came out."""

    version: str
    day: date


def releases(text: str) -> list[Release]:
    """The editions in the order of the changelog *text*."""
    return [Release(version, told) for version, written in _HEADING.findall(text) if (told := day(written))]
