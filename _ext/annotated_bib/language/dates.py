"""Dates in words."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import get_month_names

from .catalogue import SOURCE_LANGUAGE, _, current_language, pgettext


@lru_cache(maxsize=64)
def month_names(language: str = "") -> tuple[str, ...]:
    """The names of the months in *language*, that of the edition where it is empty; in English where it is unknown.

    They are those of the Unicode Common Locale Data Repository.
    """
    names = get_month_names("wide", locale=_locale(language or current_language()))
    return tuple(names[number] for number in range(1, 13))


def date_in_words(year: str, month: int = 0, day: int = 0) -> str:
    """A date as far as it is known, « 1er mai 2001 » or « May 2001 »; *month* and *day* are 0 where they are not."""
    name = month_names(current_language())[month - 1] if month else ""
    if day and name:
        return _("{day} {month} {year}", day=day_in_words(day), month=name, year=year)
    return _("{month} {year}", month=name, year=year) if name else year


def day_in_words(day: int) -> str:
    """The day of a month."""
    return pgettext("first day of the month", "1") if day == 1 else str(day)


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-" if "-" in language else "_")
    except (UnknownLocaleError, ValueError):
        return Locale(SOURCE_LANGUAGE)
