"""What stands between the entries of a BibTeX file, which every program skips without a word.

Before the first entry tools sign their files; after it, only remarks that begin with « % » are surely meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..language.catalogue import _
from .messages import Finding, line_of, shown
from .vocabulary import TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..source.bibfile import SourceEntry

#: Blocks that are no entries; braces in them may nest once.
_BLOCK = re.compile(r"@(?:comment|preamble|string)\s*\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", re.IGNORECASE)
_SPACED = re.compile(r"@[ \t]+(\w+)\s*[{(]\s*([^,\s{}]*)")
_BARE = re.compile(r"(\w+)\s*[{(]\s*([^,\s{}=]+)\s*,")
_ENTRY = re.compile(r"@\s*(?:\w+\s*)?[{(]")
_FIELD = re.compile(r"([\w-]+)\s*=\s*[\w{\"]")


class Strays(NamedTuple):
    """What is wrong between the entries, and the keys of the entries that this leaves unread or cut short."""

    findings: list[Finding]
    lost: set[str]


def between(text: str, entries: Sequence[SourceEntry]) -> Strays:
    """What stands in *text* between its *entries*, which are in their order."""
    strays = Strays([], set())
    position, line, before = 0, 1, None
    for entry in (*entries, None):
        start = text.index(entry.raw, position) if entry else len(text)
        _examine(text[position:start], line, before, strays)
        if entry:
            position, line, before = start + len(entry.raw), entry.line + entry.raw.count("\n"), entry
    return strays


def _examine(gap: str, line: int, before: SourceEntry | None, strays: Strays) -> None:
    """Add to *strays* what stands in *gap*, which starts at *line*, after the entry *before*."""
    gap = _BLOCK.sub(lambda match: "\n" * match[0].count("\n"), gap)
    for match in _SPACED.finditer(gap):
        message = _("“@ {type}” opens an entry that nothing reads; delete the space after @", type=match[1])
        strays.findings.append(Finding(line_of(line, gap, match.start()), "syntax", message))
        strays.lost.add(match[2])
    # Of what follows an entry that could not be read, the entry's own fault speaks.
    following = _ENTRY.search(gap)
    for number, written in enumerate(gap[: following.start() if following else None].split("\n")):
        bare = _BARE.match(written.strip())
        written = written.strip(" \t,")
        if bare and bare[1].lower() in TYPES:
            message = _("“{text}” opens an entry that nothing reads; add @ before {type}", text=shown(written), type=bare[1])
            strays.lost.add(bare[2])
        elif not written or (not before and written != "@") or written.startswith("%") or written.lower().startswith("@comment"):
            continue
        elif before and (field := _FIELD.match(written)):
            message = _(
                "the entry {key} closes here, before its field {field}; take out the brace that is too many",
                key=before.key,
                field=field[1],
            )
            strays.lost.add(before.key)
            number = 0
        elif before and written.startswith(("}", ")")):
            message = _("the entry {key} is closed already; delete this brace, or look for one too many above it", key=before.key)
        else:
            message = _("“{text}” is outside every entry; if it is a remark, begin it with %", text=shown(written))
        strays.findings.append(Finding(line + number, "syntax", message))
        return
