"""The indexes of authors, years, organisations and keywords."""

from __future__ import annotations

import pytest
from helpers import build

BIB = """
@book{L, author = {Le Goff, Jean}, title = {L}, year = {2003}, theme = {page}, lacuna = {Perdu.}}
@book{A, author = {Zola, Émile and Éluard, Ève}, title = {A}, publisher = {Les Presses and L’Abri}, year = {2003},
  theme = {page}, keywords = {œuvre, zone, École}, annotation = {Un.}}
@techreport{B, author = {{Comité des fêtes}}, title = {B}, institution = {Ville d’Ici}, year = {1999},
  theme = {page}, keywords = {école}, annotation = {Deux.}}
@article{C, title = {Sans personne : essai}, shorttitle = {Sans personne}, journal = {La Revue}, theme = {page}, lacuna = {Perdu.}}
"""


@pytest.fixture
def index(dossier):
    def read(kind, **settings):
        page = f"# Page\n\n```{{notices}}\n```\n\n## Index\n\n```{{work-index}} {kind}\n```\n"
        found = build(dossier({"refs.bib": BIB, "page.md": page}), **settings).page("page").select_one("dl.work-index")
        terms = [term.get_text() for term in found.find_all("dt")]
        return dict(zip(terms, (definition.get_text().strip() for definition in found.find_all("dd")), strict=True))

    return read


def test_authors_sort_without_accents_and_a_body_is_found_under_both_its_names(index):
    assert index("author") == {
        "Comité des fêtes": "Comité des fêtes\xa0(1999)",
        "Éluard, Ève": "Zola et Éluard\xa0(2003)",
        "Le Goff, Jean": "Le Goff\xa0(2003)",
        "Sans personne": "Sans personne\xa0(s.\xa0d.)",
        "Ville d’Ici": "voir Comité des fêtes\xa0(1999)",
        "Zola, Émile": "Zola et Éluard\xa0(2003)",
    }
    assert list(index("author")) == [
        "Comité des fêtes", "Éluard, Ève", "Le Goff, Jean", "Sans personne", "Ville d’Ici", "Zola, Émile",
    ]  # fmt: skip


def test_years_end_with_what_has_none(index):
    assert list(index("year")) == ["1999", "2003", "Sans date"]


def test_articles_do_not_count_in_the_order_of_organisations(index):
    assert list(index("body")) == ["L’Abri", "Les Presses", "La Revue", "Ville d’Ici"]


def test_keywords_sort_as_in_french(index):
    assert list(index("keyword")) == ["École", "école", "œuvre", "zone"]


def test_articles_are_those_of_the_language_of_the_edition(index):
    assert list(index("body", language="en")) == ["L’Abri", "La Revue", "Les Presses", "Ville d’Ici"]
