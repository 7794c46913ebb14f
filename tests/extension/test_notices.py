"""What a reader sees of a work, and how citations, pages and notices lead to one another."""

from __future__ import annotations

import re

from helpers import ENTRY, NOTICES, TWO_THEMES, build, edit, links


def notice(page, key):
    return page.find("section", id=key.lower())


def test_a_notice_has_its_parts_in_order(dossier):
    built = build(dossier(TWO_THEMES))
    assert not built.warnings
    section = notice(built.page("terrain"), "Rapport")
    assert section.h2.get_text().rstrip("¶") == "Sans nom"
    assert [" ".join(child.get("class", [child.name])) for child in section.find_all(recursive=False)] == [
        "h2", "notice-number", "notice-reference", "notice-note docutils container", "notice-related docutils container",
        "notice-cited", "Z3988", "notice-citer", "notice-page",
    ]  # fmt: skip
    assert section.find(class_="notice-reference").get_text() == "Sans nom. [Ville], [s.\xa0d.]."
    assert section.find(class_="notice-number").get_text() == "N°\xa03"


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


REASONS = (
    "@book{Premier, author = {Durand, Élise}, title = {Un récit : les voix}, year = {2001}, theme = {theme}, lacuna = {Rien.},\n"
    "  options = {related=false}, related = {Anonyme, Second},\n"
    "  relatedwhy = {\\cite{Second} il répond à \\emph{Candide} ;\n    \\cite{Anonyme} le même terrain, vu d’ailleurs},\n}\n"
    "@misc{Anonyme, title = {Sans nom : un essai}, shorttitle = {Sans nom}, lost = {author, year}, theme = {theme},\n"
    "  options = {related=false}, related = {Premier}, relatedwhy = {\\cite{Premier} ce que disent les voix}, lacuna = {Rien.}}\n"
    "@book{Second, author = {Roux, Paul}, title = {Réponse}, year = {2003}, theme = {theme}, lacuna = {Rien.},\n"
    "  options = {related=false}, related = {Premier}, relatedwhy = {\\cite{Premier} le récit qu’il discute}}\n"
)


def test_a_related_work_is_named_by_author_year_title_and_reason(dossier):
    built = build(dossier({"refs.bib": REASONS, "theme.md": f"# Thème\n\n{NOTICES}"}))
    assert not built.warnings
    related = notice(built.page("theme"), "Premier").find(class_="notice-related")
    assert related.p.get_text() == "Voir aussi\xa0:"
    assert [" ".join(item.get_text().split()) for item in related.find_all("li")] == [
        "Sans nom (date perdue) – le même terrain, vu d’ailleurs",
        "Roux (2003), Réponse – il répond à Candide",
    ]
    assert [em.get_text() for em in related.find_all("em")] == ["Sans nom", "Réponse", "Candide"]
    back = notice(built.page("theme"), "Anonyme").find(class_="notice-related").li
    assert " ".join(back.get_text().split()) == "Durand (2001), Un récit – ce que disent les voix"


def test_a_reason_is_no_citation(dossier):
    page = build(dossier({"refs.bib": REASONS, "theme.md": f"# Thème\n\n{NOTICES}"})).page("theme")
    assert not page.find(class_="notice-cited")


def test_a_reason_that_changes_is_seen_on_its_page(dossier):
    source = dossier({"refs.bib": REASONS, "theme.md": f"# Thème\n\n{NOTICES}"})
    build(source)
    (source / "refs.bib").write_text(REASONS.replace("le récit qu’il discute", "le récit repris"), "utf-8")
    assert "le récit repris" in build(source).page("theme").get_text()


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


def test_a_citation_follows_a_notice_to_another_page(dossier):
    source = dossier(TWO_THEMES | {"seule.md": "# Seule\n\nVoir {cite:t}`Recit2001`.\n"})
    assert links(build(source).page("seule").p) == {"Durand (2001b)": "theorie.html#recit2001"}
    edit(source / "refs.bib", "{theorie}, annotation = {Un commentaire.}", "{terrain}, annotation = {Un commentaire.}")
    assert links(build(source).page("seule").p) == {"Durand (2001b)": "terrain.html#recit2001"}


def test_a_citation_that_is_none_stays_text_where_no_check_reads_it(dossier):
    files = {"index.md": "# Dossier\n\n```{include} partie.inc\n```\n\n```{toctree}\ntheorie\nterrain\n```\n"}
    built = build(dossier(TWO_THEMES | files | {"partie.inc": "Selon {cite:t}`{Recit2001`.\n"}))
    assert built.page("index").p.get_text() == "Selon {Recit2001."


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


