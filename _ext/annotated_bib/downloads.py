"""``{site-file}``: a link to a file at the root of the site, such as ``refs.bib`` or the PDF.

Sphinx's ``{download}`` copies a file to an address that changes with its content; those of an edition are stable. The files
are made by other builders, so that no builder can look for them: the role only knows where the site will have them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from docutils import nodes
from sphinx.util.docutils import ReferenceRole
from sphinx.util.osutil import relative_uri

if TYPE_CHECKING:
    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx


class site_file(nodes.Inline, nodes.TextElement):
    """A link to *target*, a path from the root of the site, on the page *docname*."""


class SiteFileRole(ReferenceRole):
    """``{site-file}`refs.bib``` or ``{site-file}`the file <refs.bib>```."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """A node that each builder resolves in its own way."""
        return [site_file(self.rawtext, self.title, target=self.target, docname=self.env.docname)], []


def resolve_site_files(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """A relative link on the site, an absolute one elsewhere when the site's address is known, else the bare text."""
    for node in list(doctree.findall(site_file)):
        text = nodes.Text(node.astext())
        address = _address(app, node)
        node.replace_self(nodes.reference("", "", text, refuri=address) if address else text)


def _address(app: Sphinx, node: site_file) -> str:
    target = quote(node["target"])  # the name of a file: no sign of it is the end of a scheme
    if app.builder.format == "html" and app.builder.name != "epub":
        return relative_uri(app.builder.get_target_uri(node["docname"]), target)
    base = app.config.html_baseurl
    return f"{base.rstrip('/')}/{target}" if base else ""
