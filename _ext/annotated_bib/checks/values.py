"""The form of dates, pages, numbers and addresses, which other programs read.

What is refused is what they would read wrongly; a form that is merely unusual passes.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from stdnum import isbn, issn
from stdnum.exceptions import InvalidChecksum, ValidationError

from ..source.datamodel import is_private
from ..source.dates import month_number
from ..source.model import verbatim
from .messages import Finding, line_of, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..source.bibfile import SourceEntry, SourceField

_DAY = r"(?P<{0}>\d{{4}}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)"
_DATE = re.compile(rf"{_DAY.format('first')}(?:/{_DAY.format('last')}?)?[~?%]?")
_DATE_FIELDS = ("date", "origdate", "eventdate", "urldate")
_DOI = re.compile(r"(?:(?:https?://(?:dx\.)?doi\.org/)|doi:\s*)?10\.[\d.]+/\S+", re.IGNORECASE)
_URL = re.compile(r"\\url\s*\{([^{}]*)\}")
#: What is not a range of pages, and how to write it.
_PAGES = (
    (re.compile(r"\d+\s?p\.?"), "si c’est le nombre de pages, écrivez-le dans pagetotal"),
    (re.compile(r"(?:pp?\.|pages?\b).*", re.IGNORECASE), "n’écrivez que les nombres, l’édition met « p. »"),
    (re.compile(r"\d+\s*(?:-|---+|à)\s*\d+"), "écrivez la première et la dernière page ainsi : 47--53"),
)
_RANGE = re.compile(r"(\d+)\s*(?:--|–)\s*(\d+)")


def faults(entry: SourceEntry) -> Iterator[Finding]:
    """What is wrong with the form of the values of *entry*."""
    for name, rule in _RULES.items():
        field = entry.fields.get(name)
        if field and field.value.strip():
            yield from rule(entry, name, field)
    for name, field in entry.fields.items():
        if "\\url" in field.value and not is_private(name):
            for match in _URL.finditer(field.value):
                yield from _address(match[1], line_of(field.line, field.value, match.start()))


def _year(_entry: SourceEntry, _name: str, field: SourceField) -> Iterator[Finding]:
    if not re.fullmatch("[0-9]{4}", field.value.strip()):
        mend = "écrivez quatre chiffres, ou supprimez le champ si elle est inconnue"
        yield Finding(field.line, "year", f"année « {shown(field.value)} » ; {mend}")


def _date(_entry: SourceEntry, name: str, field: SourceField) -> Iterator[Finding]:
    match = _DATE.fullmatch(field.value.strip())
    if not match or not all(map(_is_day, filter(None, match.groups()))):
        yield Finding(field.line, "year", f"{name} « {shown(field.value)} » ; écrivez 2001, 2001-07 ou 2001-07-14")


def _month(_entry: SourceEntry, _name: str, field: SourceField) -> Iterator[Finding]:
    if not month_number(field.value):
        yield Finding(field.line, "month", f"mois « {shown(field.value)} » ; écrivez par exemple jul, ou 7")


def _day(entry: SourceEntry, _name: str, field: SourceField) -> Iterator[Finding]:
    year, month = (entry.fields[name].value.strip() if name in entry.fields else "" for name in ("year", "month"))
    # A leap year, where the year is not known.
    start = f"{year if re.fullmatch('[0-9]{4}', year) else '2000'}-{month_number(month) or 1:02}"
    days = re.fullmatch(r"(\d{1,2})(?:\s*[-–]+\s*(\d{1,2}))?", field.value.strip())
    if not days or not all(_is_day(f"{start}-{int(day):02}") for day in filter(None, days.groups())):
        mend = "écrivez un jour de ce mois, de 1 à 31"
        yield Finding(field.line, "day", f"jour « {shown(field.value)} » ; {mend}")


def _is_day(iso: str) -> bool:
    try:
        date.fromisoformat(f"{iso}-01-01"[:10])
    except ValueError:
        return False
    return True


def _pages(_entry: SourceEntry, _name: str, field: SourceField) -> Iterator[Finding]:
    for item in (part.strip() for part in field.value.split(",")):
        pages = _RANGE.fullmatch(item)
        mend = next((mend for form, mend in _PAGES if form.fullmatch(item)), "")
        if pages and len(pages[1]) == len(pages[2]) and pages[1] > pages[2]:
            mend = "la dernière page vient après la première : 47--53"
        if mend:
            yield Finding(field.line, "pages", f"pages « {shown(item)} » ; {mend}")


def _isbn(_entry: SourceEntry, name: str, field: SourceField) -> Iterator[Finding]:
    yield from _numbers(name, field, isbn.validate)


def _issn(_entry: SourceEntry, name: str, field: SourceField) -> Iterator[Finding]:
    yield from _numbers(name, field, issn.validate)


def _numbers(name: str, field: SourceField, validate: Callable[[str], str]) -> Iterator[Finding]:
    """Catalogues give several numbers, and say of each in parentheses what it is the number of."""
    for part in filter(str.strip, re.split(r"[,;]", re.sub(r"\([^()]*\)", "", field.value))):
        wrong = _wrong(part, validate)
        if wrong and any(_wrong(number, validate) for number in part.split()):
            if isinstance(wrong, InvalidChecksum):
                reason = "le dernier chiffre ne s’accorde pas avec les autres ; recopiez le numéro d’après le document"
            else:
                reason = "ce n’en est pas la forme ; recopiez le numéro d’après le document"
            yield Finding(field.line, "identifier", f"{name.upper()} « {shown(part)} » : {reason}")


def _wrong(number: str, validate: Callable[[str], str]) -> ValidationError | None:
    try:
        validate(number)
    except ValidationError as error:
        return error
    return None


def _doi(_entry: SourceEntry, _name: str, field: SourceField) -> Iterator[Finding]:
    if not _DOI.fullmatch(field.value.strip()):
        yield Finding(field.line, "identifier", f"DOI « {shown(field.value)} » ; écrivez par exemple 10.4000/lectures.1234")


def _url(_entry: SourceEntry, _name: str, field: SourceField) -> Iterator[Finding]:
    yield from _address(field.value, field.line)


def _address(latex: str, line: int) -> Iterator[Finding]:
    address = verbatim(latex)
    scheme = address.partition(":")[0].lower() if ":" in address else ""
    if re.search(r"\s", address):
        mend = "ôtez-en les espaces et les retours à la ligne"
    elif scheme in ("http", "https"):
        mend = "" if _has_host(address) else "il y manque le nom du site"
    elif scheme in ("doi", "mailto"):
        mend = "" if len(address) > len(scheme) + 1 else "elle est incomplète"
    elif address.lower().startswith("www.") or not scheme:
        mend = "écrivez-la en entier, depuis https://"
    else:
        mend = "elle commence par http, https, doi ou mailto"
    if mend:
        yield Finding(line, "url", f"adresse « {shown(address)} » ; {mend}")


def _has_host(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and not parts.netloc.endswith(":") and parts.port != 0
    except ValueError:
        return False


_RULES: dict[str, Callable[[SourceEntry, str, SourceField], Iterator[Finding]]] = {
    "year": _year,
    **dict.fromkeys(_DATE_FIELDS, _date),
    "month": _month,
    "day": _day,
    "pages": _pages,
    "isbn": _isbn,
    "issn": _issn,
    "doi": _doi,
    "url": _url,
}
