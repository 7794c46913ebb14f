"""The names of a list: persons, whose last and first names are told apart, and bodies, whose names are whole."""

from __future__ import annotations

import re
from typing import NamedTuple

from pybtex.bibtex.utils import split_name_list
from pybtex.database import InvalidNameString, Person

from .latex import plain

#: What BibTeX has in the place of the last names of a list.
OTHERS = "others"


class Name(NamedTuple):
    """A person (*first* may be empty) or a body, whose whole name is *last*."""

    last: str
    first: str = ""

    @property
    def inverted(self) -> str:
        """« Dhume, Fabrice »; the whole name of a body."""
        return f"{self.last}, {self.first}" if self.first else self.last

    @property
    def direct(self) -> str:
        """« Fabrice Dhume »; the whole name of a body."""
        return f"{self.first} {self.last}".strip()


def names(latex: str) -> tuple[Name, ...]:
    """The names of an ``author`` field: ``{{Body}}`` is one name, ``and others`` none."""
    return tuple(_name(part) for part in split_list(latex) if part != OTHERS)


def split_list(latex: str) -> list[str]:
    """The items of a BibTeX list: « and » separates them outside braces."""
    return list(split_name_list(re.sub(r"[ \t\r\n]+", " ", latex)))


def _name(latex: str) -> Name:
    if latex.startswith("{") and latex.endswith("}") and "}" not in latex[1:-1]:
        return Name(plain(latex))
    try:
        person = Person(latex)
    except InvalidNameString:  # reported by `checks`
        return Name(plain(latex))
    last = " ".join(person.last_names + person.lineage_names)
    first = " ".join(person.first_names + person.middle_names + person.prelast_names)
    return Name(plain(last), plain(first))
