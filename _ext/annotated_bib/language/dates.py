"""Dates in words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.dates import get_month_names

from .catalogue import SOURCE_LANGUAGE, _, current_language, pgettext

if TYPE_CHECKING:
    from collections.abc import Sequence


@lru_cache(maxsize=64)
def month_names(language: str = "") -> tuple[str, ...]:
    """The names of the months in *language*, that of the edition where it is empty; in English where it is unknown.

    They are those of the Unicode Common Locale Data Repository.
    """
    names = get_month_names("wide", locale=_locale(language or current_language()))
    return tuple(names[number] for number in range(1, 13))


def date_in_words(year: str, month: int = 0, day: int = 0) -> str:
    """A date as far as it is known, « 1er mai 2001 » or « May 2001 »; *month* and *day* are 0 where they are not."""
    name = month_name(month)
    if day and name:
        return _("{day} {month} {year}", day=day_in_words(day), month=name, year=year)
    return _("{month} {year}", month=name, year=year) if name else year


def day_in_words(day: int) -> str:
    """The day of a month."""
    return pgettext("first day of the month", "1") if day == 1 else str(day)


def year_in_words(year: str) -> str:
    """A *year*, where 0 and what is below it are years before the common era as ISO 8601 counts them; « .. » is nothing."""
    if re.fullmatch(r"-?\d+", year) and int(year) <= 0:
        return _("{year} BCE", year=1 - int(year))
    return "" if year == ".." else year


def dated_as(date: str, is_circa: object, is_uncertain: object) -> str:
    """A *date* in words, said to be near or doubtful where it is."""
    date = _("circa {date}", date=date) if is_circa else date
    return _("{date}?", date=date) if is_uncertain else date


def range_in_words(start: Sequence[int], end: Sequence[int] | None) -> str:
    """The days, months or years from *start* to *end*, each a year, a month and a day as far as they are known.

    *end* is empty for one day, and ``None`` for a range that is open.
    """
    first = _point_in_words(start)
    if end is None:
        return f"{first}–"
    if not end or list(end) == list(start):
        return first
    if len(start) == len(end) == 3 and start[:2] == end[:2]:
        days = f"{day_in_words(start[2])}–{end[2]}"
        return _("{day} {month} {year}", day=days, month=month_name(end[1]), year=year_in_words(str(end[0])))
    if len(start) == len(end) == 2 and start[0] == end[0]:
        months = f"{month_name(start[1])}–{month_name(end[1])}"
        return _("{month} {year}", month=months, year=year_in_words(str(end[0])))
    dash = "–" if len(start) <= 1 and len(end) == 1 else " – "
    return f"{first}{dash}{_point_in_words(end)}"


def _point_in_words(parts: Sequence[int]) -> str:
    year, month, day = [*parts, 0, 0, 0][:3]
    return date_in_words(year_in_words(str(year)), month, day) if parts else ""


def month_name(number: int) -> str:
    """The name of a month, or of a season, which biblatex counts from 21; empty for any other number."""
    seasons = {21: _("spring"), 22: _("summer"), 23: _("autumn"), 24: _("winter")}
    return month_names(current_language())[number - 1] if 1 <= number <= 12 else seasons.get(number, "")


def territory(code: str) -> str:
    """The name of the country with the *code* of ISO 3166."""
    return str(_locale(current_language()).territories.get(code, code))


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-" if "-" in language else "_")
    except (UnknownLocaleError, ValueError):
        return Locale(SOURCE_LANGUAGE)
