"""``{site-file}``: a link to a file at the root of the site, such as ``refs.bib`` or the PDF.

Sphinx's ``{download}`` copies a file to an address that changes with its content; those of an edition are stable. The files
are made by other builders, so that no builder can look for them: what they are called is known from the settings. Where the
PDF is bound in volumes, a link to it is a link to each.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import quote

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole
from sphinx.util.osutil import relative_uri

from ..language.catalogue import _
from ..language.typography import NO_BREAK
from .domain import cite_domain
from .nodes import is_for_screens
from .volumes import file_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)


class site_file(nodes.Inline, nodes.TextElement):
    """A link to *target*, a path from the root of the site, on the page *docname*."""


class SiteFileRole(ReferenceRole):
    """``{site-file}`refs.bib``` or ``{site-file}`the file <refs.bib>```."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """A node that each builder resolves in its own way."""
        node = site_file(self.rawtext, self.title, target=self.target, docname=self.env.docname)
        self.set_source_info(node)
        return [node], []


def resolve_site_files(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """A relative link on the site, an absolute one elsewhere when the site's address is known, else the bare text."""
    for node in list(doctree.findall(site_file)):
        books = _books(app, docname)
        files = _published(app, books)
        if "/" not in node["target"] and node["target"] not in files:
            message = _("{{site-file}}: the site has no file “{file}”; it has {files}", file=node["target"], files=", ".join(files))
            logger.warning("%s", message, location=node, type="annotated_bib")
        node.replace_self(_links(app, node, books.get(node["target"], ())))


def _links(app: Sphinx, node: site_file, volumes: Sequence[str]) -> list[Node]:
    """The text of *node* as a link to its file, or followed by links to several *volumes*: « PDF (vol. 1, vol. 2) »."""
    if not _address(app, node, node["target"]):
        return node.children
    if len(volumes) < 2:
        return [nodes.reference("", "", *node.children, refuri=_address(app, node, node["target"]))]
    links: list[Node] = []
    for number, file in enumerate(volumes, 1):
        name = _("vol. {number}", number=number).replace(" ", NO_BREAK)
        links += nodes.Text(", "), nodes.reference("", name, refuri=_address(app, node, file))
    return [*node.children, nodes.Text(" ("), *links[1:], nodes.Text(")")]


def _books(app: Sphinx, docname: str) -> dict[str, list[str]]:
    """The files of each PDF that the site has, by the name of the first."""
    names = [book["targetname"] for book in getattr(app.config, "typst_documents", ())]
    lookups = cite_domain(app.env).lookups
    return {
        file_name(name, 1): [file_name(name, number) for number in range(1, lookups.volumes(name, docname) + 1)] for name in names
    }


def _published(app: Sphinx, books: Mapping[str, Sequence[str]]) -> list[str]:
    """The files at the root of the site."""
    bibfiles = cite_domain(app.env).bibfiles
    exports = [f"{path.stem}.{suffix}" for path in bibfiles[:1] for suffix in ("ris", "json")]
    volumes = chain.from_iterable(books.values())
    selection = ["selection.html"] if app.config.annotated_bib_selection else []
    return [*(path.name for path in bibfiles), *exports, *volumes, f"{app.config.epub_basename}.epub", *selection]


def _address(app: Sphinx, node: site_file, file: str) -> str:
    target = quote(file)  # the name of a file: no sign of it is the end of a scheme
    if is_for_screens(app.builder):
        return relative_uri(app.builder.get_target_uri(node["docname"]), target)
    base = app.config.html_baseurl
    return f"{base.rstrip('/')}/{target}" if base else ""
