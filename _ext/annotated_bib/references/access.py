"""Where a work is found: at an address, in an archive of texts, or elsewhere too (ISO 690:2021, 7.5, 7.11 and 7.12)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from pybtex.richtext import HRef, Text

from ..language.catalogue import _
from ..language.dates import range_in_words
from ..language.typography import set_text
from ..source.dates import parse_date
from .marks import Mark

if TYPE_CHECKING:
    from pybtex.richtext import BaseText

    from ..source.model import Work

#: What shows that a work exists elsewhere than at its address.
_ELSEWHERE = ("publisher", "institution", "journal", "booktitle", "isbn", "issn", "howpublished", "pages", "pagetotal", "number")


def is_online_only(work: Work) -> bool:
    """Whether the work has an address and nothing that would be found elsewhere (ISO 690:2021, 7.5)."""
    if not (work["url"] or work["doi"] or work["eprint"]):
        return False
    return work.type == "online" or not any(work[name] for name in _ELSEWHERE)


#: Archives of texts, by biblatex's ``eprinttype``: their names, and the addresses of what they hold.
_ARCHIVES = {
    "arxiv": ("arXiv", "https://arxiv.org/abs/{}"),
    "hal": ("HAL", "https://hal.science/{}"),
    "jstor": ("JSTOR", "https://www.jstor.org/stable/{}"),
    "pubmed": ("PubMed", "https://pubmed.ncbi.nlm.nih.gov/{}/"),
    "hdl": ("HDL", "https://hdl.handle.net/{}"),
    "googlebooks": ("Google Books", "https://books.google.com/books?id={}"),
}


def archive_address(work: Work) -> str:
    """Where an archive of texts has the work; empty where the archive is not known."""
    return _archive(work)[1]


def _archive(work: Work) -> tuple[str, str]:
    """The name of the archive that has the work, and the address there, as far as they are known."""
    number, kind = work["eprint"], work["eprinttype"]
    guessed = "arxiv" if not kind and re.match(r"\d{4}\.\d{4,5}|[a-z-]+/\d{7}", number) else kind.lower()
    name, address = _ARCHIVES.get(guessed, (kind, ""))
    return name, address.format(quote(number, safe="/:;()")) if number else ""


def eprint(work: Work, mark: Mark) -> BaseText:
    """The number of the work in an archive of texts, which leads there (ISO 690:2021, 7.11)."""
    number = work["eprint"]
    if not number:
        return Text()
    name, address = _archive(work)
    section = f" [{work['eprintclass']}]" if work["eprintclass"] else ""
    shown: BaseText = HRef(address, number) if address else Text(number)
    return mark.wrap(Text(set_text(_("{name}: ", name=name or _("e-print"))), shown, section), "eprint")


#: A copy in the Internet Archive, with the day on which it was made.
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/(\d{4})(\d\d)(\d\d)\d*[a-z_]*/.+")


def access(work: Work, mark: Mark) -> BaseText:
    """Where the work is found, and when it was seen there (ISO 690:2021, 7.12); a DOI needs neither."""
    if work["doi"]:
        return mark.wrap(Text("DOI ", HRef(doi_address(work["doi"]), work["doi"])), "doi")
    if not work["url"]:
        return Text()
    address = work["url"]
    link = HRef(address, address) if address.startswith(("http://", "https://")) else Text(address)
    said = _("Available at: ")
    if archived := _ARCHIVED.fullmatch(address):
        said = _("Archived on {date} at: ", date=range_in_words([int(part) for part in archived.groups()], []))
    return Text(" ").join(part for part in (mark.wrap(Text(set_text(said), link), "url"), _seen(work)) if str(part))


def _seen(work: Work) -> BaseText:
    seen = parse_date(work["urldate"])
    return Text(set_text(_("[viewed {date}]", date=range_in_words(seen.start, seen.end)))) if seen else Text()


def doi_address(doi: str) -> str:
    """The address at which *doi* resolves; empty where there is none."""
    return f"https://doi.org/{quote(doi, safe='/:;()')}" if doi else ""
