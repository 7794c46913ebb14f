"""What an EPUB says of its accessibility: the properties that EPUB Accessibility 1.1 asks for, as far as its pages prove them.

The terms are those of https://www.w3.org/2021/a11y-discov-vocab/latest/. That the book conforms to a standard is not said here:
it takes someone who has examined it.
"""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from ..language.catalogue import _
from ..language.typography import set_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: What Sphinx gives to every book: landmarks, text that flows, files in order, headings, contents, no lock.
_FEATURES = ("ARIA", "displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents", "unlocked")
#: What may sound, move or flash: only its author knows.
_LIVE = {"audio", "canvas", "embed", "iframe", "object", "script", "video"}
#: The classes of an index: the extension's and Sphinx's.
_INDEXES = {"work-index", "genindextable"}


def metadata(pages: Iterable[str]) -> str:
    """The elements ``meta`` of a book of these *pages*, in XHTML."""
    seen = _Seen()
    for page in pages:
        seen.feed(page)
        seen.reset()
    return "".join(f'    <meta property="schema:{name}">{escape(value)}</meta>\n' for name, value in _properties(seen))


class _Seen(HTMLParser):
    """What pages hold besides text."""

    def __init__(self) -> None:
        super().__init__()
        self.pictures = self.undescribed = self.live = self.sound = self.index = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a picture, an index, or what is live."""
        given = {name: value or "" for name, value in attrs}
        self.index |= not _INDEXES.isdisjoint(given.get("class", "").split())
        self.live |= tag in _LIVE or given.get("src", "").lower().endswith(".gif")
        self.sound |= tag in {"audio", "video"}
        if tag in {"img", "svg"}:
            self.pictures = True
            text = given.get("alt") or given.get("aria-label")
            self.undescribed |= not text or text == given.get("src")  # which docutils puts where the source has no text


def _properties(seen: _Seen) -> Iterator[tuple[str, str]]:
    modes = ["textual", *["visual"] * (seen.pictures or seen.live), *["auditory"] * seen.sound]
    for mode in modes:
        yield "accessMode", mode
    yield "accessModeSufficient", ",".join(modes) if seen.undescribed or seen.live else "textual"
    for feature in _FEATURES:
        yield "accessibilityFeature", feature
    if seen.pictures and not seen.undescribed:
        yield "accessibilityFeature", "alternativeText"
    if seen.index:
        yield "accessibilityFeature", "index"
    yield "accessibilityHazard", "unknown" if seen.live else "none"
    yield "accessibilitySummary", set_text(" ".join(_summary(seen)))


def _summary(seen: _Seen) -> Iterator[str]:
    yield _(
        "The text takes the font, size and colours that its reader chooses; headings and a table of contents lead to its parts."
    )
    if seen.undescribed:
        yield _("Some pictures have no text that says what they show.")
    elif seen.pictures:
        yield _("Each picture has a text that says what it shows.")
    yield _("No conformance with an accessibility standard is claimed.")
