"""The words that the book's Typst template prints, for its function ``tr`` of ``words.typ``."""

from __future__ import annotations

from string import Formatter

from ..language.catalogue import N_, _
from ..language.typography import set_text

#: The ids that the files of the template name.
WORDS = (
    # The cover, the imprint and the colophon
    N_("Edition"),
    N_("Edition {release}"),
    N_("Original source: {source}."),
    N_("{edition}, {date}. {author}."),
    N_("{edition}, {date}."),
    N_("{publisher}, {contact}"),
    N_("Publisher of this edition: {publisher}."),
    N_("Publisher: {publisher}."),
    N_("Licence: {licence}."),
    N_("To cite this edition: {title}. {edition}, {year}."),
    N_("To cite this edition: {title}. {edition}. {publisher}, {year}."),
    N_("In this book, the page number that follows the name of a work is that of its entry."),
    N_("The bibliography itself, {name}, is attached to this PDF file."),
    N_("The bibliography that this book is made from"),
    N_("This book was set in Libertinus Serif by Typst,\nfrom the same pages as the site."),
    # The volumes
    N_("Volume {number}"),
    N_("Volume {number} of {count}"),
    N_("{title}, volume {number}"),
    N_("The volumes"),
    N_("A page of another volume comes after the number of that volume."),
    # The chapters
    N_("Contents"),
    N_("Introduction"),
    # The pages of links
    N_("p. {number}"),
    N_("vol. {number}"),
    N_("{text}, {page}"),
    N_("{text} ({page})"),
    N_("{text} [entry, {page}]"),
)


def words() -> dict[str, str]:
    """The words of each id in the edition's language, the names of the values still between braces."""
    return {message: set_text(_(message, **{name: f"{{{name}}}" for name in _names(message)})) for message in WORDS}


def _names(message: str) -> list[str]:
    return [name for _text, name, _format, _conversion in Formatter().parse(message) if name]
