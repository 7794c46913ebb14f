"""Characters that no one meant to write: what a wrong encoding, a PDF or a word processor leaves in a file.

They are looked for in the whole file, in keys and pages as in fields, since none of them belongs anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from .messages import Finding, first_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: What the bytes 0x80 to 0xBF, of which UTF-8 makes the rest of a character, are in Windows' Western encoding.
_REST = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0))
#: The last two places of each of Unicode's seventeen planes, which XML and the fonts of a book refuse.
_LAST = "".join(chr(plane << 16 | place) for plane in range(17) for place in (0xFFFE, 0xFFFF))
_MISREAD = "vient d’un texte lu dans un autre encodage ; retapez le mot"
#: How many lines a message names after the first.
_NAMED = 10
#: What to look for, how to name it where it is not to be shown, and what to do about it.
_SUSPECTS = tuple(
    (re.compile(form), name, mend)
    for form, name, mend in (
        (
            "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]",
            "le caractère {}",
            "est invisible et n’est pas du texte ; supprimez-le",
        ),
        (f"[\ufdd0-\ufdef{_LAST}]", "le caractère {}", "n’est d’aucune écriture ; supprimez-le"),
        ("[\u202a-\u202e\u2066-\u2069]", "le caractère {}", "retourne le texte qui le suit ; supprimez-le"),
        ("[\u200b\ufeff]", "le caractère {}", "est invisible ; supprimez-le"),
        ("\ufffd+", "", "tient la place d’un caractère perdu ; retapez le mot"),
        # « É» » and « Â » are good French: no capital may stand before what looks like them.
        (rf"Ã(?:[{_REST.translate({171: None, 187: None})}]|(?<![^\W\d_a-zà-ÿ]Ã)[«»])", "", _MISREAD),
        (rf"Â(?<![^\W\d_a-zà-ÿ]Â)[\xa0-\xbf]|â[€‚][{_REST}]|Å[“’](?=\w)", "", _MISREAD),
        ("[\ufb00-\ufb06]", "", "vient d’un PDF ; retapez le mot"),
    )
)
_ACCENT = re.compile("[\u0300-\u036f]+")


def faults(text: str) -> Iterator[Finding]:
    """Each suspect character of *text*: the line where it first stands, and those where it does again."""
    for form, name, mend in _SUSPECTS:
        offsets_of: dict[str, list[int]] = {}
        for match in form.finditer(text):
            offsets_of.setdefault(match[0], []).append(match.start())
        for written, offsets in offsets_of.items():
            code = f"U+{ord(written[0]):04X}"
            yield _finding(text, offsets, f"{name.format(code) or f'« {shown(written)} »'} {mend}")
    accents = [match.start() for match in _ACCENT.finditer(text) if _has_own_letter(text[match.start() - 1 : match.end()])]
    if accents:
        mend = "réenregistrez le fichier en forme NFC"
        yield _finding(text, accents, f"une lettre accentuée est écrite en deux signes, la lettre et l’accent ; {mend}")


def _has_own_letter(letter: str) -> bool:
    """Whether Unicode has one sign for *letter* and its accents."""
    return unicodedata.normalize("NFC", letter) != letter


def _finding(text: str, offsets: Sequence[int], message: str) -> Finding:
    lines: dict[int, None] = {}
    line, position = 1, 0
    for offset in offsets:
        line += text.count("\n", position, offset)
        position = offset
        lines[line] = None
    first, *others = lines
    if others:
        message += f" (de même, ligne{'s' * (len(others) > 1)} {first_of([*map(str, others)], _NAMED)})"
    return Finding(first, "characters", message)
