"""The timeline: a picture whose marks are links, and a table that says the same."""

from __future__ import annotations

from helpers import TWO_THEMES, build, links

PAGES = TWO_THEMES | {"index.md": "# Dossier\n\n```{timeline}\n```\n\n```{toctree}\ntheorie\nterrain\n```\n"}


def test_each_work_is_a_mark_that_leads_to_its_notice(dossier):
    picture = build(dossier(PAGES)).page("index").find("svg", class_="timeline")
    assert {link.get_text(): link["href"] for link in picture.find_all("a")} == {
        "Durand (2001a), Une étude\xa0: essai": "theorie.html#etude2001",
        "Durand (2001b), Un récit": "theorie.html#recit2001",
        "Sans nom (s.\xa0d.), Sans nom": "terrain.html#rapport",
    }
    assert [text.get_text() for text in picture.select("text.timeline-theme")] == ["Théorie", "Terrain"]
    assert [text.get_text() for text in picture.select("text.timeline-year")] == ["s.\xa0d.", "2001"]
    undated, year = picture.select("text.timeline-year")
    assert (undated["x"], undated["text-anchor"]) == ("100%", "end")
    assert int(year["y"]) + 12 < int(undated["y"]) < int(picture["height"])


def test_works_of_one_year_and_theme_do_not_cover_one_another_nor_leave_the_picture(dossier):
    many = "".join(f"@book{{K{n}, title = {{T{n}}}, theme = {{terrain}}, year = 1999, lacuna = {{Rien.}}}}\n" for n in range(8))
    picture = build(dossier(PAGES | {"refs.bib": PAGES["refs.bib"] + many})).page("index").find("svg", class_="timeline")
    places = [(circle["cx"], int(circle["cy"])) for circle in picture.select("a circle:last-of-type")]
    assert len(places) == len(set(places)) == 11
    lines = [int(line["y1"]) for line in picture.select("line")]
    assert lines[0] < min(y for _, y in places[2:])
    assert max(y for _, y in places) < int(picture["height"])


def test_the_table_says_the_same(dossier):
    table = build(dossier(PAGES)).page("index").select_one("details table")
    rows = [[cell.get_text(strip=True) for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]
    assert rows == [
        ["Année", "Œuvre", "Thème"],
        ["2001", "Une étude\xa0: essai", "Théorie"],
        ["2001", "Un récit", "Théorie"],
        ["s.\xa0d.", "Sans nom", "Terrain"],
    ]
    assert links(table)["Un récit"] == "theorie.html#recit2001"


def test_where_no_picture_can_be_drawn_words_say_it(dossier):
    text = (build(dossier(PAGES), "text").out / "index.txt").read_text("utf-8")
    assert "Frise de 3 œuvres en 2 thèmes" in text
