"""A volume of the book, while it is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ..pages.volumes import Chapters


@dataclass
class Volume:
    """The *number*th volume of a book, whose Typst source is *source*."""

    number: int
    source: Path
    chapters: Chapters
    #: The labels of other volumes to which its links lead, and its own to which those of others do, in the order of the links.
    links: dict[str, None] = field(default_factory=dict)
    asked: dict[str, None] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Of its PDF file, without the suffix."""
        return self.source.stem
