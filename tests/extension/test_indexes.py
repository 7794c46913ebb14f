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
@techreport{D, author = {{Région}}, editor = {Zola, Émile and Zola, Émile}, title = {D}, institution = {Région},
  theme = {page}, keywords = {zone}, lost = {year}, annotation = {Trois.}}
@book{E, author = {Zola, Émile}, editor = {Noir, Ève}, title = {E}, year = {1998}, theme = {page}, annotation = {Quatre.}}
@article{F, author = {{Comité des fêtes}}, title = {F}, journal = {La Revue}, publisher = {L’Abri}, year = {1999}, theme = {page},
  annotation = {Cinq.}}
"""


@pytest.fixture
def index(dossier):
    def read(kind, **settings):
        page = f"# Page\n\n```{{notices}}\n```\n\n## Index\n\n```{{work-index}} {kind}\n```\n"
        found = build(dossier({"refs.bib": BIB, "page.md": page}), **settings).page("page").select_one("dl.work-index")
        terms = [term.get_text() for term in found.find_all("dt")]
        return dict(zip(terms, (" ".join(works.get_text().split()) for works in found.find_all("dd")), strict=True))

    return read


def test_authors_sort_without_accents_and_a_body_is_found_under_both_its_names(index):
    assert list(index("author").items()) == [
        ("Comité des fêtes", "Comité des fêtes (1999a) ; Comité des fêtes (1999b)"),
        ("Éluard, Ève", "Zola et Éluard (2003)"),
        ("Le Goff, Jean", "Le Goff (2003)"),
        ("Noir, Ève", "Zola (1998)"),
        ("Région", "Région (date perdue)"),
        ("Sans personne", "Sans personne (s. d.)"),
        ("Ville d’Ici", "voir Comité des fêtes (1999a)"),
        ("Zola, Émile", "Zola (1998) ; Zola et Éluard (2003) ; Région (date perdue)"),
    ]


def test_years_end_with_what_has_none(index):
    assert list(index("year").items()) == [
        ("1998", "Zola (1998)"),
        ("1999", "Comité des fêtes (1999a) ; Comité des fêtes (1999b)"),
        ("2003", "Le Goff (2003) ; Zola et Éluard (2003)"),
        ("Date perdue", "Région (date perdue)"),
        ("Sans date", "Sans personne (s. d.)"),
    ]


def test_articles_do_not_count_in_the_order_of_organisations(index):
    assert list(index("body").items()) == [
        ("L’Abri", "Comité des fêtes (1999b) ; Zola et Éluard (2003)"),
        ("Les Presses", "Zola et Éluard (2003)"),
        ("Région", "Région (date perdue)"),
        ("La Revue", "Comité des fêtes (1999b) ; Sans personne (s. d.)"),
        ("Ville d’Ici", "Comité des fêtes (1999a)"),
    ]


def test_keywords_sort_as_in_french(index):
    assert list(index("keyword").items()) == [
        ("École", "Zola et Éluard (2003)"),
        ("école", "Comité des fêtes (1999a)"),
        ("œuvre", "Zola et Éluard (2003)"),
        ("zone", "Zola et Éluard (2003) ; Région (date perdue)"),
    ]


def test_articles_are_those_of_the_language_of_the_edition(index):
    assert list(index("body", language="en")) == ["L’Abri", "La Revue", "Les Presses", "Région", "Ville d’Ici"]