TWO_LANGUAGES = (
    "@book{Essay, author = {Smith, Ann}, title = {An essay: why?}, year = {2001}, theme = {theme}, langid = {british},\n"
    "  options = {related=false}, related = {Recit}, annotation = {Un \\emph{essai}.}}\n"
    "@book{Recit, author = {Roux, Paul}, title = {Un récit}, year = {2003}, theme = {theme}, langid = {french},\n"
    "  options = {related=false}, related = {Essay, Unsigned}, annotation = {Un récit.}}\n"
    "@misc{Unsigned, title = {The unsigned}, year = {2004}, theme = {theme}, langid = {english},\n"
    "  options = {related=false}, related = {Recit}, lacuna = {Rien.}}\n"
)
ALL_LISTS = "```{catalogue}\n```\n\n```{apparatus}\n```\n\n```{work-index} author\n```\n\n```{timeline}\n```\n"


def in_other_languages(node):
    return [(marked["lang"], marked.get_text()) for marked in node.select("[lang]")]


def two_languages(dossier, **settings):
    files = {"refs.bib": TWO_LANGUAGES, "theme.md": f"# Thème\n\n{NOTICES}", "listes.md": f"# Listes\n\n{ALL_LISTS}"}
    return build(dossier(files), **settings)


def test_a_title_in_another_language_is_marked_for_screen_readers(dossier):
    built = two_languages(dossier)
    assert not built.warnings
    page = built.page("theme")
    essay, recit = notice(page, "Essay"), notice(page, "Recit")
    assert in_other_languages(essay.h2) == [("en-gb", "An essay: why?")]
    assert in_other_languages(essay.find(class_="notice-reference")) == [("en-gb", "An essay: why?")]
    assert in_other_languages(recit.h2) == in_other_languages(recit.find(class_="notice-reference")) == []
    assert recit.h2.contents[0] == "Un récit"
    assert in_other_languages(essay.find(class_="notice-related")) == []
    assert in_other_languages(recit.find(class_="notice-related")) == [("en-gb", "An essay"), ("en", "The unsigned")]
    assert in_other_languages(built.page("oeuvres/essay").h1) == [("en-gb", "An essay: why?")]


def test_so_it_is_in_lists_and_in_the_contents(dossier):
    built = two_languages(dossier)
    page = built.page("listes")
    assert in_other_languages(page.find("table", class_="catalogue")) == [("en-gb", "An essay: why?"), ("en", "The unsigned")]
    assert in_other_languages(page.find(class_="apparatus").dt) == [("en", "The unsigned")] * 2
    assert in_other_languages(page.find(class_="work-index")) == [("en", "The unsigned")] * 2
    assert in_other_languages(page.find("table", class_="timeline-table")) == [("en-gb", "An essay: why?"), ("en", "The unsigned")]
    contents = built.page("index").find(class_="toctree-wrapper")
    assert in_other_languages(contents) == [("en-gb", "An essay: why?"), ("en", "The unsigned")]


def test_other_languages_are_those_that_the_edition_does_not_speak(dossier):
    page = two_languages(dossier, language="en").page("theme")
    assert in_other_languages(notice(page, "Essay").h2) == []
    assert in_other_languages(notice(page, "Recit").h2) == [("fr", "Un récit")]


#: How a notice names its related works, by what the entry says of them.
RELATIONS = {
    "relatedtype = {translationof}": "Traduction de :", "relatedtype = {translatedas}": "Traduit sous le titre :",
    "relatedtype = {translatedfrom}": "Traduit de :", "relatedtype = {reviewof}": "Compte rendu de :",
    "relatedtype = {reviewedas}": "Compte rendu dans :", "relatedtype = {reprintof}": "Réimpression de :",
    "relatedtype = {reprintas}": "Réimprimé sous le titre :", "relatedtype = {reprintfrom}": "Repris de :",
    "relatedtype = {origpubin}": "Paru d’abord dans :", "relatedtype = {origpubas}": "Paru d’abord sous le titre :",
    "relatedtype = {multivolume}": "Volumes :", "relatedtype = {autre}": "Voir aussi :", "relatedstring = {suite de}": "Suite de :",
}  # fmt: skip


