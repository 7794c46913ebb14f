"""What a reader sees of a work, and how citations, pages and notices lead to one another."""

from __future__ import annotations

from conftest import ENTRY, build

NOTICES = "```{notices}\n```\n"
TWO_THEMES = {
    "refs.bib": (
        ENTRY % ("Etude2001", "Une étude : essai", "theorie", r"Elle prolonge \cite{Recit2001}. « Oui » ; et ?")
        + ENTRY % ("Recit2001", "Un récit", "theorie", "Un commentaire.")
        + "@techreport{Rapport,\n  title = {Sans nom},\n  institution = {Ville},\n  theme = {terrain},\n"
        "  related = {Etude2001, Recit2001},\n  completed = {institution},\n"
        "  completedfrom = {Organisme : \\url{https://example.org/a_b%20c}.},\n  lacuna = {Le début manque.},\n}\n"
    ),
    "theorie.md": f"# Théorie\n\nVoir {{cite:t}}`Etude2001` et {{cite:p}}`Rapport,Recit2001`.\n\n{NOTICES}",
    "terrain.md": f"# Terrain\n\nVoir {{cite:p}}`{{comparer}}Etude2001{{p. 12}}`.\n\n{NOTICES}",
}


def notice(page, key):
    return page.find("section", id=key.lower())


def links(node):
    return {" ".join(link.get_text().split()): link["href"] for link in node.find_all("a")}


def test_a_notice_has_its_parts_in_order(dossier):
    built = build(dossier(TWO_THEMES))
    assert not built.warnings
    section = notice(built.page("terrain"), "Rapport")
    assert section.h2.get_text().rstrip("¶") == "Sans nom"
    assert [" ".join(child.get("class", [child.name])) for child in section.find_all(recursive=False)] == [
        "h2", "notice-reference", "notice-note docutils container", "notice-related", "notice-cited", "Z3988",
        "notice-citer", "notice-page",
    ]  # fmt: skip
    assert section.find(class_="notice-reference").get_text() == "Sans nom. [s.\xa0l.]\xa0: [Ville], [s.\xa0d.]."


def test_works_stand_in_the_order_of_the_file(dossier):
    page = build(dossier(TWO_THEMES)).page("theorie")
    assert [section["id"] for section in page.select("section.notice")] == ["etude2001", "recit2001"]


def test_works_of_one_author_and_year_are_told_apart(dossier):
    page = build(dossier(TWO_THEMES)).page("theorie")
    assert page.p.get_text() == "Voir Durand\xa0(2001a) et (Sans nom, s.\xa0d.\u202f; Durand, 2001b)."
    assert "2001a." in notice(page, "Etude2001").find(class_="notice-reference").get_text()


def test_a_citation_prints_what_stands_before_and_after_it(dossier):
    page = build(dossier(TWO_THEMES)).page("terrain")
    assert page.p.get_text() == "Voir (comparer Durand, 2001a, p.\xa012)."
    assert links(page.p) == {"comparer Durand, 2001a, p. 12": "theorie.html#etude2001"}


def test_cited_in_leads_to_the_very_place(dossier):
    built = build(dossier(TWO_THEMES))
    page = built.page("theorie")
    cited = links(notice(page, "Etude2001").find(class_="notice-cited"))
    assert cited == {"Terrain": "terrain.html#cite-etude2001", "Théorie": "#cite-etude2001"}
    assert built.page("terrain").find(id="cite-etude2001").get_text().startswith("(comparer")
    by_notice = links(notice(page, "Recit2001").find(class_="notice-cited"))
    assert by_notice == {"Théorie": "#cite-rapport", "Durand (2001a)": "#etude2001"}


def test_related_works_are_links(dossier):
    section = notice(build(dossier(TWO_THEMES)).page("terrain"), "Rapport")
    assert links(section.find(class_="notice-related")) == {
        "Durand (2001a)": "theorie.html#etude2001",
        "Durand (2001b)": "theorie.html#recit2001",
    }


def test_the_editors_note_keeps_addition_and_loss_apart_from_the_commentary(dossier):
    note = notice(build(dossier(TWO_THEMES)).page("terrain"), "Rapport").find(class_="notice-note")
    assert [p.get_text() for p in note.find_all("p")] == [
        "Note d’édition\xa0: Organisme\xa0: https://example.org/a_b%20c.",
        "Le début manque.",
    ]
    assert note.a["href"] == "https://example.org/a_b%20c"


def test_the_bibtex_to_copy_has_no_field_of_the_edition(dossier):
    section = notice(build(dossier(TWO_THEMES)).page("terrain"), "Rapport")
    assert (
        section.details.find_all("pre")[1].get_text().split()
        == "@techreport{Rapport, title = {Sans nom}, institution = {Ville}, }".split()
    )


def test_an_edited_commentary_is_rebuilt_and_new_citations_show(dossier):
    source = dossier(TWO_THEMES)
    build(source)
    bib = source / "refs.bib"
    bib.write_text(bib.read_text("utf-8").replace("Un commentaire.", r"Contre \cite{Rapport}.").replace("2001}", "2011}", 1))
    built = build(source)
    assert not built.warnings
    assert "Contre Sans nom" in notice(built.page("theorie"), "Recit2001").get_text()
    assert "Durand (2001)" in links(notice(built.page("terrain"), "Rapport").find(class_="notice-cited"))
    assert "2011" in built.page("terrain").p.get_text(), "a page that merely cites follows the bibliography"


def test_a_page_that_no_longer_cites_leaves_cited_in(dossier):
    source = dossier(TWO_THEMES)
    build(source)
    (source / "terrain.md").write_text(f"# Autre terrain\n\nRien.\n\n{NOTICES}", "utf-8")
    cited = notice(build(source).page("theorie"), "Etude2001").find(class_="notice-cited")
    assert links(cited) == {"Théorie": "#cite-etude2001"}


def test_a_renamed_page_is_renamed_where_it_cites(dossier):
    source = dossier(TWO_THEMES)
    build(source)
    page = source / "terrain.md"
    page.write_text(page.read_text("utf-8").replace("# Terrain", "# Enquête"), "utf-8")
    cited = notice(build(source).page("theorie"), "Etude2001").find(class_="notice-cited")
    assert "Enquête" in links(cited)


def test_a_theme_may_be_named(dossier):
    files = TWO_THEMES | {
        "terrain.md": "# Terrain\n\n```{notices} theorie\n```\n",
        "theorie.md": "# T\n\n```{notices} terrain\n```\n",
    }
    built = build(dossier(files))
    assert notice(built.page("terrain"), "Etude2001")
    assert notice(built.page("theorie"), "Rapport")


def test_pages_read_by_two_processes_say_the_same(dossier):
    files = TWO_THEMES | {f"page{n}.md": f"# Page {n}\n\nVoir {{cite:t}}`Recit2001`.\n" for n in range(8)}
    source = dossier(files)
    alone = notice(build(source).page("theorie"), "Recit2001")
    together = notice(build(source, fresh=True, parallel=2).page("theorie"), "Recit2001")
    assert links(together.find(class_="notice-cited")) == links(alone.find(class_="notice-cited"))
    assert len(links(together.find(class_="notice-cited"))) == 10
