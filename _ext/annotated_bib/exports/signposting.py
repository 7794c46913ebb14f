"""Typed links between a page and what describes it, which programs that harvest a site follow (https://signposting.org)."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_TYPES = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
}


class Signposts(NamedTuple):
    """Where a page leads programs; each address may be relative, but that to cite.

    *cite_as* is the lasting address of what the page shows, *described_by* are the files that describe it, their suffix that of
    the format; *collection* is the page of the whole that it belongs to, *items* are those of its parts.
    """

    cite_as: str = ""
    described_by: Iterable[str] = ()
    license: str = ""
    collection: str = ""
    items: Iterable[str] = ()


def links(signposts: Signposts) -> str:
    """The link elements of a page."""
    typed = [
        ("cite-as", signposts.cite_as, ""),
        *(("describedby", file, _TYPES[file.rpartition(".")[2]]) for file in signposts.described_by),
        ("license", signposts.license, ""),
        ("collection", signposts.collection, "text/html"),
        *(("item", item, "text/html") for item in signposts.items),
    ]
    return "\n".join(_link(relation, target, media_type) for relation, target, media_type in typed if target)


def _link(relation: str, target: str, media_type: str) -> str:
    kind = f' type="{media_type}"' if media_type else ""
    return f'<link rel="{relation}" href="{escape(target)}"{kind}>'
