"""``{edition-citation}`` and ``{edition-contact}``: how the edition is cited, and who answers for it.

Both are said in ``conf.py`` and printed where a page asks, so that no page says it otherwise; while nobody answers, none
pretends that somebody does.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from ..language.catalogue import _
from ..references.access import doi_address

if TYPE_CHECKING:
    from sphinx.config import Config


class EditionCitationDirective(SphinxDirective):
    """The reference of the edition itself, after ISO 690."""

    def run(self) -> list[nodes.Node]:
        """A block quotation."""
        config = self.config
        parts = [_("Edition {release}", release=config.release)] if config.release else []
        parts.append(", ".join(part for part in (config.annotated_bib_publisher, str(edition_date(config).year)) if part))
        line = nodes.paragraph("", "", nodes.emphasis("", config.project), nodes.Text(". "))
        line += nodes.Text(". ".join(parts) + ".")
        if address := lasting_address(config):
            line += [nodes.Text(" "), nodes.Text(_("Available at: ")), _link(address)]
        return [nodes.block_quote("", line, classes=["edition-citation"])]


class EditionContactDirective(SphinxDirective):
    """Who answers for the edition, and where; that nobody does yet, while ``conf.py`` does not say."""

    def run(self) -> list[nodes.Node]:
        """A paragraph."""
        publisher, contact = self.config.annotated_bib_publisher, self.config.annotated_bib_contact
        nobody = _("The publisher of this edition is yet to be named.")
        text = _("Publisher of this edition: {publisher}", publisher=publisher) if publisher else nobody
        line = nodes.paragraph("", text, classes=["edition-contact"])
        if publisher:
            line += [*([nodes.Text(", "), _link(contact)] if contact else []), nodes.Text(".")]
        return [line]


def lasting_address(config: Config) -> str:
    """The address by which the edition is cited: of its DOI, or else of its site; empty while it has neither."""
    return doi_address(config.annotated_bib_doi) or str(config.html_baseurl or "")


def edition_date(config: Config) -> date:
    """The day of the edition: that of ``conf.py``, or of SOURCE_DATE_EPOCH, or else today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    day: date = config.annotated_bib_date or (datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today())
    return day


def agent(config: Config) -> dict[str, str]:
    """Who answers for the edition, as schema.org has it; empty while nobody does."""
    if not config.annotated_bib_publisher:
        return {}
    contact = config.annotated_bib_contact
    where = {"email" if _is_mail(contact) else "url": contact} if contact else {}
    return {"@type": "Organization", "name": config.annotated_bib_publisher} | where


def _link(address: str) -> nodes.reference:
    return nodes.reference("", address, refuri=f"mailto:{address}" if _is_mail(address) else address)


def _is_mail(address: str) -> bool:
    return "@" in address and "://" not in address
