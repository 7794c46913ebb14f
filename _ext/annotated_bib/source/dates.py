"""Months and dates, as people and programs write them."""

from __future__ import annotations

import re
from functools import cache

from ..language.dates import month_names

#: BibTeX's abbreviations.
MONTH_MACROS = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())
#: The languages in which an entry may name a month; pybtex makes English names of BibTeX's macros.
_LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl")
#: A date of biblatex's; of a range, the beginning.
_DATE = re.compile(r"(?P<year>-?\d{4})(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?(?:/.*)?[~?%]?$")


def month_number(text: str) -> int:
    """1 to 12 for « 7 », « 07 », « jul », « July », « juillet » or « Juli », else 0."""
    text = text.strip().lower()
    if re.fullmatch(r"0?[1-9]|1[0-2]", text):
        return int(text)
    return _numbers().get(text, 0)


@cache
def _numbers() -> dict[str, int]:
    forms = (MONTH_MACROS, *map(month_names, _LANGUAGES))
    return {name.lower(): number for names in forms for number, name in enumerate(names, 1)}


def date_fields(date: str) -> dict[str, str]:
    """The fields ``year``, ``month`` and ``day`` that biblatex's *date* stands for; none where it is no date."""
    match = _DATE.match(date)
    return {name: value for name, value in match.groupdict().items() if value} if match else {}
