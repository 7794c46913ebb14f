"""``{edition-citation}`` and ``{edition-contact}``: how the edition is cited, and who answers for it.

Both are said in ``conf.py`` and printed where a page asks, so that no page says it otherwise; while nobody answers, none
pretends that somebody does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from .typography import french

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

logger = logging.getLogger(__name__)


class EditionCitationDirective(SphinxDirective):
    """The reference of the edition itself, after ISO 690."""

    def run(self) -> list[nodes.Node]:
        """A block quotation."""
        config = self.config
        parts = [f"Édition {config.release}"] if config.release else []
        parts.append(", ".join(part for part in (config.annotated_bib_publisher, str(config.typst_date.year)) if part))
        line = nodes.paragraph("", "", nodes.emphasis("", french(config.project)), nodes.Text(". "))
        line += nodes.Text(french(". ".join(parts)) + ".")
        if config.html_baseurl:
            line += [nodes.Text(french(" Disponible à l’adresse : ")), _link(config.html_baseurl)]
        return [nodes.block_quote("", line, classes=["edition-citation"])]


class EditionContactDirective(SphinxDirective):
    """Who answers for the edition, and where; that nobody does yet, while ``conf.py`` does not say."""

    def run(self) -> list[nodes.Node]:
        """A paragraph."""
        publisher, contact = self.config.annotated_bib_publisher, self.config.annotated_bib_contact
        if not publisher:
            return [nodes.paragraph("", french("Le responsable de cette édition n’est pas encore désigné."), classes=["edition-contact"])]
        line = nodes.paragraph("", french(f"Responsable de l’édition : {publisher}"), classes=["edition-contact"])
        if contact:
            line += [nodes.Text(", "), _link(contact)]
        line += nodes.Text(".")
        return [line]


def _link(address: str) -> nodes.reference:
    """A link to a web address, or to an e-mail address."""
    target = f"mailto:{address}" if "@" in address and "://" not in address else address
    return nodes.reference("", address, refuri=target)


def agent(config: Config) -> dict[str, str]:
    """Who answers for the edition, as schema.org has it; empty while nobody does."""
    if not config.annotated_bib_publisher:
        return {}
    contact = config.annotated_bib_contact
    where = {"email" if "@" in contact and "://" not in contact else "url": contact} if contact else {}
    return {"@type": "Organization", "name": config.annotated_bib_publisher} | where


def remind(app: Sphinx, exception: Exception | None) -> None:
    """Say, at the end of a build, what is to be filled in before the edition is published."""
    empty = [name for name in ("annotated_bib_publisher", "annotated_bib_contact") if not app.config[name]]
    if exception is None and app.builder.name in ("html", "dirhtml") and empty:
        message = "Avant de publier : dites dans conf.py qui répond de l’édition (%s)."
        logger.info(message, " et ".join(empty))
