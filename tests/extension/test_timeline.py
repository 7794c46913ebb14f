"""The timeline: a picture whose marks are links, and a table that says the same."""

from __future__ import annotations

import pytest
from helpers import TWO_THEMES, build, links, write_dossier

WORK = "@misc{%s, title = {%s}, year = {%s}, theme = {%s}, lacuna = {Rien.}}\n"
PAGES = TWO_THEMES | {
    "index.md": "# Dossier\n\n```{timeline}\n```\n\n```{toctree}\ntheorie\nterrain\n```\n",
    "refs.bib": TWO_THEMES["refs.bib"]
    + WORK % ("Debut", "Début", "1981", "terrain")
    + WORK % ("Milieu", "Milieu", "1991", "theorie")
    + WORK % ("Fin", "Fin", "1992--1994", "terrain")
    + WORK % ("Suite", "Suite", "2001", "theorie"),
    "terrain.md": TWO_THEMES["terrain.md"].replace("# Terrain", "# Terrain : enquêtes"),
}


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    return build(write_dossier(tmp_path_factory.mktemp("timeline") / "dossier", PAGES)).page("index")


def test_each_work_is_a_mark_at_its_year_that_leads_to_its_notice(page):
    picture = page.find("svg", class_="timeline")
    assert (picture["aria-label"], picture["height"]) == ("Frise de 7 œuvres en 2 thèmes, de 1981 à 2001", "178")
    marks = {}
    for theme in picture.select("[role=list]"):
        for mark in theme.select("[role=listitem] > a"):
            target, point = mark.find_all("circle")
            assert [target[name] for name in ("cx", "cy")] == [point[name] for name in ("cx", "cy")]
            assert (target["r"], target["fill"], point["r"]) == ("12", "transparent", "7")
            told = mark.title.get_text().replace("\xa0", " ")
            marks[told] = (theme["aria-label"], mark["href"], point["cx"], point["cy"], point["fill"])
    theory, field = "var(--theme-theorie, currentColor)", "var(--theme-terrain, currentColor)"
    assert marks == {
        "Durand (2001a), Une étude : essai": ("Théorie", "theorie.html#etude2001", "87.00%", "62", theory),
        "Durand (2001b), Un récit": ("Théorie", "theorie.html#recit2001", "87.00%", "44", theory),
        "Milieu (1991), Milieu": ("Théorie", "theorie.html#milieu", "46.00%", "62", theory),
        "Suite (2001), Suite": ("Théorie", "theorie.html#suite", "87.00%", "26", theory),
        "Sans nom (s. d.), Sans nom": ("Terrain", "terrain.html#rapport", "96%", "120", field),
        "Début (1981), Début": ("Terrain", "terrain.html#debut", "5.00%", "120", field),
        "Fin (1992–1994), Fin": ("Terrain", "terrain.html#fin", "50.10%", "120", field),
    }
    assert [(line["x2"], line["y1"], line["y2"]) for line in picture.select("line")] == [
        ("100%", "62", "62"),
        ("100%", "120", "120"),
    ]
    themes, years = (
        [(text.get_text(), text["x"], text["y"], text.get("text-anchor")) for text in picture.select(f"text.timeline-{kind}")]
        for kind in ("theme", "year")
    )
    assert themes == [("Théorie", "0", "14", None), ("Terrain", "0", "90", None)]
    assert years == [
        ("s.\xa0d.", "100%", "172", "end"),
        ("2001", "87.00%", "154", "middle"),
        ("1992–1994", "50.10%", "154", "middle"),
        ("1981", "5.00%", "154", "middle"),
    ], "1991 would touch 1992"
    assert all(text["aria-hidden"] == "true" for text in picture.find_all("text"))


def test_works_of_one_year_and_theme_do_not_cover_one_another_nor_leave_the_picture(dossier):
    many = "".join(f"@book{{K{n}, title = {{T{n}}}, theme = {{terrain}}, year = 1999, lacuna = {{Rien.}}}}\n" for n in range(8))
    picture = build(dossier(PAGES | {"refs.bib": TWO_THEMES["refs.bib"] + many})).page("index").find("svg", class_="timeline")
    places = [(circle["cx"], int(circle["cy"])) for circle in picture.select("a circle:last-of-type")]
    assert len(places) == len(set(places)) == 11
    lines = [int(line["y1"]) for line in picture.select("line")]
    assert lines[0] < min(y for _, y in places[2:])
    assert max(y for _, y in places) < int(picture["height"])


def test_the_table_says_the_same(page):
    folded = page.select_one("details")
    assert folded.summary.get_text() == "La frise en tableau"
    rows = [[cell.get_text(strip=True) for cell in row.find_all(["th", "td"])] for row in folded.table.find_all("tr")]
    assert rows == [
        ["Année", "Œuvre", "Thème"],
        ["1981", "Début", "Terrain\xa0: enquêtes"],
        ["1991", "Milieu", "Théorie"],
        ["1992–1994", "Fin", "Terrain\xa0: enquêtes"],
        ["2001", "Une étude\xa0: essai", "Théorie"],
        ["2001", "Un récit", "Théorie"],
        ["2001", "Suite", "Théorie"],
        ["s.\xa0d.", "Sans nom", "Terrain\xa0: enquêtes"],
    ]
    assert links(folded.table)["Un récit"] == "theorie.html#recit2001"
    assert [column["style"] for column in folded.find_all("col")] == [f"width: {part}.0%" for part in (10, 55, 35)]


def test_where_no_picture_can_be_drawn_words_say_it(dossier):
    text = (build(dossier(PAGES), "text").out / "index.txt").read_text("utf-8")
    assert " ".join(text.split()).partition(" * ")[0] == (
        "Dossier ******* Frise de 7 œuvres en 2 thèmes, de 1981 à 2001. Théorie : 1991, 2001, 2001, 2001 ;"
        " Terrain : enquêtes : 1981, 1992–1994, s. d."
    )
