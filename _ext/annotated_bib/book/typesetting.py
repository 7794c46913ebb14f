"""The volumes of a book become PDF files, and what the compiler says of them is said of their pages and works.

A volume prints numbers of pages of the others. So each that others ask for is laid out a first time, with the numbers that are
known by then in their places and likely ones in the others; then it is printed, and printed again if the places that it tells
of have moved meanwhile, as Typst does inside of a volume. Those that no other asks for come last: an index of all, say.
"""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from sphinx.util import logging

from ..checks.fonts import REFUSED
from ..configuration import fonts
from ..language.catalogue import _
from ..pages.colophon import edition_date
from ..pages.domain import cite_domain
from .compiler import Result, Task, run, run_apart
from .translator import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from .builder import PdfBuilder
    from .volumes import Volume

logger = logging.getLogger(__name__)
#: How often the volumes are printed while places move: as often as Typst lays out one.
_ROUNDS = 5


class Origin(NamedTuple):
    """Where a line of the Typst source comes from: a page, and the key of a work when the line is in its notice."""

    docname: str
    key: str


class Typesetting:
    """The *volumes* of a book of the *builder*."""

    def __init__(self, builder: PdfBuilder, volumes: Sequence[Volume]) -> None:
        self._builder = builder
        self._volumes = volumes
        self._run = run_apart if len(volumes) > 1 else run
        self._unprintable: list[str] = []
        #: The pages of the labels that volumes ask of each other; none where a label is nowhere.
        self._places: dict[str, int | None] = {}

    def books(self) -> Iterator[tuple[Volume, bytes]]:
        """Each volume with its PDF, again where that has changed since; an error ends them."""
        asked = [volume for volume in self._volumes if volume.asked]
        for volume in asked:
            if not self._typeset(volume, is_printed=False):
                return
        warnings: dict[str, None] = {}
        printed: dict[str, dict[str, int | None]] = {}
        for volume in (*asked * _ROUNDS, *(volume for volume in self._volumes if not volume.asked)):
            if printed.get(volume.name) != (known := self._known(volume)):
                result = self._typeset(volume, is_printed=True)
                if not (result and result.book):
                    return
                printed[volume.name] = known
                warnings |= dict.fromkeys(result.warnings)
                yield volume, result.book
        for volume in self._volumes:
            if printed[volume.name] != self._known(volume):
                message = _("{name}: pages of other volumes still move; those that it prints may be wrong", name=volume.name)
                warnings[message] = None
        for warning in warnings:
            logger.warning("%s", warning, type="annotated_bib", subtype="pdf")

    def _known(self, volume: Volume) -> dict[str, int | None]:
        """The places in other volumes that *volume* tells of, as far as they are known."""
        return {label: self._places[label] for label in volume.links if label in self._places}

    def _typeset(self, volume: Volume, *, is_printed: bool) -> Result | None:
        """Typeset *volume* and note where its labels are; characters that cannot be printed are reported and replaced."""
        config = self._builder.config
        while True:
            inputs = {"unprintable": "|".join(map(_pattern, self._unprintable))}
            if len(self._volumes) > 1:
                inputs |= {"places": json.dumps(self._known(volume)), "asked": json.dumps([*volume.asked])}
            folders = [str(folder) for folder in fonts(config, Path(self._builder.srcdir))]
            result = self._run(Task(str(volume.source), folders, _timestamp(edition_date(config)), inputs, is_printed))
            if result is None:
                self._builder.fail(_("{name}: stopped by the system; is there enough memory?", name=volume.name), None)
                return None
            if not result.error:
                self._places |= zip(volume.asked, result.places, strict=True)
                return result
            new = sorted(set(map(_unquoted, REFUSED.findall(result.error))) - {*self._unprintable})
            if not new:
                self._report_error(result.error, volume.source)
                return None
            for text in new:
                self._report_unprintable(text)
            self._unprintable += new

    def _report_unprintable(self, text: str) -> None:
        """Name the works that hold *text*, or else the pages."""
        names = [work.key for work in cite_domain(self._builder.env).lookups.bibliography.works if text in work.raw]
        if not names:
            lines = [line for volume in self._volumes for line in volume.source.read_text("utf-8").splitlines()]
            origins = zip(lines, _origins(lines), strict=True)
            names = list(dict.fromkeys(origin.docname for line, origin in origins if origin and text in line))
        codes = " ".join(f"U+{ord(character):04X}" for character in text)
        for name in names or ["conf.py"]:
            message = _(
                "{place}: no font of the book has the character “{text}” ({codes}); “□” is printed in its place",
                place=name,
                text=text,
                codes=codes,
            )
            logger.warning("%s", message, type="annotated_bib", subtype="unprintable")

    def _report_error(self, diagnostic: str, source: Path) -> None:
        """Print what the compiler says of *source*, after the page and the work that it comes from."""
        place = re.search(rf"┌─ \S*?{re.escape(source.name)}:(\d+):", diagnostic)
        origin = _origins(source.read_text("utf-8").splitlines())[int(place[1]) - 1] if place else None
        said = diagnostic.strip()
        if origin and origin.key:
            message = _("entry {key}: the book cannot be typeset; the compiler says:\n{said}", key=origin.key, said=said)
        else:
            message = _("the book cannot be typeset; the compiler says:\n{said}", said=said)
        self._builder.fail(message, location=origin and origin.docname)


def _origins(lines: list[str]) -> list[Origin | None]:
    """Where each of the *lines* of a Typst source comes from, after the comments that the translator leaves."""
    origins: list[Origin | None] = []
    origin = None
    for line in lines:
        for match in ORIGIN.finditer(line):
            origin = Origin(unquote(match[1]), match[2])
        origins.append(origin)
    return origins


def _timestamp(day: date) -> int:
    """SOURCE_DATE_EPOCH, or else the beginning of *day*."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return int(epoch) if epoch else int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _pattern(text: str) -> str:
    """A regular expression of the compiler's for *text*."""
    return "".join(f"\\x{{{ord(character):X}}}" for character in text)


def _unquoted(text: str) -> str:
    r"""*text* as it was before the compiler quoted it: ``\u{e000}`` is one character."""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: chr(int(match[1], 16)), text)
