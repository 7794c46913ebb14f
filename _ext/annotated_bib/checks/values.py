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

from ..language.catalogue import N_, _
from ..references.printed import is_printed
from ..source.dates import day, month_number, parse_date
from ..source.latex import plain
from ..source.model import listed, verbatim
from .messages import Fault, Finding, about, line_of, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..source.bibfile import SourceEntry, SourceField

_DATE_FIELDS = ("date", "origdate", "eventdate", "urldate")
_DOI = re.compile(r"(?:(?:https?://(?:dx\.)?doi\.org/)|doi:\s*)?10\.[\d.]+/\S+", re.IGNORECASE)
#: What stands between two months, or a month and its day, in one field.
_BETWEEN_MONTHS = re.compile(r"\s*(?:[/–&,]|-+|\bet\b|\band\b)\s*|(?<=\D)\s+(?=\d)|(?<=\d)\s+(?=\D)")
#: What Zotero writes into a note where BibTeX has no field for it.
_DISGUISED = re.compile(
    r"^(?:Publisher|Place|DOI|ISBN|ISSN|PMID|Type|Issue|Volume|Section|Archive|Library|Edition|Series|Citation Key|Accessed"
    r"|Container-title|Event(?:-|\s)\w+|Original(?:-|\s)\w+|tex\.\w+): .*",
    re.IGNORECASE | re.MULTILINE,
)
_CODE = ("javascript", "vbscript", "data")
_URL = re.compile(r"\\url\s*\{([^{}]*)\}")
#: What is not a range of pages, and what to say of it.
_PAGES = (
    (re.compile(r"\d+\s?p\.?"), N_("pages “{pages}”; if it is the number of pages, write it in pagetotal")),
    (re.compile(r"(?:pp?\.|pages?\b).*", re.IGNORECASE), N_("pages “{pages}”; write the numbers only, the edition adds “p.”")),
    (re.compile(r"\d+\s*(?:---+|à)\s*\d+"), N_("pages “{pages}”; write the first and the last page thus: 47--53")),
)
_RANGE = re.compile(r"(\d+)\s*(?:--?|–)\s*(\d+)")


def faults(entry: SourceEntry) -> Iterator[Finding]:
    """What is wrong with the form of the values of *entry*."""
    for name, rule in _RULES.items():
        field = entry.fields.get(name)
        if field and field.value.strip():
            yield from rule(entry, name, field)
    if disguised := _DISGUISED.search(entry.fields["note"].value if "note" in entry.fields else ""):
        message = _("note “{text}”: this has a field of its own; move it there", text=shown(disguised[0]))
        yield Finding(entry.fields["note"].line, "disguise", message)
    for name, field in entry.fields.items():
        if "\\url" in field.value and is_printed(name):
            for match in _URL.finditer(field.value):
                yield from _address(match[1], line_of(field.line, field.value, match.start()))


def keywords(entries: Sequence[tuple[str, SourceEntry]]) -> Iterator[Fault]:
    """The keywords that are written elsewhere with other capitals: an index would have both."""
    first: dict[str, str] = {}
    for file, entry in entries:
        field = entry.fields.get("keywords")
        for word in listed(plain(field.value).replace(";", ",")) if field else ():
            other = first.setdefault(word.casefold(), word)
            if other != word and field:
                message = _("the keyword “{keyword}” is written “{other}” elsewhere; write both alike", keyword=word, other=other)
                yield Fault(file, field.line, "keywords", about(shown(entry.key), message))


def _year(_entry: SourceEntry, _name: str, field: SourceField) -> Iterator[Finding]:
    text = plain(field.value).strip()
    if not re.fullmatch(r"-?[0-9]{3,4}|[0-9]{4}\s*(?:-{1,3}|–|/)\s*[0-9]{4}", text) and not parse_date(text):
        message = _(
            "year “{year}”; write four digits, and the rest in month and day, or a date such as 2006-09", year=shown(field.value)
        )
        yield Finding(field.line, "year", message)


def _date(_entry: SourceEntry, name: str, field: SourceField) -> Iterator[Finding]:
    parsed = parse_date(field.value)
    if not parsed or not all(map(_is_day, (parsed.start, parsed.end or ()))):
        message = _(
            "{field} “{date}”; write 2001, 2001-07, 2001-07-14, or two of these with / between", field=name, date=shown(field.value)
        )
        yield Finding(field.line, "year", message)


