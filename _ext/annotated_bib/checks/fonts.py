"""The characters that no font of the book has: the PDF would refuse them, the site and the EPUB need no font of ours.

Typst itself is asked, which knows its own fonts and those of a folder.
"""

from __future__ import annotations

import json
import re
import unicodedata
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ..language.catalogue import _
from ..references.printed import is_printed
from .messages import Fault, line_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from ..source.bibfile import SourceEntry

#: What the fonts of the book have for sure: Latin with its extensions, Greek, Cyrillic, and the signs of their typography.
_SURE = "\u0000-\u024f\u0370-\u03ff\u0400-\u045f\u1e00-\u1eff\u2010-\u2027\u202f\u2030-\u203a\u20ac\u2116\u2122\ufeff"
_OTHER = re.compile(f"[^{_SURE}]")
#: What PDF/A refuses to print: a character that no font has, or one of Unicode's private area.
REFUSED = re.compile(r'the (?:text|PDF contains the codepoint) `"(.+?)"`')


def faults(
    entries: Iterable[tuple[str, SourceEntry]], pages: Iterable[tuple[str, str]], folders: Sequence[Path]
) -> Iterator[Fault]:
    """Each character of *entries* and *pages*, by their files, that neither Typst's fonts nor those of *folders* have."""
    places: dict[str, tuple[str, int]] = {}
    for file, entry in entries:
        for name, field in entry.fields.items():
            if not field.value.isascii() and is_printed(name):
                for match in _OTHER.finditer(field.value):
                    places.setdefault(match[0], (file, field.line))
    for file, text in pages:
        for match in _OTHER.finditer(text):
            places.setdefault(match[0], (file, line_of(1, text, match.start())))
    for character in missing(places, folders):
        file, line = places[character]
        message = _(
            "no font of the book has {code} ({name}); put the file of one that does into a folder that annotated_bib_fonts names",
            code=f"U+{ord(character):04X}",
            name=unicodedata.name(character, "?"),
        )
        yield Fault(file, line, "font", message)


def missing(characters: Iterable[str], folders: Sequence[Path]) -> list[str]:
    """Those of *characters* that no font has; none where Typst is not installed, and no book is made."""
    wanted = sorted(characters)
    if not wanted or not find_spec("typst"):
        return []
    import typst  # an extra, and slow to load

    found: list[str] = []
    while True:
        left = [character for character in wanted if character not in found]
        # A paragraph each: Typst tells of a text once, however much of it fails.
        source = "#set document(title: [])\n" + "\n\n".join(f"#{json.dumps(character, ensure_ascii=False)}" for character in left)
        try:
            # Its types ask that source and fonts be of one type; it takes a text and folders.
            typst.compile(source.encode(), font_paths=[*folders], ignore_system_fonts=True, pdf_standards="a-3a")  # type: ignore[call-overload]
        except typst.TypstError as error:
            new = {character for text in REFUSED.findall(error.diagnostic) for character in _unescaped(text)} & {*left}
            if not new:
                return found
            found += sorted(new)
        else:
            return found


def _unescaped(text: str) -> str:
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: chr(int(match[1], 16)), text)
