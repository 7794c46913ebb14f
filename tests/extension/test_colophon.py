"""How the edition is cited, and who answers for it: said once in conf.py, the same wherever it is read."""

from __future__ import annotations

import json

import pytest
from annotated_bib import project
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
    [("bib@example.org", "mailto:bib%40example.org", "email"), ("https://example.org/@a", "https://example.org/@a", "url")],
)
def test_whoever_answers_is_named_alike_everywhere(dossier, contact, href, schema):
    built = build(dossier(PAGES | {"conf.py": CONF + SETTINGS.format(contact)}))
    assert not built.warnings
    page = built.page("apropos")
    citation = " ".join(page.select_one(".edition-citation").get_text().split())
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


def test_a_doi_is_what_the_edition_is_cited_by(dossier):
    built = build(dossier(PAGES | {"conf.py": CONF + SETTINGS.format("") + "annotated_bib_doi = '10.5281/zenodo.1'\n"}))
    assert not built.warnings
    citation = " ".join(built.page("apropos").select_one(".edition-citation").get_text().split())
    assert citation.endswith("Disponible à l’adresse : https://doi.org/10.5281/zenodo.1")
    assert collection(built)["sameAs"] == "https://doi.org/10.5281/zenodo.1"


CITATION = """cff-version: 1.2.0
version: 2.0
date-released: "2030-01-02"
doi: 10.5281/zenodo.1
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "", []),
        ("2.0\n", "1.9\n", ["2: [citation-file] version : conf.py donne release = 2.0 ; écrivez « version: 2.0 »"]),
        ("doi: 10.5281/zenodo.1\n", "", [
            "1: [citation-file] doi : conf.py donne annotated_bib_doi = 10.5281/zenodo.1 ; écrivez « doi: 10.5281/zenodo.1 »",
        ]),
        ("01-02", "01-03", [
            "3: [citation-file] date-released : conf.py donne annotated_bib_date = 2030-01-02 ;"
            " écrivez « date-released: 2030-01-02 »",
        ]),
    ],
)  # fmt: skip
def test_the_citation_file_says_what_the_settings_say(dossier, old, new, said):
    source = dossier(PAGES | {"conf.py": CONF + SETTINGS.format("") + "annotated_bib_doi = '10.5281/zenodo.1'\n"})
    (source / "CITATION.cff").write_text(CITATION.replace(old, new) if old else CITATION, "utf-8")
    found = project.read(source).check()
    assert [str(fault).replace("\xa0", " ").replace("\u202f", " ") for fault in found.advice if fault.file == "CITATION.cff"] == [
        f"CITATION.cff:{line}" for line in said
    ]
    assert not found.faults


def test_what_is_no_doi_is_named_with_its_line(dossier):
    source = dossier(PAGES | {"conf.py": f"{CONF}annotated_bib_doi = 'https://doi.org/10.5281/zenodo.1'\n"})
    [fault] = project.read(source).check().faults
    assert (fault.file, fault.line, "n’est pas un DOI" in fault.message) == ("conf.py", CONF.count("\n") + 1, True)
