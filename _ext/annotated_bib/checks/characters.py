"""Characters that no one meant to write: what a wrong encoding, a PDF or a word processor leaves in a file.

They are looked for in the whole file, in keys and pages as in fields, since none of them belongs anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from ..language.catalogue import N_, _, ngettext
from .messages import Finding, first_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: What the bytes 0x80 to 0xBF, of which UTF-8 makes the rest of a character, are in Windows' Western encoding.
_REST = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0))
#: The last two places of each of Unicode's seventeen planes, which XML and the fonts of a book refuse.
_LAST = "".join(chr(plane << 16 | place) for plane in range(17) for place in (0xFFFE, 0xFFFF))
_MISREAD = N_("“{written}” comes from a text read in another encoding; retype the word")
#: How many lines a message names after the first.
_NAMED = 10
#: The rule of what spoils an edition, and that of what its author did not mean.
_SPOILS, _STRAYS = "characters", "letters"
#: What to look for, what to say of it, and by which rule.
_SUSPECTS = tuple(
    (re.compile(form), message, rule)
    for form, message, rule in (
        (
            "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]",
            N_("the character {code} is invisible and is no text; delete it"),
            _SPOILS,
        ),
        # One range first, which nearly all text is below: a set that reaches beyond it is searched ten times as slowly.
        (f"[\ufdd0-\U0010ffff](?<=[\ufdd0-\ufdef{_LAST}])", N_("the character {code} belongs to no script; delete it"), _SPOILS),
        ("[\u202a-\u202e\u2066-\u2069]", N_("the character {code} turns round the text that follows it; delete it"), _SPOILS),
        ("[\u200b\ufeff]", N_("the character {code} is invisible; delete it"), _STRAYS),
        ("\ufffd+", N_("“{written}” stands for a character that is lost; retype the word"), _STRAYS),
        # « É» » and « Â » are good French: no capital may stand before what looks like them.
        (rf"Ã(?:[{_REST.translate({171: None, 187: None})}]|(?<![^\W\d_a-zà-ÿ]Ã)[«»])", _MISREAD, _STRAYS),
        (rf"Â(?<![^\W\d_a-zà-ÿ]Â)[\xa0-\xbf]|â[€‚][{_REST}]|Å[“’](?=\w)", _MISREAD, _STRAYS),
        ("[\ufb00-\ufb06]", N_("“{written}” comes from a PDF; retype the word"), _STRAYS),
    )
)
_ACCENT = re.compile("[\u0300-\u036f]+")


def faults(text: str) -> Iterator[Finding]:
    """Each suspect character of *text*: the line where it first stands, and those where it does again."""
    for form, message, rule in _SUSPECTS:
        offsets_of: dict[str, list[int]] = {}
        for match in form.finditer(text):
            offsets_of.setdefault(match[0], []).append(match.start())
        for written, offsets in offsets_of.items():
            code = f"U+{ord(written[0]):04X}"
            yield _finding(text, offsets, _(message, code=code, written=shown(written)), rule)
    accents = [match.start() for match in _ACCENT.finditer(text) if _has_own_letter(text[match.start() - 1 : match.end()])]
    if accents:
        message = _("an accented letter is written as two signs, the letter and the accent; save the file again in the form NFC")
        yield _finding(text, accents, message, _STRAYS)


def _has_own_letter(letter: str) -> bool:
    """Whether Unicode has one sign for *letter* and its accents."""
    return unicodedata.normalize("NFC", letter) != letter


def _finding(text: str, offsets: Sequence[int], message: str, rule: str) -> Finding:
    lines: dict[int, None] = {}
    line, position = 1, 0
    for offset in offsets:
        line += text.count("\n", position, offset)
        position = offset
        lines[line] = None
    first, *others = lines
    if others:
        message = ngettext(
            "{message} (likewise on line {lines})",
            "{message} (likewise on lines {lines})",
            len(others),
            message=message,
            lines=first_of([*map(str, others)], _NAMED),
        )
    return Finding(first, rule, message)
