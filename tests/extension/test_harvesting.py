"""What programs save of a page: the forms that Zotero's translators were seen to read whole on a site, each with its reason."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from annotated_bib.exports.coins import coins
from annotated_bib.exports.common import Edition
from annotated_bib.exports.meta import head
from annotated_bib.exports.schema import schema
from bs4 import BeautifulSoup
from helpers import TWO_THEMES, build, read_bib, write_dossier

ENTRIES = r"""
@article{Article, author = {{Dunoyer de Segonzac}, Jean Paul}, title = {Un titre}, journal = {Une revue}, volume = {12},
  number = {3}, pages = {47--53}, pagetotal = {7}, date = {2001-02-23}, issn = {1283-8497}, doi = {10.1/x}, url = {https://example.org/a.pdf},
  keywords = {un, deux}, langid = {french}, annotation = {Elle suit \cite{Livre}.}, theme = {t}}
@book{Livre, author = {King, Jr., Martin Luther and {Ville de Lyon}}, editor = {Roux, Ève}, translator = {Petit, Luc},
  title = {Un livre}, edition = {2}, series = {Une collection}, number = {6}, address = {Lyon}, publisher = {Un éditeur},
  year = {2006}, pagetotal = {77}, isbn = {978-2-296-01368-1}, annotation = {Bon.}, theme = {t}}
@techreport{Rapport, author = {{Délégation à la ville, aux quartiers}}, title = {Un rapport}, type = {Cahier de recherche},
  number = {156}, address = {Paris}, institution = {Un centre}, year = {1989}, month = jul, pagetotal = {75}, theme = {t}}
@mastersthesis{Memoire, author = {Rougeon, Christel}, title = {Un mémoire}, type = {Mémoire de master}, school = {Lyon 2},
  year = {2006}, pagetotal = {75}, keywords = {ville}, langid = {french}, theme = {t}}
@incollection{Partie, title = {Une partie}, booktitle = {Un ensemble}, publisher = {Une maison}, year = {1993}, pages = {45--55},
  theme = {t}}
@misc{Divers, title = {Sans date ni nom}, theme = {t}}
@online{Page, author = {Voltaire}, title = {Une page}, url = {https://example.org/?a=1&b=+2}, year = {2020}, theme = {t}}
"""


@pytest.fixture(scope="module")
def bibliography(tmp_path_factory):
    path = tmp_path_factory.mktemp("harvest") / "refs.bib"
    path.write_text(ENTRIES, "utf-8")
    return replace(read_bib([path]), title="Mon édition")


@pytest.fixture(scope="module")
def context(bibliography):
    def of(key):
        found = parse_qs(coins(bibliography.by_key[key], bibliography), keep_blank_values=True)
        return {name.removeprefix("rft."): values for name, values in found.items() if name != "ctx_ver"}

    return of


@pytest.fixture(scope="module")
def meta(bibliography):
    def of(key, name):
        page = BeautifulSoup(head(bibliography.by_key[key], bibliography), "html.parser")
        return [tag["content"] for tag in page.find_all("meta", attrs={"name": name})]

    return of


def test_an_article_is_whole(context):
    assert context("Article") == {
        "rft_val_fmt": ["info:ofi/fmt:kev:mtx:journal"], "genre": ["article"], "atitle": ["Un titre"], "jtitle": ["Une revue"],
        "aulast": ["Dunoyer de Segonzac"], "aufirst": ["Jean Paul"], "au": ["Dunoyer de Segonzac, Jean Paul"],
        "date": ["2001-02-23"], "volume": ["12"], "issue": ["3"], "pages": ["47-53"], "spage": ["47"], "epage": ["53"],
        "tpages": ["7"], "issn": ["1283-8497"], "language": ["fr"], "subject": ["un", "deux"],
        "description": ["7 p.\n\nCommentaire (Mon édition) : Elle suit King et Ville de Lyon (2006)."],
        "rft_id": ["info:doi/10.1/x", "https://example.org/a.pdf"],
    }  # fmt: skip


def test_a_book_is_whole(context):
    # The number in the series stands with it: Zotero reads none of a book. Editors and translators are contributors.
    assert context("Livre") == {
        "rft_val_fmt": ["info:ofi/fmt:kev:mtx:book"], "genre": ["book"], "btitle": ["Un livre"],
        "series": ["Une collection, n° 6"],
        "aulast": ["King"], "aufirst": ["Martin Luther"], "au": ["King, Martin Luther Jr.", "Ville de Lyon,"],
        "contributor": ["Roux, Ève", "Petit, Luc"], "date": ["2006"], "edition": ["2"], "pub": ["Un éditeur"], "place": ["Lyon"],
        "tpages": ["77"], "isbn": ["978-2-296-01368-1"], "description": ["Commentaire (Mon édition) : Bon."],
    }  # fmt: skip


def test_a_report_says_its_kind_and_number_where_zotero_keeps_them(context):
    found = context("Rapport")
    assert found["description"] == ["Cahier de recherche, n° 156, 75 p."]
    assert (found["genre"], found["pub"], found["place"]) == (["report"], ["Un centre"], ["Paris"])
    assert found["aucorp"] == ["Délégation à la ville, aux quartiers"], "Zotero would split it at its comma"
    assert "au" not in found


def test_a_thesis_keeps_its_keywords_and_its_language(context):
    found = context("Memoire")
    assert found["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dc"], "of a dissertation Zotero reads no keyword"
    assert (found["title"], found["subject"], found["language"], found["degree"]) == (
        ["Un mémoire"], ["ville"], ["fr"], ["Mémoire de master"],
    )  # fmt: skip
    assert list(found).index("type") < list(found).index("degree"), "Zotero reads the degree of what is a thesis already"
    assert list(found).index("subject") < list(found).index("type"), "and nothing else"


def test_in_a_list_of_all_works_the_commentary_is_left_out(bibliography):
    assert "description" not in coins(bibliography.by_key["Livre"])
    assert "description=7%20p." in coins(bibliography.by_key["Article"])


def test_other_works_keep_their_titles(context):
    assert context("Partie")["atitle"] == ["Une partie"]
    assert context("Partie")["btitle"] == ["Un ensemble"]
    assert context("Divers")["title"] == ["Sans date ni nom"], "Zotero reads no btitle of a document, and would save nothing"
    assert (context("Page")["type"], context("Page")["au"]) == (["webpage"], ["Voltaire,"])
    assert context("Page")["rft_id"] == ["https://example.org/?a=1&b=+2"]


def test_names_are_whole(meta):
    # Zotero takes a lone name with a space on either side of its comma for two; a trailing comma keeps a body one.
    assert meta("Article", "citation_author") == ["Dunoyer de Segonzac, Jean\xa0Paul"]
    assert meta("Livre", "citation_author") == ["King, Martin\xa0Luther\xa0Jr.", "Ville de Lyon,"]
    assert meta("Livre", "DC.creator") == ["King, Martin Luther, Jr.", "Ville de Lyon"]


def test_no_kind_is_in_another_language(meta):
    # Zotero prints DC.type as the kind of a report and of a thesis.
    assert [meta(key, "DC.type") for key in ("Article", "Livre", "Rapport", "Memoire")] == [
        [], [], ["Cahier de recherche"], ["Mémoire de master"],
    ]  # fmt: skip
    types = [meta(key, "z:itemType") for key in ("Article", "Livre", "Rapport", "Memoire", "Partie", "Divers", "Page")]
    assert types == [["journalArticle"], ["book"], ["report"], ["thesis"], ["bookSection"], ["document"], ["webpage"]]


def test_all_that_has_no_other_name_has_that_of_zotero(meta):
    found = [meta("Livre", f"z:{name}") for name in ("place", "edition", "numPages", "seriesNumber", "type")]
    assert found == [["Lyon"], ["2"], ["77"], ["6"], []]
    assert meta("Article", "z:seriesNumber") == []
    assert meta("Rapport", "z:type") == ["Cahier de recherche"]


def test_the_whole_commentary_is_there_and_is_not_the_author_s(meta):
    assert meta("Article", "citation_abstract") == ["7 p.\n\nCommentaire (Mon édition) : Elle suit King et Ville de Lyon (2006)."]
    assert meta("Rapport", "citation_abstract") == ["75 p."]
    assert meta("Divers", "citation_abstract") == []


def test_the_work_s_own_address_comes_before_the_page_s(meta):
    assert meta("Article", "citation_public_url") == meta("Article", "citation_pdf_url") == ["https://example.org/a.pdf"]
    assert meta("Page", "citation_public_url") == ["https://example.org/?a=1&b=+2"]
    assert meta("Page", "citation_pdf_url") == []


# -- schema.org ----------------------------------------------------------------------------------------------------------

#: The properties that schema.org gives to each type, as far as we use them; those of a type above it are its own.
_ANY_WORK = set(
    "@type @id name author editor translator datePublished dateModified publisher isPartOf hasPart position materialExtent genre"
    " identifier sameAs url inLanguage keywords review license version".split()
)
SCHEMA = {
    "ScholarlyArticle": _ANY_WORK | {"pageStart", "pageEnd"},
    "Chapter": _ANY_WORK | {"pageStart", "pageEnd"},
    "Book": _ANY_WORK | {"isbn", "numberOfPages", "bookEdition"},
    "Report": _ANY_WORK | {"reportNumber"},
    "Thesis": _ANY_WORK,
    "WebPage": _ANY_WORK,
    "CreativeWork": _ANY_WORK,
    "CollectionPage": _ANY_WORK,
    "Collection": _ANY_WORK | {"collectionSize"},
    "Review": _ANY_WORK | {"reviewBody"},
    "Periodical": _ANY_WORK | {"issn"},
    "BookSeries": _ANY_WORK | {"issn"},
    "PublicationVolume": _ANY_WORK | {"volumeNumber"},
    "PublicationIssue": _ANY_WORK | {"issueNumber"},
    "Person": {"@type", "name", "givenName", "familyName"},
    "Organization": {"@type", "name", "location", "url", "email"},
    "PropertyValue": {"@type", "propertyID", "value"},
}


def strangers(thing: object) -> set[tuple[str, str]]:
    """The types of *thing* and of all in it, each with the properties that it lacks."""
    if isinstance(thing, list):
        return {pair for item in thing for pair in strangers(item)}
    if not isinstance(thing, dict):
        return set()
    unknown = {(thing["@type"], name) for name in thing.keys() - {"@context"} - SCHEMA[thing["@type"]]}
    return unknown.union(*(strangers(value) for value in thing.values()))


EDITION = Edition("Mon édition", author="Les éditeurs", address="https://example.org/", license="https://example.org/l")


def test_no_work_has_a_property_that_its_type_lacks(bibliography):
    assert not [pair for work in bibliography.works for pair in strangers(schema(work, bibliography, EDITION))]


def test_an_article_stands_in_an_issue_of_a_volume_of_a_journal(bibliography):
    thing = schema(bibliography.by_key["Article"], bibliography, EDITION, "https://example.org/a.html")
    journal = {"@type": "Periodical", "name": "Une revue", "issn": "1283-8497"}
    volume = {"@type": "PublicationVolume", "volumeNumber": "12", "isPartOf": journal}
    assert thing["isPartOf"] == {"@type": "PublicationIssue", "issueNumber": "3", "isPartOf": volume}
    assert (thing["pageStart"], thing["pageEnd"], thing["materialExtent"]) == ("47", "53", "7 p.")
    assert (thing["sameAs"], thing["url"]) == ("https://doi.org/10.1/x", "https://example.org/a.pdf")


def test_a_commentary_is_a_review_by_the_edition(bibliography):
    review = schema(bibliography.by_key["Livre"], bibliography, EDITION)["review"]
    assert review["author"] == {"@type": "Organization", "name": "Les éditeurs"}
    assert review["isPartOf"] == {"@type": "Collection", "@id": "https://example.org/", "name": "Mon édition"}
    assert review["license"] == "https://example.org/l"
    assert "review" not in schema(bibliography.by_key["Rapport"], bibliography, EDITION)


def test_books_and_reports_say_their_numbers(bibliography):
    book, report = (schema(bibliography.by_key[key], bibliography, EDITION) for key in ("Livre", "Rapport"))
    assert (book["numberOfPages"], book["isbn"], book["position"]) == (77, "978-2-296-01368-1", "6")
    assert book["isPartOf"] == {"@type": "BookSeries", "name": "Une collection"}
    assert (report["reportNumber"], report["materialExtent"], report["genre"]) == ("156", "75 p.", "Cahier de recherche")


# -- Pages ---------------------------------------------------------------------------------------------------------------

CATALOGUE = {"catalogue.md": "# Catalogue\n\n```{catalogue}\n```\n"}
KNOWN = {
    "html_baseurl": "https://example.org/x", "annotated_bib_doi": "10.5281/zenodo.1", "annotated_bib_signposting": True,
    "annotated_bib_license": "https://example.org/l", "release": "2.0", "author": "Les éditeurs",
}  # fmt: skip


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    return build(write_dossier(tmp_path_factory.mktemp("known") / "dossier", TWO_THEMES | CATALOGUE), **KNOWN)


@pytest.fixture(scope="module")
def unknown(tmp_path_factory):
    return build(write_dossier(tmp_path_factory.mktemp("unknown") / "dossier", TWO_THEMES | CATALOGUE))


def thing(page):
    return json.loads(page.find("script", type="application/ld+json").string)


def links(page, *relations):
    return [(link["rel"][0], link["href"]) for link in page.head.find_all("link") if link["rel"][0] in relations]


def test_the_home_page_the_themes_and_the_catalogue_name_their_works_with_addresses(known, unknown):
    names = {"index": 3, "theorie": 2, "terrain": 1, "catalogue": 3}
    things = {name: thing(known.page(name)) for name in names}
    assert {name: len(found["hasPart"]) for name, found in things.items()} == names
    assert not strangers(list(things.values()))
    assert things["terrain"]["hasPart"][0]["@id"] == "https://example.org/x/oeuvres/rapport.html"
    assert things["terrain"]["isPartOf"]["@id"] == "https://example.org/x/"
    assert thing(unknown.page("terrain"))["hasPart"][0]["@id"] == "oeuvres/rapport.html", (
        "a relative one is resolved from the page's"
    )


def test_signposts_lead_from_the_edition_to_its_works_and_back(known, unknown):
    home, work = known.page("index"), known.page("oeuvres/rapport")
    assert links(home, "cite-as", "describedby", "license") == [
        ("cite-as", "https://doi.org/10.5281/zenodo.1"),
        ("describedby", "refs.bib"), ("describedby", "refs.ris"), ("describedby", "refs.json"),
        ("license", "https://example.org/l"),
    ]  # fmt: skip
    assert [address for _, address in links(home, "item")] == [
        f"https://example.org/x/oeuvres/{key}.html" for key in ("etude2001", "recit2001", "rapport")
    ]
    assert links(work, "cite-as", "describedby", "collection") == [
        ("cite-as", "https://example.org/x/oeuvres/rapport.html"),
        ("describedby", "rapport.bib"), ("describedby", "rapport.ris"), ("describedby", "rapport.json"),
        ("collection", "https://example.org/x/index.html"),
    ]  # fmt: skip
    assert all((known.out / "oeuvres" / address).is_file() for _, address in links(work, "describedby"))
    assert not links(unknown.page("index"), "cite-as", "item"), "they are asked for"


def test_a_shared_link_shows_a_card(known, unknown):
    page = known.page("oeuvres/rapport")
    found = {tag["property"]: tag["content"] for tag in page.find_all("meta", property=True)}
    assert found["og:url"] == "https://example.org/x/oeuvres/rapport.html"
    assert found["og:image"] == "https://example.org/x/_static/card.png"
    picture = (known.out / "_static" / "card.png").read_bytes()
    assert (picture[:8], picture[16:24]) == (b"\x89PNG\r\n\x1a\n", (1200).to_bytes(4) + (630).to_bytes(4))
    assert known.page("theorie").find("meta", property="og:title")["content"] == "Théorie"
    assert not unknown.page("oeuvres/rapport").find("meta", property="og:image"), "a picture needs an absolute address"


def test_a_card_names_the_publisher_or_else_the_author(dossier):
    def card(author, publisher):
        settings = {**KNOWN, "author": author, "annotated_bib_publisher": publisher}
        return (build(dossier(TWO_THEMES | CATALOGUE), **settings).out / "_static" / "card.png").read_bytes()

    assert card("Zoé", "Le fournil") == card("Léa", "Le fournil") != card("Zoé", "La meule")
    assert card("Le fournil", "") == card("Zoé", "Le fournil") != card("Léa", "")


def test_one_setting_gives_the_doi_of_the_edition(known):
    assert thing(known.page("index"))["sameAs"] == "https://doi.org/10.5281/zenodo.1"


def test_a_work_without_a_notice_has_no_address(tmp_path):
    files = TWO_THEMES | {"terrain.md": "# Terrain\n"}  # which leaves a work out
    silent = ["annotated_bib.work-without-page", "annotated_bib.unknown-key"]
    built = build(write_dossier(tmp_path / "dossier", files), annotated_bib_signposting=True, suppress_warnings=silent)
    home = built.page("index")
    addresses = [address for _, address in links(home, "item")]
    assert addresses == ["oeuvres/etude2001.html", "oeuvres/recit2001.html"]
    assert all((built.out / address).is_file() for address in addresses)
    assert [part.get("@id") for part in thing(home)["hasPart"]] == [*addresses, None]