def test_a_notice_says_how_works_are_related(dossier):
    bib = ENTRY % ("B", "Un autre", "page", "Un mot.")
    for number, fields in enumerate(RELATIONS):
        written = ENTRY % (f"A{number}", f"Titre {number}", "page", "Un mot.")
        bib += written.replace("year =", f"related = {{B}}, options = {{related=false}}, {fields}, year =")
    page = build(dossier({"refs.bib": bib, "page.md": f"# Page\n\n{NOTICES}"})).page("page")
    labels = [" ".join(related.p.get_text().split()) for related in page.select(".notice-related")]
    assert dict(zip(RELATIONS, labels, strict=True)) == RELATIONS


#: What each role prints of two works and one that has no author, with words before the first and after it.
AS_PRINTED = {
    **dict.fromkeys(("t", "ts", "ct", "cts"), "voir Durand (2001, p. 1), Petit et Roux (2002) et Sans nom (s. d.)"),
    **dict.fromkeys(("p", "ps"), "(voir Durand, 2001, p. 1 ; Petit et Roux, 2002 ; Sans nom, s. d.)"),
    **dict.fromkeys(("alp", "alps"), "voir Durand, 2001, p. 1 ; Petit et Roux, 2002 ; Sans nom, s. d."),
    **dict.fromkeys(("author", "authors", "cauthor", "cauthors"), "voir Durand, Petit et Roux et Sans nom"),
    **dict.fromkeys(("authorpar", "authorpars"), "(voir Durand, Petit et Roux et Sans nom)"),
    **dict.fromkeys(("year", "label"), "voir 2001, p. 1 ; 2002 ; s. d."),
    **dict.fromkeys(("yearpar", "labelpar"), "(voir 2001, p. 1 ; 2002 ; s. d.)"),
    "empty": "",
}


def test_each_role_prints_works_in_its_way_and_each_citation_has_its_own_anchor(dossier):
    bib = ENTRY % ("A", "Un", "page", "Un mot.") + ENTRY.replace("2001", "2002") % ("B", "Deux", "page", "Un mot.")
    bib = bib.replace("{Durand, Élise}, title = {Deux}", "{Petit, Anne and Roux, Paul}, title = {Deux}")
    bib += "@misc{C, title = {Sans nom}, theme = {page}, annotation = {Un mot.}}"
    page = "# Page\n\n" + "".join(f"{{cite:{role}}}`{{voir}}A{{p. 1}},B,C`\n\n" for role in AS_PRINTED) + NOTICES
    built = build(dossier({"refs.bib": bib, "page.md": page}))
    assert built.warnings == []
    page = built.page("page")
    paragraphs = page.find("h1").find_next_siblings("p")
    assert [" ".join(node.get_text().split()) for node in paragraphs] == list(AS_PRINTED.values())
    *said, empty = [[link["href"] for link in node.find_all("a")] for node in paragraphs]
    assert said == [["#a", "#b", "#c"]] * len(said)
    assert empty == []
    assert [em.get_text() for em in paragraphs[0].find_all("em")] == ["Sans nom"]
    assert links(notice(page, "B").find(class_="notice-cited")) == {"Page": "#cite-a"}, "said once, where it is cited first"
    anchors = [node["id"] for node in page.find_all(id=re.compile("^cite-"))]
    assert anchors[:-1] == ["cite-a", *(f"cite-a-{number}" for number in range(2, len(anchors)))]


def test_a_work_without_a_notice_is_cited_without_a_link(dossier):
    bib = ENTRY % ("A", "Un", "page", r"Contre \cite{B}.") + ENTRY.replace("2001", "2002") % ("B", "Deux", "ailleurs", "Un mot.")
    page = f"# Page\n\n{{cite:p}}`{{voir}}A,{{contre}}B{{p. 3}},C`\n\n```{{catalogue}}\n```\n\n{NOTICES}"
    silent = ["annotated_bib.work-without-page", "annotated_bib.unknown-key"]
    built = build(dossier({"refs.bib": bib, "page.md": page}), suppress_warnings=silent)
    assert {re.search('key "(.)"', warning)[1] for warning in built.warnings} == {"B", "C"}
    page = built.page("page")
    cited, catalogue, commentary = (
        page.p,
        page.find("table", class_="catalogue"),
        notice(page, "A").find(class_="notice-commentary"),
    )
    assert cited.get_text() == "(voir Durand, 2001\u202f; contre Durand, 2002, p.\xa03\u202f; C)"
    assert links(cited) == {"voir Durand, 2001": "#a"}
    assert [row.find_all("td")[3].get_text().strip() for row in catalogue.tbody.find_all("tr")] == ["Un", "Deux"]
    assert links(catalogue) == {"Un": "#a", "Page": "#"}
    assert commentary.get_text().strip() == "Contre Durand\xa0(2002)."
    assert links(commentary) == {}