def _month(_entry: SourceEntry, _name: str, field: SourceField) -> Iterator[Finding]:
    if not all(map(month_number, _BETWEEN_MONTHS.split(plain(field.value).strip()))):
        yield Finding(field.line, "month", _("month “{month}”; write jul, for example, or 7", month=shown(field.value)))


def _day(entry: SourceEntry, _name: str, field: SourceField) -> Iterator[Finding]:
    year, month = (entry.fields[name].value.strip() if name in entry.fields else "" for name in ("year", "month"))
    # A leap year, where the year is not known.
    start = (int(year) if re.fullmatch("[0-9]{4}", year) else 2000, month_number(month) or 1)
    days = re.fullmatch(r"(\d{1,2})(?:\s*[-–]+\s*(\d{1,2}))?", field.value.strip())
    if not days or not all(_is_day((*start, int(day))) for day in filter(None, days.groups())):
        yield Finding(field.line, "day", _("day “{day}”; write a day of this month, from 1 to 31", day=shown(field.value)))


def _added(_entry: SourceEntry, _name: str, field: SourceField) -> Iterator[Finding]:
    if not day(field.value):
        message = _("added “{date}”; write a whole day, such as 2026-11-22", date=shown(field.value))
        yield Finding(field.line, "day", message)


def _is_day(parts: Sequence[int]) -> bool:
    """Whether a year, month and day, as far as they are told, are on the calendar; any year is, and a season is no month."""
    if len(parts) < 3:
        return True
    try:
        date(parts[0] if 0 < parts[0] < 10_000 else 2000, parts[1], parts[2])
    except ValueError:
        return False
    return True


def _pages(_entry: SourceEntry, _name: str, field: SourceField) -> Iterator[Finding]:
    for item in (part.strip() for part in field.value.split(",")):
        pages = _RANGE.fullmatch(item)
        message = next((message for form, message in _PAGES if form.fullmatch(item)), "")
        if pages and len(pages[1]) == len(pages[2]) and pages[1] > pages[2]:
            message = N_("pages “{pages}”; the last page comes after the first: 47--53")
        if message:
            yield Finding(field.line, "pages", _(message, pages=shown(item)))


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
                message = N_(
                    "{name} “{number}”: the last digit does not agree with the others; copy the number again from the document"
                )
            else:
                message = N_("{name} “{number}”: it does not have the form of one; copy the number again from the document")
            yield Finding(field.line, "identifier", _(message, name=name.upper(), number=shown(part)))


def _wrong(number: str, validate: Callable[[str], str]) -> ValidationError | None:
    try:
        validate(number)
    except ValidationError as error:
        return error
    return None


def _doi(_entry: SourceEntry, _name: str, field: SourceField) -> Iterator[Finding]:
    if not _DOI.fullmatch(field.value.strip()):
        message = _("DOI “{doi}”; write, for example, 10.4000/lectures.1234", doi=shown(field.value))
        yield Finding(field.line, "identifier", message)


def _url(_entry: SourceEntry, _name: str, field: SourceField) -> Iterator[Finding]:
    yield from _address(field.value, field.line)


def _address(latex: str, line: int) -> Iterator[Finding]:
    address = verbatim(latex)
    scheme = match[0].lower() if (match := re.match(r"[a-z][a-z0-9+.-]*(?=:)", address, re.IGNORECASE)) else ""
    if re.search(r"\s", address):
        message = N_("address “{address}”; take out its spaces and line breaks")
    elif scheme in ("http", "https"):
        message = "" if _has_host(address) else N_("address “{address}”; it lacks the name of the site")
    elif scheme in ("doi", "mailto"):
        message = "" if len(address) > len(scheme) + 1 else N_("address “{address}”; it is incomplete")
    elif scheme in _CODE:
        message = N_("address “{address}”; this is code and no address; take it out")
    else:
        message = "" if scheme else N_("address “{address}”; write it in full, from https://")
    if message:
        yield Finding(line, "url", _(message, address=shown(address)))


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
    "added": _added,
    "pages": _pages,
    "isbn": _isbn,
    "issn": _issn,
    "doi": _doi,
    "url": _url,
}
