"""What several formats say alike: the language of the edition, the dates of a work in figures, its notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..language.catalogue import current_language

if TYPE_CHECKING:
    from ..source.model import Bibliography, Work


def edition_language() -> str:
    """The BCP 47 tag of the edition's language."""
    return current_language().replace("_", "-")


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
