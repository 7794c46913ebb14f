"""The Markdown pages among themselves: their titles, the contents that list them, their links, the names of what they ask for."""

from __future__ import annotations

import os
import posixpath
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ..language.catalogue import _
from .mentions import FRONT_MATTER, LINK, TITLE, UNCLOSED
from .messages import Fault, Finding, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from .mentions import Mention

#: The roles and directives of the extension. Others, which Sphinx and its extensions have, are for Sphinx to judge.
ROLES = (
    "cite", "site-file",
    *(f"cite:{name}" for name in "p ps t ts ct cts alp alps author authors authorpar authorpars cauthor cauthors year".split()),
    *(f"cite:{name}" for name in "yearpar label labelpar empty".split()),
)  # fmt: skip
DIRECTIVES = "notices themes timeline catalogue work-index apparatus whats-new rules edition-citation edition-contact".split()
#: How like another a name must be to be meant for it: « note » is not « notices ».
_LIKE = 0.8
_SUFFIXES = (".md", ".rst", ".txt")


def untitled(mentions: Sequence[Mention]) -> Iterator[Finding]:
    """A page without a title: Sphinx would take that of the first work, and what stands below would rise."""
    if not any(mention.name == TITLE for mention in mentions):
        yield Finding(1, "page-title", _("the page has no title; begin it with the sign #, a space and the title"))


def faults(pages: Mapping[str, Sequence[Mention]], root: Path) -> Iterator[Fault]:
    """What is wrong between the *pages*, whose names are paths from *root*."""
    for file, mentions in pages.items():
        for mention in mentions:
            if mention.name == LINK:
                yield from _link_faults(file, mention, pages, root)
            elif message := _unknown(mention):
                yield Fault(file, mention.line, "unknown-name", message)
    yield from _contents_faults(pages, root)


def _unknown(mention: Mention) -> str:
    """What is wrong with the name of a role or a directive."""
    name = mention.name
    if name == UNCLOSED:
        return _("“{text}” opens no block, for want of a closing brace; add it after the name", text=shown(mention.text))
    known = DIRECTIVES if mention.is_directive else ROLES
    if name in known:
        return ""
    near = get_close_matches(name, known, n=1, cutoff=_LIKE)
    if not (near or name.startswith("cite:")):
        return ""
    return _("{{{name}}} does not exist; write {{{near}}}", name=shown(name), near=near[0] if near else "cite:t")


def _link_faults(file: str, mention: Mention, pages: Mapping[str, object], root: Path) -> Iterator[Fault]:
    target = unquote(mention.text.partition("#")[0])
    if target.endswith(".md") and ":" not in target and not _is_there(_resolved(file, target), pages, root):
        message = _("the page “{page}” does not exist; correct the address of the link", page=shown(target))
        yield Fault(file, mention.line, "broken-link", message)


def _contents_faults(pages: Mapping[str, Sequence[Mention]], root: Path) -> Iterator[Fault]:
    """The pages that the contents name and that do not exist, and those that none names; a pattern is for Sphinx to judge."""
    contents = [(file, mention) for file, mentions in pages.items() for mention in mentions if mention.name == "toctree"]
    if any(":glob:" in mention.text for _, mention in contents):
        return
    included = (
        _resolved(file, mention.text) for file, mentions in pages.items() for mention in mentions if mention.name == "include"
    )
    named = {_stem(path) for path in included}
    for file, mention in contents:
        for number, written in enumerate(mention.text.splitlines(), 1):
            page = _page(written)
            if page:
                path = _resolved(file, page)
                named.add(_stem(path))
                if not _is_there(path, pages, root):
                    message = _(
                        "the contents name “{page}”, which does not exist; correct this name or take it out", page=shown(page)
                    )
                    yield Fault(file, mention.line + number, "contents", message)
    for file, mentions in pages.items():
        is_orphan = any(mention.name == FRONT_MATTER and "orphan" in mention.text for mention in mentions)
        has_contents = any(mention.name == "toctree" for mention in mentions)
        if contents and file.endswith(_SUFFIXES) and _stem(file) not in named and not is_orphan and not has_contents:
            message = _("this page is in no contents; add it to those of {page}", page=contents[0][0])
            yield Fault(file, 1, "contents", message)


def _stem(path: str) -> str:
    """*path* without the suffix of a page."""
    return next((path.removesuffix(suffix) for suffix in _SUFFIXES if path.endswith(suffix)), path)


def _page(written: str) -> str:
    """The page that a line of a ``toctree`` names, « page » or « Title <page> »; empty for an option or an address."""
    written = written.strip()
    named = re.fullmatch(r".*<(.+)>", written)
    page = named[1] if named else written
    return "" if page.startswith(":") or page == "self" or "://" in page else page


def _resolved(file: str, target: str) -> str:
    """The path from the root that *target* is in *file*."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(file), target)).lstrip("/")


def _is_there(path: str, pages: Mapping[str, object], root: Path) -> bool:
    stem = _stem(path)
    return any(stem + suffix in pages or os.path.isfile(os.path.join(root, stem + suffix)) for suffix in _SUFFIXES)
