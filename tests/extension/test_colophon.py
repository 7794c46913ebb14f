"""How the edition is cited, and who answers for it: said once in conf.py, the same wherever it is read."""

from __future__ import annotations

import json

import pytest
from helpers import CONF, ENTRY, build

PAGES = {
    "refs.bib": ENTRY % ("Etude2001", "Une étude", "theme", "Un commentaire."),
    "theme.md": "# Thème\n\n```{notices}\n```\n",
    "apropos.md": "# À propos\n\n```{edition-citation}\n```\n\n```{edition-contact}\n```\n",
}
SETTINGS = (
    "from datetime import date\nrelease = '2.0'\nannotated_bib_date = date(2030, 1, 2)\n"
    "annotated_bib_publisher = 'Centre de l’Exemple'\nannotated_bib_contact = '{}'\nhtml_baseurl = 'https://example.org/bib/'\n"
)


def collection(built):
    return json.loads(built.page("index").find("script", type="application/ld+json").string)


def test_nobody_answers_for_an_edition_until_someone_does(dossier):
    built = build(dossier(PAGES))
    assert not built.warnings
    text = built.page("apropos").get_text()
    assert "Le responsable de cette édition n’est pas encore désigné." in text
    assert "publisher" not in collection(built)


@pytest.mark.parametrize(
    ("contact", "href", "schema"),
    [("bib@example.org", "mailto:bib%40example.org", "email"), ("https://example.org/a", "https://example.org/a", "url")],
)
def test_whoever_answers_is_named_alike_everywhere(dossier, contact, href, schema):
    built = build(dossier(PAGES | {"conf.py": CONF + SETTINGS.format(contact)}))
    assert not built.warnings
    page = built.page("apropos")
    citation = " ".join(page.find("blockquote").get_text().split())
    assert citation == "Un petit dossier. Édition 2.0. Centre de l’Exemple, 2030. Disponible à l’adresse : https://example.org/bib/"
    line = page.find(class_="edition-contact")
    assert " ".join(line.get_text().split()) == f"Responsable de l’édition : Centre de l’Exemple, {contact}."
    assert line.a["href"] == href
    assert collection(built)["publisher"] == {"@type": "Organization", "name": "Centre de l’Exemple", schema: contact}


def test_a_responsible_body_that_changes_is_seen_in_a_new_build(dossier):
    source = dossier(PAGES | {"conf.py": CONF + SETTINGS.format("bib@example.org")})
    build(source)
    (source / "conf.py").write_text(CONF + SETTINGS.format("autre@example.org"), "utf-8")
    assert "autre@example.org" in build(source).page("apropos").get_text()
