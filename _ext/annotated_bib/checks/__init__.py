"""The rules that the bibliography and its pages must keep, as pure generators of faults.

Nothing here knows of Sphinx: ``make check`` and the build run the same functions. Messages, for those who keep the edition, are in
its language; each names the mend. A rule refuses what would spoil the edition, or what BibTeX, biblatex and reference
managers would read wrongly; where a legitimate entry may look like a faulty one, it passes.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from ..language.catalogue import _
from ..source import bibfile
from . import characters, contents, links, mentions, names, prose, shape, strays, twins, values
from .mentions import Mention, NestingError, markdown_mentions, markdown_parser, rst_mentions
from .messages import Fault, Finding, Nearest, about, shown, visible
from .rules import RULES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from markdown_it import MarkdownIt

    from ..source.bibfile import Source, SourceEntry

__all__ = ["FILE_RULES", "RULES", "Fault", "Report", "check", "markdown_parser"]

#: Faults of a whole file, and those of which a file that could not be read may be the reason.
FILE_RULES = ("missing-file", "encoding")
_UNSURE = ("unknown-key", "work-without-page", "page-without-work", "broken-link", "contents")


class Report(NamedTuple):
    """The *faults*, in the order of files and lines, and the BibTeX files as they were read, by their paths."""

    faults: list[Fault]
    sources: dict[Path, Source]


def check(
    bibfiles: Sequence[Path],
    pages: Iterable[Path],
    root: Path,
    others: Sequence[Path] = (),
    parser: MarkdownIt | None = None,
    silent: Collection[str] = (),
) -> Report:
    """Check *bibfiles* and *pages*, which faults name from *root*.

    The BibTeX files *others* hold works that can be cited and have no notices: they are read only. *parser* reads Markdown
    as the project does; the rules *silent* say nothing.
    """
    parser = parser or markdown_parser()
    sources: dict[Path, Source] = {}
    faults: list[Fault] = []
    entries: list[tuple[str, SourceEntry]] = []
    citable: set[str] = set()
    lost: set[str] = set()
    by_page: dict[str, Sequence[Mention]] = {}
    order: dict[str, int] = {}
    for path in (*bibfiles, *others, *pages):
        file = visible(path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path))
        order[file] = len(order)
        part = _attempt(path, path in bibfiles or path in others, parser)
        if part.source:
            sources[path] = part.source
        if path in others:
            faults += (Fault(file, *finding) for finding in part.findings if finding.rule in FILE_RULES)
            citable.update(entry.key for entry in part.entries)
            continue
        faults += (Fault(file, *finding) for finding in part.findings)
        entries += ((file, entry) for entry in part.entries)
        lost |= part.lost
        by_page[file] = part.mentions
    faults += _rule_faults(entries, by_page, lost, citable)
    faults += contents.faults(by_page, root)
    if any(fault.rule in FILE_RULES for fault in faults):
        faults = [fault for fault in faults if fault.rule not in _UNSURE]
    faults = [fault._replace(message=visible(fault.message)) for fault in faults if fault.rule not in silent]
    return Report(sorted(faults, key=lambda fault: (order[fault.file], fault.line)), sources)


def _rule_faults(
    entries: Sequence[tuple[str, SourceEntry]],
    by_page: Mapping[str, Sequence[Mention]],
    lost: AbstractSet[str],
    citable: AbstractSet[str],
) -> Iterator[Fault]:
    keys = {entry.key for _, entry in entries} | lost
    works, cited = Nearest(keys), Nearest(keys | citable)
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


def _attempt(path: Path, is_bibliography: bool, parser: MarkdownIt) -> _Part:
    try:
        if path.is_fifo() or path.is_char_device():
            endless = _("this is no file: there would be no end to reading it; check its name")
            return _Part([Finding(1, "missing-file", endless)])
        if is_bibliography:
            return _read_bibliography(path)
        return _read_page(path, parser)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        finding = Finding(line, "encoding", _("this file is not in UTF-8; save it again in UTF-8"))
    except FileNotFoundError:
        finding = Finding(1, "missing-file", _("file not found; check its name"))
    except IsADirectoryError:
        finding = Finding(1, "missing-file", _("this is a folder and not a file; check its name"))
    except OSError:
        finding = Finding(1, "missing-file", _("this file cannot be read; check that you are allowed to open it"))
    return _Part([finding])


def _read_bibliography(path: Path) -> _Part:
    text = path.read_text(encoding="utf-8-sig")
    source = bibfile.split(text)
    stray = strays.between(text, source.entries)
    findings = [*(Finding(*fault) for fault in source.faults), *stray.findings, *characters.faults(text)]
    entries = [prose.sound(entry, findings) for entry in source.entries if entry.key not in stray.lost]
    return _Part(findings, entries, stray.lost.union(source.lost), source=source)


def _read_page(path: Path, parser: MarkdownIt) -> _Part:
    text = path.read_text(encoding="utf-8-sig")
    findings = list(characters.faults(text))
    try:
        written = list(rst_mentions(text) if path.suffix == ".rst" else markdown_mentions(text, parser))
    except NestingError as error:
        return _Part([*findings, Finding(error.line, "syntax", str(error))])
    return _Part([*findings, *contents.untitled(written)], mentions=written)
