"""What programs save of a page: the forms that Zotero's translators were seen to read whole on a site, each with its reason."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from annotated_bib.exports.coins import coins
from annotated_bib.exports.meta import head
from bs4 import BeautifulSoup
from helpers import read_bib

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
        page = BeautifulSoup(head(bibliography.by_key[key], bibliography, "", ""), "html.parser")
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
