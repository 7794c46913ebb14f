"""The page of a work: what a reader sees, and what programs read of it."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, build, read_bib
from pyld import jsonld
from test_exports import HOSTILE
from test_notices import TWO_THEMES, links

BIBLIOGRAPHY = read_bib([ROOT / "refs.bib"])
SCHEMA_TYPES = {
    "article": "ScholarlyArticle", "book": "Book", "incollection": "Chapter", "misc": "CreativeWork", "report": "Report",
    "thesis": "Thesis",
}  # fmt: skip


def page(edition, key):
    return BeautifulSoup((edition / "oeuvres" / f"{key.lower()}.html").read_text("utf-8"), "html5lib")


def meta(soup, name):
    return [tag["content"] for tag in soup.find_all("meta", attrs={"name": name})]


def thing(soup):
    """The page's JSON-LD, expanded by a JSON-LD processor with schema.org as its vocabulary."""
    text = soup.find("script", type="application/ld+json").string
    context = {"document": {"@context": {"@vocab": "https://schema.org/", "url": {"@type": "@id"}}}, "contextUrl": None}
    loader = lambda url, options: context | {"documentUrl": url, "contentType": "application/ld+json"}  # noqa: E731
    [expanded] = jsonld.expand(json.loads(text), {"documentLoader": loader})
    return {name.removeprefix("https://schema.org/"): value for name, value in expanded.items()}


@pytest.mark.parametrize("work", BIBLIOGRAPHY.works, ids=lambda work: work.key)
def test_programs_read_each_work(edition, work):
    soup = page(edition, work.key)
    assert meta(soup, "citation_title") == meta(soup, "DC.title") == [work.title]
    assert meta(soup, "citation_author") == meta(soup, "DC.creator") == [name.inverted for name in work.authors]
    dates = meta(soup, "citation_publication_date")
    assert [date[:4] for date in dates] == ([work["year"]] if work["year"] else [])
    assert soup.find("meta", property="og:title")
    assert soup.find("meta", property="og:description")["content"] == meta(soup, "description")[0]
    expanded = thing(soup)
    assert expanded["@type"] == [f"https://schema.org/{SCHEMA_TYPES[work.type]}"]
    assert expanded["name"][0]["@value"] == work.title
    names = [author["https://schema.org/name"][0]["@value"] for author in expanded.get("author", [])]
    assert names == [name.direct for name in work.authors]


@pytest.mark.parametrize("work", BIBLIOGRAPHY.works, ids=lambda work: work.key)
def test_pages_of_several_works_carry_a_context_object_for_each(edition, work):
    for name in (f"sections/{work.theme}", "annexes/catalogue"):
        soup = BeautifulSoup((edition / f"{name}.html").read_text("utf-8"), "html5lib")
        found = [parse_qs(span["title"]) for span in soup.select("span.Z3988")]
        [context] = [item for item in found if any(work.title in values for values in item.values())]
        assert context["ctx_ver"] == ["Z39.88-2004"]
        assert context.get("rft.date", [""])[0][:4] == work["year"]
        assert context.get("rft.au", []) + context.get("rft.aucorp", []) == [name.direct for name in work.authors]


def test_the_home_page_describes_the_whole_edition(edition):
    soup = BeautifulSoup((edition / "index.html").read_text("utf-8"), "html5lib")
    expanded = thing(soup)
    assert expanded["@type"] == ["https://schema.org/Collection"]
    assert len(expanded["hasPart"]) == len(BIBLIOGRAPHY.works)


def test_a_work_page_says_all_that_its_notice_says(dossier):
    built = build(dossier(TWO_THEMES), html_baseurl="https://example.org/x/")
    soup = built.page("oeuvres/rapport")
    assert soup.h1.get_text().rstrip("¶") == "Sans nom"
    assert len(soup.find_all("h1")) == 1
    section = soup.find("section", id="rapport")
    assert section.find(class_="notice-note").get_text(" ", strip=True).startswith("Note d’édition")
    assert links(section.find(class_="notice-theme")) == {"Terrain": "../terrain.html"}
    related = links(section.find(class_="notice-related"))
    assert related == {"Durand (2001a)": "etude2001.html", "Durand (2001b)": "recit2001.html"}
    assert soup.find("link", rel="canonical")["href"] == "https://example.org/x/oeuvres/rapport.html"
    assert soup.find("meta", property="og:url")["content"] == "https://example.org/x/oeuvres/rapport.html"
    assert soup.title.get_text().startswith("Sans nom")


@pytest.mark.parametrize("work", BIBLIOGRAPHY.works, ids=lambda work: work.key)
def test_a_work_page_and_its_notice_say_the_same_to_the_space(edition, work):
    theme = BeautifulSoup((edition / "sections" / f"{work.theme}.html").read_text("utf-8"), "html5lib")
    for part in (".notice-reference", ".notice-commentary", ".notice-note"):
        texts = [[node.get_text() for node in place.select(part)] for place in (theme.find(id=work.id), page(edition, work.key))]
        assert texts[0] == texts[1]


def test_previous_and_next_follow_the_file(edition):
    soup = page(edition, "Laforets2006")
    assert soup.find("link", rel="prev")["href"] == "leydier2006.html"
    assert soup.find("link", rel="next")["href"] == "dhume2006.html"
    assert not page(edition, "Leydier2006").find("link", rel="prev")


def test_every_way_to_cite_is_there_without_a_script(edition):
    details = page(edition, "Dhume2006").find("details", class_="notice-citer")
    assert details.summary.get_text() == "Citer"
    reference, bibtex, record = (pre.get_text() for pre in details.find_all("pre"))
    assert reference.startswith("DHUME, Fabrice. La coopération dans l’action publique")
    assert bibtex.startswith("@book{Dhume2006,")
    assert record.startswith("TY  - BOOK")
    assert links(details) == {"BibTeX": "dhume2006.bib", "RIS": "dhume2006.ris"}


def test_a_notice_leads_to_the_page_of_its_work(edition):
    soup = BeautifulSoup((edition / "sections" / "penser-le-partenariat.html").read_text("utf-8"), "html5lib")
    assert links(soup.find(id="dhume2006").find(class_="notice-page")) == {"Page de l’œuvre": "../oeuvres/dhume2006.html"}


def test_no_field_breaks_out_of_a_page(dossier):
    built = build(dossier({"refs.bib": HOSTILE, "page.md": "# Page\n\n```{notices}\n```\n"}))
    for name in ("oeuvres/piege", "page", "index"):
        soup = built.page(name)
        assert not [script for script in soup.find_all("script") if (script.string or "").startswith("alert")]
    soup = built.page("oeuvres/piege")
    assert meta(soup, "citation_author")[1] == "</script><script>alert(1)</script>"
    assert thing(soup)["review"][0]["https://schema.org/reviewBody"][0]["@value"].endswith("</script>& fin")
    assert 'a"b' in meta(soup, "DC.subject")
