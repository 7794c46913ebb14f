"""What several formats say alike: the language of a work, its dates in figures, its notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..source.model import Bibliography, Work

_LANGUAGES = {
    **dict.fromkeys(("french", "français", "francais", "frenchb", "acadian", "fre", "fra"), "fr"),
    **{"canadien": "fr-ca", "english": "en", "anglais": "en", "british": "en-gb", "ukenglish": "en-gb"},
    **{"american": "en-us", "usenglish": "en-us", "canadian": "en-ca", "australian": "en-au", "newzealand": "en-nz"},
    **dict.fromkeys(("german", "ngerman", "allemand"), "de"),
    **dict.fromkeys(("austrian", "naustrian"), "de-at"),
    **dict.fromkeys(("swissgerman", "nswissgerman"), "de-ch"),
    **{"spanish": "es", "espagnol": "es", "italian": "it", "italien": "it", "portuguese": "pt", "portugais": "pt"},
    **{"brazilian": "pt-br", "brazil": "pt-br", "catalan": "ca", "dutch": "nl", "latin": "la", "greek": "el", "arabic": "ar"},
    **{"polish": "pl", "russian": "ru", "romanian": "ro", "turkish": "tr", "swedish": "sv", "danish": "da", "norsk": "nb"},
}


def language(work: Work) -> str:
    """The language of *work* as a BCP 47 tag; empty where its name is none and is not one of babel's."""
    name = work["langid"].lower()
    return _LANGUAGES.get(name, name if re.fullmatch("[a-z]{2,3}(-[a-z0-9]{2,8})*", name) else "")


def date(work: Work, separator: str) -> str:
    """The year, month and day that are known, two figures for a month and a day, joined by *separator*."""
    return separator.join(f"{part:02}" for part in work.date_parts)


def accessed(work: Work) -> list[int]:
    """The year, month and day of ``urldate``, as far as they are known."""
    return [int(part) for part in work["urldate"].split("-")] if re.fullmatch(r"\d{4}(-\d\d){0,2}", work["urldate"]) else []


def notes(work: Work, bibliography: Bibliography) -> str:
    """The notes on *work*, of its own entry and of the edition, a blank line between them."""
    texts = (work["titleaddon"], work["note"], *(bibliography.text(work, name) for name in ("completedfrom", "lacuna")))
    return "\n\n".join(text for text in texts if text)
