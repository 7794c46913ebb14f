"""Months and dates, as people and programs write them."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from ..language.dates import month_names

#: BibTeX's abbreviations.
MONTH_MACROS = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())
#: The languages in which an entry may name a month; pybtex makes English names of BibTeX's macros.
_LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl")
#: The seasons, which biblatex counts from 21, as people write them.
_SEASONS = {
    21: "spring printemps frühling frühjahr primavera",
    22: "summer été sommer verano estate",
    23: "autumn fall automne herbst otoño autunno",
    24: "winter hiver invierno inverno",
}
_POINT = re.compile(
    r"(?P<year>[+-]?\d{4}|\d{2,3}X{1,2}|\d{3}X)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?(?:T[\d:.]+(?:Z|[+-]\d\d(?::?\d\d)?)?)?"
    r"(?P<mark>[~?%]?)"
)
_CIRCA, _UNCERTAIN = ("~", "%"), ("?", "%")


class Date(NamedTuple):
    """A date of biblatex's as the fields that biber makes of it.

    *start* and *end* have a year, a month and a day, as far as they are said; *end* is empty for one day, and ``None`` for a
    range that is open. A year before the common era is as ISO 8601 counts it: 0 is the year 1 before.
    """

    start: tuple[int, ...]
    end: tuple[int, ...] | None = ()
    is_circa: bool = False
    is_uncertain: bool = False


def month_number(text: str) -> int:
    """1 to 12 for « 7 », « 07 », « jul », « July », « juillet » or « Juli », 21 to 24 for a season, else 0."""
    text = text.strip().lower().rstrip(".")
    if re.fullmatch(r"0?[1-9]|1[0-2]|2[1-4]", text):
        return int(text)
    return _numbers().get(text, 0)


@cache
def _numbers() -> dict[str, int]:
    forms = (MONTH_MACROS, *map(month_names, _LANGUAGES))
    months = {name.lower(): number for names in forms for number, name in enumerate(names, 1)}
    return months | {name: number for number, names in _SEASONS.items() for name in names.split()}


def day(text: str) -> date | None:
    """The day that *text* is, as ISO 8601 writes it; nothing where it is none, or no whole day."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def parse_date(text: str) -> Date | None:
    """The *text* of a date as biblatex reads it, nothing where it is none.

    What is read is the part of ISO 8601-2 (Extended Date/Time Format, level 1) that biblatex's manual names in its section
    2.3.8; the libraries that parse all of that format have more of it than biblatex, and other requirements.
    """
    first, slash, last = text.strip().partition("/")
    begins, ends = _point(first), _point(last)
    if slash and (not first or first == "..") and ends:
        return Date((), ends.start, ends.is_circa, ends.is_uncertain)
    if not begins or (last and last != ".." and (not ends or begins.end)):
        return None
    if not slash:
        return begins
    end = ends.end or ends.start if ends else None
    return begins._replace(end=end, is_circa=begins.is_circa or bool(ends and ends.is_circa))


def _point(text: str) -> Date | None:
    match = _POINT.fullmatch(text)
    if not match or (match["month"] and not re.fullmatch(r"0[1-9]|1[0-2]|2[1-4]|XX", match["month"])):
        return None
    year, mark = match["year"], match["mark"]
    marks = mark in _CIRCA, mark in _UNCERTAIN
    if "X" in year:  # 199X, 19XX: some year of the ten, of the hundred
        return Date((int(year.replace("X", "0")),), (int(year.replace("X", "9")),), *marks)
    parts = [int(year)]
    for part in (match["month"], match["day"]):
        if not part or part == "XX":
            break
        parts.append(int(part))
    return Date(tuple(parts), (), *marks)


def date_fields(date: str, prefix: str = "") -> dict[str, str]:
    """The fields that biblatex's *date* stands for, named as biber does; none where it is no date.

    They are ``year``, ``month``, ``day``, and ``endyear``, ``endmonth``, ``endday`` of a range, whose ``endyear`` is « .. »
    where it is open; ``datecirca`` and ``dateuncertain`` are « true » or absent. *prefix* comes before each, « event » say.
    """
    parsed = parse_date(date)
    if not parsed:
        return {}
    fields = dict(zip(("year", "month", "day"), map(str, parsed.start), strict=False))
    end = ("..",) if parsed.end is None else tuple(map(str, parsed.end))
    fields |= dict(zip(("endyear", "endmonth", "endday"), end, strict=False))
    if not parsed.start:
        fields["year"] = ".."
    marks = {"datecirca": parsed.is_circa, "dateuncertain": parsed.is_uncertain}
    return {f"{prefix}{name}": text for name, text in (fields | {mark: "true" for mark, is_so in marks.items() if is_so}).items()}
