"""The page of a work: what a reader sees, and what programs read of it."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest
from helpers import EDITION, TRAP, TWO_THEMES, build, links, read_bib, soup
from pyld import jsonld

BIBLIOGRAPHY = read_bib([EDITION / "refs.bib"])
SCHEMA_TYPES = {
    "article": "ScholarlyArticle", "book": "Book", "incollection": "Chapter", "misc": "CreativeWork", "online": "WebPage",
    "report": "Report", "thesis": "Thesis",
}  # fmt: skip


def page(edition, key):
    return soup(edition / "oeuvres" / f"{key.lower()}.html")


def meta(page, name):
    return [tag["content"] for tag in page.find_all("meta", attrs={"name": name})]


def thing(page):
    """The page's JSON-LD, expanded by a JSON-LD processor with schema.org as its vocabulary."""
    text = page.find("script", type="application/ld+json").string
    context = {"document": {"@context": {"@vocab": "https://schema.org/", "url": {"@type": "@id"}}}, "contextUrl": None}
    loader = lambda url, options: context | {"documentUrl": url, "contentType": "application/ld+json"}  # noqa: E731
    [expanded] = jsonld.expand(json.loads(text), {"documentLoader": loader})
    return {name.removeprefix("https://schema.org/"): value for name, value in expanded.items()}


@pytest.mark.parametrize("work", BIBLIOGRAPHY.works, ids=lambda work: work.key)
def test_programs_read_each_work(edition, work):
    own = page(edition, work.key)
    assert meta(own, "citation_title") == meta(own, "DC.title") == [work.title]
    assert meta(own, "DC.creator") == [name.inverted for name in work.authors]
    dates = meta(own, "citation_publication_date")
    assert [date[:4] for date in dates] == ([work["year"]] if work["year"] else [])
    assert own.find("meta", property="og:title")
    assert own.find("meta", property="og:description")["content"] == meta(own, "description")[0]
    expanded = thing(own)
    assert expanded["@type"] == [f"https://schema.org/{SCHEMA_TYPES[work.type]}"]
    assert expanded["name"][0]["@value"] == work.title
    names = [author["https://schema.org/name"][0]["@value"] for author in expanded.get("author", [])]
    assert names == [name.direct for name in work.authors]


@pytest.mark.parametrize("work", BIBLIOGRAPHY.works, ids=lambda work: work.key)
def test_pages_of_several_works_carry_a_context_object_for_each(edition, work):
    for name in (f"sections/{work.theme}", "annexes/catalogue"):
        found = [parse_qs(span["title"]) for span in soup(edition / f"{name}.html").select("span.Z3988")]
        [context] = [item for item in found if any(work.title in values for values in item.values())]
        assert context["ctx_ver"] == ["Z39.88-2004"]
        assert context.get("rft.date", [""])[0][:4] == work["year"]
        assert [name.split(",")[0] for name in context.get("rft.au", [])] == [name.heading for name in work.authors]


def test_the_home_page_describes_the_whole_edition(edition):
    expanded = thing(soup(edition / "index.html"))
    assert expanded["@type"] == ["https://schema.org/Collection"]
    assert len(expanded["hasPart"]) == len(BIBLIOGRAPHY.works)


def test_a_work_page_says_all_that_its_notice_says(dossier):
    built = build(dossier(TWO_THEMES), html_baseurl="https://example.org/x/")
    own = built.page("oeuvres/rapport")
    assert own.h1.get_text().rstrip("¶") == "Sans nom"
    assert len(own.find_all("h1")) == 1
    section = own.find("section", id="rapport")
    assert section.find(class_="notice-note").get_text(" ", strip=True).startswith("Note d’édition")
    assert links(section.find(class_="notice-theme")) == {"Terrain": "../terrain.html"}
    related = links(section.find(class_="notice-related"))
    assert related == {"Durand (2001a)": "etude2001.html", "Durand (2001b)": "recit2001.html"}
    assert own.find("link", rel="canonical")["href"] == "https://example.org/x/oeuvres/rapport.html"
    assert own.find("meta", property="og:url")["content"] == "https://example.org/x/oeuvres/rapport.html"
    assert own.title.get_text().startswith("Sans nom")


@pytest.mark.parametrize("work", BIBLIOGRAPHY.works, ids=lambda work: work.key)
def test_a_work_page_and_its_notice_say_the_same_to_the_space(edition, work):
    theme = soup(edition / "sections" / f"{work.theme}.html")
    for part in (".notice-reference", ".notice-commentary", ".notice-note"):
        texts = [[node.get_text() for node in place.select(part)] for place in (theme.find(id=work.id), page(edition, work.key))]
        assert texts[0] == texts[1]


def test_previous_and_next_follow_the_file(edition):
    second = page(edition, "Vasseur2018")
    assert second.find("link", rel="prev")["href"] == "ducrocq2021.html"
    assert second.find("link", rel="next")["href"] == "kerjean2016.html"
    assert not page(edition, "Ducrocq2021").find("link", rel="prev")


def test_every_way_to_cite_is_there_without_a_script(edition):
    details = page(edition, "Vasseur2018").find("details", class_="notice-citer")
    assert details.summary.get_text() == "Citer Vasseur (2018)"
    reference, bibtex, record = (pre.get_text() for pre in details.find_all("pre"))
    assert reference.startswith("VASSEUR, Odile. Le pain qu’on partage")
    assert bibtex.startswith("@book{Vasseur2018,")
    assert record.startswith("TY  - BOOK")
    files = details.find(class_="notice-files").get_text().replace("\xa0", " ")
    assert files == "Fichiers : BibTeX Vasseur (2018), RIS Vasseur (2018), CSL-JSON Vasseur (2018)"
    assert links(details) == {
        "BibTeX Vasseur (2018)": "vasseur2018.bib", "RIS Vasseur (2018)": "vasseur2018.ris",
        "CSL-JSON Vasseur (2018)": "vasseur2018.json",
    }  # fmt: skip


def test_a_notice_leads_to_the_page_of_its_work(edition):
    notice = soup(edition / "sections" / "rompre.html").find(id="vasseur2018")
    assert links(notice.find(class_="notice-page")) == {"Page de l’œuvre Vasseur (2018)": "../oeuvres/vasseur2018.html"}


def test_no_field_breaks_out_of_a_page(dossier):
    built = build(dossier({"refs.bib": TRAP, "page.md": "# Page\n\n```{notices}\n```\n"}))
    for name in ("oeuvres/piege", "page", "index"):
        own = built.page(name)
        assert not [script for script in own.find_all("script") if (script.string or "").startswith("alert")]
    own = built.page("oeuvres/piege")
    assert meta(own, "DC.creator")[1] == "</script><script>alert(1)</script>"
    assert thing(own)["review"][0]["https://schema.org/reviewBody"][0]["@value"].endswith("</script>& fin")
    assert 'a"b' in meta(own, "DC.subject")
