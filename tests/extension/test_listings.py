"""The lists made from the whole bibliography."""

from __future__ import annotations

import pytest
from annotated_bib.checks import RULES
from helpers import TWO_THEMES, build, links, write_dossier

#: An entry of each kind of work that the catalogue names, and the name.
KINDS = {
    "article": "Article", "incollection": "Chapitre", "inbook": "Chapitre", "inproceedings": "Communication",
    "proceedings": "Actes", "phdthesis": "Thèse de doctorat", "thesis": "Thèse", "manual": "Manuel",
    "online": "Document en ligne", "unpublished": "Inédit", "periodical": "Périodique", "misc": "non précisé",
    "report, type = {Étude, 2e version}": "Étude", "book, type = {Récit}": "Livre", "report": "non précisé",
}  # fmt: skip
LISTS = TWO_THEMES | {
    "refs.bib": TWO_THEMES["refs.bib"]
    + "".join(
        f"@{kind.partition(',')[0]}{{K{number}, title = {{T{number}}}, journal = {{J}}, booktitle = {{B}}, institution = {{I}},"
        f" url = {{https://x.fr}}, theme = {{genres}}, annotation = {{Mot.}}{kind.removeprefix(kind.partition(',')[0])}}}\n"
        for number, kind in enumerate(KINDS)
    )
    + "@book{Muet, title = {Muet}, theme = {genres}, lacuna = {\\par}}\n"
    + "@book{Perdu, title = {Perdu}, lost = {author, year}, theme = {genres}, lacuna = {Tout.}}\n",
    "genres.md": "# Genres\n\n```{notices}\n```\n",
    "index.md": "# Dossier\n\n```{themes}\n```\n\n```{toctree}\nterrain\ntheorie\ngenres\nlistes\n```\n",
    "listes.md": "# Listes\n\n```{catalogue}\n```\n\n```{apparatus}\n```\n\n```{rules}\n```\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return build(write_dossier(tmp_path_factory.mktemp("lists") / "dossier", LISTS), smartquotes=True)


def test_themes_follow_the_contents_with_their_works(built):
    themes = built.page("index").select_one("dl.themes")
    assert [" ".join(term.get_text(" ", strip=True).split()) for term in themes.find_all(["dt", "dd"])][:4] == [
        "Terrain", "Sans nom (s. d.)", "Théorie", "Durand (2001a) ; Durand (2001b)",
    ]  # fmt: skip
    found = links(themes)
    assert [(name, found[name]) for name in list(found)[:6]] == [
        ("Terrain", "terrain.html"), ("Sans nom (s. d.)", "terrain.html#rapport"), ("Théorie", "theorie.html"),
        ("Durand (2001a)", "theorie.html#etude2001"), ("Durand (2001b)", "theorie.html#recit2001"), ("Genres", "genres.html"),
    ]  # fmt: skip


def test_themes_follow_a_page_that_is_renamed(dossier):
    source = dossier(LISTS)
    build(source)
    page = source / "terrain.md"
    page.write_text(page.read_text("utf-8").replace("# Terrain", "# Enquête"), "utf-8")
    assert "Enquête" in links(build(source).page("index").select_one("dl.themes"))


def test_the_catalogue_has_every_work_in_the_order_of_the_file(built):
    table = built.page("listes").select_one("table.catalogue")
    rows = [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]
    assert rows == [
        ["N°", "Auteur", "Année", "Titre", "Genre", "Thème"],
        ["1", "Durand", "2001", "Une étude\xa0: essai", "Livre", "Théorie"],
        ["2", "Durand", "2001", "Un récit", "Livre", "Théorie"],
        ["3", "sans auteur", "s.\xa0d.", "Sans nom", "non précisé", "Terrain"],
        *([str(4 + number), "sans auteur", "s.\xa0d.", f"T{number}", name, "Genres"] for number, name in enumerate(KINDS.values())),
        [str(4 + len(KINDS)), "sans auteur", "s.\xa0d.", "Muet", "Livre", "Genres"],
        [str(5 + len(KINDS)), "auteur perdu", "date perdue", "Perdu", "Livre", "Genres"],
    ]
    assert links(table)["Sans nom"] == "terrain.html#rapport"
    assert [column["style"] for column in table.find_all("col")] == [f"width: {part}.0%" for part in (5, 20, 8, 40, 12, 15)]


def test_the_apparatus_tells_additions_from_losses(built):
    apparatus = built.page("listes").select_one("dl.apparatus")
    assert [" ".join(part.get_text().split()) for part in apparatus.find_all(["dt", "p"])] == [
        "Sans nom (s. d.), Sans nom",
        "Apport de l’édition : Organisme : https://example.org/a_b%20c.",
        "Perte ou lacune : Le début manque.",
        "Muet (s. d.), Muet",
        "Perte ou lacune :",
        "Perdu (date perdue), Perdu",
        "Perte ou lacune : Tout.",
    ]


def test_the_rules_are_told_to_those_who_write(built):
    table = built.page("listes").select_one("table.rules")
    assert [code.get_text() for code in table.find_all("code")] == list(RULES)
    head, *rows = [[" ".join(cell.get_text().split()) for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]
    assert head == ["Règle", "Niveau", "Ce qu’elle demande", "Exemple de message"]
    assert {len(row) for row in rows} == {4}
    assert [column["style"] for column in table.find_all("col")] == [f"width: {part}.0%" for part in (18, 10, 36, 36)]
    told = {name: " | ".join(cells) for name, *cells in rows}
    assert told["circle"] == (
        "conseil | Des œuvres liées en boucle ont options = {related=false}. |"
        " LaTeX imprimerait ses œuvres liées en boucle ; ajoutez options = {related=false}"
    )
    assert "47--53. | " in told["pages"], "no dash is made of what is to be typed"
    assert [said.get_text() for said in table.find_all(lang="en")] == ["Unknown directive type: 'notces'"]
    assert told["no-entry"].startswith("défaut | Un fichier BibTeX a une notice. | ce fichier n’a aucune notice ; ")
