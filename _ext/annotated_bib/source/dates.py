"""Months and dates, as people and programs write them."""

from __future__ import annotations

import re
from calendar import month_name

#: BibTeX's abbreviations.
MONTH_MACROS = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())
#: The names of the months, as an entry may have them and as references print them.
FRENCH_MONTHS = tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split())
_ENGLISH_MONTHS = tuple(name.lower() for name in month_name[1:])  # what pybtex makes of BibTeX's macros
#: A date of biblatex's; of a range, the beginning.
_DATE = re.compile(r"(?P<year>-?\d{4})(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?(?:/.*)?[~?%]?$")


def month_number(text: str) -> int:
    """1 to 12 for « 7 », « 07 », « jul », « July » or « juillet », else 0."""
    text = text.strip().lower()
    if re.fullmatch(r"0?[1-9]|1[0-2]", text):
        return int(text)
    for forms in (MONTH_MACROS, FRENCH_MONTHS, _ENGLISH_MONTHS):
        if text in forms:
            return forms.index(text) + 1
    return 0


def date_fields(date: str) -> dict[str, str]:
    """The fields ``year``, ``month`` and ``day`` that biblatex's *date* stands for; none where it is no date."""
    match = _DATE.match(date)
    return {name: value for name, value in match.groupdict().items() if value} if match else {}
