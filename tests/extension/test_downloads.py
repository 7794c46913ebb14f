"""The files at the root of a site."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from helpers import TWO_THEMES, build, links

PAGES = TWO_THEMES | {"aide/citer.md": "# Citer\n\nPrenez {site-file}`le fichier <refs.bib>`.\n"}


def test_the_bibliography_is_published_as_it_is(dossier):
    source = dossier(PAGES)
    assert (build(source).out / "refs.bib").read_bytes() == (source / "refs.bib").read_bytes()


def test_a_link_to_a_file_works_from_any_folder_of_any_host(dossier):
    link = build(dossier(PAGES)).page("aide/citer").p.a
    assert (link["href"], link.get_text()) == ("../refs.bib", "le fichier")


@pytest.mark.parametrize(("base", "address"), [("", None), ("https://example.org/x/", "https://example.org/x/refs.bib")])
def test_elsewhere_it_leads_to_the_site_or_is_plain_text(dossier, base, address):
    out = build(dossier(PAGES), "xml", html_baseurl=base).out
    paragraph = ElementTree.parse(out / "aide" / "citer.xml").find(".//paragraph")
    assert "".join(paragraph.itertext()) == "Prenez le fichier."
    link = paragraph.find("reference")
    assert (None if link is None else link.get("refuri")) == address


def test_a_file_that_the_site_has_not_is_a_warning(dossier):
    files = PAGES | {
        "aide/citer.md": "# Citer\n\n{site-file}`ref.ris` {site-file}`oeuvres/x.bib`\n",
        "autres.bib": "@string{a = {A}}",
    }
    book = {"startdocname": "index", "targetname": "livre", "title": "Livre"}
    settings = {"bibtex_bibfiles": ["refs.bib", "autres.bib"], "typst_documents": [book], "epub_basename": "essai"}
    built = build(dossier(files), annotated_bib_selection=True, **settings)
    (warning,) = built.warnings
    assert re.search(r"citer.md:3: .*le site n’a pas de fichier « ref.ris » ; il a (.*) \[", warning)[1] == (
        "refs.bib, autres.bib, refs.ris, refs.json, livre.pdf, essai.epub, selection.html"
    )
    assert links(built.page("aide/citer").p) == {"ref.ris": "../ref.ris", "oeuvres/x.bib": "../oeuvres/x.bib"}
