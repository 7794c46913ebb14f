"""``{site-file}``: a link to a file at the root of the site, such as ``refs.bib`` or the PDF.

Sphinx's ``{download}`` copies a file to an address that changes with its content; those of an edition are stable. The files
are made by other builders, so that no builder can look for them: what they are called is known from the settings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole
from sphinx.util.osutil import relative_uri

from ..language.catalogue import _
from .domain import cite_domain
from .nodes import is_for_screens

if TYPE_CHECKING:
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
        if "/" not in node["target"] and node["target"] not in _published(app):
            files = ", ".join(_published(app))
            message = _("{{site-file}}: the site has no file “{file}”; it has {files}", file=node["target"], files=files)
            logger.warning("%s", message, location=node, type="annotated_bib")
        address = _address(app, node)
        node.replace_self(nodes.reference("", "", *node.children, refuri=address) if address else node.children)


def _published(app: Sphinx) -> list[str]:
    """The files at the root of the site."""
    bibfiles = cite_domain(app.env).bibfiles
    exports = [f"{path.stem}.{suffix}" for path in bibfiles[:1] for suffix in ("ris", "json")]
    books = [f"{document['targetname']}.pdf" for document in getattr(app.config, "typst_documents", ())]
    selection = ["selection.html"] if app.config.annotated_bib_selection else []
    return [*(path.name for path in bibfiles), *exports, *books, f"{app.config.epub_basename}.epub", *selection]


def _address(app: Sphinx, node: site_file) -> str:
    target = quote(node["target"])  # the name of a file: no sign of it is the end of a scheme
    if is_for_screens(app.builder):
        return relative_uri(app.builder.get_target_uri(node["docname"]), target)
    base = app.config.html_baseurl
    return f"{base.rstrip('/')}/{target}" if base else ""
