"""The rules that the bibliography and its pages must keep, as pure generators of faults.

Nothing here knows of Sphinx: ``make check`` and the build run the same functions. Messages, for those who keep the edition, are in
its language; each names the mend. A rule refuses what would spoil the edition, or what BibTeX, biblatex and reference
managers would read wrongly; where a legitimate entry may look like a faulty one, it passes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from ..language.catalogue import _
from ..source import bibfile, model
from ..source.datamodel import NO_WORKS
from . import characters, contents, links, mentions, names, prose, shape, strays, twins, values
from . import fonts as glyphs
from .mentions import Mention, NestingError, markdown_mentions, markdown_parser, rst_mentions
from .messages import Fault, Finding, Nearest, about, shown, visible
from .rules import ADVICE, FAULT, RULES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from markdown_it import MarkdownIt

    from ..source.bibfile import Source, SourceEntry
    from ..source.model import Bibliography

__all__ = ["FILE_RULES", "RULES", "Fault", "Report", "check", "markdown_parser", "unread"]

#: Faults of a whole file, and those of which a file that could not be read may be the reason.
FILE_RULES = ("missing-file", "encoding", "no-entry")
_UNSURE = ("unknown-key", "work-without-page", "page-without-work", "broken-link", "contents")


@dataclass
class Report:
    """What the rules *found*, in the order of files and lines, and the BibTeX files as they were read, by their paths.

    The works of *bibfiles* have notices.
    """

    found: list[Fault]
    sources: dict[Path, Source]
    bibfiles: Sequence[Path] = ()

    @cached_property
    def bibliography(self) -> Bibliography:
        """The works, made of their entries once for all who ask."""
        return model.bibliography(self.sources[path] for path in self.bibfiles if path in self.sources)

    @property
    def faults(self) -> list[Fault]:
        """What stops a build."""
        return [fault for fault in self.found if RULES[fault.rule].level == FAULT]

    @property
    def advice(self) -> list[Fault]:
        """What stops nothing."""
        return [fault for fault in self.found if RULES[fault.rule].level == ADVICE]


def check(
    bibfiles: Sequence[Path],
    pages: Iterable[Path],
    root: Path,
    others: Sequence[Path] = (),
    parser: MarkdownIt | None = None,
    silent: Collection[str] = (),
    fonts: Sequence[Path] | None = None,
) -> Report:
    """Check *bibfiles* and *pages*, which faults name from *root*.

    The BibTeX files *others* hold works that can be cited and have no notices: they are read only. *parser* reads Markdown
    as the project does; the rules *silent* say nothing. *fonts* are the folders of more fonts for a book, None where none is made.
    """
    parser = parser or markdown_parser()
    sources: dict[Path, Source] = {}
    faults: list[Fault] = []
    entries: list[tuple[str, SourceEntry]] = []
    citable: set[str] = set()
    lost: set[str] = set()
    data: set[str] = set()
    by_page: dict[str, Sequence[Mention]] = {}
    order: dict[str, int] = {}
    texts: list[tuple[str, str]] = []
    strings: Mapping[str, str] = {}
    for path in (*bibfiles, *others, *pages):
        file = visible(path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path))
        order[file] = len(order)
        part = _attempt(path, path in bibfiles or path in others, parser, strings)
        if part.source:
            sources[path] = part.source
            strings = part.source.strings
        if path in others:
            faults += (Fault(file, *finding) for finding in part.findings if finding.rule in FILE_RULES)
            citable.update(entry.key for entry in part.entries)
            continue
        faults += (Fault(file, *finding) for finding in part.findings)
        entries += ((file, entry) for entry in part.entries if entry.type not in NO_WORKS)
        data.update(entry.key for entry in part.entries if entry.type in NO_WORKS)
        lost |= part.lost
        by_page[file] = part.mentions
        texts += [(file, part.text)]
    faults += _rule_faults(entries, by_page, lost, citable, data)
    faults += contents.faults(by_page, root)
    if fonts is not None:
        faults += glyphs.faults(entries, texts, fonts)
    if any(fault.rule in FILE_RULES for fault in faults):
        faults = [fault for fault in faults if fault.rule not in _UNSURE]
    faults = [fault._replace(message=visible(fault.message)) for fault in faults if fault.rule not in silent]
    return Report(sorted(faults, key=lambda fault: (order[fault.file], fault.line)), sources, bibfiles)


def _rule_faults(
    entries: Sequence[tuple[str, SourceEntry]],
    by_page: Mapping[str, Sequence[Mention]],
    lost: AbstractSet[str],
    citable: AbstractSet[str],
    data: AbstractSet[str],
) -> Iterator[Fault]:
    keys = {entry.key for _, entry in entries} | lost
    works, cited = Nearest(keys | data), Nearest(keys | citable)
    for file, entry in entries:
        alone = (rule(entry) for rule in (shape.faults, values.faults, names.faults))
        every = chain(*alone, prose.faults(entry, cited), links.faults(entry, works))
        yield from (Fault(file, line, rule, about(shown(entry.key) or "?", message)) for line, rule, message in every)
    for rule in (
        links.collisions,
        links.one_way,
        links.unexplained,
        links.circles,
        names.between,
        values.keywords,
        twins.faults,
        shape.without_commentary,
    ):
        yield from rule(entries)
    yield from mentions.faults(entries, by_page, cited, is_whole=not lost)


class _Part(NamedTuple):
    """What is read of one file, and what is wrong with it already."""

    findings: Sequence[Finding] = ()
    entries: Sequence[SourceEntry] = ()
    lost: AbstractSet[str] = frozenset()
    mentions: Sequence[Mention] = ()
    source: Source | None = None
    text: str = ""


def _attempt(path: Path, is_bibliography: bool, parser: MarkdownIt, strings: Mapping[str, str]) -> _Part:
    try:
        if path.is_fifo() or path.is_char_device():
            endless = _("this is no file: there would be no end to reading it; check its name")
            return _Part([Finding(1, "missing-file", endless)])
        if is_bibliography:
            return _read_bibliography(path, strings)
        return _read_page(path, parser)
    except (OSError, UnicodeDecodeError) as error:
        return _Part([unread(error)])


def unread(error: OSError | UnicodeDecodeError) -> Finding:
    """What is said of a file that the *error* kept from being read."""
    if isinstance(error, UnicodeDecodeError):
        line = error.object.count(b"\n", 0, error.start) + 1
        return Finding(line, "encoding", _("this file is not in UTF-8; save it again in UTF-8"))
    if isinstance(error, FileNotFoundError):
        return Finding(1, "missing-file", _("file not found; check its name"))
    if isinstance(error, IsADirectoryError):
        return Finding(1, "missing-file", _("this is a folder and not a file; check its name"))
    return Finding(1, "missing-file", _("this file cannot be read; check that you are allowed to open it"))


def _read_bibliography(path: Path, strings: Mapping[str, str]) -> _Part:
    text = path.read_text(encoding="utf-8-sig")
    source = bibfile.split(text, strings)
    stray = strays.between(bibfile.without_remarks(text), source.entries)
    findings = [*(Finding(*fault) for fault in source.faults), *stray.findings, *characters.faults(text)]
    if not source.entries and not findings and "@string" not in text.lower():
        findings = [Finding(1, "no-entry", _("this file has no entry; add one, or take the file out of bibtex_bibfiles"))]
    entries = [prose.sound(entry, findings) for entry in source.entries if entry.key not in stray.lost]
    return _Part(findings, entries, stray.lost.union(source.lost), source=source)


def _read_page(path: Path, parser: MarkdownIt) -> _Part:
    text = path.read_text(encoding="utf-8-sig")
    findings = list(characters.faults(text))
    try:
        written = list(rst_mentions(text) if path.suffix == ".rst" else markdown_mentions(text, parser))
    except NestingError as error:
        return _Part([*findings, Finding(error.line, "syntax", str(error))])
    return _Part([*findings, *contents.untitled(written)], mentions=written, text=text)
