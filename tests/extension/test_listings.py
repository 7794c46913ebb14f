"""The lists made from the whole bibliography."""

from __future__ import annotations

from helpers import TWO_THEMES, build, links

LISTS = TWO_THEMES | {
    "index.md": "# Dossier\n\n```{themes}\n```\n\n```{toctree}\nterrain\ntheorie\nlistes\n```\n",
    "listes.md": "# Listes\n\n```{catalogue}\n```\n\n```{apparatus}\n```\n\n```{rules}\n```\n",
}


def test_themes_follow_the_contents_with_their_works(dossier):
    page = build(dossier(LISTS)).page("index")
    terms = page.select("dl.themes > dt")
    assert [term.get_text(strip=True) for term in terms] == ["Terrain", "Théorie"]
    assert links(page.select_one("dl.themes")) == {
        "Terrain": "terrain.html",
        "Sans nom (s. d.)": "terrain.html#rapport",
        "Théorie": "theorie.html",
        "Durand (2001a)": "theorie.html#etude2001",
        "Durand (2001b)": "theorie.html#recit2001",
    }


def test_themes_follow_a_page_that_is_renamed(dossier):
    source = dossier(LISTS)
    build(source)
    page = source / "terrain.md"
    page.write_text(page.read_text("utf-8").replace("# Terrain", "# Enquête"), "utf-8")
    assert "Enquête" in links(build(source).page("index").select_one("dl.themes"))


def test_the_catalogue_has_every_work_in_the_order_of_the_file(dossier):
    table = build(dossier(LISTS)).page("listes").select_one("table.catalogue")
    rows = [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]
    assert rows == [
        ["N°", "Auteur", "Année", "Titre", "Genre", "Thème"],
        ["1", "Durand", "2001", "Une étude\xa0: essai", "Livre", "Théorie"],
        ["2", "Durand", "2001", "Un récit", "Livre", "Théorie"],
        ["3", "sans auteur", "s.\xa0d.", "Sans nom", "non précisé", "Terrain"],
    ]
    assert links(table)["Sans nom"] == "terrain.html#rapport"


def test_the_apparatus_tells_additions_from_losses(dossier):
    apparatus = build(dossier(LISTS)).page("listes").select_one("dl.apparatus")
    assert [term.get_text() for term in apparatus.find_all("dt")] == ["Sans nom (s.\xa0d.), Sans nom".replace(" (", "\xa0(")]
    assert [p.get_text() for p in apparatus.find_all("p")] == [
        "Apport de l’édition\xa0: Organisme\xa0: https://example.org/a_b%20c.",
        "Perte ou lacune\xa0: Le début manque.",
    ]


def test_the_rules_are_told_to_those_who_write(dossier):
    from annotated_bib.checks import RULES

    table = build(dossier(LISTS)).page("listes").select_one("table.rules")
    assert [code.get_text() for code in table.find_all("code")] == list(RULES)
    assert [len(row.find_all("td")) for row in table.tbody.find_all("tr")] == [4] * len(RULES)
